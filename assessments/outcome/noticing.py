"""What the pages of notices show: who has been told, how, who has still to be, and until when the ECT may appeal."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cases.frame import frame
from cases.models import Induction
from cases.rules.deadlines import due_on
from cases.rules.notices import (
    APPEALABLE,
    Told,
    deemed_received,
    must_be_told,
    still_to_tell,
)
from cases.rules.statuses import NoticeStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.govuk.words import day

from ..models import Decision, Notice
from ..models.notices import TOLD
from .appeal_standing import last_day
from .notice_document import rows

COLOURS = {
    NoticeStatus.DRAFT: "yellow",
    NoticeStatus.QUEUED: "yellow",
    NoticeStatus.SENT: "green",
    NoticeStatus.BOUNCED: "red",
    NoticeStatus.POSTED: "green",
    NoticeStatus.RECEIVED: "green",
    NoticeStatus.NOT_NEEDED: "grey",
}
LABELS = dict(TOLD)


@dataclass(frozen=True, slots=True)
class Line:
    """One of those who are told: the notice to them, what is to say of it, and what to do next, if anything."""

    who: str
    notice: Notice | None
    state: str
    colour: str
    says: str
    action: str = ""
    url: str = ""


def decision_to_tell(induction: Induction, body_id: object) -> Decision | None:
    """The latest decision that a body made on a case: the one that notice is given of."""
    made = Decision.objects.filter(induction=induction, body=body_id, made_on__isnull=False)
    return made.select_related("school", "body", "assessment").order_by("-made_on", "-at").first()


def notices_of(decision: Decision) -> dict[Told, Notice]:
    """The notices of a decision, by whom they are to."""
    return {row.who: row for row in rows().filter(decision=decision)}


def left_to_tell(known: dict[Told, Notice], decision: Decision) -> list[Told]:
    """Whom a notice can be given to now."""
    return still_to_tell(decision.decides, {who: row.state for who, row in known.items()})


def notices_context(request: HttpRequest, induction: Induction, decision: Decision | None) -> dict[str, Any]:
    """Everything of the page for an officer."""
    context = frame(request, induction) | {"title": "Notices of the decision", "decision": decision}
    if decision is None:
        return context
    known = notices_of(decision)
    ect = known.get(Told.ECT)
    appeals = decision.decides in APPEALABLE
    return context | {
        "lines": [_line(who, known.get(who), decision) for who in Told],
        "left": left_to_tell(known, decision),
        "due_on": due_on("D12", decision.made_on),
        "employer_open": Told.EMPLOYER in left_to_tell(known, decision),
        "appeals": appeals,
        "until": last_day(ect) if appeals and ect else None,
        "left_later": ect is not None and left_later(ect),
        "received_on": deemed_received(ect.given) if appeals and ect else None,
    }


def notice_context(request: HttpRequest, notice: Notice) -> dict[str, Any]:
    """The page of one notice: its letter in words, and how it went out."""
    appeals = notice.decision.decides in APPEALABLE and notice.who is Told.ECT
    return frame(request, notice.induction) | {
        "title": notice.named_for(request.viewer.user),
        "notice": notice,
        "letter": json.loads(notice.content) if notice.content else None,
        "written_on": notice.on,
        "colour": COLOURS[notice.state],
        "says": _says(notice),
        "until": last_day(notice) if appeals else None,
        "left_later": left_later(notice),
        "decides": Permission.DECIDE in request.permissions,
    }


def _line(who: Told, notice: Notice | None, decision: Decision) -> Line:
    if notice is None:
        needed = who in must_be_told(decision.decides)
        says = "" if needed else "A pass may be told on the termly return instead"
        return Line(LABELS[who], None, "Not told yet" if needed else "Not sent", "yellow" if needed else "grey", says)
    action, url = _next(notice)
    return Line(LABELS[who], notice, notice.state.label, COLOURS[notice.state], _says(notice), action, url)


def _next(notice: Notice) -> tuple[str, str]:
    """What there is to do about a notice."""
    if notice.state is NoticeStatus.DRAFT:
        return "Record the day of posting", reverse("assessments:record_posting", args=[notice.pk])
    if notice.state is NoticeStatus.POSTED:
        return "Record the day of receipt", reverse("assessments:record_receipt", args=[notice.pk])
    if notice.state is NoticeStatus.SENT:
        return "It did not arrive", reverse("assessments:record_undelivered", args=[notice.pk])
    if notice.state is NoticeStatus.BOUNCED:
        return "Send it by post", reverse("assessments:prepare_letter", args=[notice.induction_id])
    return "", ""


def _says(notice: Notice) -> str:
    match notice.state:
        case NoticeStatus.SENT:
            return f"Accepted by the mail server on {_day(notice.sent_on)}"
        case NoticeStatus.QUEUED:
            return f"Handed over to be sent by email on {_day(notice.on)}"
        case NoticeStatus.BOUNCED:
            return f"{notice.failure.rstrip('.')}. Send it again to another address, or by post"
        case NoticeStatus.DRAFT:
            return "Print the letter, post it, and record the day"
        case NoticeStatus.POSTED:
            return f"Posted on {_day(notice.posted_on)}"
        case NoticeStatus.RECEIVED:
            return f"Posted on {_day(notice.posted_on)}, received on {_day(notice.received_on)}"
    return ""


def left_later(notice: Notice) -> bool:
    """Whether the mail left after the day that its letter names, so that the ECT has longer than it says."""
    return notice.sent_on is not None and notice.sent_on > notice.on


def _day(told: date | None) -> str:
    return day(told) if told else ""
