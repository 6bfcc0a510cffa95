"""What goes with the levels of a case: which is open, who sits at its table, which updates the body still expects."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from cases.access import case
from cases.models import Appointment, BodyPeriod, Induction
from cases.people import check_responsible, headteachers
from cases.querysets import in_force
from cases.rules.errors import RuleBroken
from cases.rules.following import BODY, TUTORS, Expected, updates_expected
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer

from .ladder import every_level, standing
from .models import LevelChange
from .models.meetings import TABLE

NOTHING_OPEN = "This ECT has no extra support today"
ELSEWHERE = "Another school where this ECT serves gives the support: ask the appropriate body"
ONE_DAY = timedelta(days=1)
MANY = 10  # more than a level has updates


def open_level(rows: Iterable[LevelChange], on: date) -> LevelChange | None:
    """The level that is held on a day at a school where the ECT still serves."""
    spell = standing(rows, on)
    return spell[-1] if spell and spell[-1].is_open else None


def level_in_hand(by: Viewer, induction: Induction, on: date) -> LevelChange:
    """The open level of a locked case, which the viewer's school gives or the viewer's body follows.

    Raises RuleBroken where none is open, for another school's, and for a body that is not responsible.
    """
    row = open_level(every_level(induction), on)
    if row is None:
        raise RuleBroken(NOTHING_OPEN)
    if by.roles & BODY:
        check_responsible(by, induction, on=on)
    elif by.organisation is None or row.school_id != by.organisation.pk:
        raise RuleBroken(ELSEWHERE)
    return row


def roles_in(by: Viewer, induction: Induction) -> frozenset[Role]:
    """Which of somebody's roles reach a case: the mentor of one ECT is the tutor of another."""
    return case(by, induction.pk).roles


def acting_as(roles: Collection[Role]) -> Role:
    """In which of their roles somebody does what several of them may do."""
    weight = (Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD, Role.MENTOR, Role.BODY_OFFICER, Role.BODY_ADMIN, Role.ECT)
    return next(role for role in weight if role in roles)


def at_the_table(level: LevelChange, induction: Induction, on: date) -> dict[str, str]:
    """Everybody who may sit at a meeting of a level, by role, with who held it that day."""
    held = Appointment.objects.filter(in_force("", on=on), placement=level.placement_id).select_related("user")
    names = {Role.ECT.value: [induction.teacher.name]}
    for each in held:
        names.setdefault(each.kind, []).append(each.user.name)
    names[Role.HEADTEACHER.value] = [user.name for user in headteachers(level.school_id)]
    periods = BodyPeriod.objects.filter(in_force("", on=on), induction=level.induction_id).select_related("officer")
    names[Role.BODY_OFFICER.value] = [period.officer.name for period in periods]
    return {role: ", ".join(names.get(role) or ["not named"]) for role in TABLE}


def expected_of(level: LevelChange, sent: Collection[int]) -> list[Expected]:
    """The updates of a level that the body is still to have, the earliest first. `sent` are the numbers that it has.
    Of a school whose last day is known, those that it can write until then.
    """
    last = level.placement.ends_on
    plan = getattr(level, "plan", None)
    found = updates_expected(
        level.state,
        level.updates_due,
        opened_on=level.opened_on,
        ends_on=plan.ended_on if plan and plan.ended_on else level.ends_by,
        closed_on=level.closed_on,
        outcome=level.outcome,
    )
    return [each for each in found if each.number not in sent and (last is None or each.opens_on <= last)]


def owns(level: LevelChange, roles: frozenset[Role]) -> bool:
    """Whether a level is somebody's, by the roles in which they reach its case; a lead acts as tutor (R70)."""
    return level.owner in roles or (level.owner == Role.INDUCTION_TUTOR and bool(TUTORS & roles))


def theirs(by: Viewer, roles: frozenset[Role], rows: Iterable[LevelChange]) -> list[LevelChange]:
    """Those of a case's levels of which somebody tells the body: their own, at their school."""
    school = by.organisation.pk if by.organisation else None
    return [row for row in rows if row.school_id == school and owns(row, roles)]


def next_update(
    rows: Iterable[LevelChange], sent: Mapping[object, Collection[int]], on: date
) -> tuple[LevelChange, Expected] | None:
    """The update of some levels that comes next, with its level; `sent` are the numbers that the body has, by level.
    A school that the ECT has left tells no more.
    """
    here = [row for row in rows if row.placement.ends_on is None or row.placement.ends_on >= on]
    found = [(row, each) for row in here for each in expected_of(row, sent.get(row.pk, ()))]
    return min(found, key=lambda pair: pair[1].due_on, default=None)
