"""Observations and mentor meetings: what keeps one from being planned, recorded or noted, and when to warn."""

from dataclasses import replace
from datetime import date

import pytest

from cases.rules.calendar import england_default_calendar
from cases.rules.meetings import check_meeting, meeting_due
from cases.rules.observations import (
    Arranged,
    Counted,
    check_plan,
    check_record,
    check_visit,
    counted,
    record_due,
    third_party_due,
)
from cases.rules.standards import Standard

TODAY, START = date(2026, 11, 18), date(2026, 9, 1)
SERVED = (START, date(2027, 7, 21))
PLAN = Arranged(date(2026, 11, 25), date(2026, 11, 26), "Priya Nair", observer_has_qts=True)
HELD = replace(PLAN, observed_on=date(2026, 11, 17), meeting_on=date(2026, 11, 18))
RECORD = {"standards": [Standard.TS4], "strengths": "Clear models", "development": "Wait longer"}
CALENDAR = england_default_calendar(2025, 4)


def fields(objections):
    return [objection.field for objection in objections]


class TestR56Plan:
    def test_what_is_right_has_no_objection(self):
        assert not check_plan(PLAN, today=TODAY, served=SERVED)
        assert not check_plan(replace(PLAN, meeting_on=PLAN.observed_on), today=TODAY, served=(START, None))

    @pytest.mark.parametrize(
        ("changes", "field", "says"),
        [
            ({"observed_on": date(2026, 11, 17)}, "observed_on", "today or in the future"),
            ({"observed_on": date(2028, 3, 1), "meeting_on": date(2028, 3, 1)}, "observed_on", "within a year"),
            ({"observed_on": date(2027, 7, 22), "meeting_on": date(2027, 7, 22)}, "observed_on", "21 July 2027"),
            ({"meeting_on": date(2026, 11, 24)}, "meeting_on", "on the day of the observation or later"),
            ({"meeting_on": date(2028, 11, 24)}, "meeting_on", "within a year"),
            ({"observer": " "}, "observer_name", "Enter the name"),
            ({"observer_is_ect": True}, "observer", "somebody else"),
            ({"observer_has_qts": False}, "observer_has_qts", "must hold qualified teacher status"),
            ({"third_party": True}, "observer_from", "from outside the ECT’s support team"),
            (
                {"third_party": True, "observer_from": "Oakfield School", "observer_supports": True},
                "observer_name",
                "not the mentor or the induction tutor",
            ),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, changes, field, says):
        first = check_plan(replace(PLAN, **changes), today=TODAY, served=SERVED)[0]
        assert first.field == field
        assert says in first.message

    def test_everything_wrong_is_said(self):
        wrong = Arranged(date(2026, 8, 3), date(2026, 8, 2), "", observer_has_qts=False)
        found = fields(check_plan(wrong, today=TODAY, served=SERVED))
        assert found == ["observed_on", "observed_on", "meeting_on", "observer_name", "observer_has_qts"]


class TestR56Record:
    def test_what_is_right_has_no_objection(self):
        assert not check_record(HELD, today=TODAY, served=SERVED, **RECORD)

    def test_a_lesson_to_come_has_no_record(self):
        assert fields(check_record(PLAN, today=TODAY, served=SERVED, **RECORD)) == ["observed_on"]

    @pytest.mark.parametrize("name", RECORD)
    def test_the_record_is_whole(self, name):
        empty = RECORD | {name: [] if name == "standards" else " \n"}
        assert fields(check_record(HELD, today=TODAY, served=SERVED, **empty)) == [name]

    def test_prompt_is_five_working_days(self):
        assert record_due(date(2026, 11, 13)) == date(2026, 11, 20)
        assert record_due(date(2026, 12, 18)) == date(2026, 12, 29)


@pytest.mark.parametrize(("day", "wrong"), [(TODAY, 0), (START, 0), (date(2026, 8, 31), 1), (date(2026, 11, 19), 1)])
def test_a_colleague_is_observed_in_service_and_not_tomorrow(day, wrong):
    assert len(check_visit(day, today=TODAY, served=SERVED)) == wrong


class TestR56Minimum:
    def count(self, days, today, minimum=3, since=START):
        return counted(days, calendar=CALENDAR, minimum=minimum, served_from=since, today=today)

    @pytest.mark.parametrize(
        ("today", "ended", "expected"),
        [
            (date(2026, 12, 18), 0, 0),
            (date(2027, 1, 4), 1, 1),
            (date(2027, 4, 20), 2, 2),
            (date(2027, 7, 31), 3, 3),
            (date(2027, 8, 1), 0, 0),  # the school year turns
        ],
    )
    def test_one_a_term_is_expected_by_the_end_of_each(self, today, ended, expected):
        told = self.count([], today)
        assert (told.ended, told.expected, told.behind) == (ended, expected, expected)
        assert bool(told.since) == bool(ended)

    def test_only_those_of_this_school_year_count(self):
        told = self.count([date(2026, 7, 3), date(2026, 10, 2), date(2027, 3, 3)], date(2027, 1, 11))
        assert (told.held, told.behind) == (1, 0)

    def test_a_term_joined_midway_asks_for_none(self):
        assert self.count([], date(2027, 1, 11), since=date(2026, 10, 5)).behind == 0

    def test_more_may_be_asked_for_and_never_less_than_nothing_is_missing(self):
        assert Counted(1, 7, 2).expected == 4
        assert Counted(1, 7, 2).behind == 3
        assert Counted(9, 3, 2).behind == 0
        assert "4 were expected" in Counted(1, 7, 2).warning
        assert "1 was expected" in Counted(0, 3, 1).warning


class TestR46Meetings:
    @pytest.mark.parametrize(
        ("day", "focus", "field"),
        [
            (date(2026, 11, 19), "Routines", "held_on"),
            (date(2026, 8, 31), "Routines", "held_on"),
            (TODAY, " ", "focus"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(self, day, focus, field):
        assert fields(check_meeting(day, focus, today=TODAY, served=SERVED)) == [field]

    def test_it_lies_in_the_placement(self):
        assert not check_meeting(TODAY, "Routines", today=TODAY, served=SERVED)
        over = check_meeting(TODAY, "Routines", today=TODAY, served=(START, date(2026, 11, 1)))
        assert "1 November 2026" in over[0].message

    def due(self, since, today, within=10, away=()):
        return meeting_due(CALENDAR, since=since, within=within, away=away, today=today)

    def test_ten_school_days_are_two_weeks_of_term(self):
        monday = date(2026, 11, 2)
        assert self.due(monday, date(2026, 11, 16)) is None  # the tenth school day is not over
        assert self.due(monday, date(2026, 11, 17)) == date(2026, 11, 16)
        assert self.due(monday, date(2026, 12, 1)) == date(2026, 11, 16)

    def test_holidays_and_weekends_do_not_count(self):
        assert self.due(date(2026, 10, 16), date(2026, 11, 6)) is None  # half term lies between
        assert self.due(date(2026, 12, 11), date(2027, 1, 4)) is None
        assert self.due(date(2026, 7, 10), date(2026, 8, 31)) is None

    def test_days_away_do_not_count(self):
        ill = [(date(2026, 11, 9), date(2026, 11, 11))]
        assert self.due(date(2026, 11, 2), date(2026, 11, 18), away=ill) is None
        assert self.due(date(2026, 11, 2), date(2026, 11, 20), away=ill) == date(2026, 11, 19)
        assert self.due(date(2026, 11, 2), date(2027, 3, 1), away=[(date(2026, 11, 3), None)]) is None

    def test_a_school_may_want_it_sooner(self):
        assert self.due(date(2026, 11, 2), date(2026, 11, 10), within=5) == date(2026, 11, 9)


class TestR69ThirdParty:
    """SG 5.4: the headteacher sees to an observation by a third party when the ECT is at risk."""

    @pytest.mark.parametrize(
        "facts",
        [
            {},
            {"level": 3, "level_on": date(2027, 1, 11)},
            {"level": 6, "level_on": date(2027, 1, 11)},
            {"level": 4},
        ],
    )
    def test_nobody_else_is_at_risk(self, facts):
        assert third_party_due(**facts) is None

    @pytest.mark.parametrize("level", [4, 5])
    def test_level_4_and_5_ask_for_it(self, level):
        asked = third_party_due(level=level, level_on=date(2027, 1, 11))
        assert (asked.since, asked.due_on) == (date(2027, 1, 11), date(2027, 2, 8))
        assert asked.why[:2] == ("R69", "SG 5.4")
        assert asked.why.says.startswith(f"The ECT has been at support level {level} since 11 January 2027: somebody")

    def test_an_unsatisfactory_first_assessment_asks_for_it(self):
        asked = third_party_due(unsatisfactory_on=date(2026, 12, 16))
        assert asked.due_on == date(2027, 1, 18), "Christmas and the bank holidays are not counted"
        assert "signed on 16 December 2026" in asked.why.says
        assert "by 18 January 2027" in asked.why.says

    def test_of_both_the_earlier_counts(self):
        both = third_party_due(unsatisfactory_on=date(2026, 12, 16), level=4, level_on=date(2026, 11, 2))
        assert both == third_party_due(level=4, level_on=date(2026, 11, 2))

    def test_a_third_party_from_elsewhere_may_observe(self):
        plan = replace(PLAN, third_party=True, observer_from="Northern Teaching School Hub")
        assert not check_plan(plan, today=TODAY, served=SERVED)
