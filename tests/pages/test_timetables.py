"""The reduced timetable through its pages."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases.models import Deadline, Timetable
from cases.timetable_part import BREACH
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.sweeps.places import PLACES, timetable_answers

RECORD = next(place for place in PLACES if place.name == "cases:record_timetable")


@pytest.fixture
def people(world):
    keys = {
        "tutor": "induction_tutor@oak", "head": "headteacher@oak", "ect": "ect@oak", "mentor": "mentor@oak",
        "officer": "body_officer@north", "contact": "body_contact@north", "office": "school_admin@oak",
    }  # fmt: skip
    return {name: Visitor(world.people[key]) for name, key in keys.items()}


def text(visitor, path):
    return visitor.get(path).content.decode()


def timetable(world, case="oak"):
    return reverse("cases:timetable", args=[world.cases[case].id])


def send(visitor, world, **other):
    address = RECORD.address(world)
    return visitor.client.post(address, Page(text(visitor, address)).data | timetable_answers(world, **other))


def confirm(visitor, world, shown):
    page = Page(shown.content.decode())
    token = page.soup.find("button", {"name": "confirmed"})["value"]
    return visitor.client.post(RECORD.address(world), page.data | {"confirmed": token})


def test_how_it_stands_is_shown_before_it_is_saved_and_to_everybody_after(world, people):
    shown = send(people["tutor"], world)
    assert "At most 23 periods may be taught in a cycle: 3.75 to spare" in shown.content.decode()
    assert Timetable.objects.filter(placement=world.placements["oak"].id).count() == 1
    assert confirm(people["tutor"], world, shown).status_code == 302
    for name in ("tutor", "head", "ect", "mentor", "officer", "contact"):
        assert "20 periods" in text(people[name], timetable(world)), name
        assert "Within the cap" in text(people[name], reverse("cases:case", args=[world.cases["oak"].id])), name
    assert people["office"].get(timetable(world)).status_code == 403
    assert "Reduced timetable" not in text(people["office"], reverse("cases:case", args=[world.cases["oak"].id]))


def test_a_breach_is_recorded_as_it_is_and_both_sides_see_it(world, people):
    shown = send(people["head"], world, taught="24")
    assert "0.25 too many are taught" in shown.content.decode()
    assert "The headteacher will be asked to reduce it" in shown.content.decode()
    assert confirm(people["head"], world, shown).status_code == 302
    since = Timetable.objects.filter(placement=world.placements["oak"].id).earliest("starts_on").starts_on
    due = Deadline.objects.get(induction=world.cases["oak"].id, kind=BREACH)
    assert (due.due_on, due.owner, due.closed_on) == (since, "headteacher", world.today)
    harbour = Visitor(world.people["body_officer@south"])
    assert "Over the cap" in text(harbour, reverse("cases:case", args=[world.cases["harbour"].id]))


def test_where_nothing_is_recorded_the_page_says_what_to_do(world, people):
    Timetable.objects.filter(placement=world.placements["oak"].id).delete()
    assert "find a full-time teacher of the school on the main pay range" in text(people["tutor"], timetable(world))
    html = text(people["ect"], timetable(world))
    assert "The induction tutor or the headteacher records" in html
    assert "find a full-time teacher" not in html


@pytest.mark.parametrize(
    ("other", "field", "says"),
    [
        ({"reference": ""}, "reference", "the cap is a share of it"),
        ({"reference": "9" * 5000}, "reference", "fewer digits"),
        ({"taught": "0"}, "taught", "more than 0"),
        ({"reference": "0", "taught": "0"}, "reference", "more than 0"),
        ({"taught": "25.01"}, "taught", "more than a full-time teacher"),
        ({"taught": "-1"}, "taught", "0 or more"),
        ({"taught": "about 20"}, "taught", "must be a number"),
        ({"cycle": "half_term"}, "cycle", "two weeks at most"),
        ({"cycle": ""}, "cycle", "over what the time is counted"),
        ({"starts_on-year": "2199"}, "starts_on", "year"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(world, people, other, field, says):
    answer = send(people["tutor"], world, **other)
    assert answer.status_code == 200
    errors = Page(answer.content.decode()).errors
    assert any(says in error for error in map(str, errors)), errors
    assert f'id="id_{field}' in answer.content.decode()


def test_somebody_else_was_first(world, people):
    address = RECORD.address(world)
    mine = Page(text(people["tutor"], address)).data
    shown = people["tutor"].client.post(address, mine | timetable_answers(world))
    assert confirm(people["head"], world, send(people["head"], world, taught="21")).status_code == 302
    answer = confirm(people["tutor"], world, shown)
    assert "Somebody else changed this" in answer.content.decode()
    held = Timetable.objects.get(placement=world.placements["oak"].id, starts_on=world.today - timedelta(days=7))
    assert held.taught == 21
