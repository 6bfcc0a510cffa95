"""An ECT is moved on the ladder: the level that was held is closed, and the next one opened (R72)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cases.frame import own_placement
from cases.models import Induction, Placement
from cases.people import check_responsible
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.escalation import Progress, owner_of
from cases.rules.statuses import SupportLevel
from cases.rules.support import (
    Audience,
    Climb,
    Outcome,
    ask,
    audience_of,
    check_opened,
    closing,
    needs_body,
    review_due,
)
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event

from .. import tell
from ..following import ONE_DAY, roles_in
from ..ladder import climb_of, every_level, has_left, next_assessment, other_school, part_on, standing, state_of
from ..models import LevelAgreement, LevelChange
from .concerns import RAISING, origin, tell_trail
from .plan_ends import answer_of, close_with_level

MOVED_ON = "Somebody else has moved this ECT since you opened the page: read where the ECT stands first"
ELSEWHERE = "Another school where this ECT serves has a level of support open: ask the appropriate body"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody answers who moves an ECT: where to, what the support before found, and why.

    `steps_down` is what has to be seen before support is reduced; `ground` one of `Ground`, for Level 6 alone.
    """

    to: SupportLevel
    found: Progress = Progress.NONE
    reason: str = ""
    weeks: int | None = None
    aim: str = ""
    steps_down: str = ""
    ground: str = ""


@action
def move_level(*, by: Viewer, on: date, induction: Induction, wanted: Wanted, state: int) -> LevelChange:
    """Move an ECT of the viewer's school to a level, or to none. `state` is that of the ladder which the page showed.

    Returns the level that is open now, or, where support ends, the one that was closed. The ECT, the school and the
    appropriate body are told. What the support before brought is the answer of its plan, where that is finished. Raises
    RuleBroken, in the words of the rule, for a move that R72 does not allow to this person, that needs the body's
    agreement, or that says too little; while the plan of the level goes on; and when somebody else was first.
    """
    placement = own_placement(induction, by)
    if placement is None:
        raise RuleBroken("Only the school where the ECT serves can move them on the ladder")
    locked = Induction.objects.locked(induction.pk)
    rows = every_level(locked)
    if state_of(rows) != state:
        raise RuleBroken(MOVED_ON)
    if other_school(rows, placement, on):
        raise RuleBroken(ELSEWHERE)
    if locked.stale:
        reckon(locked)
        locked.refresh_from_db()
    now = rows[-1] if rows and rows[-1].is_open else None
    if now:
        found = answer_of(now, wanted.to, wanted.found, left=has_left(now, on))
        wanted = replace(wanted, found=found)
    _check(by, locked, rows, wanted, on)
    due = None if wanted.to is SupportLevel.NONE else _due(locked, wanted, on)
    if now:
        _close(by, on, now, wanted)
    moved = now if wanted.to is SupportLevel.NONE else _open(by, on, locked, placement, rows, wanted, due)
    if moved is None:
        raise RuleBroken("This ECT has no extra support that could end")
    reckon(locked)
    tell.changed(moved, by=by)
    return moved


def _check(by: Viewer, induction: Induction, rows: list[LevelChange], wanted: Wanted, on: date) -> None:
    agreed = LevelAgreement.objects.filter(induction=induction)
    climb = climb_of(roles_in(by, induction), rows, part_on(induction, on), agreed, on)
    reason = wanted.ground if wanted.to is SupportLevel.CAPABILITY else wanted.reason
    ruling = ask(climb, wanted.to, wanted.found, reason)
    if not ruling.allowed:
        raise RuleBroken(ruling.message or "", _field(ruling.message or "", climb))
    told = {"reason": wanted.reason, "aim": wanted.aim, "steps_down": wanted.steps_down, "ground": wanted.ground}
    check_opened(wanted.to, **told)


def _field(message: str, climb: Climb) -> str:
    """Which answer a refused move is about."""
    if message.startswith("Give the reason"):
        return "reason"
    on_progress = ("progress is improving", "on track")
    return "found" if climb.before and any(words in message for words in on_progress) else "to"


def _due(induction: Induction, wanted: Wanted, on: date) -> date | None:
    return review_due(wanted.to, on, wanted.weeks, next_assessment(induction, on))


