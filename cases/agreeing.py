"""What the ECT is asked to agree, and where that stands (SG 5.2)."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from induction_portal.audit.record import canonical
from induction_portal.govuk.words import day

from .absences import in_words
from .facts import facts_of
from .models import Absence, Agreement, Induction, Placement, WorkingPattern
from .rules.amounts import spoken
from .rules.facts import CaseFacts
from .rules.timeline import timeline
from .worded import step_words

AGREED, OPEN, ANSWERED, CHANGED, ASKED = "agreed", "open", "answered", "changed", "asked"
LABELS = {
    AGREED: ("Agreed by the ECT", "green"),
    OPEN: ("Queried by the ECT", "orange"),
    ANSWERED: ("Query answered", "blue"),
    CHANGED: ("Changed since the ECT agreed", "yellow"),
    ASKED: ("Not yet agreed", "grey"),
}


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that the ECT may agree: what is recorded, in words, and a digest that changes when it does."""

    kind: str
    id: UUID
    placement: Placement
    stated: str
    digest: str
    as_at: date

    @property
    def mark(self) -> int:
        """The digest's beginning as a number, which a form carries as its version."""
        return int(self.digest[:7], 16)


@dataclass(frozen=True, slots=True)
class Standing:
    """A subject, the last that the ECT said of it, and what they said before, the latest first."""

    subject: Subject
    latest: Agreement | None
    earlier: tuple[Agreement, ...] = ()

    @property
    def state(self) -> str:
        """Agreed, open (a query waits for the school), answered, changed since, or asked for the first time."""
        if self.latest is None:
            return ASKED
        if self.latest.is_open:
            return OPEN
        if self.latest.answer == Agreement.Answer.QUERIED:
            return ANSWERED
        return AGREED if self.latest.digest == self.subject.digest else CHANGED

    @property
    def label(self) -> str:
        return LABELS[self.state][0]

    @property
    def colour(self) -> str:
        return LABELS[self.state][1]

    @property
    def waits_for_ect(self) -> bool:
        """Whether it is the ECT's turn."""
        return self.state in (ASKED, ANSWERED, CHANGED)


def pattern_subject(pattern: WorkingPattern, placement: Placement, on: date) -> Subject:
    """A step of the working pattern as it is recorded now."""
    days = pattern.days and [str(Fraction(weight)) for weight in pattern.days.values()]
    digest = _digest({"from": pattern.starts_on, "fte": str(Fraction(pattern.fte)), "days": days})
    stated = f"{step_words(pattern.fte, pattern.days)}, from {day(pattern.starts_on)}"
    return Subject(Agreement.Kind.PATTERN, pattern.pk, placement, stated, digest, on)


def absence_subject(absence: Absence, on: date) -> Subject:
    """An absence as it is recorded now."""
    days = [absence.starts_on, absence.ends_on, str(Fraction(absence.day_fraction)), absence.withdrawn_on]
    digest = _digest({"kind": absence.kind, "days": days})
    return Subject(Agreement.Kind.ABSENCE, absence.pk, absence.placement, in_words(absence), digest, on)


def total_subject(induction: Induction, placement: Placement, as_at: date, facts: CaseFacts | None = None) -> Subject:
    """All service up to a day, as the rules count what is recorded now (R17-R19); `facts` where they are known."""
    clock = timeline(replace(facts, as_of=as_at) if facts else facts_of(induction, as_of=as_at))
    digest = _digest({"as_at": as_at, "served": str(clock.served_terms)})
    required = spoken(clock.facts.required_terms, 2)
    stated = f"{spoken(clock.served_terms, 2)} of {required} terms served by the end of {day(as_at)}"
    return Subject(Agreement.Kind.SERVED_TOTAL, induction.pk, placement, stated, digest, as_at)


def standing_of_total(induction: Induction, subject: Subject, said: Sequence[Agreement], facts: CaseFacts) -> Standing:
    """Where the total stands: what was agreed is counted again as at the day on which it was."""
    latest, earlier = (said[0], said[1:]) if said else (None, ())
    if latest is None or latest.answer == Agreement.Answer.QUERIED:
        return Standing(subject, latest, tuple(earlier))
    then = total_subject(induction, subject.placement, latest.as_at, facts)
    return Standing(then, latest, tuple(earlier))


def main_placement(induction: Induction, on: date) -> Placement:
    """The placement that answers for the whole service on a day: the lead school's (R20), else the latest begun."""
    begun = [p for p in induction.placements.all() if p.starts_on <= on] or list(induction.placements.all())
    going_on = [p for p in begun if p.ends_on is None or p.ends_on >= on]
    return max(going_on or begun, key=lambda p: (p.is_lead, p.starts_on))


def latest_by_subject(agreements: Iterable[Agreement]) -> dict[tuple[str, UUID], Agreement]:
    """The last that was said of each thing, by its kind and id."""
    return {key: said[0] for key, said in by_subject(agreements).items()}


def by_subject(agreements: Iterable[Agreement]) -> dict[tuple[str, UUID], list[Agreement]]:
    """All that was said of each thing, the latest first, by its kind and id."""
    found: dict[tuple[str, UUID], list[Agreement]] = {}
    for each in sorted(agreements, key=lambda each: each.at, reverse=True):
        found.setdefault((each.kind, each.subject_id), []).append(each)
    return found


def said_of(subject: Subject) -> list[Agreement]:
    """All that the ECT said of one thing, the latest first."""
    said = Agreement.objects.filter(kind=subject.kind, subject_id=subject.id).select_related("replied_by")
    return list(said.order_by("-at", "-id"))


def _digest(told: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(told).encode()).hexdigest()
