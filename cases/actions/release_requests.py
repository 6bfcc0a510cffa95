"""One body asks another to release an ECT: asked, answered, withdrawn (R85; SG 2.75).

Who asks is told the same whether a record here fits, fits no one, or belongs to nobody: only an answer tells.
"""

from dataclasses import dataclass
from datetime import date

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, organisation_chain, record, snapshot

from ..models import BodyPeriod, Induction, Registration, Release, ReleaseRequest
from ..moving import tell
from ..rules.errors import RuleBroken
from ..rules.moves import answer_by
from ..rules.registration import check_trn
from .releasing import GONE, answer_with, open_request

HIDDEN = {"induction_id", "holder_id"}  # whether anybody has the case is not for the asking body's own trail


@dataclass(frozen=True, slots=True)
class Sought:
    """Whom a body asks for: number, date of birth, the name it knows, and why."""

    trn: str
    date_of_birth: date
    name: str
    reason: str


@action
def ask_release(*, by: Viewer, on: date, sought: Sought, registration: Registration | None = None) -> ReleaseRequest:
    """Ask whichever body has an ECT to release them; the one that has, or had them last, is told and has to answer.

    Raises RuleBroken for a number that is none, for an ECT whom the asking body has or had last itself, and while an
    earlier request of its own for the same number waits.
    """
    check_trn(sought.trn)
    own = Organisation.objects.select_for_update().get(pk=by.organisation.pk)  # type: ignore[union-attr]
    if ReleaseRequest.objects.filter(asker=own, trn=sought.trn, state=ReleaseRequest.State.ASKED).exists():
        raise RuleBroken("You have asked for this ECT already, and the request waits for an answer", "trn")
    held = _last_period(sought)
    if held and held.body_id == own.pk:
        raise RuleBroken("You are this ECT’s appropriate body, or were the last one: there is nobody to ask", "trn")
    request = ReleaseRequest.objects.create(
        asker=own,
        trn=sought.trn,
        date_of_birth=sought.date_of_birth,
        name=sought.name.strip(),
        reason=sought.reason.strip(),
        registration=registration,
        asked_by=by.user,
        asked_on=on,
        answer_by=answer_by(on),
        induction_id=held.induction_id if held else None,
        holder_id=held.body_id if held else None,
    )
    record(by, Event.RELEASE_ASKED, request, chain=_own_chain(request), on=on, after=_told(request))
    tell.asked(request)
    return request


def _last_period(sought: Sought) -> BodyPeriod | None:
    """The latest period of the teacher who has both this number and this date of birth (R12)."""
    same = {"induction__teacher__trn": sought.trn, "induction__teacher__date_of_birth": sought.date_of_birth}
    return BodyPeriod.objects.filter(**same).order_by("-starts_on").first()


@action
def withdraw_request(*, by: Viewer, on: date, request: ReleaseRequest) -> ReleaseRequest:
    """Take a request back while it waits. Raises RuleBroken for another body's, and once it was answered."""
    request = ReleaseRequest.objects.select_for_update().get(pk=request.pk)
    if by.organisation is None or request.asker_id != by.organisation.pk or not request.is_open:
        raise RuleBroken(GONE)
    request.state = ReleaseRequest.State.WITHDRAWN
    request.save(update_fields=["state"])
    chain, after = _own_chain(request), {"state": request.state}
    record(by, Event.RELEASE_REQUEST_WITHDRAWN, request, chain=chain, on=on, after=after)
    return request


@action
def refuse_release(*, by: Viewer, on: date, request: ReleaseRequest, reason: str) -> ReleaseRequest:
    """Refuse to release an ECT to the body that asks, and say why (R85).

    Raises RuleBroken without a reason, for a body that was not asked, and once it was answered or withdrawn.
    """
    asked, _ = _to_answer(by, request)
    if not reason.strip():
        raise RuleBroken("Say why you refuse: the body that asks reads it", "reason")
    asked.state, asked.answer = ReleaseRequest.State.REFUSED, reason.strip()
    asked.answered_by, asked.answered_on = by.user, on
    asked.save(update_fields=["state", "answer", "answered_by", "answered_on"])
    chain = case_chain(asked.induction_id)  # type: ignore[arg-type]  # who answers has the case
    record(by, Event.RELEASE_REFUSED, asked, chain=chain, on=on, after={"state": asked.state, "to": asked.asker_id})
    tell.refused(asked)
    return asked


@action
def address_release(*, by: Viewer, on: date, request: ReleaseRequest) -> Release:
    """Answer a request with a release that was made before and that nobody has claimed: it is now for the body that
    asks.

    Raises RuleBroken where none stands, where another body was named or has claimed, and as `refuse_release` does.
    """
    asked, induction = _to_answer(by, request)
    standing = {"body": by.organisation, "undone_on": None}
    released = induction.releases.filter(**standing).order_by("-last_day").first()
    if released is None:
        raise RuleBroken("You are still responsible for this ECT: release them in answer to this request")
    if released.claim_id or induction.body_periods.filter(starts_on__gt=released.last_day).exists():
        raise RuleBroken("Another appropriate body has claimed this ECT: refuse the request, and say so")
    if released.to_id not in {None, asked.asker_id}:
        raise RuleBroken("You have released this ECT to another appropriate body: take that back first, or refuse")
    released.to = asked.asker
    released.save(update_fields=["to"])
    answer_with(asked, released, by=by, on=on)
    chain = case_chain(induction.pk)
    record(by, Event.RELEASE_ADDRESSED, released, chain=chain, on=on, after={"to": asked.asker_id})
    tell.given(released)
    return released


def _to_answer(by: Viewer, request: ReleaseRequest) -> tuple[ReleaseRequest, Induction]:
    """A request that waits for the viewer's body, and its case, both locked."""
    if by.organisation is None or request.induction_id is None:
        raise RuleBroken(GONE)
    induction = Induction.objects.locked(request.induction_id)
    return open_request(request, induction, by.organisation), induction


def _own_chain(request: ReleaseRequest) -> str:
    return organisation_chain(request.asker_id)


def _told(request: ReleaseRequest) -> dict[str, object]:
    return {name: value for name, value in (snapshot(request) or {}).items() if name not in HIDDEN}
