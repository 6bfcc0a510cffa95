"""Leaving, the recommendation, the decision and the appeal (R54, R60-R68)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

from .amounts import ONE
from .dates import say
from .deadlines import due_on
from .errors import RuleBroken


class Recommended(StrEnum):
    """R60: what a headteacher may recommend (Reg 11(3); SG 2.60)."""

    SATISFACTORY = "satisfactory"
    EXTENSION = "extension"
    UNSATISFACTORY = "unsatisfactory"


class Outcome(StrEnum):
    """R62: what a body may decide (Reg 11(5))."""

    PASS = "pass"  # noqa: S105 - the outcome, no secret
    EXTEND = "extend"
    FAIL = "fail"


class ExtensionGround(StrEnum):
    """R65: the only grounds on which a body extends at the end (SG 3.8)."""

    INSUFFICIENT_EVIDENCE = "insufficient_evidence"
    PERSONAL_CRISIS = "personal_crisis"
    ILLNESS = "illness"
    DISABILITY = "disability"
    SUPPORT = "support"


class AppealOutcome(StrEnum):
    """R66: how an appeal ends (Reg 14(3)-(4))."""

    ALLOWED = "allowed"
    DISMISSED = "dismissed"
    OTHER_PERIOD = "other_period"
    EXTENDED = "extended"


# R63: who is told of the decision, besides the Teaching Regulation Agency
TOLD_OF_DECISION = ("ect", "headteacher", "employer")
# R66: what a notice of appeal holds (Sch 3 para 3)
APPEAL_CONTENTS = (
    "appellant",
    "institution where induction was completed",
    "employer, if teaching",
    "representative",
    "grounds",
    "whether an oral hearing is wanted",
    "signature",
    "copies of the notice, the reasons and other material",
)


def needs_interim_assessment(terms_at_school: Fraction, leaves_on: date, next_assessment_on: date | None) -> bool:
    """R54: an ECT who leaves after at least one calendar term there and before the next assessment (SG 2.62-2.63).

    ``next_assessment_on`` is None when none is left; the final term and an extension need one as well.
    """
    return terms_at_school >= ONE and next_assessment_on is not None and leaves_on < next_assessment_on


def check_recommendation(recommended: Recommended, *, extend_by: Fraction | None, reason: str) -> None:
    """R60: a recommendation to extend states for how long; all but a satisfactory one give reasons."""
    if recommended is Recommended.EXTENSION and (extend_by is None or extend_by <= 0):
        raise RuleBroken("Enter how many terms the extension should last.", "extend_by")
    if recommended is not Recommended.SATISFACTORY and not reason.strip():
        raise RuleBroken("Give the reasons for this recommendation.", "reason")


def decision_clock_starts(received_on: date, completed_on: date) -> date:
    """R62: the later of receipt and completion; a recommendation that arrives early waits."""
    return max(received_on, completed_on)


def check_decision(
    outcome: Outcome, *, today: date, completed_on: date, ect_received_on: date | None, waived: bool
) -> None:
    """R61, R62: after the full period only (SG 4.8), and no fail or extension while the ECT may still write.

    ``ect_received_on`` is the day the ECT received the recommendation. Raises RuleBroken.
    """
    if today < completed_on:
        raise RuleBroken(f"Decide once induction is complete, on {say(completed_on)}.", "outcome")
    if outcome is Outcome.PASS or waived:
        return
    if ect_received_on is None:
        raise RuleBroken("The ECT must have the recommendation before a decision to fail or extend.", "outcome")
    closes = due_on("D10", ect_received_on)
    if today <= closes:
        raise RuleBroken(f"The ECT may make representations until {say(closes)}. Decide after that day.", "outcome")


def notice_states(outcome: Outcome) -> tuple[str, ...]:
    """R63, R64: what a notice of the decision must state (Reg 11(7)-(8))."""
    if outcome is Outcome.PASS:
        return ("decision", "date")
    appeal = ("right of appeal", "address of the Teaching Regulation Agency", "time limit for an appeal")
    length = ("length of the extension",) if outcome is Outcome.EXTEND else ()
    return ("decision", "date", *length, *appeal)


def check_extension(terms: Fraction, ground: ExtensionGround | None, *, new_school: bool) -> None:
    """R65: a body sets the length and a ground of SG 3.8; served elsewhere it takes at least one term (SG 3.9)."""
    if terms <= 0:
        raise RuleBroken("Enter how many terms the extension lasts.", "terms")
    if ground is None:
        raise RuleBroken("Select the ground for the extension.", "ground")
    if new_school and terms < ONE:
        raise RuleBroken("At a new school an extension takes at least one term.", "terms")


def appeal_outcomes(appealed: Outcome) -> tuple[AppealOutcome, ...]:
    """R66: what an appeal against an extension or a fail may lead to; a pass cannot be appealed."""
    if appealed is Outcome.PASS:
        raise RuleBroken("There is no appeal against a pass.", "outcome")
    other = AppealOutcome.OTHER_PERIOD if appealed is Outcome.EXTEND else AppealOutcome.EXTENDED
    return (AppealOutcome.ALLOWED, AppealOutcome.DISMISSED, other)


def dismissal_counts_from(
    *, no_appeal_letter_on: date | None, limit_expired_on: date | None, appeal_dismissed_on: date | None
) -> date | None:
    """R67: the first of the three days that have come from which D18 is counted (Reg 12(3)-(4)); None while open."""
    return min((day for day in (no_appeal_letter_on, limit_expired_on, appeal_dismissed_on) if day), default=None)


def may_work_in_relevant_school(outcome: Outcome | None, *, appeal_open: bool) -> bool:
    """R67: not after a fail, but for an appeal still open; QTS is kept and other settings stay open (SG 2.71)."""
    return outcome is not Outcome.FAIL or appeal_open


def may_be_listed(outcome: Outcome, *, window_closed: bool, appealed: bool, dismissed: bool) -> bool:
    """R68: a name joins the list of those who failed once the time to appeal has passed or the appeal is dismissed."""
    return outcome is Outcome.FAIL and (dismissed if appealed else window_closed)