def _close(by: Viewer, on: date, row: LevelChange, wanted: Wanted) -> None:
    """Close the level that was open; one of a school that the ECT has left, on the day after their last day there."""
    left, last = has_left(row, on), row.placement.ends_on
    row.closed_on, row.closed_by = max(last + ONE_DAY, row.opened_on) if left and last else on, by.user
    row.outcome = Outcome.LEFT if left else closing(row.state, wanted.to)
    row.closing_reason = wanted.reason.strip() if wanted.to is SupportLevel.NONE and not left else ""
    row.save(update_fields=["closed_on", "closed_by", "outcome", "closing_reason"])
    close_with_level(by, on, row, ended_on=last if left and last else on)
    tell_trail(by, Event.LEVEL_CLOSED, row, on, after={"number": row.number, "outcome": row.outcome})


def _open(
    by: Viewer, on: date, induction: Induction, placement: Placement, rows: list[LevelChange], wanted: Wanted,
    due: date | None,
) -> LevelChange:  # fmt: skip
    six, held = wanted.to is SupportLevel.CAPABILITY, roles_in(by, induction)
    texts = {} if six else {"reason": wanted.reason, "aim": wanted.aim, "steps_down": wanted.steps_down}
    row = LevelChange.objects.create(
        **origin(induction, placement, on),
        audience=audience_of(wanted.to),
        number=len(rows) + 1,
        level=wanted.to.value,
        part=part_on(induction, on),
        owner=owner_of(wanted.to) or "",
        weeks=wanted.weeks if _has_plan(wanted.to) else None,
        opened_by=by.user,
        opened_as=next(role.value for role in RAISING if role in held),
        opened_on=on,
        found=wanted.found.value,
        ground=wanted.ground if six else "",
        review_due=due,
        **{name: text.strip() for name, text in texts.items()},
    )
    after: dict[str, Any] = {"number": row.number, "level": row.level, "part": row.part, "weeks": row.weeks}
    tell_trail(by, Event.LEVEL_OPENED, row, on, after=after)
    return row


def _has_plan(level: SupportLevel) -> bool:
    return level not in (SupportLevel.CAPABILITY, SupportLevel.MONITORING)


@action
def agree_to_level(
    *, by: Viewer, on: date, induction: Induction, to: SupportLevel, reason: str, state: int
) -> LevelAgreement:
    """The appropriate body agrees to a move that the school may not make alone: a skipped level, Level 4 again, Level 5
    in part 1 (R72). It holds until the ECT is moved.

    Raises RuleBroken for a body that is not responsible, a move that does not need it, without a reason, and when
    somebody else was first.
    """
    locked = Induction.objects.locked(induction.pk)
    check_responsible(by, locked, on=on)
    rows = every_level(locked)
    if state_of(rows) != state:
        raise RuleBroken(MOVED_ON)
    if not reason.strip():
        raise RuleBroken("Enter the reason", "reason")
    if to not in needs_body(climb_of(by.roles, rows, part_on(locked, on), (), on)):
        raise RuleBroken("The school does not need the appropriate body for this move", "to")
    if LevelAgreement.objects.filter(induction=locked, state=state, level=to.value).exists():
        raise RuleBroken("Your body has agreed to this move already", "to")
    placement = _served(locked, rows, on)
    agreement = LevelAgreement.objects.create(
        **origin(locked, placement, on),
        audience=Audience.CASE,
        after=next(reversed(standing(rows, on)), None),
        state=state,
        level=to.value,
        reason=reason.strip(),
        by=by.user,
        on=on,
    )
    tell_trail(by, Event.LEVEL_AGREED, agreement, on, after={"level": to.value, "state": state})
    tell.agreed(agreement, by=by)
    return agreement


def _served(induction: Induction, rows: list[LevelChange], on: date) -> Placement:
    """The placement that the move is about: that of the open level, else the lead school's of today."""
    if spell := standing(rows, on):
        return spell[-1].placement
    going_on = [p for p in induction.placements.order_by("-is_lead", "-starts_on") if not p.ends_on or p.ends_on >= on]
    if not going_on:
        raise RuleBroken("This ECT serves at no school today")
    return going_on[0]
