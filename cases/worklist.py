"""What somebody must do, soonest first, and what they wait for from others, across all their roles at one organisation.

A task is a deadline whose owner is one of their roles where it reaches the case, or what a part of the portal adds.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.utils.functional import lazy

from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import lower_first

from .deadlines import ABSENCE_WARNING, PROGRESS_REVIEW, label, late, why_words
from .duties import LOOK_AHEAD, OF_BODIES, owned, standing_deadlines
from .forms.filters import TaskFilter
from .models import BodyPeriod, Deadline, Placement
from .parts import PARTS, Task, Work, task_url
from .querysets import in_force
from .reach import current_keys
from .registration_tasks import registration_work
from .settling import settle, settled
from .worded import due_words

ROWS, MOST, WAITS = 25, 300, 10
WEEK = timedelta(days=7)
KINDS = {PROGRESS_REVIEW: "Progress reviews to log"}


@dataclass(frozen=True, slots=True)
class Worklist:
    """Everything of the two sections: the tasks shown, how many there are of each sort, and what is waited for."""

    tasks: list[Task]
    count: int
    counts: list[dict[str, Any]]
    waits: list[Task]
    more_waits: bool
    form: TaskFilter
    show_all: str
    waiting: int

    @property
    def narrows(self) -> bool:
        """Whether there is more than one sort of task to choose from."""
        return bool(set(self.form.fields) - {"due"})

    @property
    def empty(self) -> str:
        """What to say when nothing is shown."""
        if self.counts[0]["count"] or self.form.asked:
            return "Nothing matches. Clear the filters to see everything."
        return "Nothing waits for you today."


def worklist(viewer: Viewer, query: Mapping[str, str]) -> Worklist:
    """The viewer's tasks as the query string narrows them, and what they wait for."""
    due, waiting = _deadlines(viewer)
    work = [due, registration_work(viewer), *(part.work(viewer) for part in PARTS)]
    everything = _soonest_first(task for each in work for task in each.tasks)
    places = places_of(viewer, {task.case_id for task in everything if task.case_id})
    form = TaskFilter(query, tasks=everything, schools=places.schools, officers=places.officers)
    narrowed = [task for task in everything if _is_asked_for(task, form.asked, places)]
    sort = form.asked.get("due", "")
    shown = [task for task in narrowed if _falls(task, sort, viewer.on)]
    cut = shown if "all" in query else shown[:ROWS]
    waits = _soonest_first(task for each in work for task in each.waits) if _waits_for_others(viewer) else []
    return Worklist(
        tasks=[_placed(task, places) for task in cut],
        count=len(shown),
        counts=_counts(narrowed, form, sort, viewer.on),
        waits=waits[:WAITS],
        more_waits=len(waits) > WAITS,
        form=form,
        show_all=address(form.asked | {"all": "1"}) if len(cut) < len(shown) else "",
        waiting=waiting,
    )


# Of hundreds of tasks a page shows a few: where each is done is looked up when it is shown.
page_of = lazy(task_url, str)


def _soonest_first(tasks: Iterable[Task]) -> list[Task]:
    return sorted(tasks, key=lambda task: (task.on, task.about, task.says))


def _waits_for_others(viewer: Viewer) -> bool:
    """A named contact, who neither monitors nor decides (R81), waits for nobody."""
    return viewer.may(Permission.READ_CASE) and not viewer.roles <= {Role.BODY_CONTACT}


def _deadlines(viewer: Viewer) -> tuple[Work, int]:
    """What is due soon in the viewer's cases, theirs to meet or others' (of which an appropriate body awaits only what
    is late), and how many cases are left out because their dates are being worked out again.
    """
    if not viewer.may(Permission.READ_CASE):
        return Work(), 0
    waiting = settle(current_keys(viewer))
    soon, own = _soon(standing_deadlines(viewer), viewer, waiting), owned(viewer)
    others = soon.filter(late(on=viewer.on)) if viewer.roles & OF_BODIES else soon
    mine = soon.filter(own).annotate(is_own=Value(True))[:MOST]
    found = list(mine.union(others.exclude(own).annotate(is_own=Value(False))[: WAITS + 1], all=True))
    return Work(
        [_task(viewer, row) for row in found if row.is_own], [_wait(viewer, row) for row in found if not row.is_own]
    ), waiting


