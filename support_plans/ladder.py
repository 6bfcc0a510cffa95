"""Where an ECT stands on the ladder: the levels of a case, the spell they are in, and what the rules offer next."""

from collections.abc import Collection, Iterable
from datetime import date

from cases.access import as_at
from cases.deadlines import TERMLY
from cases.models import Induction, Placement
from cases.rules.statuses import SupportLevel
from cases.rules.support import WAITS_FOR_MEETING, Climb, Outcome
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer

from .access import readable
from .models import LevelAgreement, LevelChange, PlanMeeting

OVER = {Outcome.ON_TRACK.value, Outcome.LEFT.value}
ASSESSMENTS = TERMLY[1:]


def levels_of(viewer: Viewer, induction: Induction) -> list[LevelChange]:
    """The levels of a case that this viewer may know of, the earliest first; a page that asks several times reads them
    once. Who has let the case go knows of none that was opened since.
    """
    if not hasattr(induction, "seen_levels"):
        found = readable(viewer, LevelChange.objects.filter(induction=induction))
        rows = found.filter(opened_on__lte=as_at(viewer, induction))
        told = rows.select_related("opened_by", "school", "body", "placement", "plan")
        induction.seen_levels = [_of(induction, row) for row in told]
    return induction.seen_levels


def _of(induction: Induction, row: LevelChange) -> LevelChange:
    """A level that knows the case it was asked for with, so that nobody asks for it again."""
    row.induction = induction
    if plan := getattr(row, "plan", None):
        plan.induction = induction
    return row


def every_level(induction: Induction) -> list[LevelChange]:
    """All levels of a case, whoever may know of them: what the rules decide by."""
    rows = LevelChange.objects.filter(induction=induction).select_related("placement", "plan")
    return [_of(induction, row) for row in rows]


def standing(rows: Iterable[LevelChange], on: date) -> list[LevelChange]:
    """The levels since the ECT last had no support, the earliest first; none where support has ended, or the ECT has
    left the school that gave it.
    """
    spell: list[LevelChange] = []
    for row in rows:
        spell = [] if row.outcome in OVER or has_left(row, on) else [*spell, row]
    return spell


def has_left(row: LevelChange, on: date) -> bool:
    """Whether an open level is of a school that the ECT has left."""
    last = row.placement.ends_on
    return row.is_open and last is not None and last < on


def state_of(rows: list[LevelChange]) -> int:
    """The number of the ladder's state: what a form was made from."""
    return rows[-1].state_number if rows else 0


def climb_of(
    by: Collection[Role], rows: list[LevelChange], part: int, agreed: Iterable[LevelAgreement], on: date
) -> Climb:
    """Where an ECT stands for somebody who wants to move them. `by` are their roles in this very case."""
    now, state = standing(rows, on), state_of(rows)
    levels = frozenset(each.to for each in agreed if each.state == state)
    roles = frozenset(role.value for role in by)
    return Climb(tuple(row.state for row in now), part, roles, levels, met_about(now[-1] if now else None))


def met_about(level: LevelChange | None) -> frozenset[SupportLevel]:
    """The levels about which a meeting was held while this one was open; asked where a move waits for one (R72)."""
    if level is None or level.state not in WAITS_FOR_MEETING:
        return frozenset()
    held = PlanMeeting.objects.filter(level=level, recorded_by__isnull=False)
    return frozenset(SupportLevel(about) for about in held.values_list("about", flat=True))


def part_on(induction: Induction, on: date) -> int:
    """Which part of induction is served on a day, by FTE terms (R15)."""
    clock = getattr(induction, "clock", None)
    starts_on = clock.part_2_starts_on if clock else None
    return 2 if starts_on and starts_on <= on else 1


def next_assessment(induction: Induction, on: date) -> date | None:
    """When the next formal assessment falls due; None where none is to come."""
    coming = induction.deadlines.filter(kind__in=ASSESSMENTS, is_open=True, due_on__gte=on)
    return coming.order_by("due_on").values_list("due_on", flat=True).first()


def now_of(rows: list[LevelChange], on: date) -> SupportLevel:
    """The level that is held on a day."""
    spell = standing(rows, on)
    return spell[-1].state if spell else SupportLevel.NONE


def other_school(rows: list[LevelChange], placement: Placement, on: date) -> LevelChange | None:
    """An open level of another school at which the ECT serves as well (R20)."""
    spell = standing(rows, on)
    return spell[-1] if spell and spell[-1].school_id != placement.school_id else None
