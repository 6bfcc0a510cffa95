"""The chase list: by school, who has not sent what was due, since when, and whom to ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, DateField, Exists, OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from induction_portal.accounts.models import Membership
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .access import current_cases
from .calendar_access import visible_organisations
from .deadlines import label
from .deadlines import late as passed
from .duties import OF_SCHOOLS, standing_deadlines
from .forms.filters import OfficerFilter
from .keyset import beyond, place_of
from .lists import filtered, officers_of
from .models import Appointment, BodyPeriod, Chase, Deadline, Induction, Placement
from .querysets import InductionQuerySet, in_force
from .reach import current_keys
from .rules.csv_files import as_csv
from .settling import settle
from .worded import late_words

ROWS, MOST_IN_FILE = 25, 5000
ORDER = ("school_name", "teacher__sort_name", "pk")
COLUMNS = (
    "School", "ECT", "Not sent", "Due", "Late by", "Induction tutor", "Tutor’s email", "Headteacher",
    "Headteacher’s email", "Officer", "Last asked",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that has not been sent."""

    says: str
    due_on: date
    late: str
    why: str


@dataclass(frozen=True, slots=True)
class ChaseRow:
    """One ECT with everything of theirs that is late; the school's people and the officer stand on the case."""

    case: Induction
    missing: list[Missing]


def chase_filter(viewer: Viewer, query: Mapping[str, str]) -> OfficerFilter:
    """Two queries: the body's officers, and the schools that it knows."""
    schools = visible_organisations(viewer).values_list("pk", "name")
    return OfficerFilter(query, offered={"officer": officers_of(viewer), "school": schools})


def chase_page(viewer: Viewer, form: OfficerFilter, *, after: str = "") -> dict[str, Any]:
    """One page of the list, from the one `after` a case's id, and the address of the next."""
    waiting, known = settle(current_keys(viewer)), _known(viewer)
    late = filtered(viewer, _late(viewer, known, waiting), form.asked).order_by(*ORDER)
    found = list(late.filter(beyond(ORDER, place_of(known, ORDER, after)))[: ROWS + 1])
    rows = [_row(case, viewer.on) for case in found[:ROWS]]
    onward = form.asked | {"after": str(rows[-1].case.pk)} if len(found) > ROWS else {}
    file = urlencode(form.asked)
    return {
        "rows": rows,
        "on": viewer.on,
        "next": "?" + urlencode(onward) if onward else "",
        "waiting": waiting,
        "query": f"?{file}" if file else "",
    }


def chase_file(viewer: Viewer, form: OfficerFilter) -> str:
    """The whole list as a spreadsheet reads it, a line for everything that is late."""
    waiting, known = settle(current_keys(viewer)), _known(viewer)
    late = filtered(viewer, _late(viewer, known, waiting), form.asked).order_by(*ORDER)
    lines = [line for case in late[:MOST_IN_FILE] for line in _lines(_row(case, viewer.on))]
    if waiting:
        lines.append([f"{waiting} ECTs are left out: their dates are being worked out again"])
    return as_csv(COLUMNS, lines)


def _known(viewer: Viewer) -> InductionQuerySet:
    """The body's cases with the school of today, whom to ask there, and the body's own officer."""
    served = Placement.objects.filter(in_force("", on=viewer.on), induction=OuterRef("pk")).order_by(
        "-is_lead", "starts_on", "pk"
    )
    tutoring = Appointment.objects.filter(
        in_force("", on=viewer.on), induction=OuterRef("pk"), kind=Appointment.Kind.TUTOR
    ).order_by("-starts_on", "pk")
    heads = Membership.objects.filter(in_force("", on=viewer.on), role=Role.HEADTEACHER)
    held = BodyPeriod.objects.filter(in_force("", on=viewer.on), induction=OuterRef("pk"), body=viewer.organisation)
    asked = Chase.objects.filter(induction=OuterRef("pk"), body=viewer.organisation).order_by("-sent_on")
    at_school = heads.filter(organisation=OuterRef("school_id")).order_by("starts_on", "pk")
    return (
        current_cases(viewer)
        .annotate(school_id=Subquery(served.values("school")[:1]))
        .annotate(
            school_name=_text(served, "school__name"),
            tutor_name=_text(tutoring, "user__name"),
            tutor_email=_text(tutoring, "user__email"),
            head_name=_text(at_school, "user__name"),
            head_email=_text(at_school, "user__email"),
            officer_name=_text(held, "officer__name"),
            asked_on=Subquery(asked.values("sent_on")[:1], output_field=DateField()),
        )
    )


def _text(rows: QuerySet[Any], column: str) -> Coalesce:
    return Coalesce(Subquery(rows.values(column)[:1]), Value(""), output_field=CharField())


def _late(viewer: Viewer, known: InductionQuerySet, waiting: int) -> InductionQuerySet:
    """Those of whom a school has not sent what was due, with all of it."""
    late = Deadline.objects.filter(
        pk__in=standing_deadlines(viewer).filter(passed(on=viewer.on), owner__in=OF_SCHOOLS).values("pk")
    )
    if waiting:
        known = known.filter(stale=False)
    found = known.filter(Exists(late.filter(induction=OuterRef("pk"))))
    return found.prefetch_related(Prefetch("deadlines", late.order_by("due_on", "kind", "number"), to_attr="late"))


def _row(case: Induction, on: date) -> ChaseRow:
    return ChaseRow(case, [Missing(label(d), d.due_on, late_words(d.due_on, today=on), d.why) for d in case.late])


def _lines(row: ChaseRow) -> Iterator[list[str]]:
    case = row.case
    people = [case.tutor_name, case.tutor_email, case.head_name, case.head_email, case.officer_name]
    asked = day(case.asked_on) if case.asked_on else ""
    for each in row.missing:
        yield [case.school_name, case.teacher.name, each.says, day(each.due_on), each.late, *people, asked]
