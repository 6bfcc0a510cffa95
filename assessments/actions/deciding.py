"""The appropriate body decides: to pass, to extend or to fail (R62, R65). Nobody else does (R82)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from cases.models import DecisionExtension, Induction
from cases.parts import happened
from cases.people import check_responsible
from cases.policies import policy_of
from cases.reckon import reckon
from cases.rules.amounts import spoken
from cases.rules.deciding import (
    DECIDED,
    NAMES,
    Ruling,
    check_may_decide,
    check_ruling,
    check_second_officer,
)
from cases.rules.errors import RuleBroken
from cases.rules.outcomes import Outcome
from cases.rules.statuses import DecisionStatus, RecommendationStatus
from cases.rules.transitions import check_move
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record, seal

from ..assessing import latest_version
from ..models import Assessment, Decision, DecisionApproval
from ..outcome import telling
from ..outcome.sealing import content_of
from ..outcome.standing import Outlook, outlook
from ..tasks import render_decision_later
from .sending import accept_with_decision
from .writing import locked_assessment

BODY = Role.BODY_OFFICER


class DecisionConflict(Exception):  # noqa: N818 - nothing is wrong: somebody else was first
    """The school has sent a corrected report, or somebody else has decided, since the officer looked."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@action
def decide(*, by: Viewer, on: date, assessment: Assessment, version: int, ruling: Ruling) -> Decision:
    """Decide upon the recommendation that came with a report, in the `version` that the officer looked at. Where the
    body wants a second officer, this proposes the decision.

    An extension is in the clock at once, with its own assessment. Raises DecisionConflict when the report was corrected
    or somebody else decided meanwhile, and RuleBroken while this outcome may not be decided (R39, R61, R62, R81), or is
    not said in full (R65).
    """
    assessment = locked_assessment(assessment.pk)
    period = check_responsible(by, assessment.induction, on=on)
    if period.starts_on > on:
        raise RuleBroken("Your body is not responsible for this ECT yet, so it cannot decide")
    seen = _looked_at(by, on, assessment, version)
    check_may_decide(seen.case, ruling.outcome)
    check_ruling(ruling, seen.case, new_school=_left(assessment, on))
    proposes = policy_of(school=None, body=period.body_id, on=on).second_officer
    decision = _write(by, on, seen, ruling, status=DecisionStatus.PROPOSED if proposes else DECIDED[ruling.outcome])
    if proposes:
        _record(by, Event.DECISION_PROPOSED, decision, on, {})
        reckon(assessment.induction)
        telling.proposed(decision)
    else:
        _follow(by, on, decision)
    return decision


@action
def approve_decision(*, by: Viewer, on: date, decision: Decision) -> Decision:
    """The second officer approves what another proposed, and with that the body has decided.

    Raises RuleBroken for who proposed it, for the named contact (R81), and while it may not be decided.
    """
    decision = _proposal(by, on, decision)
    seen = outlook(decision.induction, on=on, decides=by.user)
    check_may_decide(replace(seen.case, proposed=False), decision.decides)
    if seen.assessment is None or seen.assessment.latest != decision.report.number:
        raise DecisionConflict(
            "The school has sent a corrected report since this decision was proposed: return it, so that the corrected "
            "report is read first"
        )
    check_move(decision.state, DECIDED[decision.decides], BODY)
    DecisionApproval.objects.create(decision=decision, by=by.user, on=on, outcome="approved")
    _seal(decision, on, DECIDED[decision.decides])
    _follow(by, on, decision)
    return decision


@action
def return_decision(*, by: Viewer, on: date, decision: Decision, comments: str) -> Decision:
    """The second officer returns what another proposed, saying why. Raises RuleBroken as `approve_decision` does, and
    without comments.
    """
    if not comments.strip():
        raise RuleBroken("Say what has to change before you can approve the decision", "comments")
    decision = _proposal(by, on, decision)
    check_move(decision.state, DecisionStatus.RETURNED, BODY)
    DecisionApproval.objects.create(decision=decision, by=by.user, on=on, outcome="returned", comments=comments.strip())
    decision.status = DecisionStatus.RETURNED
    decision.save(update_fields=["status"])
    _record(by, Event.DECISION_RETURNED, decision, on, {})
    reckon(decision.induction)
    telling.returned(decision)
    return decision


