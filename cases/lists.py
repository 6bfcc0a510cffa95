"""Lists of cases: the same few queries for three rows as for three hundred."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import DateField, Exists, OuterRef, Prefetch, Q, Subquery, Value
from django.db.models.functions import Coalesce

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Permission, permissions_of
from induction_portal.accounts.viewer import Viewer

from .access import as_at, roles_on, visible_cases
from .calendar_access import visible_organisations
from .deadlines import TERMLY, label, late, standing, state_words
from .duties import of_support
from .forms.filters import CaseFilter
from .keyset import beyond, place_of
from .models import Appointment, BodyPeriod, Deadline, Induction, Placement, WorkingPattern
from .models.people import fold
from .querysets import InductionQuerySet, in_force
from .reach import current_keys, visible_keys
from .reckon import fresh
from .settling import settle
from .worded import part_of

ROWS = 25


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One ECT in a list."""

    case_id: UUID
    name: str
    school: str
    part: str
    tutor: str
    next_step: str
    due_on: date | None
    state: str


def many_schools(viewer: Viewer) -> bool:
    """Whether the viewer's ECTs may be at different schools, so that a list has to say which."""
    return viewer.organisation is None or viewer.organisation.kind != Organisation.Kind.SCHOOL


def rows(viewer: Viewer, cases: Iterable[Induction]) -> list[CaseRow]:
    """The lines of a list for cases that were fetched `with_details`."""
    return [_row(viewer, induction) for induction in cases]


def with_details(cases: InductionQuerySet, viewer: Viewer) -> InductionQuerySet:
    """The same cases with all that a row shows to this viewer, in a fixed number of queries."""
    on = viewer.on
    serving = Placement.objects.filter(starts_on__lte=on).select_related("school").order_by("-starts_on")
    tutoring = Appointment.objects.filter(
        in_force("", on=on), induction=OuterRef("pk"), kind=Appointment.Kind.TUTOR
    ).order_by("-starts_on")
    if not many_schools(viewer):
        tutoring = tutoring.filter(school=viewer.organisation)
    coming = Deadline.objects.filter(standing(), kind__in=TERMLY).order_by("due_on")
    return cases.annotate(tutor=Subquery(tutoring.values("user__name")[:1])).prefetch_related(
        Prefetch("placements", serving, to_attr="served"),
        Prefetch("deadlines", coming, to_attr="coming"),
    )


def _row(viewer: Viewer, induction: Induction) -> CaseRow:
    on = as_at(viewer, induction)
    served = [p for p in induction.served if p.starts_on <= on]
    own = [p for p in served if viewer.organisation and p.school_id == viewer.organisation.pk]
    placement = next(iter(own or (served if many_schools(viewer) else [])), None)
    if on < viewer.on:
        school = placement.school.name if placement else ""
        return CaseRow(induction.pk, induction.teacher.name, school, "Left", "", "", None, "")
    since = induction.since or date.min
    hushed = Permission.READ_ABSENCE not in permissions_of(roles_on(viewer, induction))
    due = next((deadline for deadline in induction.coming if deadline.due_on >= since), None)
    return CaseRow(
        case_id=induction.pk,
        name=induction.teacher.name,
        school=placement.school.name if placement else "Not started",
        part=part_of(induction, viewer.on) if placement else "",
        tutor=induction.tutor or "None appointed",
        next_step=label(due) if due else "",
        due_on=due.due_on if due and not due.waits else None,
        state=state_words(due, today=viewer.on, hushed=hushed) if due else "",
    )


def case_filter(viewer: Viewer, query: Mapping[str, str]) -> CaseFilter:
    """The search and the filters, with a body's own schools and officers. Two queries for a body, else none."""
    if not of_body(viewer):
        return CaseFilter(query, offered={"school": [], "officer": []})
    schools = visible_organisations(viewer).values_list("pk", "name")
    return CaseFilter(query, offered={"school": schools, "officer": officers_of(viewer)})


