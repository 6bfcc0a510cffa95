"""What the register's type of an establishment means for induction (R7)."""

from __future__ import annotations

CHOOSES_INDUCTION = (
    "academy",
    "academies",
    "free school",
    "studio school",
    "technical college",
    "technology college",
    "independent",
    "further education",
    "sixth form",
    "higher education",
    "british schools overseas",
    "welsh",
)


def is_relevant(establishment_type: str) -> bool:
    """Whether induction is required by law to teach in such an establishment (R7; SG 1.11).

    It is in maintained schools and nurseries, non-maintained special schools, children's centres and pupil referral
    units. Academies, independent schools, colleges and schools overseas choose to offer it. A type that is not known
    counts as relevant: the stricter side.
    """
    named = establishment_type.casefold()
    return not any(kind in named for kind in CHOOSES_INDUCTION)
