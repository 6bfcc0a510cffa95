"""The mail that carries a notice, with its letter attached: the one mail with content. And that one came back."""

from django.urls import reverse
from django.utils import timezone

from cases.people import holders
from induction_portal import clock
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System
from induction_portal.documents.models import IssuedDocument
from notifications import kinds, outbox
from notifications.models import Message

from ..models import Notice
from .notice_access import may_see_notice, whose_notices

NOTICE, BY_LETTER, BOUNCED = "decision_notice", "decision_notice_by_letter", "notice_bounced"
SUBJECTS = {
    NOTICE: "Notice of a decision: a letter from the appropriate body",
    BY_LETTER: "Notice of a decision on a teacher’s induction",
    BOUNCED: "A notice of a decision could not be delivered",
}
FOLDER = "assessments/messages"
MAILER = System("mail delivery")


def register_kinds() -> None:
    """Make these kinds of message known, and hear of each notice that went out or was lost; called once."""
    sent, lost = dict.fromkeys((NOTICE, BY_LETTER), went_out), dict.fromkeys((NOTICE, BY_LETTER), was_lost)
    told = {"on_sent": sent, "on_lost": lost, "statutory": SUBJECTS}
    kinds.register_all(SUBJECTS, FOLDER, may_see=may_see_notice, about=whose_notices, **told)


def send(notice: Notice, letter: IssuedDocument) -> None:
    """Queue the mail with the letter: to the ECT at both addresses, to the headteacher, or to an address given."""
    given = {
        "subject_id": notice.pk,
        "organisation_id": notice.body_id,
        "url": reverse("assessments:notice", args=[notice.pk]),
        "attached": letter,
    }
    if notice.recipient:
        outbox.queue(NOTICE, to=notice.recipient, once=str(notice.letter), **given)
    else:
        outbox.queue_to_address(BY_LETTER, address=notice.address, name=notice.addressee, **given)


def bounced(notice: Notice) -> None:
    """Everybody of the body who can send it again."""
    people = holders(notice.body_id, Role.BODY_OFFICER, Role.BODY_ADMIN, on=clock.today())
    url = reverse("assessments:notices", args=[notice.induction_id])
    given = {"subject_id": notice.pk, "organisation_id": notice.body_id, "url": url}
    outbox.queue(BOUNCED, to=people, once=str(notice.letter), **given)


def went_out(message: Message) -> None:
    """The mail server accepted a notice: from that day the time to appeal is counted (R66)."""
    from ..actions import notice_went_out

    on = timezone.localtime(message.sent_at).date()
    notice_went_out(by=MAILER, on=on, notice_id=message.subject_id, attached=message.attachment)


def was_lost(message: Message) -> None:
    """A notice could not be delivered, or came back."""
    from ..actions import notice_came_back

    why = message.failure or "The person may no longer see this record, or has left."
    facts = {"notice_id": message.subject_id, "attached": message.attachment, "why": why}
    notice_came_back(by=MAILER, on=clock.today(), **facts)
