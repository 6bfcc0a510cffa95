"""Notice of a decision: sent by e-mail with its letter, or by post (R63, R64)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from cases.models import Induction
from cases.people import headteachers
from cases.reckon import reckon
from cases.rules.appeals import check_unanswered
from cases.rules.errors import RuleBroken
from cases.rules.notices import Told, check_arrived, check_may_give, check_posted, check_received
from cases.rules.statuses import NoticeStatus
from cases.rules.transitions import check_move
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record, seal
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.pdf import render_pdf
from induction_portal.documents.store import issue

from ..models import Decision, Notice
from ..outcome import notice_document, tell_notices
from ..outcome.appeal_standing import standing_of
from ..outcome.notice_letter import letter_content
from ..tasks import render_notice_later

BODY = Role.BODY_OFFICER
SYSTEM = "system"
AGENCY = "Teaching Regulation Agency"
NO_ACCOUNT = {Told.EMPLOYER: "Employer", Told.AGENCY: AGENCY}
FIELDS = {Told.EMPLOYER: "employer", Told.AGENCY: "agency"}
REPLACED = "This letter was written anew since you opened the page: look at the notice, and post that letter"


@action
def email_notices(
    *, by: Viewer, on: date, decision: Decision, to: Sequence[Told], addresses: Mapping[Told, str], employer: str = ""
) -> list[Notice]:
    """Send notices by e-mail, a letter to each. `addresses` are those of the employer and of the Agency, `employer` is
    how the letter names the employer.

    The ECT is written to at the school's address and at their confirmed personal one. The time to appeal runs from the
    day on which the mail server accepts the mail (R66). Raises RuleBroken for who was told already, and without an
    address.
    """
    decision = _locked(by, decision)
    return [_email(by, on, decision, who, addresses.get(who, ""), employer) for who in to]


@action
def prepare_letter(*, by: Viewer, on: date, decision: Decision, to: Told, address: str, employer: str = "") -> Notice:
    """Make the letter of a notice that will be sent by post, to be printed. Raises RuleBroken as `email_notices`."""
    decision = _locked(by, decision)
    if not address.strip():
        raise RuleBroken("Enter the postal address", "address")
    notice = _notice(by, on, decision, to, address=address.strip(), emailed=False, employer=employer)
    if notice.state is not NoticeStatus.DRAFT:
        check_move(notice.state, NoticeStatus.DRAFT, BODY)
    notice.status = NoticeStatus.DRAFT
    notice.save()
    _record(by, Event.NOTICE_GIVEN, notice, on)
    _after(notice)
    return notice


@action
def record_posting(*, by: Viewer, on: date, notice: Notice, posted_on: date, letter: int | None = None) -> Notice:
    """Record the day on which a prepared letter was posted, the one with the number `letter` where that is known.

    Raises RuleBroken for a day that cannot be, and for a letter that somebody has replaced since.
    """
    notice = _locked_notice(by, notice)
    check_move(notice.state, NoticeStatus.POSTED, BODY)
    if letter not in (None, notice.letter):
        raise RuleBroken(REPLACED)
    assert notice.decision.made_on  # noqa: S101 - notice is given of decisions that were made
    check_posted(posted_on, made_on=notice.decision.made_on, today=on)
    notice.status, notice.posted_on = NoticeStatus.POSTED, posted_on
    notice.save(update_fields=["status", "posted_on"])
    _record(by, Event.NOTICE_POSTED, notice, on)
    reckon(notice.induction)
    return notice


@action
def record_receipt(*, by: Viewer, on: date, notice: Notice, received_on: date) -> Notice:
    """Record the day on which a posted notice was received: the ECT's time to appeal runs from it (R66).

    Raises RuleBroken for a day that cannot be.
    """
    notice = _locked_notice(by, notice)
    check_move(notice.state, NoticeStatus.RECEIVED, BODY)
    assert notice.posted_on  # noqa: S101 - the move was from a posted one
    check_received(received_on, posted_on=notice.posted_on, today=on)
    notice.status, notice.received_on = NoticeStatus.RECEIVED, received_on
    notice.save(update_fields=["status", "received_on"])
    _record(by, Event.NOTICE_RECEIVED, notice, on)
    reckon(notice.induction)
    return notice


@action
def record_undelivered(*, by: Viewer, on: date, notice: Notice, why: str) -> Notice:
    """Record that a notice which went out did not arrive: a mail that came back later, a letter that the post returned.

    It has to be sent again, and a time to appeal that was counted from it is counted no longer. Raises RuleBroken for
    one that has not gone out, for one that the ECT has answered or whose time has passed, and without a word on how
    that is known.
    """
    notice = _locked_notice(by, notice)
    check_move(notice.state, NoticeStatus.BOUNCED, BODY)
    check_arrived(why)
    if notice.who is Told.ECT:
        standing = standing_of(notice.decision)
        check_unanswered(standing.time, standing.made)
    notice.status, notice.failure = NoticeStatus.BOUNCED, why.strip()
    notice.sent_on = notice.posted_on = None
    notice.save(update_fields=["status", "failure", "sent_on", "posted_on"])
    _record(by, Event.NOTICE_BOUNCED, notice, on)
    reckon(notice.induction)
    return notice


@action
def body_is_employer(*, by: Viewer, on: date, decision: Decision) -> Notice:
    """Record that the body itself employs the ECT, and so needs no notice (R63). Raises RuleBroken once it was told."""
    decision = _locked(by, decision)
    notice = _known(by, on, decision, Told.EMPLOYER)
    check_move(notice.state, NoticeStatus.NOT_NEEDED, BODY)
    notice.addressee, notice.address, notice.content, notice.sha256 = decision.body.name, "", "", ""
    notice.status, notice.failure = NoticeStatus.NOT_NEEDED, ""
    notice.save()
    _record(by, Event.NOTICE_NOT_NEEDED, notice, on)
    reckon(decision.induction)
    return notice


@action
def issue_notice(*, by: System, on: date, notice_id: UUID) -> IssuedDocument:
    """Render and keep the letter of a notice and, where it goes by e-mail, hand it to the outbox. Said twice, it does
    both once. Raises RuleBroken for a notice without a letter.
    """
    notice = _lock(notice_id)
    if known := notice_document.issued(notice):
        return known
    if not notice.sha256:
        raise RuleBroken("This notice has no letter")
    issued = issue(
        subject_id=notice.pk,
        kind=notice_document.KIND,
        content=render_pdf(notice_document.TEMPLATE, notice_document.context(notice)),
        filename=notice_document.filename(notice),
        by=by,
        organisation_id=notice.school_id,
        body_id=notice.body_id,
        version=notice.letter,
        fingerprint=notice.sha256,
    )
    _record(by, Event.DOCUMENT_ISSUED, notice, on, file=issued.stored_id)
    if notice.state is NoticeStatus.QUEUED:
        tell_notices.send(notice, issued)
    return issued


@action
def notice_went_out(*, by: System, on: date, notice_id: UUID, attached: str) -> None:
    """The mail server accepted a notice, with the letter `attached` (SHA-256 of its file), on this day."""
    notice = _mailed(notice_id, attached, NoticeStatus.QUEUED)
    if notice is None:
        return
    check_move(notice.state, NoticeStatus.SENT, SYSTEM)
    notice.status, notice.sent_on = NoticeStatus.SENT, on
    notice.save(update_fields=["status", "sent_on"])
    _record(by, Event.NOTICE_SENT, notice, on)
    reckon(notice.induction)


@action
def notice_came_back(*, by: System, on: date, notice_id: UUID, attached: str, why: str) -> None:
    """A notice could not be delivered by e-mail, or came back after the mail server had accepted it: it has to be sent
    again, or by post, and a time to appeal that was counted from it is counted no longer.
    """
    notice = _mailed(notice_id, attached, NoticeStatus.QUEUED, NoticeStatus.SENT)
    if notice is None or _has_arrived(notice):
        return
    check_move(notice.state, NoticeStatus.BOUNCED, SYSTEM)
    notice.status, notice.failure, notice.sent_on = NoticeStatus.BOUNCED, why, None
    notice.save(update_fields=["status", "failure", "sent_on"])
    _record(by, Event.NOTICE_BOUNCED, notice, on)
    reckon(notice.induction)
    tell_notices.bounced(notice)


def _email(by: Viewer, on: date, decision: Decision, who: Told, address: str, employer: str) -> Notice:
    if who in NO_ACCOUNT and not address:
        raise RuleBroken(f"Enter the email address of the {NO_ACCOUNT[who]}", FIELDS[who])
    address = address if who in NO_ACCOUNT else ""
    notice = _notice(by, on, decision, who, address=address, emailed=True, employer=employer)
    check_move(notice.state, NoticeStatus.QUEUED, BODY)
    notice.status = NoticeStatus.QUEUED
    notice.save()
    _record(by, Event.NOTICE_GIVEN, notice, on)
    _after(notice)
    return notice


def _notice(
    by: Viewer, on: date, decision: Decision, who: Told, *, address: str, emailed: bool, employer: str
) -> Notice:
    """The notice to somebody with a new letter, not saved yet."""
    notice = _known(by, on, decision, who)
    check_may_give(who, notice.state)
    notice.recipient, notice.addressee = _addressee(decision, who, emailed=emailed)
    if who is Told.EMPLOYER and employer.strip():
        notice.addressee = employer.strip()
    notice.address, notice.failure, notice.by, notice.on = address, "", by.user, on
    if notice.sha256:
        notice.letter += 1
    postal = "" if emailed else address
    told = letter_content(decision, who, addressee=notice.addressee, address=postal, by=by, on=on, emailed=emailed)
    notice.content, notice.sha256 = seal(told)
    return notice


def _known(by: Viewer, on: date, decision: Decision, who: Told) -> Notice:
    """The notice that there is, or a new one."""
    known = Notice.objects.filter(decision=decision, to=who).first()
    if known:
        known.decision, known.induction = decision, decision.induction
        return known
    return Notice(decision=decision, to=who, status=NoticeStatus.DRAFT, by=by.user, on=on, **decision.origin)


def _addressee(decision: Decision, who: Told, *, emailed: bool) -> tuple[User | None, str]:
    """The person who is written to, where they have an account, and how the letter names them."""
    if who in NO_ACCOUNT:
        return None, NO_ACCOUNT[who]
    if who is Told.ECT:
        teacher = decision.induction.teacher
        person, name = teacher.user, teacher.name
    else:
        person = headteachers(decision.school_id).filter(is_active=True).order_by("name", "pk").first()
        name = person.name if person else "Headteacher"
    if emailed and person is None:
        raise RuleBroken(f"{name} has no account in the portal: send the letter by post", "to")
    return person, name


def _locked(by: Viewer, decision: Decision) -> Decision:
    """The decision, its case locked. Raises RuleBroken unless the viewer's own body made it."""
    induction = Induction.objects.locked(decision.induction_id)
    known = Decision.objects.select_related("placement", "school", "body").get(pk=decision.pk)
    known.induction = induction
    if by.organisation is None or by.organisation.pk != known.body_id or not known.is_made:
        raise RuleBroken("Only the appropriate body that made the decision gives notice of it")
    return known


