"""What there is of notices: for whom they were to, to take along (R83), and for the file that the body makes."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.urls import reverse

from cases.parts import Bundle, Chapter, Filing, Paper, Section
from induction_portal.govuk.words import day

from ..models import Notice
from .notice_document import KIND

COLUMNS = ("To", "Notice", "Letter of", "Accepted by the mail server", "Posted", "Received", "Why not delivered")


def bundle_of(rows: Iterable[Notice]) -> Bundle:
    """The letters that went out."""
    return Bundle(_papers(list(rows)))


def filings_of(rows: Iterable[Notice]) -> Iterable[Filing]:
    """Whom notice was given to, how and when, and the letters that went out."""
    known = list(rows)
    section = Section("Notices of the decision", COLUMNS, [_told(row) for row in known])
    return [Filing(Chapter.DECISION, [section], _papers(known))] if known else []


def _papers(rows: Sequence[Notice]) -> list[Paper]:
    return [_paper(row, on) for row in rows if (on := row.given.on)]


def _paper(row: Notice, on: date) -> Paper:
    url = reverse("assessments:notice", args=[row.pk])
    return Paper(KIND, row.pk, str(row), on, row.school.name, row.letter, url)


def _told(row: Notice) -> list[str]:
    days = [row.on, row.sent_on, row.posted_on, row.received_on]
    return [row.get_to_display(), row.state.label, *(day(each) if each else "" for each in days), row.failure]
