"""An appropriate body's board of the ECTs on extra support: where each stands, which way, and what comes next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from cases.forms.filters import OfficerFilter
from cases.models import Appointment, BodyPeriod
from cases.querysets import in_force
from cases.reach import current_keys
from cases.rules.statuses import SupportLevel
from cases.rules.support import Direction, direction
from cases.worded import due_words, part_of
from cases.worklist import address, officers_by_case
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import short_day

from .access import readable
from .ladder import OVER
from .models import LevelChange
from .words import COLOURS

ROWS = 50
HARDEST = [SupportLevel.CAPABILITY, SupportLevel.AT_RISK, SupportLevel.CONCERN, SupportLevel.SUPPORT_2,
           SupportLevel.SUPPORT_1, SupportLevel.LIGHT_TOUCH, SupportLevel.MONITORING]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One ECT on the board. `update` is when the body is next to be updated, `review` when somebody decides what comes
    next, `left` how long induction still takes.
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
    review: str
    overdue: bool
    part: str
    left: str
    owner: str


def board(viewer: Viewer, query: Mapping[str, str]) -> dict[str, Any]:
    """Everything of the page: as many queries for many ECTs as for few."""
    officers = officers_by_case(viewer)
    choices = sorted(set(officers.values()), key=lambda choice: choice[1])
    form = OfficerFilter(query, offered={"officer": choices, "school": []})
    officer = form.asked.get("officer", "")
    found = _open_levels(viewer)
    if officer:
        held = BodyPeriod.objects.filter(in_force("", on=viewer.on), body=viewer.organisation, officer=officer)
        found = found.filter(Exists(held.filter(induction=OuterRef("induction"))))
    rows = sorted(found, key=lambda row: (HARDEST.index(row.state), row.opened_on, row.pk))
    shown = rows if "all" in query else rows[:ROWS]
    return {
        "title": "ECTs on extra support",
        "form": form,
        "rows": [_row(row, viewer.on, officers) for row in shown],
        "count": len(rows),
        "overdue": sum(_is_overdue(row, viewer.on) for row in rows),
        "show_all": address(form.asked | {"all": "1"}) if len(shown) < len(rows) else "",
    }


def _open_levels(viewer: Viewer) -> Any:
    """The levels that are open in the body's current cases, each with the one before and whose it is. One query."""
    before = LevelChange.objects.filter(induction=OuterRef("induction"), number__lt=OuterRef("number"))
    earlier = before.exclude(outcome__in=OVER).order_by("-number")
    rows = readable(viewer, LevelChange.objects.filter(closed_on=None, induction__in=current_keys(viewer)))
    going_on = Q(placement__ends_on=None) | Q(placement__ends_on__gte=viewer.on)
    return (
        rows.filter(going_on)
        .select_related("induction__teacher", "induction__clock", "school")
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


def _row(row: Any, on: date, officers: Mapping[UUID, tuple[UUID, str]]) -> Row:
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
        update=_next_update(row, on),
        review=due_words(row.review_due, today=on) if row.review_due else "",
        overdue=_is_overdue(row, on),
        part=part_of(row.induction, on),
        left=f"until {short_day(ends_on)}" if ends_on and ends_on >= on else "",
        owner=f"{Role(row.owner).label}: {row.whose}" if row.whose else Role(row.owner).label,
    )


def _is_overdue(row: LevelChange, on: date) -> bool:
    return row.review_due is not None and row.review_due < on


def _next_update(row: LevelChange, on: date) -> str:
    """The next day on which the school updates the body, by what the level brings (R75)."""
    coming: Iterable[date] = (due for due in row.updates_due if due >= on)
    return short_day(min(coming, default=None))
