"""The stages of an induction, one after the other: its parts and what a body decided (R15, R26, R34-R36, R65).

Each stage is served until its FTE terms are reached, and is then extended by absence. A stage starts on the first
school day after the one before it ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .absence import extension_days
from .amounts import ZERO
from .facts import CaseFacts
from .ledger import NEVER, Absent
from .working_days import nth

PART_TERMS = Fraction(3)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a stage has to reach: ``number`` within its kind, FTE terms in all at its end, and those of its own.

    ``least`` is the extension that the pro-rata reading gives it at least (R32).
    """

    number: int
    target: Fraction
    decided: bool = False
    terms: Fraction = ZERO
    least: Fraction = ZERO

    def automatic(self, absent: Absent) -> Fraction:
        """R26 extends a part; in an extension the body decided, absence other than elected leave is only listed."""
        return ZERO if self.decided else max(extension_days(absent.counting), self.least)

    def extension(self, absent: Absent) -> Fraction:
        """R30: the automatic extension and elected statutory leave together."""
        if absent is NEVER:
            return ZERO
        return self.automatic(absent) + absent.elected


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage as served. Days are working-day numbers; an end not reached is None.

    ``served_before`` and ``served`` are FTE terms in all at its start and after its last accruing day.
    """

    plan: Plan
    first: int
    run: int
    offset: int
    served_before: Fraction
    served: Fraction
    unextended: int | None
    last: int | None
    absent: Absent

    @property
    def starts_on(self) -> date:
        """Its first school day."""
        return nth(self.first)

    @property
    def unextended_end(self) -> date | None:
        """The day on which its terms were reached."""
        return None if self.unextended is None else nth(self.unextended)

    @property
    def ends_on(self) -> date | None:
        """Its last day, extension by absence included."""
        return None if self.last is None else nth(self.last)


def plans(facts: CaseFacts) -> Iterator[Plan]:
    """R15: two parts of three terms, or one where three or fewer are required (R21, R22); then what a body decided."""
    served = facts.before.terms if facts.before else ZERO
    least = dict(facts.least_extension)
    if facts.required_terms <= PART_TERMS:
        yield Plan(1, facts.required_terms, least=least.get(1, ZERO))
    else:
        if served < PART_TERMS:
            yield Plan(1, PART_TERMS, least=least.get(1, ZERO))
        yield Plan(2, facts.required_terms, least=least.get(2, ZERO))
    target = facts.required_terms
    for place, terms in enumerate(facts.decision_extensions, 1):
        target += terms
        yield Plan(place, target, decided=True, terms=terms)
