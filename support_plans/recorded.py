"""Meetings, updates and what the body did, as rows in words: for the page, the history, and the papers of a case."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import F, QuerySet, Value
from django.urls import reverse

from cases.access import as_at
from cases.models import Induction
from cases.parts import Entry, Section
from cases.rules.following import Did
from cases.rules.statuses import SupportLevel
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day, lower_first

from .access import readable
from .models import BodyRecord, BodyUpdate, PlanAnswer, PlanMeeting

MEETING_COLUMNS = ("Date", "About", "Who was there", "Who could not meet, and why", "What was discussed", "Outcome",
                   "Recorded by", "Added since")  # fmt: skip
UPDATE_COLUMNS = ("Level", "Update", "Due", "Sent", "By", "What was done, and progress", "Next steps", "Acknowledged",
                  "Answer")  # fmt: skip
ANSWER_COLUMNS = ("Date", "Plan", "Approved or commented", "Comment", "By")
BODY_COLUMNS = ("Date", "What", "How", "With whom", "What was found", "Notes", "By", "Who reads it")


def meetings_of(viewer: Viewer, induction: Induction) -> QuerySet[PlanMeeting]:
    """The meetings of a case that this viewer may know of, until the day on which they let it go."""
    found = readable(viewer, PlanMeeting.objects.filter(induction=induction))
    until = as_at(viewer, induction)
    return (found if until >= viewer.on else found.filter(on__lte=until)).order_by("on", "number")


def updates_of(viewer: Viewer, induction: Induction) -> QuerySet[BodyUpdate]:
    """The updates of a case that this viewer may read."""
    found = readable(viewer, BodyUpdate.objects.filter(induction=induction))
    return found.filter(sent_on__lte=as_at(viewer, induction)).order_by("level__number", "number")


def body_records_of(viewer: Viewer, induction: Induction) -> QuerySet[BodyRecord]:
    """What bodies did in a case, as far as this viewer may read it."""
    found = readable(viewer, BodyRecord.objects.filter(induction=induction))
    return found.filter(recorded_on__lte=as_at(viewer, induction)).order_by("on", "recorded_at")


def plan_answers_of(viewer: Viewer, induction: Induction) -> QuerySet[PlanAnswer]:
    """What bodies said of plans in a case, as far as this viewer may read it."""
    found = readable(viewer, PlanAnswer.objects.filter(induction=induction))
    return found.filter(on__lte=as_at(viewer, induction)).order_by("at")


def happened(viewer: Viewer, induction: Induction) -> Iterator[Entry]:
    """The dated lines of a case's history. One query."""
    url = reverse("support_plans:together", args=[induction.pk])
    held = meetings_of(viewer, induction).filter(recorded_by__isnull=False)
    rows = _lines(held, "meeting", "on", "about").union(
        _lines(updates_of(viewer, induction), "update", "sent_on", "level__level"),
        _lines(body_records_of(viewer, induction), "body", "on", "did"),
        _lines(plan_answers_of(viewer, induction), "plan", "on", "plan__level__level"),
        all=True,
    )
    for kind, on, detail in rows:
        yield Entry(on, _says(kind, detail), url)


def _lines(rows: QuerySet[Any], kind: str, on: str, detail: str) -> QuerySet[Any, tuple[str, date, str]]:
    return rows.order_by().values_list(Value(kind), F(on), F(detail))


def _says(kind: str, detail: str) -> str:
    if kind == "meeting":
        return f"Meeting about support: {SupportLevel(detail).label}"
    if kind == "update":
        return f"The appropriate body was updated about {SupportLevel(detail).label}"
    if kind == "plan":
        return f"The appropriate body answered the plan of {SupportLevel(detail).label}"
    return f"The appropriate body: {lower_first(Did(detail).label)}"


def sections_of(viewer: Viewer, induction: Induction) -> Iterator[Section]:
    """The same in rows, for the copy that an ECT takes along and for the file of a case."""
    held = meetings_of(viewer, induction).filter(recorded_by__isnull=False)
    meetings = [meeting_row(each) for each in held.select_related("recorded_by").prefetch_related("entries__by")]
    updates = [update_row(each) for each in updates_of(viewer, induction).select_related(*WITH_UPDATE)]
    body = [body_row(each, viewer) for each in body_records_of(viewer, induction).select_related("by")]
    if meetings:
        yield Section("Meetings about support", MEETING_COLUMNS, meetings)
    if updates:
        yield Section("Updates for the appropriate body", UPDATE_COLUMNS, updates)
    answers = [answer_row(each) for each in plan_answers_of(viewer, induction).select_related(*WITH_ANSWER)]
    if answers:
        yield Section("What the appropriate body said of plans", ANSWER_COLUMNS, answers)
    if body:
        yield Section("What the appropriate body did", BODY_COLUMNS, body)


WITH_ANSWER = ("plan__level", "by")
WITH_UPDATE = ("level", "sent_by", "acknowledged_by")


def meeting_row(row: PlanMeeting) -> list[str]:
    """A meeting that was held, in the columns of `MEETING_COLUMNS`."""
    by = f"{row.recorded_by.name}, {Role(row.recorded_as).label.lower()}" if row.recorded_by else ""
    added = [f"{each.by.name}, {day(each.on)}: {each.text}" for each in row.entries.all()]
    return [
        day(row.on), row.about_level.label, row.people, row.missing, row.outline, row.outcome, by, "\n".join(added),
    ]  # fmt: skip


def update_row(row: BodyUpdate) -> list[str]:
    """An update, in the columns of `UPDATE_COLUMNS`."""
    read = f"{row.acknowledged_by.name}, {day(row.acknowledged_on)}" if row.acknowledged_by else ""
    return [
        row.level.state.label, str(row.number), day(row.due_on), day(row.sent_on),
        f"{row.sent_by.name}, {Role(row.sent_as).label.lower()}", row.progress, row.next_steps, read, row.answer,
    ]  # fmt: skip


def answer_row(row: PlanAnswer) -> list[str]:
    """What a body said of a plan, in the columns of `ANSWER_COLUMNS`."""
    return [day(row.on), row.plan.level.state.label, str(row), row.text, row.by.name]


def body_row(row: BodyRecord, viewer: Viewer) -> list[str]:
    """What a body did, in the columns of `BODY_COLUMNS`."""
    how = BodyRecord.How(row.how).label if row.how else ""
    return [
        day(row.on), str(row), how, row.with_whom, found_words(row), row.text, row.by.name, readers(row, viewer),
    ]  # fmt: skip


def found_words(row: BodyRecord) -> str:
    """What the ECT answered, or whether judgements agreed, in words."""
    if row.kind is Did.ECT:
        clear = "clear" if row.clear else "not clear"
        return f"The ECT is {clear} on the reasons, and {'content' if row.content else 'not content'} with the support"
    if row.kind is Did.JOINT:
        return "The judgements agreed" if row.agreed else "The judgements did not agree"
    return ""


def readers(row: BodyRecord, viewer: Viewer) -> str:
    """Who reads what a body wrote down."""
    ect = "You" if viewer.organisation is None else "The ECT"
    rest = {"body": "the appropriate body", "assessed": "the appropriate body and the school, but no mentor"}
    return f"{ect} and {rest.get(row.audience, 'the appropriate body and the school')}"
