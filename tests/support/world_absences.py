"""Who is away in the world: a warning at Oakfield, thirty days at Elmbridge, leave everywhere.

Why they were away is a canary of its own: it sings to the ECT and the headteacher alone (R79).
"""

from datetime import date, timedelta

from cases.actions import (
    change_absence,
    choose_leave,
    confirm_leave,
    record_absence,
    settle_notice,
    withdraw_absence,
    write_reason,
)
from cases.models import Absence, AbsenceNotice, Placement
from cases.rules.absence_kinds import AbsenceKind
from cases.rules.calendar import england_default_calendar
from tests.support.world import SCHOOLS, Canary, Piece, World
from tests.support.world_people import People

SICK, LEAVE = AbsenceKind.SICKNESS, AbsenceKind.CARERS


def record_absences(world: World, people: People) -> None:
    """Everything. Spells are so many school days up to about three weeks ago, whatever the season."""
    for key, days in (("oak", 17), ("elm", 32), ("harbour", 2)):
        _mistaken(world, people, key)
        _away(world, people, key, key, SICK, *_spell(world.today, days, back=20))
        _away(world, people, f"{key}leave", key, LEAVE, *_spell(world.today, 2, back=14))
        _reason(world, people, key)
    _away(world, people, "moved", "moved", SICK, world.today - timedelta(days=3), None)
    _away(world, people, "moved_old", "moved_old", SICK, *_spell(world.today, 2, back=200), on=-180)
    _reason(world, people, "moved_old", on=-180)
    _choose(world, people)
    _notices(world, people)


def _spell(today: date, days: int, *, back: int) -> tuple[date, date]:
    """The first and last of so many school days, the last no less than so many days ago."""
    calendar = england_default_calendar(today.year - 3, 5)
    found, day = list[date](), today - timedelta(days=back)
    while len(found) < days:
        if calendar.is_school_day(day):
            found.append(day)
        day -= timedelta(days=1)
    return found[-1], found[0]


def _away(
    world: World, people: People, name: str, placed: str, kind: AbsenceKind, first: date, last: date | None, on: int = 0
) -> Absence:
    piece = world.placements[placed]
    by = people.acting(f"school_admin@{piece.school}", world.today + timedelta(days=on))
    placement = Placement.objects.get(pk=piece.id)
    absence = record_absence(by=by, on=by.on, placement=placement, kind=kind, starts_on=first, ends_on=last)
    shared = {"harbour", "south"} if name == "moved_old" else set()
    told = {"case": piece.case, "school": piece.school, "body": piece.body, "over": piece.over}
    world.absences[name] = Piece(name, absence.pk, shared=frozenset(shared), **told)
    return absence


def _mistaken(world: World, people: People, key: str) -> None:
    """Recorded, put right, and at Elmbridge withdrawn: the warning that it brought is taken back with it."""
    days = 17 if key == "elm" else 1
    absence = _away(world, people, f"{key}wrong", key, AbsenceKind.OTHER, *_spell(world.today, days, back=120))
    by = people.acting(f"induction_tutor@{key}")
    told = {"starts_on": absence.starts_on, "ends_on": absence.ends_on}
    absence = change_absence(by=by, on=world.today, absence=absence, kind=AbsenceKind.UNPAID, version=1, **told)
    if key == "elm":
        withdraw_absence(by=by, on=world.today, absence=absence, version=2)


def _reason(world: World, people: People, name: str, on: int = 0) -> None:
    piece, text = world.absences[name], f"zqhealth{name.replace('_', '')}zq"
    by = people.acting(f"headteacher@{piece.school}", world.today + timedelta(days=on))
    write_reason(by=by, on=by.on, absence=Absence.objects.get(pk=piece.id), text=text)
    world.canaries.append(Canary(text, "health", name))


def _choose(world: World, people: People) -> None:
    """Oakfield's ECT has chosen, Elmbridge's choice is confirmed, Harbour's ECT has still to choose."""
    for key, extend in (("oak", True), ("elm", False)):
        leave = Absence.objects.get(pk=world.absences[f"{key}leave"].id)
        leave = choose_leave(by=people.acting(f"ect@{key}"), on=world.today, absence=leave, extend=extend)
        if key == "elm":
            confirm_leave(by=people.acting("body_officer@north"), on=world.today, absence=leave)


def _notices(world: World, people: People) -> None:
    """Where the notes stand: a warning at Oakfield, one at Elmbridge that was seen, and the thirty days there."""
    for key, figure in (("oak", 15), ("elm", 15), ("elm30", 30)):
        case = key.removesuffix("30")
        notice = AbsenceNotice.objects.get(induction=world.cases[case].id, figure=figure, withdrawn_on=None)
        world.notices[key] = Piece(key, notice.pk, case, case, SCHOOLS[case])
        if key == "elm":
            settle_notice(by=people.acting("headteacher@elm"), on=world.today, notice=notice)
