"""A notice as a document: rendered once for each letter, from its sealed content alone."""

import json
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import fetch

from ..models import Notice
from ..tasks import render_notice_later
from .notice_letter import ROLE

KIND = "notice"
TEMPLATE = "letters/notice.html"


def rows() -> QuerySet[Notice]:
    """Notices with what their documents and mails name."""
    return Notice.objects.select_related(
        "induction__teacher", "body", "school", "recipient", "decision__assessment", "decision__appeal_time"
    )


def without_document(limit: int = 200) -> QuerySet:
    """Ids of notices whose letter has not been issued."""
    issued = IssuedDocument.objects.filter(kind=KIND, subject_id=OuterRef("pk"), version=OuterRef("letter"))
    missing = Notice.objects.filter(~Exists(issued)).exclude(sha256="")
    return missing.order_by("pk").values_list("pk", flat=True)[:limit]


def issued(notice: Notice) -> IssuedDocument | None:
    """The letter, if the worker has made it."""
    return fetch(subject_id=notice.pk, kind=KIND, version=notice.letter)


def ask_again(notice: Notice) -> None:
    """Ask the worker for a letter that somebody is waiting for."""
    render_notice_later(notice)


def context(notice: Notice) -> dict[str, Any]:
    """What the letter's template is given."""
    letter = json.loads(notice.content)
    return {
        "title": letter["title"],
        "organisation": letter["body"],
        "on": date.fromisoformat(letter["on"]),
        "to": letter["addressee"],
        "address": letter["address"],
        "sender": letter["sender"],
        "sender_role": ROLE,
        "letter": letter,
        "fingerprint": notice.sha256,
    }


def filename(notice: Notice) -> str:
    """A name that files itself, and says nothing of what was decided."""
    name = "-".join(notice.induction.teacher.sort_name.split())
    return f"notice-of-decision-{notice.to}-{name}.pdf"
