"""Lists of cases: the same few queries for three rows as for three hundred."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import Viewer

from .access import as_at, visible_cases
from .deadlines import PROGRESS_REVIEW, label
from .forms import CaseFilter
from .models import Appointment, Deadline, Induction, Placement, WorkingPattern
from .models.people import fold
from .querysets import InductionQuerySet, in_force
from .reckon import fresh, freshen
from .worded import due_words, part_of

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
    coming = Deadline.objects.filter(Q(kind=PROGRESS_REVIEW) | Q(due_on__gte=on), is_open=True).order_by("due_on")
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
    due = next((deadline for deadline in induction.coming if deadline.due_on >= since), None)
    return CaseRow(
        case_id=induction.pk,
        name=induction.teacher.name,
        school=placement.school.name if placement else "Not started",
        part=part_of(induction, viewer.on) if placement else "",
        tutor=induction.tutor or "None appointed",
        next_step=label(due) if due else "",
        due_on=due.due_on if due else None,
        state=due_words(due.due_on, today=viewer.on) if due else "",
    )


def filtered(cases: InductionQuerySet, form: CaseFilter, *, on: date) -> InductionQuerySet:
    """The cases that answer a search by part of a name or by a whole TRN, and a choice of what to show."""
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if text := asked.get("search"):
        by_trn = Q(teacher__trn=text) if text.isdecimal() else Q(teacher__sort_name__contains=fold(text))
        cases = cases.filter(by_trn)
    if asked.get("show") == "late":
        freshen(cases)
        cases = cases.filter(Exists(_late(on)))
    if asked.get("show") == "part_time":
        part_time = WorkingPattern.objects.filter(placement__induction=OuterRef("pk"), fte__lt=1)
        cases = cases.filter(Exists(part_time))
    return cases


def _late(on: date) -> Any:
    return Deadline.objects.filter(induction=OuterRef("pk"), kind=PROGRESS_REVIEW, is_open=True, due_on__lt=on)


def one_page(viewer: Viewer, form: CaseFilter, *, after: str = "") -> dict[str, Any]:
    """One page of the viewer's cases by name, from the one `after` a case's id, and the address of the next."""
    cases = filtered(visible_cases(viewer), form, on=viewer.on).order_by("teacher__sort_name", "pk")
    if after and (start := cases.model.objects.filter(pk__in=_uuid(after)).select_related("teacher").first()):
        name = start.teacher.sort_name
        cases = cases.filter(Q(teacher__sort_name__gt=name) | Q(teacher__sort_name=name, pk__gt=start.pk))
    found = fresh(lambda: list(with_details(cases, viewer)[: ROWS + 1]))
    shown = found[:ROWS]
    more = len(found) > ROWS
    return {
        "rows": rows(viewer, shown),
        "many_schools": many_schools(viewer),
        "next": _next(form, shown[-1]) if more else "",
    }


def _uuid(text: str) -> list[UUID]:
    try:
        return [UUID(text)]
    except ValueError:
        return []


def _next(form: CaseFilter, last: Induction) -> str:
    asked = {name: value for name, value in (form.data or {}).items() if value and name in ("search", "show")}
    return "?" + urlencode(asked | {"after": str(last.pk)})
