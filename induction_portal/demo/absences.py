"""Who was away in the story, when and for how long: plain data, and how it came to be recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

from cases.actions import agree, record_absence, write_reason
from cases.models import Agreement
from cases.rules.absence_kinds import AbsenceKind

from .days import Moment, first
from .people import HEADS
from .replay_cases import SCHOOLS, Happening
from .story import Ect, Stay
from .world import World

AGREES = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Away:
    """So many days of work in a row, from the first one at `school` on or after a moment; or part of one."""

    school: str
    since: Moment
    days: int = 1
    kind: AbsenceKind = AbsenceKind.SICKNESS
    fraction: str = "1"
    reason: str = ""
    agreed: bool = False


# By TRN. Imogen has 24 days in part 1; nobody at Oakfield comes near 30. Daniel may choose about his leave.
AWAY: dict[str, tuple[Away, ...]] = {
    "3104871": (
        Away("oakfield", first(-1).later(weeks=4), agreed=True),
        Away("oakfield", first(0).later(weeks=2, days=2), fraction="0.5", kind=AbsenceKind.OTHER),
    ),
    "2987340": (
        Away("oakfield", first(-3).later(weeks=3), 2, agreed=True),
        Away("oakfield", first(-1).later(weeks=5), 3, agreed=True),
        Away("oakfield", first(0).later(weeks=1), 3, AbsenceKind.CARERS, agreed=True),
    ),
    "3061725": (Away("oakfield", first(-1).later(weeks=6), 2),),
    "3042687": (
        Away("elmbridge", first(-3).later(weeks=5), 4, agreed=True),
        Away(
            "elmbridge", first(-2).later(weeks=3), 11, agreed=True,
            reason="Glandular fever, confirmed by her GP. Back on her usual days since.",
        ),
        Away("elmbridge", first(-1).later(weeks=4), 9),
    ),
    "3095518": (Away("elmbridge", first(-1).later(weeks=5), 2, AbsenceKind.COMPASSIONATE),),
    "2876104": (Away("harbour", first(-3).later(weeks=4), 3, agreed=True),),
    "3188260": (Away("harbour", first(-1).later(weeks=3), 1, AbsenceKind.DEPENDANTS),),
}  # fmt: skip


def steps(world: World, ect: Ect) -> Iterator[Happening]:
    """Each absence is recorded on the day after it; the headteacher writes why, where they do; the ECT agrees."""
    for away in AWAY.get(ect.trn, ()):
        stay = next(stay for stay in ect.stays if stay.school == away.school)
        days = _days(world, stay, away)
        told = partial(_record, world, ect, away, days[0], days[-1])
        yield days[-1] + timedelta(days=1), told
        if away.agreed and ect.email:
            yield days[-1] + AGREES, partial(_agree, world, ect, away.school, days[0])


def _days(world: World, stay: Stay, away: Away) -> list[date]:
    """The days of work that the absence takes, by the working pattern of those days."""
    day, found = max(world.days.on(away.since), world.days.on(stay.starts)), list[date]()
    while len(found) < away.days:
        if world.days.calendar.is_school_day(day) and _works(world, stay, day):
            found.append(day)
        day += timedelta(days=1)
    return found


def _works(world: World, stay: Stay, day: date) -> bool:
    begun = [p for p in stay.patterns if p.since is None or world.days.on(p.since) <= day]
    weights = list((begun or stay.patterns)[-1].weights.values())
    return not weights or weights[day.weekday()] == 1


def _record(world: World, ect: Ect, away: Away, starts_on: date, ends_on: date, on: date) -> None:
    school = SCHOOLS[away.school]
    absence = record_absence(
        by=world.acting(school.registrar, school.key, on),
        on=on,
        placement=world.placements[ect.trn, away.school],
        kind=away.kind,
        starts_on=starts_on,
        ends_on=ends_on,
        fraction=Decimal(away.fraction),
    )
    if away.reason:
        write_reason(by=world.acting(HEADS[away.school], school.key, on), on=on, absence=absence, text=away.reason)


def _agree(world: World, ect: Ect, school: str, starts_on: date, on: date) -> None:
    absence = world.placements[ect.trn, school].absences.get(starts_on=starts_on)
    by = world.themself(ect.email, on)
    agree(by=by, on=on, induction=absence.induction, kind=Agreement.Kind.ABSENCE, subject_id=absence.pk)
