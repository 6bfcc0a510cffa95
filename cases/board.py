"""A body’s statutory board: what the law gives days for, grouped so, and who of the body looks after it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils.text import slugify

from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer

from .confirming import to_decide
from .deadlines import label
from .duties import LOOK_AHEAD, OF_BODIES, OWNS, owned, standing_deadlines
from .forms.filters import OfficerFilter
from .models import BodyPeriod, Deadline
from .parts import PARTS, Task
from .querysets import in_force
from .reach import current_keys
from .rules.working_days import clear_days
from .settling import settle, settled
from .worded import left_words
from .worklist import Places, address, officers_by_case, page_of, schools_of

ROWS, MOST, SOON = 25, 300, 3
OURS = "Your body"


@dataclass(frozen=True, slots=True)
class Group:
    """Deadlines for which the law or the guidance gives the same days. `codes` are those of the table of deadlines."""

    title: str
    source: str
    codes: frozenset[str] = frozenset()

    @property
    def key(self) -> str:
        """Its name in an address."""
        return slugify(self.title)


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what, about whom, where, whose it is, by when and how long that is."""

    task: Task
    who: str
    school: str
    officer: str
    left: str
    colour: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A group with its first lines, soonest first, how many there are, and the address that shows all of them."""

    group: Group
    rows: list[Row]
    count: int
    show_all: str = ""


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
    waiting = settle(current_keys(viewer))
    found = [*_deadlines(viewer, officer, waiting), *_answers(viewer)]
    places = Places(schools_of(viewer, {task.case_id for _, task, _ in found if task.case_id}), officers)
    if officer:
        found = [each for each in found if _looked_after_by(officer, each[1], places)]
    found.sort(key=lambda each: (each[1].on, each[1].about))
    lines = {group.title: [each for each in found if each[0] == group.title] for group in GROUPS}
    return {
        "form": form,
        "groups": [
            _shown(viewer, group, lines[group.title], places, form, query) for group in GROUPS if lines[group.title]
        ],
        "empty": [group for group in GROUPS if not lines[group.title]],
        "waiting": waiting,
        "late": sum(task.on < viewer.on for _, task, _ in found),
        "count": len(found),
    }


Found = tuple[str, Task, str]


def _shown(
    viewer: Viewer, group: Group, lines: list[Found], places: Places, form: OfficerFilter, query: Mapping[str, str]
) -> Shown:
    """The first of a group's lines, or all where the address asks for this group."""
    cut = lines if query.get("all") == group.key else lines[:ROWS]
    rows = [_row(viewer, task, who, places) for _, task, who in cut]
    return Shown(group, rows, len(lines), address(form.asked | {"all": group.key}) if len(cut) < len(lines) else "")


def _deadlines(viewer: Viewer, officer: str, waiting: int) -> Iterable[Found]:
    """The statutory deadlines of the body's cases, whoever meets them, and all of its own."""
    soon = settled(standing_deadlines(viewer), waiting).filter(
        Q(code__in=STATUTORY) | owned(viewer), due_on__lte=viewer.on + LOOK_AHEAD
    )
    if officer:
        held = BodyPeriod.objects.filter(in_force("", on=viewer.on), body=viewer.organisation, officer=officer)
        soon = soon.filter(Exists(held.filter(induction=OuterRef("induction"))))
    for deadline in soon.annotate(about=F("induction__teacher__name")).order_by("due_on", "pk")[:MOST]:
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
        about=deadline.about,
        url=page_of(deadline) if deadline.owner in own else "",
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
    return Row(replace(task, url=str(task.url)), who, school, officer, left, _colour(task.on, viewer.on))


def _colour(due_on: date, on: date) -> str:
    """It says no more than the words beside it."""
    return "red" if due_on < on else "orange" if clear_days(on, due_on) <= SOON else ""
