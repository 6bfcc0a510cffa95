"""The fast engine agrees with the slow, plain twin on random cases of every feature."""

import random
from datetime import date

import pytest

from cases.rules.facts_json import read_facts
from cases.rules.timeline import timeline
from cases.rules.timeline_json import timeline_json
from tests.rules.cases import random_case
from tests.rules.example import CASE
from tests.rules.twin import twin

BATCH = 100


def fast(case):
    facts = read_facts(case, date(2026, 11, 22), also=("id",))
    found = timeline_json(timeline(facts))
    assert all(all(reason) for reason in timeline(facts).because)
    del found["because"]
    return found


def test_the_twin_knows_the_worked_example():
    assert twin(CASE) == fast(CASE)


@pytest.mark.parametrize("batch", range(10))
def test_r15_to_r50_engine_and_twin_agree(batch):
    for seed in range(batch * BATCH, (batch + 1) * BATCH):
        case = random_case(random.Random(seed))
        assert fast(case) == twin(case), f"seed {seed}"


def test_the_random_cases_reach_every_shape():
    found = [fast(random_case(random.Random(seed))) for seed in range(150)]
    shapes = {(len(each["parts"]), len(each["extensions"]), each["ends_on"] is None) for each in found}
    assert {(2, 0, False), (2, 2, False), (1, 0, False), (1, 0, True), (2, 1, False), (0, 0, True)} <= shapes
    assert any(each["assumed_from"] for each in found)
    assert any(each["ignored_placements"] for each in found)
    assert any(part["automatic_extension_days"] != "0" for each in found for part in each["parts"])
    assert any(part["elected_extension_days"] != "0" for each in found for part in each["parts"])
    assert any("." in part["absence_days"] for each in found for part in each["parts"])
    assert any(extension["elected_extension_days"] != "0" for each in found for extension in each["extensions"])
