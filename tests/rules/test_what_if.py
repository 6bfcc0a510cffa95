"""Supposing what is otherwise (R18, R26, R29), and what a day recorded by hand may be (R90)."""

from datetime import date
from fractions import Fraction

import pytest

from cases.rules.absence_kinds import AbsenceKind
from cases.rules.by_hand import check_done
from cases.rules.errors import RuleBroken
from cases.rules.facts import Absence, PatternStep
from cases.rules.facts_json import read_facts
from cases.rules.timeline import timeline
from cases.rules.what_if import if_absent, if_chosen, if_worked
from tests.rules.example import absence, changed

AS_OF = date(2026, 11, 22)
HALF = Fraction(1, 2)
SICK, MATERNITY = AbsenceKind.SICKNESS, AbsenceKind.MATERNITY


def facts(**changes):
    return read_facts(changed(**changes), AS_OF, also=("id",))


def step(day, fte=HALF, days=None):
    return PatternStep(day, fte, days)


def away(start, end, kind=SICK, fraction=Fraction(1), elected=None):
    return Absence(start, end, kind, fraction, elected)


def suppose_absent(**changes):
    known = facts(absences=[absence("2026-02-02", "2026-02-06")])
    return if_absent(known, away(**changes), known.placements)


class TestAnotherPattern:
    def test_half_time_ends_later(self):
        known = facts(absences=[])
        supposed = if_worked(known, step(date(2027, 1, 5)), [0])
        assert timeline(supposed).ends_on > timeline(known).ends_on

    @pytest.mark.parametrize(("pattern", "field"), [
        (step(date(2020, 1, 1)), "start"),
        (step(date(2027, 1, 5), Fraction(1)), "fte"),
        (step(date(2027, 1, 5), Fraction(1, 50)), "fte"),
        (step(date(2027, 1, 5), HALF, (Fraction(2), *[Fraction(0)] * 4)), "days"),
        (step(date(2027, 1, 5), HALF, (Fraction(0),) * 5), "days"),
    ])  # fmt: skip
    def test_what_cannot_be_is_refused(self, pattern, field):
        with pytest.raises(RuleBroken) as broken:
            if_worked(facts(), pattern, [0])
        assert field in broken.value.field

    def test_a_day_after_the_end_is_no_service(self):
        ended = changed()["placements"][0] | {"end": "2026-07-17"}
        with pytest.raises(RuleBroken, match="no service on this day"):
            if_worked(facts(placements=[ended]), step(date(2026, 9, 7)), [0])

    def test_a_step_of_the_same_day_is_replaced(self):
        supposed = if_worked(facts(), step(date(2025, 9, 2)), [0])
        assert [each.fte for each in supposed.placements[0].steps] == [HALF]


class TestAnAbsence:
    def test_thirty_days_extend_the_part(self):
        known = facts(absences=[])
        supposed = if_absent(known, away(date(2026, 1, 12), date(2026, 3, 6)), known.placements)
        assert timeline(supposed).ends_on > timeline(known).ends_on

    @pytest.mark.parametrize(("changes", "field"), [
        ({"start": date(2026, 3, 9), "end": date(2026, 3, 6)}, "end"),
        ({"start": date(2026, 3, 9), "end": date(2027, 3, 10)}, "end"),
        ({"start": date(2026, 12, 1), "end": None}, "end"),
        ({"start": date(2025, 8, 4), "end": date(2025, 8, 8)}, "start"),
        ({"start": date(2026, 2, 6), "end": date(2026, 2, 10)}, "start"),
        ({"start": date(2026, 1, 12), "end": date(2026, 2, 2)}, "start"),
        ({"start": date(2026, 1, 12), "end": None}, "start"),
        ({"start": date(2026, 3, 9), "end": date(2026, 3, 9), "fraction": Fraction(3, 2)}, "day_fraction"),
        ({"start": date(2026, 3, 9), "end": date(2026, 3, 9), "fraction": Fraction(0)}, "day_fraction"),
        ({"start": date(2026, 3, 9), "end": date(2026, 3, 9), "elected": True}, "elect_extension"),
    ])  # fmt: skip
    def test_what_cannot_be_is_refused(self, changes, field):
        with pytest.raises(RuleBroken) as broken:
            suppose_absent(**changes)
        assert broken.value.field == field

    def test_days_side_by_side_are_two_absences(self):
        assert len(suppose_absent(start=date(2026, 2, 7), end=date(2026, 2, 10)).absences) == 2

    def test_an_absence_that_goes_on_is_counted_to_today(self):
        assert suppose_absent(start=date(2026, 11, 2), end=None).absences[-1].end is None


class TestTheChoice:
    def test_both_outcomes_may_be_seen(self):
        known = facts(absences=[absence("2026-01-12", "2026-01-23", "maternity", elect_extension=None)])
        longer, same = if_chosen(known, extends=True), if_chosen(known, extends=False)
        assert timeline(longer).ends_on > timeline(same).ends_on == timeline(known).ends_on

    def test_without_leave_there_is_nothing_to_choose(self):
        with pytest.raises(RuleBroken, match="No statutory leave is recorded") as broken:
            if_chosen(facts(), extends=True)
        assert broken.value.field == "leave"

    def test_other_absence_stays_as_it_is(self):
        both = [absence("2025-09-08", "2025-09-12"), absence("2026-01-12", "2026-01-23", "maternity")]
        assert [each.elected for each in if_chosen(facts(absences=both), extends=True).absences] == [None, True]


class TestByHand:
    """R90: D2, D3, D13, D15-D17 and D31 close when somebody records it."""

    def test_today_and_the_first_day_are_taken(self):
        check_done(AS_OF, today=AS_OF, opened_on=AS_OF)

    @pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 8, 31)])
    def test_other_days_are_refused(self, day):
        with pytest.raises(RuleBroken) as broken:
            check_done(day, today=AS_OF, opened_on=date(2026, 9, 1))
        assert broken.value.field == "done_on"