def _looked_at(by: Viewer, on: date, assessment: Assessment, version: int) -> Outlook:
    """Where the case stands. Raises DecisionConflict when it is no longer what the officer looked at."""
    if assessment.induction.stale:
        reckon(assessment.induction)
    seen = outlook(assessment.induction, on=on, decides=by.user)
    made = next((each for each in seen.decisions if each.is_made and each.assessment_id == assessment.pk), None)
    if made:
        raise DecisionConflict(f"{made.by.name} decided this case while you had this page open. Nothing was changed")
    if seen.proposal:
        name = seen.proposal.by.name
        raise DecisionConflict(f"{name} proposed a decision while you had this page open. Nothing was changed")
    if assessment.latest != version:
        raise DecisionConflict(
            f"The school has corrected the report since you opened this page: it is now version {assessment.latest}, "
            f"and you were looking at version {version}. Read it before you decide"
        )
    return seen


def _left(assessment: Assessment, on: date) -> bool:
    """Whether the ECT has left the school that assessed them: an extension is then served at another (SG 3.9)."""
    return assessment.placement.ends_on is not None and assessment.placement.ends_on <= on


def _write(by: Viewer, on: date, seen: Outlook, ruling: Ruling, *, status: DecisionStatus) -> Decision:
    assessment, recommendation = seen.assessment, seen.recommendation
    assert assessment  # noqa: S101 - the rules have seen both
    assert recommendation  # noqa: S101
    check_move(DecisionStatus.PENDING, status, BODY)
    extends = ruling.outcome is Outcome.EXTEND
    decision = Decision(
        induction=assessment.induction,
        placement=assessment.placement,
        school_id=assessment.school_id,
        body=by.organisation,
        assessment=assessment,
        report=latest_version(assessment),
        recommendation=recommendation,
        outcome=ruling.outcome.value,
        reasons=ruling.reasons.strip(),
        terms=Decimal(spoken(ruling.terms, 1) if extends else 0),
        ground=ruling.ground.value if extends and ruling.ground else "",
        assessments=ruling.assessments.strip() if extends else "",
        status=status,
        by=by.user,
        on=on,
    )
    if status is DecisionStatus.PROPOSED:
        decision.save()
    else:
        _seal(decision, on, status)
    return decision


def _seal(decision: Decision, on: date, status: DecisionStatus) -> None:
    """The decision is made: from now on it is its sealed content, and an extension is a fact of the clock."""
    decision.status, decision.made_on = status, on
    if decision.decides is Outcome.EXTEND:
        induction: Induction = decision.induction
        number = induction.decision_extensions.count() + 1
        decision.extension = DecisionExtension.objects.create(
            induction=induction, number=number, terms=decision.terms, decided_on=on
        )
    decision.content, decision.sha256 = seal(content_of(decision))
    decision.save()


def _follow(by: Viewer, on: date, decision: Decision) -> None:
    """What follows from a decision that was made: the recommendation is decided upon, the report stands accepted, the
    dates move, people are told, and the other parts of the case hear of it.
    """
    recommendation = decision.recommendation
    check_move(RecommendationStatus.RECEIVED, RecommendationStatus.DECIDED, BODY)
    recommendation.status = RecommendationStatus.DECIDED
    recommendation.save(update_fields=["status"])
    _record(by, Event.DECISION_MADE, decision, on, {"sha256": decision.sha256})
    accept_with_decision(by, on, decision.assessment)
    reckon(decision.induction)
    telling.made(decision)
    render_decision_later(decision)
    happened("decision_made", decision, by=by, on=on)


def _proposal(by: Viewer, on: date, decision: Decision) -> Decision:
    """The proposal, its case locked. Raises RuleBroken unless this officer may answer it."""
    assessment = locked_assessment(decision.assessment_id)
    decision = Decision.objects.select_related("report", "recommendation", "by").get(pk=decision.pk)
    decision.assessment, decision.induction = assessment, assessment.induction
    check_responsible(by, decision.induction, on=on)
    if decision.state is not DecisionStatus.PROPOSED:
        raise DecisionConflict("This decision has been answered while you had this page open. Nothing was changed")
    seen = outlook(decision.induction, on=on, decides=by.user)
    check_second_officer(proposed_by=decision.by_id, approves=by.user.pk, is_contact=seen.case.is_contact)
    return decision


def _record(by: Viewer, event: Event, decision: Decision, on: date, after: dict[str, Any]) -> None:
    """What was decided is in the sealed row: the trail keeps its kind and digest, never the reasons."""
    told = after | {"status": decision.status, "outcome": NAMES[decision.decides], "report": decision.report.sha256}
    record(by, event, decision, chain=case_chain(decision.induction_id), on=on, after=told)
