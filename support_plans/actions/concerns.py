"""A concern is raised at the school, proposed by a report, declined with a reason, passed on by the trust."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.access import case
from cases.frame import own_placement
from cases.models import Induction, Placement
from cases.policies import body_of
from cases.rules.errors import RuleBroken
from cases.rules.standards import Standard
from cases.rules.support import Audience, check_concern
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from .. import tell
from ..models import Concern, Proposal, SupportRecord
from ..routes import goes_through_trust

RAISING = (Role.HEADTEACHER, Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD, Role.MENTOR)
ANSWERED = "This has been answered since you opened the page"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a review or an assessment found: whether the ECT is on track, and the Standards that were found wanting."""

    source_id: UUID
    title: str
    url: str
    standards: tuple[Standard, ...]
    on_track: bool

    @property
    def gives_cause(self) -> bool:
        """Whether a concern is to be raised or declined (R69)."""
        return bool(self.standards) or not self.on_track


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says of a concern."""

    standards: Collection[Standard]
    seen: str
    tried: str


@action
def raise_concern(
    *, by: Viewer, on: date, induction: Induction, told: Told, proposal: Proposal | None = None
) -> Concern:
    """Raise a concern about an ECT of the viewer's school, from a proposal where there is one. The ECT, the school and
    the appropriate body are told at once; where the school's settings say so, the trust's officer before the body.

    Raises RuleBroken unless it names Standards, what was seen and what was tried; without a body that could be told;
    where the proposal has been answered; and for anybody but mentor, induction tutor, lead and headteacher.
    """
    placement = _placement_of(by, induction)
    locked = Induction.objects.locked(induction.pk)
    check_concern(standards=told.standards, seen=told.seen, tried=told.tried)
    held = case(by, locked.pk).roles
    raised_as = next((role for role in RAISING if role in held), None)
    if raised_as is None:
        raise RuleBroken("Only the mentor, the induction tutor or the headteacher raises a concern")
    if proposal:
        _answer(by, on, proposal, Proposal.Answer.RAISED)
    concern = Concern.objects.create(
        **origin(locked, placement, on),
        audience=_audience(placement, on),
        standards=[standard.value for standard in Standard if standard in told.standards],
        seen=told.seen.strip(),
        tried=told.tried.strip(),
        raised_by=by.user,
        raised_as=raised_as.value,
        raised_on=on,
        proposal=proposal,
    )
    after = {"id": concern.pk, "standards": concern.standards, "audience": concern.audience}
    tell_trail(by, Event.CONCERN_RAISED, concern, on, after=after)
    tell.raised(concern, by=by)
    return concern


@action
def decline_proposal(*, by: Viewer, on: date, proposal: Proposal, reason: str) -> Proposal:
    """Say why no concern is raised. Raises RuleBroken without a reason, or when it has been answered."""
    Induction.objects.locked(proposal.induction_id)
    if not reason.strip():
        raise RuleBroken("Enter why no concern is raised", "reason")
    answered = _answer(by, on, proposal, Proposal.Answer.DECLINED, reason.strip())
    tell_trail(by, Event.PROPOSAL_DECLINED, answered, on, after={"answer": answered.answer})
    return answered


def _answer(by: Viewer, on: date, proposal: Proposal, answer: Proposal.Answer, reason: str = "") -> Proposal:
    found = Proposal.objects.select_related("induction").get(pk=proposal.pk)
    if found.answer != Proposal.Answer.OPEN:
        raise RuleBroken(ANSWERED)
    found.answer, found.reason, found.answered_by, found.answered_on = answer, reason, by.user, on
    found.save(update_fields=["answer", "reason", "answered_by", "answered_on"])
    return found


@action
def propose(*, by: Viewer, on: date, placement: Placement, body_id: UUID, finding: Finding) -> Proposal | None:
    """Propose a concern by what a report found; for one corrected since, change an open proposal, or withdraw it.

    Called by the action that seals the report, which has locked the case. None where there is nothing to propose.
    """
    known = Proposal.objects.filter(source_id=finding.source_id).first()
    if known is None:
        return _propose(by, on, placement, body_id, finding) if finding.gives_cause else None
    if known.answer not in (Proposal.Answer.OPEN, Proposal.Answer.WITHDRAWN):
        return known
    before = {"standards": known.standards, "on_track": known.on_track, "answer": known.answer}
    known.standards, known.on_track = _codes(finding), finding.on_track
    known.answer = Proposal.Answer.OPEN if finding.gives_cause else Proposal.Answer.WITHDRAWN
    after = {"standards": known.standards, "on_track": known.on_track, "answer": known.answer}
    if after != before:
        known.save(update_fields=["standards", "on_track", "answer"])
        tell_trail(by, Event.PROPOSAL_CHANGED, known, on, before=before, after=after)
    return known


def _propose(by: Viewer, on: date, placement: Placement, body_id: UUID, finding: Finding) -> Proposal:
    made = Proposal.objects.create(
        induction_id=placement.induction_id,
        placement=placement,
        school_id=placement.school_id,
        body_id=body_id,
        audience=Audience.ASSESSED,
        source_id=finding.source_id,
        title=finding.title,
        url=finding.url,
        standards=_codes(finding),
        on_track=finding.on_track,
        found_on=on,
    )
    after = {"source": made.source_id, "standards": made.standards, "on_track": made.on_track}
    tell_trail(by, Event.CONCERN_PROPOSED, made, on, after=after)
    return made


def _codes(finding: Finding) -> list[str]:
    return [standard.value for standard in Standard if standard in finding.standards]


@action
def pass_on(*, by: Viewer, on: date, concern: Concern) -> Concern:
    """The trust's officer passes a concern on to the appropriate body. Raises RuleBroken when it was passed on, or need
    not be.
    """
    Induction.objects.locked(concern.induction_id)
    found = Concern.objects.select_related("induction__teacher", "placement", "school").get(pk=concern.pk)
    if not found.waits_for_trust:
        raise RuleBroken("The appropriate body has been told of this concern")
    found.audience, found.passed_by, found.passed_on = Audience.PASSED_ON, by.user, on
    found.save(update_fields=["audience", "passed_by", "passed_on"])
    tell_trail(by, Event.CONCERN_PASSED_ON, found, on, after={"audience": found.audience})
    tell.passed_on(found, by=by)
    return found


# What every record of support begins with


def origin(induction: Induction, placement: Placement, on: date) -> dict[str, object]:
    """Where a record of support comes from. Raises RuleBroken while no appropriate body is responsible."""
    body_id = body_of(induction, on=on)
    if body_id is None:
        raise RuleBroken("No appropriate body is responsible for this induction today, so nobody could be told")
    return {"induction": induction, "placement": placement, "school_id": placement.school_id, "body_id": body_id}


def _placement_of(by: Viewer, induction: Induction) -> Placement:
    placement = own_placement(induction, by)
    if placement is None:
        raise RuleBroken("Only the school where the ECT serves can raise a concern")
    return placement


def _audience(placement: Placement, on: date) -> Audience:
    return Audience.WITH_TRUST if goes_through_trust(placement.school, on) else Audience.CASE


def tell_trail(by: Viewer, event: Event, row: SupportRecord, on: date, **told: object) -> None:
    """Record an event of the case. What was written stays out of it."""
    record(by, event, row, chain=case_chain(row.induction_id), on=on, **told)  # type: ignore[arg-type]
