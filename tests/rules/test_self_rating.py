"""A self-rating says something of at least one Standard; nothing of any is asked for."""

import pytest

from cases.rules.self_rating import OwnView, check_self_rating, said
from cases.rules.standards import Rating, Standard


@pytest.mark.parametrize("view", [OwnView(Rating.SECURE), OwnView(words="Better"), OwnView(Rating.CONCERN, "Hard")])
def test_one_standard_is_enough(view):
    assert check_self_rating({Standard.TS1: OwnView(), Standard.TS7: view}) == []


@pytest.mark.parametrize("views", [{}, {Standard.TS1: OwnView(words=" \n")}])
def test_nothing_is_not(views):
    assert [objection.field for objection in check_self_rating(views)] == ["words_TS1"]


def test_what_is_said_comes_in_the_order_of_the_standards():
    views = {Standard.PART_TWO: OwnView(words="b"), Standard.TS3: OwnView(), Standard.TS1: OwnView(words="a")}
    assert list(said(views)) == [Standard.TS1, Standard.PART_TWO]
