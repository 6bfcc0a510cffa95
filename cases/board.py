"""A body’s statutory board: what the law gives days for, grouped so, and who of the body looks after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer

from .confirming import to_decide
from .deadlines import label
from .duties import LOOK_AHEAD, OF_BODIES, OWNS, current_cases, owned, standing_deadlines
from .forms.filters import OfficerFilter
from .models import BodyPeriod, Deadline
from .parts import PARTS, Task, task_url
from .querysets import in_force
from .rules.working_days import clear_days
from .settling import settle, settled
from .worded import left_words
from .worklist import Places, officers_by_case, schools_of

MOST, SOON = 300, 3
OURS = "Your body"


@dataclass(frozen=True, slots=True)
class Group:
    """Deadlines for which the law or the guidance gives the same days. `codes` are those of the table of deadlines."""

    title: str
    source: str
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what, about whom, where, whose it is, by when and how long that is."""

    task: Task
    who: str
    school: str
    officer: str
    left: str
    colour: str


@dataclass(slots=True)
class Shown:
    """A group with its lines, soonest first."""

    group: Group
    rows: list[Row] = field(default_factory=list)


REGISTRATIONS = Group(
    "Registrations to decide", "Before induction starts: regulation 6(4); statutory guidance, paragraph 2.23"
)
REVIEWS = Group(
    "Reviews and assessments to read",
    "Within the days that your settings give: statutory guidance, paragraphs 2.54 and 2.61",
)
OTHERS = Group("Other deadlines of yours", "As the reason beside each says")
GROUPS = (
    Group("Decisions", "20 working days from the recommendation: regulation 11(5)", frozenset({"D11"})),
    Group(
        "Recommendations and representations", "10 working days: regulation 11(3) and (4)",
        frozenset({"D8", "D9", "D10"}),
    ),
    Group("Notices of a decision", "3 working days from the decision: regulation 11(7)", frozenset({"D12", "D13"})),
    Group("Appeals", "20 working days: Schedule 3", frozenset({"D14", "D15", "D16", "D17"})),
    Group(
        "Notices of 30 days’ absence", "As soon as absence totals 30 days: statutory guidance, paragraph 5.4",
        frozenset({"D19"}),
    ),
    REGISTRATIONS,
    REVIEWS,
    OTHERS,
)  # fmt: skip
STATUTORY = frozenset[str]().union(*(group.codes for group in GROUPS))


def board(viewer: Viewer, query: Mapping[str, str]) -> dict[str, Any]:
    """Everything of the page, for one officer's cases where the query string names one."""
    officers = officers_by_case(viewer)
    choices = sorted(set(officers.values()), key=lambda choice: choice[1])
    form = OfficerFilter(query, offered={"officer": choices, "school": []})
    officer = form.asked.get("officer", "")
    waiting = settle(current_cases(viewer))
    found = [*_deadlines(viewer, officer, waiting), *_answers(viewer)]
    places = Places(schools_of(viewer, {task.case_id for _, task, _ in found if task.case_id}), officers)
    shown = {group.title: Shown(group) for group in GROUPS}
    for title, task, who in sorted(found, key=lambda each: (each[1].on, each[1].about)):
        if not officer or _looked_after_by(officer, task, places):
            shown[title].rows.append(_row(viewer, task, who, places))
    groups = list(shown.values())
    return {
        "form": form,
        "groups": [each for each in groups if each.rows],
        "empty": [each.group for each in groups if not each.rows],
        "waiting": waiting,
        "late": sum(row.colour == "red" for each in groups for row in each.rows),
        "count": sum(len(each.rows) for each in groups),
    }


Found = tuple[str, Task, str]


def _deadlines(viewer: Viewer, officer: str, waiting: int) -> Iterable[Found]:
    """The statutory deadlines of the body's cases, whoever meets them, and all of its own."""
    soon = settled(standing_deadlines(viewer), waiting).filter(
        Q(code__in=STATUTORY) | owned(viewer), due_on__lte=viewer.on + LOOK_AHEAD
    )
    if officer:
        held = BodyPeriod.objects.filter(in_force("", on=viewer.on), body=viewer.organisation, officer=officer)
        soon = soon.filter(Exists(held.filter(induction=OuterRef("induction"))))
    for deadline in soon.select_related("induction__teacher").order_by("due_on", "pk")[:MOST]:
        group = next((group for group in GROUPS if deadline.code in group.codes), OTHERS)
        yield group.title, _task(viewer, deadline), OURS if deadline.owner in OF_BODIES else Role(deadline.owner).label


def _answers(viewer: Viewer) -> Iterable[Found]:
    """What waits for an answer of the body, beside its deadlines."""
    yield from ((REGISTRATIONS.title, task, OURS) for task in to_decide(viewer))
    for part in PARTS:
        yield from ((REVIEWS.title, task, OURS) for task in part.board(viewer))


def _task(viewer: Viewer, deadline: Deadline) -> Task:
    own = {owner for role, owners in OWNS.items() if role in viewer.roles for owner in owners}
    return Task(
        on=deadline.due_on,
        says=label(deadline),
        about=deadline.induction.teacher.name,
        url=task_url(deadline) if deadline.owner in own else "",
        why=deadline.why,
        case_id=deadline.induction_id,
    )


def _looked_after_by(officer: str, task: Task, places: Places) -> bool:
    """Registrations are nobody's yet, so that every officer sees them."""
    return task.case_id is None or str(places.officers.get(task.case_id, ("",))[0]) == officer


def _row(viewer: Viewer, task: Task, who: str, places: Places) -> Row:
    left = left_words(task.on, today=viewer.on)
    school = places.schools.get(task.case_id, ("", ""))[1] if task.case_id else ""
    officer = places.officers.get(task.case_id, ("", ""))[1] if task.case_id else ""
    return Row(task, who, school, officer, left, _colour(task.on, viewer.on))


def _colour(due_on: date, on: date) -> str:
    """It says no more than the words beside it."""
    return "red" if due_on < on else "orange" if clear_days(on, due_on) <= SOON else ""
