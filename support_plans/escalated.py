"""An appropriate body's board of the ECTs on extra support: where each stands, which way, and what comes next."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cases.models import Appointment, BodyPeriod
from cases.querysets import in_force
from cases.reach import current_keys
from cases.rules.following import Expected
from cases.rules.statuses import SupportLevel
from cases.rules.support import Direction, direction
from cases.worded import due_words, part_of
from cases.worklist import address, officers_by_case
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import short_day

from .access import readable
from .following import expected_of
from .forms.escalated import LATE, EscalatedFilter
from .ladder import OVER
from .models import BodyUpdate, LevelChange
from .words import COLOURS

ROWS = 50
HARDEST = [SupportLevel.CAPABILITY, SupportLevel.AT_RISK, SupportLevel.CONCERN, SupportLevel.SUPPORT_2,
           SupportLevel.SUPPORT_1, SupportLevel.LIGHT_TOUCH, SupportLevel.MONITORING]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One ECT on the board. `update` is when the body is next to be updated, `missing` how many updates are overdue,
    `unread` how many came and were not acknowledged; `review` when somebody decides what comes next, `left` how long
    induction still takes.
    """

    case_id: UUID
    name: str
    school: str
    officer: str
    level: SupportLevel
    colour: str
    since: date
    direction: Direction
    update: str
    missing: int
    unread: int
    review: str
    overdue: bool
    part: str
    left: str
    owner: str


def board(viewer: Viewer, query: Mapping[str, str]) -> dict[str, Any]:
    """Everything of the page: as many queries for many ECTs as for few."""
    officers = officers_by_case(viewer)
    choices = sorted(set(officers.values()), key=lambda choice: choice[1])
    form = EscalatedFilter(query, offered={"officer": choices})
    found = _open_levels(viewer)
    if officer := form.asked.get("officer", ""):
        held = BodyPeriod.objects.filter(in_force("", on=viewer.on), body=viewer.organisation, officer=officer)
        found = found.filter(Exists(held.filter(induction=OuterRef("induction"))))
    if level := form.asked.get("level", ""):
        found = found.filter(level=level)
    levels = list(found)
    told = _told(viewer, levels)
    rows = [row for row in levels if form.asked.get("show") != LATE or _is_late(row, told[row.pk], viewer.on)]
    rows.sort(key=lambda row: _place(form.asked.get("order", ""), row, told[row.pk]))
    shown = rows if "all" in query else rows[:ROWS]
    return {
        "title": "ECTs on extra support",
        "form": form,
        "rows": [_row(row, told[row.pk], viewer.on, officers) for row in shown],
        "count": len(rows),
        "overdue": sum(_is_overdue(row, viewer.on) for row in rows),
        "missing": sum(bool(_missing(told[row.pk], viewer.on)) for row in rows),
        "show_all": address(form.asked | {"all": "1"}) if len(shown) < len(rows) else "",
    }


@dataclass(frozen=True, slots=True)
class Told:
    """What the body was told of a level: the updates that it still expects, and how many it has not acknowledged."""

    expected: list[Expected]
    unread: int


def _told(viewer: Viewer, levels: list[LevelChange]) -> dict[UUID, Told]:
    """One query for however many levels."""
    sent: dict[UUID, list[int]] = defaultdict(list)
    unread: Counter[UUID] = Counter()
    had = readable(viewer, BodyUpdate.objects.filter(level__in=[row.pk for row in levels])).order_by()
    for level, number, read in had.values_list("level", "number", "acknowledged_on"):
        sent[level].append(number)
        unread[level] += read is None
    return {row.pk: Told(expected_of(row, sent[row.pk]), unread[row.pk]) for row in levels}


def _place(order: str, row: LevelChange, told: Told) -> tuple[Any, ...]:
    """Where a level stands in the list: by what was asked for, else the hardest first."""
    hardest = (HARDEST.index(row.state), row.opened_on, row.pk)
    first = {
        "since": (row.opened_on,),
        "update": (min((each.due_on for each in told.expected), default=date.max),),
        "name": (row.induction.teacher.sort_name,),
    }
    return (*first.get(order, ()), *hardest)


def _missing(told: Told, on: date) -> int:
    return sum(each.due_on < on for each in told.expected)


def _is_late(row: LevelChange, told: Told, on: date) -> bool:
    return _is_overdue(row, on) or bool(_missing(told, on))


def _open_levels(viewer: Viewer) -> Any:
    """The levels that are open in the body's current cases, each with the one before and whose it is. One query."""
    before = LevelChange.objects.filter(induction=OuterRef("induction"), number__lt=OuterRef("number"))
    earlier = before.exclude(outcome__in=OVER).order_by("-number")
    rows = readable(viewer, LevelChange.objects.filter(closed_on=None, induction__in=current_keys(viewer)))
    going_on = Q(placement__ends_on=None) | Q(placement__ends_on__gte=viewer.on)
    return (
        rows.filter(going_on)
        .select_related("induction__teacher", "induction__clock", "placement", "plan", "school")
        .annotate(
            before=Subquery(earlier.filter(number=OuterRef("number") - 1).values("level")[:1]), whose=_whose(viewer.on)
        )
    )


def _whose(on: date) -> Coalesce:
    """The name of who holds the level's role today."""
    held = Appointment.objects.filter(in_force("", on=on), placement=OuterRef("placement"), kind=OuterRef("owner"))
    heads = User.objects.filter(
        in_force("memberships__", on=on),
        memberships__organisation=OuterRef("school"),
        memberships__role=OuterRef("owner"),
    )
    return Coalesce(Subquery(held.values("user__name")[:1]), Subquery(heads.values("name")[:1]))


def _row(row: Any, told: Told, on: date, officers: Mapping[UUID, tuple[UUID, str]]) -> Row:
    clock = getattr(row.induction, "clock", None)
    ends_on = clock.ends_on if clock else None
    levels = [SupportLevel(row.before), row.state] if row.before else [row.state]
    return Row(
        case_id=row.induction_id,
        name=row.induction.teacher.name,
        school=row.school.name,
        officer=officers.get(row.induction_id, ("", ""))[1],
        level=row.state,
        colour=COLOURS[row.state],
        since=row.opened_on,
        direction=direction(levels),
        update=short_day(min((each.due_on for each in told.expected if each.due_on >= on), default=None)),
        missing=_missing(told, on),
        unread=told.unread,
        review=due_words(row.ends_by, today=on) if row.ends_by else "",
        overdue=_is_overdue(row, on),
        part=part_of(row.induction, on),
        left=f"until {short_day(ends_on)}" if ends_on and ends_on >= on else "",
        owner=f"{Role(row.owner).label}: {row.whose}" if row.whose else Role(row.owner).label,
    )


def _is_overdue(row: LevelChange, on: date) -> bool:
    return row.ends_by is not None and row.ends_by < on
