"""Days of the story, told from the day on which it is loaded: on any day, the people are where they should be."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from cases.rules.calendar import Calendar, Term, england_default_calendar, school_year_of

YEARS_BACK, YEARS_AHEAD = 4, 2


@dataclass(frozen=True, slots=True)
class Moment:
    """The first or last day of a term, some days later. Term 0 is the one under way, or in holidays the one before."""

    term: int
    last: bool = False
    days: int = 0

    def later(self, *, days: int = 0, weeks: int = 0) -> "Moment":
        """The same moment moved; negative numbers move it back."""
        return replace(self, days=self.days + days + 7 * weeks)


@dataclass(frozen=True, slots=True)
class ToComplete:
    """The start of service that completes so many terms, full time, on the last school day at least so long ago."""

    terms: int
    days_ago: int


def first(term: int) -> Moment:
    """The first day of a term."""
    return Moment(term)


def last(term: int) -> Moment:
    """The last day of a term."""
    return Moment(term, last=True)


def weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


class Days:
    """Turns moments into dates, as seen from `today`, on England's usual school calendar."""

    def __init__(self, today: date) -> None:
        self.today = today
        year = int(school_year_of(today)[:4])
        self.calendar: Calendar = england_default_calendar(year - YEARS_BACK, YEARS_BACK + YEARS_AHEAD)
        self._now = max(place for place, term in enumerate(self.calendar.terms) if term.start <= today)

    def term(self, number: int) -> Term:
        """A term counted from the present one: -1 is the one before."""
        return self.calendar.terms[self._now + number]

    def on(self, moment: Moment | ToComplete) -> date:
        """The date of a moment."""
        if isinstance(moment, ToComplete):
            return self._start_to_complete(moment)
        term = self.term(moment.term)
        return (term.end if moment.last else term.start) + timedelta(days=moment.days)

    def school_day(self, day: date, ahead: int) -> date:
        """The school day so many school days after (or, negative, before) a day."""
        step = timedelta(days=1 if ahead > 0 else -1)
        while ahead:
            day += step
            ahead -= self.calendar.is_school_day(day) * step.days
        return day

    def elapsed(self, start: date, terms: int) -> date:
        """The first day by which so many calendar terms have elapsed since a start (R50)."""
        day, served = start, Fraction(0)
        while True:
            served += self.calendar.terms_between(day, day)
            if served >= terms:
                return day
            day += timedelta(days=1)

    def born(self, age: int, trn: str) -> date:
        """A birthday that gives somebody this age; the TRN picks the day, so that no two people share it."""
        return date(self.today.year - age - 1, 1, 1) + timedelta(days=int(trn) % 364)

    def qualified(self, start: date) -> date:
        """A day in the July before the school year of a start, when most are awarded qualified teacher status."""
        return date(int(school_year_of(start)[:4]), 7, 12)

    def _start_to_complete(self, service: ToComplete) -> date:
        day = self.today - timedelta(days=service.days_ago)
        day = self.school_day(day + timedelta(days=1), -1)
        served = self.calendar.terms_between(day, day)
        while served < service.terms:
            day = self.school_day(day, -1)
            served += self.calendar.terms_between(day, day)
        return day
