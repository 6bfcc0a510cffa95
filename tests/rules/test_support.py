"""The ladder as rows: audiences, what a level carries, offers and their objections (R70-R77, R79, R81)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.rules.errors import RuleBroken
from cases.rules.escalation import PLAN_WEEKS, Move, Progress, move
from cases.rules.statuses import SupportLevel
from cases.rules.support import (
    Audience,
    Climb,
    Direction,
    Ground,
    Outcome,
    ask,
    audience_of,
    audiences_of,
    carried,
    check_concern,
    check_opened,
    closing,
    direction,
    needs_body,
    offers,
    review_due,
    updates_due,
)

NONE, L1, L2, L3, L4, L5, L6, MONITORING = SupportLevel
ON = date(2026, 11, 2)
SCHOOL = frozenset({"headteacher", "induction_tutor", "mentor"})
ROLES = ["mentor", "induction_tutor", "induction_lead", "headteacher", "body_officer", "ect"]
climbs = st.builds(
    Climb,
    st.lists(st.sampled_from([level for level in SupportLevel if level is not NONE]), max_size=4).map(tuple),
    st.sampled_from([1, 2]),
    st.frozensets(st.sampled_from(ROLES), max_size=3),
    st.frozensets(st.sampled_from(list(SupportLevel)), max_size=3),
)


class TestAudiences:
    def test_a_mentor_knows_levels_but_nothing_that_comes_from_an_assessment(self):
        assert audiences_of("mentor") == {Audience.CASE, Audience.WITH_TRUST, Audience.PASSED_ON}

    def test_what_is_in_confidence_is_the_ects_and_the_contacts(self):
        assert Audience.CONTACT.roles == {"ect", "body_contact"}

    def test_the_ect_knows_of_everything_about_them(self):
        assert audiences_of("ect") == set(Audience)

    @pytest.mark.parametrize("role", ["school_admin", "governor", "operator"])
    def test_others_know_of_nothing(self, role):
        assert audiences_of(role) == set()

    def test_a_body_knows_of_a_concern_once_it_was_passed_on(self):
        assert audiences_of("body_officer") == {Audience.CASE, Audience.ASSESSED, Audience.PASSED_ON, Audience.BODY}

    def test_level_6_is_no_mentors(self):
        assert {level for level in SupportLevel if audience_of(level) is Audience.ASSESSED} == {L6}


class TestCarried:
    @pytest.mark.parametrize(
        ("level", "owner", "weeks", "contact", "update", "meets"),
        [
            (L1, "mentor", (2, 4), 7, None, 2),
            (L2, "induction_tutor", (4, 6), 7, None, 2),
            (L3, "induction_tutor", (4, 6), None, None, 3),
            (L4, "induction_tutor", (6, 6), 7, 7, 4),
            (L5, "induction_tutor", (1, 6), 7, 7, 4),
        ],
    )
    def test_the_table_of_the_source(self, level, owner, weeks, contact, update, meets):
        found = carried(level)
        assert (found.owner, found.weeks[0], found.weeks[-1]) == (owner, *weeks)
        assert (found.contact_days, found.update_days, len(found.meets)) == (contact, update, meets)

    @pytest.mark.parametrize(("level", "owner"), [(L6, "headteacher"), (MONITORING, "induction_tutor")])
    def test_levels_without_a_plan(self, level, owner):
        found = carried(level)
        assert (found.owner, found.weeks, found.contact_days, found.update_days, found.meets) == (
            owner, None, None, None, (),
        )  # fmt: skip

    def test_a_level_4_from_january_is_updated_every_monday(self):
        days = updates_due(L4, date(2027, 1, 11), 6)
        assert days == tuple(date(2027, 1, 11) + timedelta(weeks=n) for n in range(1, 7))
        assert updates_due(L6, ON, None) == ()


class TestReviewDue:
    def test_is_the_end_of_the_plan(self):
        assert review_due(L1, date(2026, 9, 7), 3, None) == date(2026, 9, 27)

    def test_of_monitoring_is_a_term_or_the_next_assessment(self):
        assert review_due(MONITORING, ON, None, None) == ON + timedelta(weeks=13)
        assert review_due(MONITORING, ON, None, ON + timedelta(days=30)) == ON + timedelta(days=30)
        assert review_due(MONITORING, ON, None, ON + timedelta(days=200)) == ON + timedelta(weeks=13)

    def test_level_6_has_none(self):
        assert review_due(L6, ON, None, None) is None

    @pytest.mark.parametrize("level", list(PLAN_WEEKS))
    def test_a_plan_has_a_length(self, level):
        with pytest.raises(RuleBroken) as broken:
            review_due(level, ON, None, None)
        assert broken.value.field == "weeks"


class TestOffers:
    def test_a_mentor_begins_with_level_1_and_reads_why_not_more(self):
        found = {offer.to: offer.objection for offer in offers(Climb((), 1, frozenset({"mentor"})))}
        assert [to for to, objection in found.items() if not objection] == [L1]
        assert found[L2] == "Only the induction tutor or the headteacher can make this move."
        assert found[L6] == "Only the headteacher can make this move."

    def test_level_5_in_part_1_waits_for_the_body(self):
        tutor = frozenset({"induction_tutor"})
        at_four = Climb((L4,), 1, tutor)
        assert next(o.objection for o in offers(at_four) if o.to is L5).startswith("In part 1")
        assert not next(o.objection for o in offers(Climb((L4,), 1, tutor, frozenset({L5}))) if o.to is L5)
        assert not next(o.objection for o in offers(Climb((L4,), 2, tutor)) if o.to is L5)

    def test_what_needs_the_body(self):
        assert needs_body(Climb((L4,), 1, frozenset())) == [L4, L5]
        assert needs_body(Climb((L4,), 2, frozenset())) == [L4]
        assert needs_body(Climb((), 1, frozenset())) == [L3, L4, L5]

    def test_level_1_is_repeated_once(self):
        twice = Climb((L1, L1), 1, SCHOOL)
        assert ask(twice, L1, Progress.SOME, "x").message == "Level 1 is repeated once only."
        assert ask(Climb((L1,), 1, SCHOOL), L1, Progress.SOME, "x").allowed

    def test_nobody_outside_the_school_moves_an_ect(self):
        assert not ask(Climb((), 1, frozenset({"body_officer"})), L1, Progress.NONE, "x").allowed

    @given(climbs)
    def test_an_offer_without_an_objection_is_a_move_that_the_rules_allow(self, climb):
        for offer in offers(climb):
            allowed = [ask(climb, offer.to, progress, "x").allowed for progress in Progress]
            assert any(allowed) or offer.objection
            assert not offer.objection or offer.objection == offer.objection.strip()

    @given(climbs, st.sampled_from(list(SupportLevel)), st.sampled_from(list(Progress)), st.sampled_from(["", "x"]))
    def test_a_move_is_never_freer_than_the_table(self, climb, to, progress, reason):
        agreed = {"body_override": to in climb.agreed, "body_agreed": to in climb.agreed}
        by_table = any(
            move(Move(climb.now, to, climb.part, role, progress, reason, **agreed)).value.allowed for role in climb.by
        )
        assert not ask(climb, to, progress, reason).allowed or by_table

    @given(climbs, st.sampled_from(list(Progress)))
    def test_after_levels_4_to_6_support_never_stops_at_once(self, climb, progress):
        if climb.now in (L4, L5, L6):
            assert not ask(climb, NONE, progress, "x").allowed

    @given(climbs, st.sampled_from(list(Progress)))
    def test_level_6_is_the_headteachers(self, climb, progress):
        if "headteacher" not in climb.by:
            assert not ask(climb, L6, progress, "x").allowed


class TestClosing:
    @pytest.mark.parametrize(
        ("now", "to", "outcome"),
        [
            (L1, L2, Outcome.UP), (L2, L2, Outcome.AGAIN), (L3, L2, Outcome.DOWN), (L2, NONE, Outcome.ON_TRACK),
            (L4, MONITORING, Outcome.MONITORING), (MONITORING, L2, Outcome.UP), (L5, L6, Outcome.UP),
        ],
    )  # fmt: skip
    def test_says_how(self, now, to, outcome):
        assert closing(now, to) is outcome

    @pytest.mark.parametrize(
        ("levels", "way"),
        [
            ([L1], Direction.NEW), ([L1, L2], Direction.UP), ([L3, L3], Direction.SAME), ([L4, L3], Direction.DOWN),
            ([L4, MONITORING], Direction.DOWN), ([MONITORING, L1], Direction.UP),
        ],
    )  # fmt: skip
    def test_which_way(self, levels, way):
        assert direction(levels) is way


class TestWritten:
    def test_level_6_takes_fixed_words_alone(self):
        told = {"reason": "", "aim": "", "steps_down": ""}
        check_opened(L6, ground=Ground.SERIOUS.value, **told)
        with pytest.raises(RuleBroken):
            check_opened(L6, ground="because", **told)

    @pytest.mark.parametrize(("level", "field"), [(NONE, "reason"), (MONITORING, "aim"), (L1, "steps_down")])
    def test_what_each_needs(self, level, field):
        told = {"reason": "x", "aim": "x", "steps_down": "x"} | {field: " "}
        with pytest.raises(RuleBroken) as broken:
            check_opened(level, ground="", **told)
        assert broken.value.field == field

    def test_a_concern_names_standards(self):
        with pytest.raises(RuleBroken, match="Select the Teachers’ Standards"):
            check_concern(standards=(), seen="x", tried="x")
