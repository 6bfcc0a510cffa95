"""The first page of each role: what waits, whom they look after, and nothing else."""

import pytest
from bs4 import BeautifulSoup

from tests.support.visitors import Visitor


def home(world, key, asked=""):
    response = Visitor(world.people[key]).get(f"/{asked}")
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


def test_a_tutor_sees_the_next_review_and_the_one_returned(world):
    text = home(world, "induction_tutor@oak", "?all=1")
    assert "Correct progress review 2 : ZqOakect Surname" in text
    assert "Progress review 5" in text
    assert "ZqOakect Surname" in text
    assert "ZqElmect" not in text


def test_a_lead_sees_every_ect_of_the_school(world):
    text = home(world, "induction_lead@oak")
    assert "ZqOakect Surname" in text
    assert "ZqMovedect Surname" in text


def test_an_officer_sees_what_waits_for_an_answer(world):
    text = home(world, "body_officer@north", "?all=1")
    assert "Read progress review 4 : ZqOakect Surname" in text
    assert "Read progress review 2 : ZqOakect" not in text, "returned: it waits for the school"
    assert "ZqHarbourect" not in text


def test_an_ect_sees_their_own_induction(world):
    text = home(world, "ect@oak")
    assert "Your induction" in text
    assert "Read progress review 4" in text
    assert "ZqElmect" not in text


@pytest.mark.parametrize("key", ["mentor@oak", "school_admin@oak", "body_contact@north"])
def test_others_with_cases_see_the_case_and_no_review_to_read(world, key):
    text = home(world, key)
    assert "ZqOakect Surname" in text
    assert "Read progress review" not in text


def test_a_mentor_of_nobody_sees_nobody(world):
    assert not world.found_in(home(world, "other_mentor@oak"))


def test_figures_only(world):
    text = home(world, "governor@oak")
    assert not world.found_in(text)
    assert "eport" in text


def test_a_trust_sees_figures_and_the_concerns_that_went_to_it(world):
    text = home(world, "trust_officer@meridian")
    assert {canary.about for canary in world.found_in(text)} == {"elm"}
    assert "Pass a concern on to the appropriate body" in text
    assert "eport" in text


def test_the_operator_sees_counts(world):
    text = home(world, "operator@portal")
    assert not world.found_in(text)
    assert "Appropriate body 2" in text
    assert "School 3" in text