def _soon(deadlines: QuerySet[Deadline], viewer: Viewer, waiting: int) -> QuerySet[Deadline]:
    """What cannot be done before the ECT is back, or has chosen about their leave, is nobody's task yet (R29, R51)."""
    soon = settled(deadlines, waiting).filter(due_on__lte=viewer.on + LOOK_AHEAD, waits="")
    return soon.annotate(about=F("induction__teacher__name")).order_by("due_on", "induction__teacher__sort_name", "pk")


def _task(viewer: Viewer, deadline: Deadline) -> Task:
    named = label(deadline)
    noted = deadline.kind == ABSENCE_WARNING  # it has come to pass, and waits only to be seen
    return Task(
        on=deadline.due_on,
        says=f"Log {lower_first(named)}" if deadline.kind == PROGRESS_REVIEW else named,
        about=deadline.about,
        url=page_of(deadline),
        state="" if noted else due_words(deadline.due_on, today=viewer.on),
        why=why_words(deadline, hushed=deadline.hushed),
        kind=deadline.kind,
        kind_says=KINDS.get(deadline.kind, named),
        case_id=deadline.induction_id,
        is_due=not noted,
    )


def _wait(viewer: Viewer, deadline: Deadline) -> Task:
    """What somebody else does has no page of this viewer's: the ECT's own page is linked instead."""
    named = f"{Role(deadline.owner).label}: {lower_first(label(deadline))}"
    return replace(_task(viewer, deadline), says=named, url="")


# Filters


@dataclass(frozen=True, slots=True)
class Places:
    """For an appropriate body: the school of each case, and the officer who looks after it."""

    schools: Mapping[UUID, tuple[UUID, str]]
    officers: Mapping[UUID, tuple[UUID, str]]


def places_of(viewer: Viewer, case_ids: Iterable[UUID]) -> Places:
    """Nothing but for a body. Two queries."""
    if not viewer.roles & OF_BODIES:
        return Places({}, {})
    cases, officers = set(case_ids), officers_by_case(viewer)
    return Places(schools_of(viewer, cases), {case: officers[case] for case in cases if case in officers})


def schools_of(viewer: Viewer, case_ids: Collection[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """The school at which each ECT serves today, the lead school where there are several (R20)."""
    placed = Placement.objects.filter(in_force("", on=viewer.on), induction__in=case_ids).order_by("is_lead")
    return {case: (pk, name) for case, pk, name in placed.values_list("induction", "school", "school__name")}


def officers_by_case(viewer: Viewer) -> dict[UUID, tuple[UUID, str]]:
    """Who of the viewer's body looks after each of its cases today."""
    held = BodyPeriod.objects.filter(in_force("", on=viewer.on), body=viewer.organisation)
    return {case: (pk, name) for case, pk, name in held.values_list("induction", "officer", "officer__name")}


def _is_asked_for(task: Task, asked: Mapping[str, Any], places: Places) -> bool:
    if asked.get("kind") and task.kind != asked["kind"]:
        return False
    for name, known in (("school", places.schools), ("officer", places.officers)):
        if asked.get(name) and (task.case_id is None or str(known.get(task.case_id, ("",))[0]) != asked[name]):
            return False
    return True


def _falls(task: Task, due: str, on: date) -> bool:
    if due == "overdue":
        return task.is_due and task.on < on
    return due != "week" or (task.is_due and on <= task.on < on + WEEK)


def _counts(tasks: list[Task], form: TaskFilter, due: str, on: date) -> list[dict[str, Any]]:
    """All, overdue and this week, each with its number and its address."""
    besides = {name: value for name, value in form.asked.items() if name != "due"}
    numbers = Counter({sort: sum(_falls(task, sort, on) for task in tasks) for sort in ("", "overdue", "week")})
    words = {"": "All", "overdue": "Overdue", "week": "Due in the next 7 days"}
    return [
        {"text": words[sort], "count": numbers[sort], "href": address(besides | {"due": sort}), "current": due == sort}
        for sort in words
    ]


def address(asked: Mapping[str, str]) -> str:
    """A query string of what was asked; a bare "?" for everything."""
    return "?" + urlencode({name: value for name, value in asked.items() if value})


def _placed(task: Task, places: Places) -> Task:
    """With the school, for who has many, and the page where it is done."""
    school = places.schools.get(task.case_id) if task.case_id else None
    about = f"{task.about}, {school[1]}" if school and school[1] not in task.about else task.about
    return replace(task, about=about, url=str(task.url))
