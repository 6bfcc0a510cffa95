"""A shorter induction: for experience before it, or of a part-time ECT who has served two school years (R21-R23)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from .amounts import ONE, spoken
from .errors import RuleBroken
from .length import check_reduction, may_complete_early


class ReductionKind(Enum):
    """Why induction is to be shorter; ``label`` is what a page shows."""

    EXPERIENCE = "experience"
    PART_TIME = "part_time_early"

    @property
    def label(self) -> str:
        """The kind in words."""
        return LABELS[self]


LABELS = {
    ReductionKind.EXPERIENCE: "Extensive experience of teaching before induction",
    ReductionKind.PART_TIME: "Early completion by a part-time ECT",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands on the day on which less is asked for or granted: FTE terms, ``elapsed`` the calendar's.

    ``part_time`` if any of it is served so, ``assessed`` once the final assessment was held.
    """

    required: Fraction
    served: Fraction
    elapsed: Fraction
    part_time: bool
    assessed: bool


def check_asked(kind: ReductionKind, terms: Fraction, now: Standing) -> None:
    """Whether a headteacher may ask for an induction of ``terms`` FTE terms. Raises RuleBroken.

    At least one term (Reg 7(3); SG 3.2), and never less than is served: completion is not backdated (R2, R24).
    """
    if now.assessed:
        raise RuleBroken("The final assessment has been held, so there is nothing left to shorten.")
    if terms < ONE:
        raise RuleBroken("A reduced induction takes at least 1 term.", "terms")
    if terms >= now.required:
        raise RuleBroken(f"Enter fewer terms than the {spoken(now.required)} that are required now.", "terms")
    if terms < now.served:
        raise RuleBroken(
            f"The ECT has served {spoken(now.served, 2)} terms already: induction cannot end in the past.", "terms"
        )
    if kind is ReductionKind.PART_TIME:
        check_early(now)


def check_early(now: Standing) -> None:
    """R23: early completion is for part-timers, once two school years are covered (SG 2.38, 3.5). Raises RuleBroken."""
    if not now.part_time:
        raise RuleBroken("Only an ECT who works part time can complete induction early.", "kind")
    if not may_complete_early(now.elapsed, now.served, now.required):
        raise RuleBroken(
            f"Early completion is possible once 6 calendar terms have run; {spoken(now.elapsed, 2)} have.", "kind"
        )


def check_granted(kind: ReductionKind, terms: Fraction, now: Standing, *, standards_met: bool, consents: bool) -> None:
    """Whether a body may grant what a headteacher, and so with their advice, has asked for. Raises RuleBroken."""
    check_asked(kind, terms, now)
    check_reduction(terms, standards_met=standards_met, head_advised=True, ect_consents=consents)


def check_decider(*, is_named_contact: bool) -> None:
    """R81: the ECT's named contact decides nothing of their induction (SG 2.28). Raises RuleBroken."""
    if is_named_contact:
        raise RuleBroken(
            "You are the ECT’s named contact for concerns, so you cannot decide this: another officer has to."
        )
