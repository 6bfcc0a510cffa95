"""Meetings of a level, updates of the body, and what the body does: the pure rules (R70-R72, R75; D27, D29, D30)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.errors import RuleBroken
from cases.rules.escalation import PLAN_WEEKS, Progress
from cases.rules.following import (
    Did,
    Done,
    Minutes,
    check_arranged,
    check_done,
    check_minutes,
    check_update,
    contact_due,
    heard_by,
    may_hold,
    meeting_levels,
    must_meet,
    updates_expected,
)
from cases.rules.statuses import SupportLevel
from cases.rules.support import Audience, Climb, ask, needs_body, offers, updates_due

L1, L2, L3, L4, L5, L6 = list(SupportLevel)[1:7]
MONITORING = SupportLevel.MONITORING
ON = date(2026, 11, 2)
SERVED = (date(2026, 9, 1), None)
EVERYBODY = ("body_officer", "induction_tutor", "mentor", "ect")
TUTOR = frozenset({"induction_tutor"})


def minutes(**given):
    return Minutes(**{"on": ON, "present": EVERYBODY, "outline": "TS7", "outcome": "A plan"} | given)


def refused(level, **given):
    with pytest.raises(RuleBroken) as broken:
        check_minutes(level, minutes(**given), today=ON, served=SERVED)
    return broken.value


class TestMeetings:
    @pytest.mark.parametrize("missing", EVERYBODY)
    @pytest.mark.parametrize("level", [L4, L5])
    def test_at_levels_4_and_5_nobody_is_excused(self, level, missing):
        present = [role for role in EVERYBODY if role != missing]
        broken = refused(level, present=present, missing="Ill")
        assert broken.field == "present"
        assert f"A meeting of Level {level} is held with" in broken.message

    def test_the_refusal_names_who_has_to_come_and_who_did_not(self):
        broken = refused(L4, present=["induction_tutor", "ect"])
        assert broken.message.startswith(
            "A meeting of Level 4 is held with the appropriate body’s officer, the induction tutor, the mentor and the "
            "ECT. Without the appropriate body’s officer and the mentor"
        )

    def test_at_level_3_the_body_may_be_missing_with_a_reason(self):
        assert refused(L3, present=["induction_tutor", "ect"]).field == "missing"
        check_minutes(L3, minutes(present=["induction_tutor", "ect"], missing="Away"), today=ON, served=SERVED)

    def test_of_monitoring_the_source_names_nobody_but_somebody_was_there(self):
        check_minutes(MONITORING, minutes(present=["ect"]), today=ON, served=SERVED)
        assert refused(MONITORING, present=[]).field == "present"

    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"on": ON + timedelta(days=1)}, "meets_on"),
            ({"on": date(2026, 8, 31)}, "meets_on"),
            ({"outline": " "}, "outline"),
            ({"outcome": ""}, "outcome"),
        ],
    )
    def test_what_else_a_record_needs(self, given, field):
        assert refused(L4, **given).field == field

    def test_not_after_the_ect_has_left(self):
        with pytest.raises(RuleBroken, match="on or before 1 November 2026"):
            check_minutes(L4, minutes(), today=ON, served=(SERVED[0], date(2026, 11, 1)))

    @given(st.sampled_from(list(SupportLevel)), st.sets(st.sampled_from([*EVERYBODY, "headteacher"])))
    def test_a_record_stands_only_with_everybody_who_must_come_or_the_body_excused(self, level, present):
        absent = set(must_meet(level)) - present
        try:
            check_minutes(level, minutes(present=present, missing="Away"), today=ON, served=SERVED)
        except RuleBroken:
            assert absent or not present
        else:
            assert not absent or (level is L3 and absent == {"body_officer"})

    @pytest.mark.parametrize("days", [-1, 367])
    def test_a_meeting_is_arranged_within_a_year(self, days):
        with pytest.raises(RuleBroken) as broken:
            check_arranged(ON + timedelta(days=days), "Room 2", today=ON, served=SERVED)
        assert broken.value.field == "meets_on"

    def test_a_meeting_has_a_place(self):
        with pytest.raises(RuleBroken, match="where"):
            check_arranged(ON, "  ", today=ON, served=SERVED)
        check_arranged(ON, "Room 2", today=ON, served=SERVED)

    def test_is_of_the_open_level_or_of_one_that_may_follow(self):
        assert meeting_levels(L3) == [L3, L4]
        assert meeting_levels(L4) == [L4, L5]
        assert meeting_levels(MONITORING) == [MONITORING]
        assert meeting_levels(L6) == meeting_levels(SupportLevel.NONE) == []

    @pytest.mark.parametrize(
        ("level", "role", "may"),
        [
            (L1, "mentor", True), (L2, "mentor", False), (L4, "induction_lead", True), (L4, "body_admin", True),
            (L4, "headteacher", False), (L1, "ect", False),
        ],
    )  # fmt: skip
    def test_is_the_owners_and_the_bodys_to_hold(self, level, role, may):
        assert may_hold(level, {role}) is may


class TestFirstTheMeeting:
    def test_level_4_waits_for_it_after_level_3(self):
        climb = Climb((L3,), 1, TUTOR)
        told = ask(climb, L4, Progress.NONE, "No progress")
        assert told.message == (
            "Record the meeting of the appropriate body’s officer, the induction tutor, the mentor and the ECT first."
        )
        assert ask(Climb((L3,), 1, TUTOR, met=frozenset({L4})), L4, Progress.NONE, "No progress").allowed

    def test_and_for_nothing_else_does_a_move(self):
        assert ask(Climb((L2,), 2, TUTOR), L4, Progress.NONE, "No progress").allowed
        assert ask(Climb((L4,), 2, TUTOR), L5, Progress.NONE, "At risk").allowed

    def test_the_rule_of_who_may_move_comes_before_it(self):
        told = ask(Climb((L3,), 1, frozenset({"mentor"})), L4, Progress.NONE, "No progress")
        assert told.message == "Only the induction tutor or the headteacher can make this move."

    def test_it_is_said_where_the_move_is_offered_and_asks_nothing_of_the_body(self):
        climb = Climb((L3,), 1, TUTOR)
        assert next(offer for offer in offers(climb) if offer.to is L4).objection.startswith("Record the meeting")
        assert L4 not in needs_body(climb)


class TestUpdates:
    def expected(self, level, weeks, **given):
        opened = date(2027, 1, 11)
        dues = updates_due(level, opened, weeks)
        ends = opened + timedelta(weeks=weeks, days=-1)
        return updates_expected(level, dues, opened_on=opened, ends_on=ends, **given)

    def test_level_4_every_week_each_in_the_week_before_its_day(self):
        found = self.expected(L4, 6)
        assert [each.due_on.isoformat()[5:] for each in found] == ["01-18", "01-25", "02-01", "02-08", "02-15", "02-22"]
        assert [each.opens_on for each in found] == [date(2027, 1, 11), *(each.due_on for each in found[:-1])]

    def test_level_2_at_the_start_and_once_the_plan_has_ended(self):
        first, last = self.expected(L2, 4)
        assert (first.opens_on, first.due_on) == (date(2027, 1, 11), date(2027, 1, 18))
        assert (last.opens_on, last.due_on) == (date(2027, 2, 7), date(2027, 2, 12))

    @pytest.mark.parametrize("outcome", ["up", "again", "down", "monitoring", "left"])
    @pytest.mark.parametrize(("level", "weeks"), [(L1, 3), (L2, 4), (L4, 6)])
    def test_a_closing_tells_by_itself(self, level, weeks, outcome):
        assert self.expected(level, weeks, closed_on=date(2027, 1, 20), outcome=outcome) == []

    def test_where_support_ends_the_last_one_is_still_expected(self):
        (last,) = self.expected(L2, 4, closed_on=date(2027, 1, 20), outcome="on_track")
        assert (last.number, last.opens_on, last.due_on) == (2, date(2027, 1, 20), date(2027, 1, 27))

    @given(st.sampled_from(list(PLAN_WEEKS)), st.integers(1, 6))
    def test_one_for_every_day_that_is_due_in_order(self, level, weeks):
        if weeks not in PLAN_WEEKS[level]:
            return
        found = self.expected(level, weeks)
        assert [each.number for each in found] == list(range(1, len(found) + 1))
        assert [each.due_on for each in found] == list(updates_due(level, date(2027, 1, 11), weeks))
        assert all(each.opens_on <= each.due_on for each in found)

    def test_is_not_written_before_its_time_nor_empty(self):
        second = self.expected(L4, 6)[1]
        with pytest.raises(RuleBroken, match="can be written from 18 January 2027"):
            check_update(second, progress="TS7", today=date(2027, 1, 17))
        with pytest.raises(RuleBroken) as broken:
            check_update(second, progress=" ", today=date(2027, 1, 18))
        assert broken.value.field == "progress"
        check_update(second, progress="TS7", today=date(2027, 3, 1))


class TestBody:
    def done(self, did, **given):
        own = {
            Did.ECT: {"how": "call", "clear": True, "content": False},
            Did.SCHOOL: {"how": "email", "with_whom": "The headteacher"},
            Did.JOINT: {"with_whom": "The induction tutor", "agreed": False},
            Did.NOTE: {},
        }[did]
        return Done(did, **{"on": ON, "text": "They know why", "shared": True} | own | given)

    @pytest.mark.parametrize("did", list(Did))
    def test_each_kind_as_it_should_be(self, did):
        check_done(self.done(did), today=ON, served=SERVED)

    @pytest.mark.parametrize(
        ("did", "given", "field"),
        [
            (Did.ECT, {"how": ""}, "how"),
            (Did.SCHOOL, {"how": ""}, "how"),
            (Did.ECT, {"clear": None}, "clear"),
            (Did.ECT, {"content": None}, "content"),
            (Did.SCHOOL, {"with_whom": " "}, "with_whom"),
            (Did.JOINT, {"with_whom": ""}, "with_whom"),
            (Did.JOINT, {"agreed": None}, "agreed"),
            (Did.NOTE, {"text": ""}, "text"),
            (Did.NOTE, {"on": ON + timedelta(days=1)}, "done_on"),
            (Did.NOTE, {"on": date(2026, 8, 31)}, "done_on"),
        ],
    )
    def test_what_is_missing_is_named(self, did, given, field):
        with pytest.raises(RuleBroken) as broken:
            check_done(self.done(did, **given), today=ON, served=SERVED)
        assert broken.value.field == field

    @pytest.mark.parametrize(
        ("did", "level", "shared", "audience"),
        [
            (Did.ECT, L2, True, Audience.CASE),
            (Did.ECT, L2, False, Audience.BODY),
            (Did.JOINT, L4, True, Audience.ASSESSED),
            (Did.NOTE, L6, True, Audience.ASSESSED),
        ],
    )
    def test_who_reads_it(self, did, level, shared, audience):
        assert heard_by(self.done(did, shared=shared), level) is audience

    @pytest.mark.parametrize("audience", list(Audience))
    def test_nothing_is_kept_from_the_ect(self, audience):
        assert "ect" in audience.roles

    def test_level_2_gives_the_body_five_working_days(self):
        assert contact_due(date(2026, 11, 2)) == date(2026, 11, 9)
