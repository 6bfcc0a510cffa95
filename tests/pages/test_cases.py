"""Lists and pages of cases: found by name or number, filtered, in pages; history, access and figures."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cases.models import Induction, Teacher
from cases.models.people import fold
from tests.support.visitors import Visitor
from tests.sweeps.test_every_list import _grow


def main(visitor, path):
    response = visitor.get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def names(visitor, path):
    return [cell.get_text(strip=True) for cell in main(visitor, path).select("tbody th[scope=row]")]


@pytest.fixture
def lead(world):
    return Visitor(world.people["induction_lead@oak"])


def test_a_search_finds_part_of_a_name_without_accents_or_case(world, lead):
    Teacher.objects.filter(trn="4000000").update(name="Zoë O’Brien-Ðorđević", sort_name=fold("Zoë O’Brien-Ðorđević"))
    for asked in ("zoe", "ZOË", "brien"):
        assert names(lead, f"/cases/?search={asked}") == ["Zoë O’Brien-Ðorđević"], asked


def test_a_search_finds_a_whole_number_and_no_part_of_one(world, lead):
    assert names(lead, "/cases/?search=4000000") == ["ZqOakect Surname"]
    assert names(lead, "/cases/?search=400000") == []


def test_a_search_finds_nobody_of_another_tenant(world, lead):
    assert names(lead, "/cases/?search=4000002") == []
    assert names(lead, "/cases/?search=ZqHarbourect") == []


@pytest.mark.parametrize(
    "asked", ["%00", "%25", "_", "'", "%3Cscript%3E", "x" * 101, "%F0%9F%91%A9", "%FF", "9" * 400, "+++"]
)
def test_any_search_is_answered(world, lead, asked):
    assert lead.get(f"/cases/?search={asked}").status_code == 200


@pytest.mark.parametrize("query", ["show=nonsense", "after=nonsense", "after=%00", "show=late", "show=part_time"])
def test_any_filter_is_answered(world, lead, query):
    assert lead.get(f"/cases/?{query}").status_code == 200


def test_pages_of_a_list_hold_everybody_once(world, lead):
    _grow(world, "induction_lead@oak")
    mine = Induction.objects.filter(placements__school=world.places["oak"]).distinct()
    path, seen, pages = "/cases/", [], 0
    while path:
        seen += names(lead, path)
        onward = main(lead, path).find("a", string=lambda text: text and text.strip().startswith("Next"))
        path, pages = ("/cases/" + onward["href"]) if onward else "", pages + 1
    assert pages == 2
    assert len(seen) == len(set(seen)) == len(mine)


@pytest.mark.parametrize("before", ["", "0", "1", "99999999999999999999", "x", "-1", "²", "%00"])
def test_the_history_takes_any_page(world, lead, before):
    page = reverse("cases:history", args=[world.cases["oak"].id])
    assert lead.get(f"{page}?before={before}").status_code == 200


def test_the_register_of_access_names_everybody_who_may_see(world):
    """Whoever reaches the case in the world stands on the page, and nobody else of the world (R78)."""
    ect, case = Visitor(world.people["ect@oak"]), world.cases["oak"]
    text = main(ect, reverse("cases:access", args=[case.id])).get_text(" ", strip=True)
    for person in world.people.values():
        assert (person.name in text) == any(
            world.reaches(way, case) for way in world.people.values() if way.user_id == person.user_id
        ), person.key


def test_figures_count_the_school_and_name_nobody(world):
    governor = Visitor(world.people["governor@oak"])
    text = main(governor, "/report/").get_text(" ", strip=True)
    assert "Oakfield School" in text
    assert "Elmbridge" not in text
    assert not world.found_in(text)


def test_a_trust_sees_the_figures_of_its_schools_and_no_other(world):
    text = main(Visitor(world.people["trust_officer@meridian"]), "/report/").get_text(" ", strip=True)
    assert "Oakfield School" in text
    assert "Elmbridge Academy" in text
    assert "Harbour" not in text
