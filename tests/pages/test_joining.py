"""A school that joins an induction sees its own placement and the dates to work to, and nothing of what was before."""

from datetime import timedelta

import pytest

from cases.actions import end_placement, hand_over
from cases.models import Induction
from tests.support.visitors import Visitor, text_of
from tests.support.world_people import viewer_of

EARLIER = ["Mentor of Oakfield", "Induction Tutor of Oakfield", "Headteacher of Oakfield", "School Admin of Oakfield"]
PAGES = ["", "access/", "history/"]


def pages_of(world, key, case="joined"):
    visitor = Visitor(world.people[key])
    answers = [visitor.get(f"/cases/{world.cases[case].id}/{page}") for page in PAGES]
    assert {answer.status_code for answer in answers} == {200}
    return {page: text_of(answer) for page, answer in zip(PAGES, answers, strict=True)}


def test_the_joined_school_sees_its_own_placement_and_the_other_by_name_alone(world):
    seen = pages_of(world, "headteacher@elm")
    whole = "".join(seen.values())
    assert "Mentor of Elmbridge Academy" in seen[""]
    assert "Also serves at" in seen[""]
    assert "Oakfield School" in seen[""]
    assert not [name for name in EARLIER if name in whole]
    assert "zqsourcejoinedzq" not in whole
    assert "Induction started at Oakfield School" not in whole


def test_it_sees_what_was_served_before_as_a_figure_without_where_it_comes_from(world):
    seen = pages_of(world, "headteacher@elm")[""]
    assert "Earlier service" in seen
    assert "Where this comes from" not in seen


def test_its_history_begins_with_its_own_registration(world):
    """Nothing that was done before it joined, nor what the first school does: its own, and the body's since."""
    seen = pages_of(world, "headteacher@elm")["history/"]
    assert "of Oakfield" not in seen
    assert "confirmed earlier service" not in seen.lower()
    assert "of Oakfield" in pages_of(world, "body_officer@north")["history/"]


def test_its_dates_are_those_from_its_own_start_on(world):
    seen = pages_of(world, "headteacher@elm")[""]
    assert "Overdue" not in seen
    assert "Log progress review" not in text_of(Visitor(world.people["headteacher@elm"]).get("/"))


@pytest.mark.parametrize("key", ["headteacher@oak", "body_officer@north", "ect@joined"])
def test_who_was_there_before_sees_all(world, key):
    seen = pages_of(world, key)
    assert "zqsourcejoinedzq" in seen[""]
    assert "Induction started at Oakfield School" in seen[""]
    assert "Headteacher of Oakfield School" in seen["access/"]


def test_the_first_school_sees_the_joined_one(world):
    assert "Elmbridge Academy (lead school)" in pages_of(world, "headteacher@oak")[""]


def test_a_handover_opens_what_was_before(world):
    oak = world.people["headteacher@oak"]
    by = viewer_of(oak.user_id, oak.acting_for, world.today)
    case = Induction.objects.get(pk=world.cases["joined"].id)
    to = case.placements.get(school_id=world.places["elm"]).school
    hand_over(by=by, on=world.today, induction=case, to=to, reason="They serve at both")
    seen = pages_of(world, "headteacher@elm")
    assert "Induction started at Oakfield School" in seen[""]
    assert "Headteacher of Oakfield School" in seen["access/"]


def test_lists_name_the_schools_own_tutor(world):
    answer = text_of(Visitor(world.people["headteacher@elm"]).get("/cases/?search=Zqjoined"))
    assert "Induction Tutor of Elmbridge Academy" in answer
    assert "Induction Tutor of Oakfield School" not in answer


def test_a_school_that_follows_another_sees_nothing_of_it(world):
    """The case "left" moved from Elmbridge to Harbour without a handover."""
    seen = "".join(pages_of(world, "headteacher@harbour", "left").values())
    assert "Mentor of Harbour Primary" in seen
    assert "Elmbridge" not in seen
    assert "Northern Hub" not in seen


def test_a_school_to_which_all_was_handed_over_sees_where_they_came_from(world):
    assert "Induction started at Oakfield School" in pages_of(world, "headteacher@harbour", "moved")[""]


def test_when_one_of_two_ends_the_other_goes_on(world):
    case = Induction.objects.get(pk=world.cases["joined"].id)
    oak = world.people["headteacher@oak"]
    by = viewer_of(oak.user_id, oak.acting_for, world.today)
    last = world.today - timedelta(days=1)
    end_placement(by=by, on=world.today, placement=case.placements.get(school_id=world.places["oak"]), last_day=last)
    assert "Left on" in pages_of(world, "headteacher@oak")[""]
    assert "Also serves at" not in pages_of(world, "headteacher@elm")[""]
