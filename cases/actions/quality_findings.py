"""What follows from an action: the school answers, the body closes it or reopens it."""

from datetime import date

from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import organisation_chain, record

from ..models import FindingStep, QualityFinding, QualityVisit
from ..quality import tell
from ..quality.subjects import check_officers
from ..rules.errors import RuleBroken
from ..rules.quality import FindingState, answerers, next_state
from .versions import ChangedMeanwhile

EVENTS = {
    "answered": Event.QUALITY_ANSWERED,
    "closed": Event.QUALITY_CLOSED,
    "reopened": Event.QUALITY_REOPENED,
}


@action
def answer_finding(*, by: Viewer, on: date, finding: QualityFinding, text: str, version: int | None) -> FindingStep:
    """Say what the school has done about an action.

    Raises RuleBroken for somebody whose it is not to answer, without an answer, and once the body closed it;
    ChangedMeanwhile where something was said since: `version` is how many things had been.
    """
    finding = _locked(finding, version)
    visit = finding.visit
    at_school = by.organisation is not None and by.organisation.pk == visit.school_id
    if not at_school or visit.state != QualityVisit.State.SHARED or not by.roles & answerers(finding.owner):
        raise RuleBroken("Only the school that was visited can answer this")
    if not text.strip():
        raise RuleBroken("Say what has been done", "text")
    step = _step(by, on, finding, "answered", text)
    tell.answered(finding, step)
    return step


@action
def rule_on_finding(
    *, by: Viewer, on: date, finding: QualityFinding, ruling: str, text: str, due_on: date | None, version: int | None
) -> FindingStep:
    """Close an action or reopen it, which needs the reason and may set another day.

    Raises RuleBroken for another body's, for an officer who stands too near (R81), for a step that does not follow and
    for a day that has passed; ChangedMeanwhile as `answer_finding`: what the school said meanwhile is read first.
    """
    finding = _locked(finding, version)
    visit = finding.visit
    if by.organisation is None or by.organisation.pk != visit.body_id:
        raise RuleBroken("Only the appropriate body that does this quality assurance can do this")
    check_officers([by.user], visit.round, visit.school, on)
    if ruling == "reopened":
        if not text.strip():
            raise RuleBroken("Say what still has to be done: the school reads it", "text")
        if due_on is not None and due_on <= on:
            raise RuleBroken("The new day must be after today", "due_on")
        finding.due_on = due_on or finding.due_on
    step = _step(by, on, finding, ruling, text)
    tell.ruled(finding, step)
    return step


def _locked(finding: QualityFinding, version: int | None) -> QualityFinding:
    rows = QualityFinding.objects.select_for_update(of=("self",))
    found = rows.select_related("visit__round__body", "visit__school").get(pk=finding.pk)
    if version is not None and version != found.steps.count():
        raise ChangedMeanwhile(found.steps.count())
    return found


def _step(by: Viewer, on: date, finding: QualityFinding, kind: str, text: str) -> FindingStep:
    before = {"state": finding.state}
    finding.state = next_state(FindingState(finding.state), kind)
    finding.save(update_fields=["state", "due_on"])
    step = FindingStep.objects.create(finding=finding, kind=kind, text=text.strip(), by=by.user, on=on)
    after = {"state": finding.state, "due_on": finding.due_on}
    chain = organisation_chain(finding.visit.body_id)
    record(by, EVENTS[kind], finding, chain=chain, on=on, before=before, after=after)
    return step
