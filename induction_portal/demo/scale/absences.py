"""Who was away, and how long: most a few days, a few so long that a part is extended, some on maternity leave."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from cases.rules.absence_kinds import AbsenceKind
from cases.rules.calendar import Calendar
from cases.rules.facts import Absence as AbsenceFacts

LONG, MATERNITY, HALF_DAY = 0.02, 0.006, 0.05
WEEKS_ILL, WEEKS_OF_LEAVE = (7, 12), 26
SHORT = (AbsenceKind.SICKNESS, AbsenceKind.SICKNESS, AbsenceKind.DEPENDANTS, AbsenceKind.COMPASSIONATE)


class Away(NamedTuple):
    """One absence; part of a day has a fraction."""

    kind: AbsenceKind
    starts_on: date
    ends_on: date
    fraction: Decimal = Decimal(1)

    @property
    def facts(self) -> AbsenceFacts:
        """The same, for the rules."""
        return AbsenceFacts(self.starts_on, self.ends_on, self.kind)


def spells(random: Random, calendar: Calendar, served: Sequence[tuple[date, date]]) -> tuple[Away, ...]:
    """The absences of one induction within its stretches of service, each with a first and a last day.

    Short ones come to fewer than 30 days together, so that only the long ones move a date.
    """
    found = [
        away for first, last in served for _ in range(random.randint(0, 2)) if (away := _short(random, first, last))
    ]
    chance = random.random()
    if chance < LONG + MATERNITY:
        is_leave = chance >= LONG
        weeks = WEEKS_OF_LEAVE if is_leave else random.randint(*WEEKS_ILL)
        kind = AbsenceKind.MATERNITY if is_leave else AbsenceKind.SICKNESS
        first, last = served[0]
        ends_on = first + timedelta(days=14 + 7 * weeks)
        if ends_on < last:
            found.append(Away(kind, first + timedelta(days=14), ends_on))
    apart: list[Away] = []
    for away in sorted(found, key=lambda each: each.starts_on):
        if calendar.is_school_day(away.starts_on) and (not apart or away.starts_on > apart[-1].ends_on):
            apart.append(away)
    return tuple(apart)


def _short(random: Random, first: date, last: date) -> Away | None:
    starts_on = first + timedelta(days=random.randint(0, (last - first).days))
    if random.random() < HALF_DAY:
        return Away(random.choice(SHORT), starts_on, starts_on, Decimal("0.5"))
    ends_on = starts_on + timedelta(days=random.randint(0, 2))
    return Away(random.choice(SHORT), starts_on, ends_on) if ends_on <= last else None


def is_long(away: Away) -> bool:
    """Whether it may move a date."""
    return (away.ends_on - away.starts_on).days > 7
