"""Whether an appropriate body may decide, when it must, and what the ECT may still say (R39, R60-R65, R81, R82)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .dates import say
from .deadlines import due_on
from .errors import RuleBroken
from .outcomes import ExtensionGround, Outcome, Recommended, check_decision, check_extension, decision_clock_starts
from .statuses import DecisionStatus, RecommendationStatus, RepresentationsStatus

DECIDED = {
    Outcome.PASS: DecisionStatus.PASSED,
    Outcome.EXTEND: DecisionStatus.EXTENDED,
    Outcome.FAIL: DecisionStatus.FAILED,
}
FINAL = frozenset({DecisionStatus.PASSED, DecisionStatus.FAILED})
NAMES = {Outcome.PASS: "pass", Outcome.EXTEND: "extend", Outcome.FAIL: "fail"}
LONGEST_EXTENSION = Fraction(6)
MID_COURSE = (
    "Before completion an induction can be extended only for absence. Illness, a crisis or too little evidence are "
    "grounds to extend when it is complete{}"
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What an officer decides: the outcome and why.

    ``terms`` (FTE, to one decimal), ``ground`` and ``assessments`` (what is assessed during it) are of an extension
    alone (R65); ``terms`` is 0 otherwise. ``regard`` says that they have had regard to the representations (R62).
    """

    outcome: Outcome
    reasons: str
    terms: Fraction = Fraction(0)
    ground: ExtensionGround | None = None
    assessments: str = ""
    regard: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """What decides whether a body may decide today.

    ``completed_on`` is None while it is not known when the required period, or the extension being served, is complete.
    ``received_on`` is the day body and ECT received the recommendation, None before. ``with_body`` says that the body
    has the report as it stands; ``is_contact`` that who decides is the ECT's named contact (R81). ``decided`` is how
    this recommendation was decided, ``final`` how the induction ended; ``proposed`` that an officer has proposed it.
    """

    today: date
    completed_on: date | None = None
    recommended: Recommended | None = None
    received_on: date | None = None
    representations: RepresentationsStatus = RepresentationsStatus.OPEN
    written: bool = False
    with_body: bool = True
    is_contact: bool = False
    proposed: bool = False
    decided: DecisionStatus | None = None
    final: DecisionStatus | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the full period has been served (SG 4.8)."""
        return self.completed_on is not None and self.today >= self.completed_on

    @property
    def clock_starts(self) -> date | None:
        """R62: the first of the 20 working days; None while it cannot be known."""
        if self.received_on is None or self.completed_on is None:
            return None
        return decision_clock_starts(self.received_on, self.completed_on)

    @property
    def due_on(self) -> date | None:
        """D11: the last day to decide."""
        return due_on("D11", self.clock_starts) if self.clock_starts else None

    @property
    def representations_close(self) -> date | None:
        """D10: the last day on which the ECT may write."""
        return due_on("D10", self.received_on) if self.received_on else None


def recommendation_status(
    stored: RecommendationStatus, *, today: date, completed_on: date | None
) -> RecommendationStatus:
    """R62: one that was sent has been received; before completion it waits as received, not yet complete."""
    if stored is not RecommendationStatus.SENT:
        return stored
    complete = completed_on is not None and today >= completed_on
    return RecommendationStatus.RECEIVED if complete else RecommendationStatus.EARLY


def representations_status(
    answers: Iterable[bool], *, received_on: date | None, today: date, decided: bool = False
) -> RepresentationsStatus:
    """R61: where the ECT's right to write stands. ``answers`` say of each letter whether it waives what is left of the
    days.
    """
    given = list(answers)
    if any(given):
        return RepresentationsStatus.WAIVED
    over = decided or (received_on is not None and today > due_on("D10", received_on))
    if given:
        return RepresentationsStatus.MADE
    return RepresentationsStatus.CLOSED if over else RepresentationsStatus.OPEN


def may_still_write(status: RepresentationsStatus, *, received_on: date, today: date) -> bool:
    """R61: whether the ECT's 10 working days run on: not waived, the last day not past."""
    running = status in (RepresentationsStatus.OPEN, RepresentationsStatus.MADE)
    return running and today <= due_on("D10", received_on)


