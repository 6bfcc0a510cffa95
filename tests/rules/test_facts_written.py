"""Facts written for the calculator are read back as the same facts."""

import random
from datetime import date

import pytest

from cases.rules.facts_json import read_facts
from cases.rules.facts_written import facts_json
from tests.rules.cases import random_case
from tests.rules.example import CASE

TODAY = date(2026, 11, 22)


def test_the_worked_example_comes_back():
    given = {key: value for key, value in CASE.items() if key != "id"}
    facts = read_facts(given, TODAY)
    assert read_facts(facts_json(facts), TODAY) == facts


@pytest.mark.parametrize("seed", range(40))
def test_random_cases_come_back(seed):
    given = random_case(random.Random(seed))
    given.pop("id", None)
    facts = read_facts(given, TODAY)
    assert read_facts(facts_json(facts), TODAY) == facts