def _locked_notice(by: Viewer, notice: Notice) -> Notice:
    known = _lock(notice.pk)
    if by.organisation is None or by.organisation.pk != known.body_id:
        raise RuleBroken("Only the appropriate body that made the decision gives notice of it")
    return known


def _lock(notice_id: UUID) -> Notice:
    induction = Induction.objects.locked(Notice.objects.values_list("induction", flat=True).get(pk=notice_id))
    notice = notice_document.rows().get(pk=notice_id)
    notice.induction = induction
    return notice


def _mailed(notice_id: UUID, attached: str, *states: NoticeStatus) -> Notice | None:
    """The notice in one of these states that the mail with this letter carried; None when it was sent another way
    since.
    """
    notice = _lock(notice_id)
    letter = notice_document.issued(notice)
    carried = notice.state in states and letter is not None and letter.stored_id == attached
    return notice if carried else None


def _has_arrived(notice: Notice) -> bool:
    """Whether the ECT has answered a notice that went out, or its time has passed, whatever the mail server says."""
    if notice.state is not NoticeStatus.SENT or notice.who is not Told.ECT:
        return False
    standing = standing_of(notice.decision)
    try:
        check_unanswered(standing.time, standing.made)
    except RuleBroken:
        return True
    return False


def _after(notice: Notice) -> None:
    reckon(notice.induction)
    render_notice_later(notice)


def _record(by: Viewer | System, event: Event, notice: Notice, on: date, **besides: Any) -> None:
    """The letter is in the sealed row: the trail keeps to whom, how far and its digest."""
    told = {"to": notice.to, "status": notice.status, "letter": notice.letter, "sha256": notice.sha256}
    days = {name: getattr(notice, name) for name in ("sent_on", "posted_on", "received_on")}
    record(by, event, notice, chain=case_chain(notice.induction_id), on=on, after=told | days | besides)
