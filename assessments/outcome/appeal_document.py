"""A body's reply to an appeal as a document: rendered once, from its sealed content alone."""

import json
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cases.rules.appeals import Answer
from induction_portal.accounts.viewer import Viewer
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import fetch

from ..models import Appeal, AppealGround, AppealReply, CaseBundle
from ..tasks import render_reply_later
from .notice_letter import ROLE

KIND = "appeal_reply"
TEMPLATE = "letters/appeal_reply.html"
TITLE = "Reply to an appeal against a decision on statutory induction"
AGENCY = "Teaching Regulation Agency"
ADDRESS = "Cheylesmore House\n5 Quinton Road\nCoventry\nCV1 2WT"


def content_of(
    appeal: Appeal, grounds: list[AppealGround], answers: dict[int, Answer], *,
    text: str, by: Viewer, on: date, bundle: CaseBundle | None, number: int,
) -> dict[str, Any]:  # fmt: skip
    """Everything that a reply says, for its seal."""
    decision = appeal.decision
    return {
        "title": TITLE,
        "number": number,
        "ect": appeal.induction.teacher.name,
        "trn": appeal.induction.teacher.trn,
        "school": appeal.school.name,
        "body": appeal.body.name,
        "decided": decision.outcome,
        "decided_on": decision.made_on.isoformat() if decision.made_on else "",
        "decision": decision.sha256,
        "made_on": appeal.made_on.isoformat(),
        "copy_on": appeal.copy_on.isoformat() if appeal.copy_on else "",
        "on": on.isoformat(),
        "sender": by.user.name,
        "text": text,
        "grounds": [_answered(ground, answers[ground.number]) for ground in grounds],
        "bundle": f"{bundle}, {bundle.pages} pages" if bundle else "",
    }


def _answered(ground: AppealGround, answer: Answer) -> dict[str, Any]:
    return {"number": ground.number, "ground": ground.text, "contests": answer.contests, "says": answer.says.strip()}


def rows() -> QuerySet[AppealReply]:
    """Replies with what their documents name."""
    return AppealReply.objects.select_related("appeal__induction__teacher", "appeal__body", "appeal__school")


def without_document(limit: int = 200) -> QuerySet:
    """Ids of replies whose document has not been issued."""
    issued = IssuedDocument.objects.filter(kind=KIND, subject_id=OuterRef("pk"))
    return rows().filter(~Exists(issued)).order_by("pk").values_list("pk", flat=True)[:limit]


def issued(reply: AppealReply) -> IssuedDocument | None:
    """The document, if the worker has made it."""
    return fetch(subject_id=reply.pk, kind=KIND, version=1)


def ask_again(reply: AppealReply) -> None:
    """Ask the worker for a document that somebody is waiting for."""
    render_reply_later(reply)


def context(reply: AppealReply) -> dict[str, Any]:
    """What the document's template is given."""
    told = json.loads(reply.content)
    days = {name: date.fromisoformat(told[name]) if told[name] else None for name in ("on", "decided_on", "made_on")}
    return days | {
        "title": told["title"],
        "organisation": told["body"],
        "to": AGENCY,
        "address": ADDRESS,
        "sender": told["sender"],
        "sender_role": ROLE,
        "told": told,
        "fingerprint": reply.sha256,
    }


def filename(reply: AppealReply) -> str:
    """A name that files itself."""
    name = "-".join(reply.appeal.induction.teacher.sort_name.split())
    return f"appeal-reply-{reply.number}-{name}.pdf"
