"""Cases as chance makes them, through the database: the calculator says of each exported line what is stored."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.management.commands.export_facts import exported
from cases.models import Induction
from cases.reckon import mark_stale, reckon_batch
from cases.rules.calculate import answer
from induction_portal import clock
from tests.factories import (
    BodyPeriodFactory,
    BodyPolicyFactory,
    PlacementFactory,
    PriorServiceFactory,
    SchoolYearFactory,
    TermFactory,
    WorkingPatternFactory,
)

START = date(2024, 9, 2)
FTES = ["1", "1", "0.8", "0.6", "0.5", "0.375", "0.05"]
DAYS = [{}, {"mon": 1, "tue": 1, "wed": Decimal("0.5"), "thu": 0, "fri": 0}]

steps = st.lists(st.tuples(st.integers(0, 500), st.sampled_from(FTES), st.sampled_from(DAYS)), max_size=3)
stays = st.lists(st.tuples(st.integers(-20, 300), st.integers(20, 400), steps), min_size=1, max_size=3)
cases = st.fixed_dictionaries(
    {
        "stays": stays,
        "prior": st.booleans(),
        "drops": st.booleans(),
        "required": st.sampled_from(["6", "6", "4.5", "1"]),
        "goes_on": st.booleans(),
    }
)


@pytest.mark.django_db
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=cases)
def test_what_is_stored_is_what_the_calculator_says(told):
    key = str(_case(told).pk)
    mark_stale(Induction.objects.filter(pk=key))
    while reckon_batch():
        pass
    (line,) = [line for line in map(json.loads, exported(as_of=clock.today())) if line["id"] == key]
    said = json.loads(answer("timeline", json.dumps(line), date(1999, 9, 1)))
    assert "error" not in said, said
    assert {name: said[name] for name in ("ends_on", "assumed_from", "events")} == {
        name: line["stored"][name] for name in ("ends_on", "assumed_from", "events")
    }


def _case(told) -> Induction:
    """Stays one after the other at schools of their own, the last going on or not; a body with or without R49."""
    induction, day = None, START
    for place, (gap, length, changes) in enumerate(told["stays"]):
        start = day + timedelta(days=max(gap, 1))
        last = place == len(told["stays"]) - 1
        end = None if last and told["goes_on"] else start + timedelta(days=length)
        more = {"induction": induction} if induction else {"induction__required_terms": Decimal(told["required"])}
        placement = PlacementFactory(starts_on=start, ends_on=end, is_lead=True, **more)
        induction, day = placement.induction, end or start
        WorkingPatternFactory(placement=placement, starts_on=start)
        for offset, fte, days in {offset: step for step in changes if (offset := step[0])}.values():
            WorkingPatternFactory(placement=placement, starts_on=start + timedelta(days=offset), fte=fte, **days)
    body = BodyPeriodFactory(induction=induction, starts_on=START).body
    if told["drops"]:
        BodyPolicyFactory(organisation=body, starts_on=START, drops_earlier_review=True)
        year = SchoolYearFactory(organisation=placement.school, first_year=2025)
        _terms(year)
    if told["prior"] and told["required"] == "6":
        PriorServiceFactory(induction=induction)
    return induction


def _terms(year) -> None:
    """A school year of the school's own, unlike England's usual one."""
    edges = [("autumn", (2025, 9, 8), (2025, 12, 12)), ("spring", (2026, 1, 12), (2026, 3, 20)),
             ("summer", (2026, 4, 20), (2026, 7, 10))]  # fmt: skip
    for name, start, end in edges:
        TermFactory(year=year, name=name, starts_on=date(*start), ends_on=date(*end))