def of_body(viewer: Viewer) -> bool:
    """Whether the viewer acts for an appropriate body."""
    return viewer.organisation is not None and viewer.organisation.kind == Organisation.Kind.BODY


def officers_of(viewer: Viewer) -> list[tuple[UUID, str]]:
    """Who looks after a case of the viewer's body today, by name."""
    held = BodyPeriod.objects.filter(in_force("", on=viewer.on), body=viewer.organisation)
    return list(held.order_by("officer__name").values_list("officer", "officer__name").distinct())


def filtered(viewer: Viewer, cases: InductionQuerySet, asked: Mapping[str, str]) -> InductionQuerySet:
    """The cases that answer a search by part of a name or by a whole TRN, and the filters.

    What asks for today's dates finds only cases that the viewer's side still has to do with.
    """
    if text := asked.get("search"):
        by_trn = Q(teacher__trn=text) if text.isdecimal() else Q(teacher__sort_name__contains=fold(text))
        cases = cases.filter(by_trn)
    for name, narrowed in NARROWED.items():
        if asked.get(name):
            cases = cases.filter(narrowed(viewer, asked[name]))
    return cases


def _current(viewer: Viewer) -> Q:
    return Q(pk__in=current_keys(viewer))


def _shown(viewer: Viewer, show: str) -> Q:
    if show == "part_time":
        return Q(Exists(WorkingPattern.objects.filter(placement__induction=OuterRef("pk"), fte__lt=1)))
    since = Coalesce(OuterRef("since"), Value(date.min), output_field=DateField())
    passed = Deadline.objects.filter(standing(), of_support(viewer), late(on=viewer.on), induction=OuterRef("pk"))
    return _current(viewer) & Q(Exists(passed.filter(due_on__gte=since)))


def _part(viewer: Viewer, part: str) -> Q:
    served = Q(clock__ends_on__lt=viewer.on)
    second = Q(clock__part_2_starts_on__lte=viewer.on)
    return _current(viewer) & {"1": ~served & ~second, "2": ~served & second, "full": served}[part]


def _status(viewer: Viewer, status: str) -> Q:
    return _current(viewer) if status == "here" else ~_current(viewer)


def _school(viewer: Viewer, school: str) -> Q:
    """With a placement there, as far as the viewer's side may know of it."""
    known = Coalesce(OuterRef("until"), Value(viewer.on), output_field=DateField())
    return Q(Exists(Placement.objects.filter(induction=OuterRef("pk"), school=school, starts_on__lte=known)))


def _officer(viewer: Viewer, officer: str) -> Q:
    held = BodyPeriod.objects.filter(in_force("", on=viewer.on), body=viewer.organisation, officer=officer)
    return Q(Exists(held.filter(induction=OuterRef("pk"))))


NARROWED: dict[str, Callable[[Viewer, str], Q]] = {
    "show": _shown, "part": _part, "status": _status, "school": _school, "officer": _officer,
}  # fmt: skip
BY_DATES = {"part", "show"}
BY_NAME = ("teacher__sort_name", "pk")


def one_page(viewer: Viewer, form: CaseFilter, *, after: str = "") -> dict[str, Any]:
    """One page of the viewer's cases by name, from the one `after` a case's id, and the address of the next."""
    asked = form.asked
    known = visible_cases(viewer)
    waiting = settle(visible_keys(viewer)) if BY_DATES & set(asked) else 0
    cases = filtered(viewer, known, asked).order_by(*BY_NAME)
    if waiting:
        cases = cases.filter(stale=False)
    cases = cases.filter(beyond(BY_NAME, place_of(known, BY_NAME, after)))
    found = fresh(lambda: list(with_details(cases, viewer)[: ROWS + 1]))
    shown = found[:ROWS]
    return {
        "rows": rows(viewer, shown),
        "many_schools": many_schools(viewer),
        "next": "?" + urlencode(asked | {"after": str(shown[-1].pk)}) if len(found) > ROWS else "",
        "waiting": waiting,
    }
