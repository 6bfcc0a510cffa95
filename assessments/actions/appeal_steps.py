"""What a body does in an appeal against its decision: its reply, the hearing, what the Agency asks for (Sch 3)."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from cases.models import Induction
from cases.rules.appeals import Answer, check_copy, check_day, check_hearing, check_reply, check_request
from cases.rules.errors import RuleBroken
from cases.rules.statuses import AppealStatus
from cases.rules.transitions import check_move
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record, seal
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.pdf import render_pdf
from induction_portal.documents.store import issue

from ..models import Appeal, AppealHearing, AppealReply, AppealRequest, CaseBundle
from ..outcome import appeal_document
from ..tasks import render_reply_later
from .appeals import open_appeal, recorded

BODY = Role.BODY_OFFICER


@action
def record_copy(*, by: Viewer, on: date, appeal: Appeal, version: int, copy_on: date) -> Appeal:
    """Record, or correct, the day on which the Agency's copy of the appeal reached the body (D15).

    Raises AppealConflict when the appeal moved on, RuleBroken for a day that cannot be.
    """
    appeal = open_appeal(by, appeal, version)
    check_copy(copy_on, made_on=appeal.made_on, today=on)
    appeal.copy_on = copy_on
    recorded(by, Event.APPEAL_COPIED, appeal, on, copy_on=copy_on)
    return appeal


@action
def reply_to_appeal(
    *, by: Viewer, on: date, appeal: Appeal, version: int, text: str, answers: Mapping[int, Answer], sent_on: date,
    bundle: CaseBundle | None = None,
) -> AppealReply:  # fmt: skip
    """Seal the body's reply, which admits or contests each ground, and the day on which it was sent; a later one amends
    it. Raises as `record_copy`, and for a bundle of another case or one that is not ready.
    """
    appeal = open_appeal(by, appeal, version)
    grounds = list(appeal.grounds.all())
    check_reply(text, [ground.number for ground in grounds], answers)
    since = appeal.copy_on or appeal.made_on
    check_day(
        sent_on, today=on, field="sent_on", what="The day it was sent", since=since, since_what="when you heard of it"
    )
    if bundle and (bundle.induction_id, bundle.body_id, bundle.status) != (
        appeal.induction_id,
        appeal.body_id,
        "ready",
    ):
        raise RuleBroken("Select a bundle of this case that is ready", "bundle")
    number = appeal.replies.count() + 1
    told: dict[str, Any] = {"text": text.strip(), "by": by, "on": sent_on, "bundle": bundle, "number": number}
    content, sha256 = seal(appeal_document.content_of(appeal, grounds, dict(answers), **told))
    reply = AppealReply.objects.create(
        appeal=appeal, number=number, by=by.user, on=on, sent_on=sent_on, bundle=bundle, content=content, sha256=sha256
    )
    if appeal.state is AppealStatus.MADE:
        check_move(appeal.state, AppealStatus.REPLIED, BODY)
        appeal.status = AppealStatus.REPLIED
    recorded(by, Event.APPEAL_REPLIED, appeal, on, number=number, sent_on=sent_on, sha256=sha256)
    render_reply_later(reply)
    return reply


@action
def issue_reply(*, by: System, on: date, reply_id: UUID) -> IssuedDocument:
    """Render and keep the document of a reply. Said twice, it does so once."""
    Induction.objects.locked(AppealReply.objects.values_list("appeal__induction", flat=True).get(pk=reply_id))
    reply = appeal_document.rows().get(pk=reply_id)
    if known := appeal_document.issued(reply):
        return known
    issued = issue(
        subject_id=reply.pk,
        kind=appeal_document.KIND,
        content=render_pdf(appeal_document.TEMPLATE, appeal_document.context(reply)),
        filename=appeal_document.filename(reply),
        by=by,
        organisation_id=reply.appeal.body_id,
        body_id=reply.appeal.body_id,
        fingerprint=reply.sha256,
    )
    chain = case_chain(reply.appeal.induction_id)
    record(by, Event.DOCUMENT_ISSUED, reply.appeal, chain=chain, on=on, after={"file": issued.stored_id})
    return issued


@action
def record_hearing(
    *, by: Viewer, on: date, appeal: Appeal, version: int, held_on: date, noticed_on: date, place: str = ""
) -> AppealHearing:
    """Record a hearing that the Agency told of, or its new day (D16). Raises as `record_copy`, and before a reply."""
    appeal = open_appeal(by, appeal, version)
    if appeal.state is AppealStatus.MADE:
        raise RuleBroken("Record your reply to the appeal first: the Agency arranges a hearing after it")
    check_hearing(held_on, noticed_on, made_on=appeal.made_on, today=on)
    given = {"held_on": held_on, "noticed_on": noticed_on, "place": place.strip(), "by": by.user, "on": on}
    hearing = AppealHearing.objects.create(appeal=appeal, number=appeal.hearings.count() + 1, **given)
    if appeal.state is not AppealStatus.HEARING:
        check_move(appeal.state, AppealStatus.HEARING, BODY)
        appeal.status = AppealStatus.HEARING
    recorded(by, Event.APPEAL_HEARING_SET, appeal, on, held_on=held_on, noticed_on=noticed_on)
    return hearing


@action
def answer_hearing(
    *, by: Viewer, on: date, appeal: Appeal, version: int, answered_on: date, written: bool, attends: str
) -> AppealHearing:
    """Record what the body told the Agency: who attends and its witnesses, or what it sends in writing (D17).

    Raises as `record_copy`, and while there is no hearing.
    """
    appeal = open_appeal(by, appeal, version)
    hearing = appeal.hearings.last()
    if hearing is None:
        raise RuleBroken("Record the hearing first")
    what, since = "The day you told the Agency", "when you were told of the hearing"
    check_day(answered_on, today=on, field="answered_on", what=what, since=hearing.noticed_on, since_what=since)
    hearing.answered_on, hearing.written, hearing.attends = answered_on, written, attends.strip()
    hearing.save()
    recorded(by, Event.APPEAL_HEARING_ANSWERED, appeal, on, answered_on=answered_on, written=written)
    return hearing


@action
def record_request(
    *, by: Viewer, on: date, appeal: Appeal, version: int, asked_on: date, wanted_by: date, text: str
) -> AppealRequest:
    """Record what the Agency asks the body for, and by when. Raises as `record_copy`."""
    appeal = open_appeal(by, appeal, version)
    check_request(asked_on, wanted_by, made_on=appeal.made_on, today=on)
    given = {"asked_on": asked_on, "wanted_by": wanted_by, "text": text.strip(), "by": by.user, "on": on}
    request = AppealRequest.objects.create(appeal=appeal, number=appeal.requests.count() + 1, **given)
    recorded(by, Event.APPEAL_REQUESTED, appeal, on, number=request.number, wanted_by=wanted_by)
    return request


@action
def answer_request(
    *, by: Viewer, on: date, demand: AppealRequest, version: int, answered_on: date, answer: str
) -> AppealRequest:
    """Record what the body answered to it, and when. Raises as `record_copy`, and for one that was answered."""
    appeal = open_appeal(by, demand.appeal, version)
    demand = appeal.requests.get(pk=demand.pk)
    if demand.answered_on:
        raise RuleBroken("This request has been answered already")
    what, since = "The day you answered", "when the Agency asked"
    check_day(answered_on, today=on, field="answered_on", what=what, since=demand.asked_on, since_what=since)
    demand.answered_on, demand.answer = answered_on, answer.strip()
    demand.save()
    recorded(by, Event.APPEAL_ANSWERED, appeal, on, number=demand.number, answered_on=answered_on)
    return demand
