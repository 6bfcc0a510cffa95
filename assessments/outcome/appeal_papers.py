"""What there is of appeals: for the ECT to take along (R83), and for the file that the body makes of the case."""

import json
from collections.abc import Iterable, Iterator

from django.urls import reverse

from cases import access
from cases.models import Induction
from cases.parts import Bundle, Chapter, Filing, Paper, Section
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..models import Appeal, AppealReply
from .appeal_document import KIND
from .appeal_reading import answer_words, facts_of

WRITTEN = ("What", "In words")


def bundle_of(induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
    """The appeals, in words, and the body's replies as they were issued."""
    appeals = _appeals(induction, viewer, may)
    return Bundle([paper for row in appeals for paper in _papers(row)], [s for row in appeals for s in _sections(row)])


def filings_of(induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
    """The same as a chapter of the case's file."""
    return [Filing(Chapter.APPEAL, list(_sections(row)), _papers(row)) for row in _appeals(induction, viewer, may)]


def _appeals(induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> list[Appeal]:
    if Permission.READ_GROUNDS not in may:
        return []
    rows = Appeal.objects.filter(induction=induction).select_related("decision", "school", "body")
    return list(access.visible_records(viewer, rows).prefetch_related("grounds", "replies", "hearings", "requests"))


def _papers(row: Appeal) -> list[Paper]:
    return [_paper(row, reply) for reply in row.replies.all()]


def _paper(row: Appeal, reply: AppealReply) -> Paper:
    url = reverse("assessments:appeal_reply_document", args=[reply.pk])
    return Paper(KIND, reply.pk, str(reply), reply.sent_on, row.school.name, 1, url)


def _sections(row: Appeal) -> Iterator[Section]:
    title = f"Appeal of {day(row.made_on)} against the decision of {day(row.decision.made_on)}"
    yield Section(title, ("What", "As recorded"), facts_of(row))
    yield Section("Grounds of appeal", WRITTEN, [(str(each), each.text) for each in row.grounds.all()])
    for reply in row.replies.all():
        told = json.loads(reply.content)
        answers = [(f"Ground {each['number']}", answer_words(each)) for each in told["grounds"]]
        yield Section(str(reply), WRITTEN, [("Reply", told["text"]), *answers])
    asked = [
        (day(each.asked_on), each.text, day(each.answered_on) if each.answered_on else "", each.answer)
        for each in row.requests.all()
    ]
    if asked:
        yield Section("What the Agency asked for", ("Asked on", "For what", "Answered on", "Answer"), asked)