def check_may_decide(case: Case, outcome: Outcome) -> None:
    """Raise RuleBroken, in words for the officer, while this outcome may not be decided (R39, R61, R62, R81)."""
    if case.final:
        raise RuleBroken(
            "This induction has its final outcome already. There is no second one: only an appeal changes it"
        )
    if case.decided:
        raise RuleBroken("This recommendation has been decided already")
    if case.is_contact:
        raise RuleBroken(
            "You are this ECT’s named contact, so you take no part in deciding: another officer must decide"
        )
    if case.proposed:
        raise RuleBroken("A decision has been proposed already: it waits for a second officer to approve or return it")
    if not case.with_body:
        raise RuleBroken("The report was returned to the school, which is correcting it: wait until it is sent again")
    if case.recommended is None or case.received_on is None:
        raise RuleBroken("The headteacher’s recommendation has not been received: the decision waits for it")
    _check_complete(case, outcome)
    assert case.completed_on is not None  # noqa: S101 - checked above
    waived = case.representations is RepresentationsStatus.WAIVED
    check_decision(
        outcome, today=case.today, completed_on=case.completed_on, ect_received_on=case.received_on, waived=waived
    )


def _check_complete(case: Case, outcome: Outcome) -> None:
    if case.is_complete:
        return
    day = f", on {say(case.completed_on)}" if case.completed_on else ""
    if outcome is Outcome.EXTEND:
        raise RuleBroken(MID_COURSE.format(day))
    if not day:
        raise RuleBroken("It is not known yet when this induction will be complete, so it cannot be decided")
    raise RuleBroken(
        f"The recommendation was received, but induction is not yet complete. You can decide once it is{day}"
    )


def check_ruling(ruling: Ruling, case: Case, *, new_school: bool = False) -> None:
    """R61, R62, R65: every outcome has its reasons, an extension its length, ground and assessments, and what the ECT
    wrote has been regarded. ``new_school`` says that the extension will be served elsewhere.

    Raises RuleBroken beside the field.
    """
    if not ruling.reasons.strip():
        raise RuleBroken(f"Give the reasons for your decision to {NAMES[ruling.outcome]}", "reasons")
    if ruling.outcome is Outcome.EXTEND:
        check_extension(ruling.terms, ruling.ground, new_school=new_school)
        if ruling.terms > LONGEST_EXTENSION or (ruling.terms * 10).denominator != 1:
            raise RuleBroken("Enter the number of terms to one decimal place, such as 1 or 1.5, at most 6", "terms")
        if not ruling.assessments.strip():
            raise RuleBroken("Say how the ECT is assessed during the extension", "assessments")
    if case.written and not ruling.regard:
        raise RuleBroken("Confirm that you have had regard to the ECT’s representations", "regard")


def check_second_officer(*, proposed_by: object, approves: object, is_contact: bool) -> None:
    """R62, R81: where a body wants two officers, the second is another one, and never the named contact."""
    if proposed_by == approves:
        raise RuleBroken("You proposed this decision: a second officer must approve or return it")
    if is_contact:
        raise RuleBroken(
            "You are this ECT’s named contact, so you take no part in deciding: another officer must do this"
        )


def requires_next(case: Case) -> str:
    """What the law requires next, in one sentence for the officer."""
    if case.final:
        return "Nothing more is to be decided: the induction has its final outcome."
    if not case.with_body:
        return "The school is correcting the report. Decide when it has been sent again."
    if case.recommended is None or case.received_on is None:
        return "The headteacher recommends within 10 working days beginning with the day induction is complete."
    if case.due_on is None or case.completed_on is None:
        return "The recommendation was received. The 20 working days begin when induction is complete."
    starts = case.clock_starts or case.due_on
    last = f"by {say(case.due_on)}, the last of 20 working days that begin with {say(starts)}"
    if not case.is_complete:
        complete = say(case.completed_on)
        return f"Received, not yet complete: decide once induction is complete, on {complete}, and {last}."
    if open_until := _open_until(case):
        return (
            f"Decide {last}. Until {say(open_until)} the ECT may write to you: you can pass at once, and extend or "
            "fail after that day."
        )
    return f"Decide to pass, to extend or to fail {last}."


def _open_until(case: Case) -> date | None:
    """The last day of representations that hold up an extension or a fail; None when none do."""
    closes = case.representations_close
    waived = case.representations is RepresentationsStatus.WAIVED
    return closes if closes and not waived and case.today <= closes else None
