"""Nobody left a door open: every address, as everybody, with every method (house rules: the door; R79)."""

from itertools import cycle, islice
from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from tests.support.visitors import Visitor, text_of
from tests.support.world import BODY_ROLES, SCHOOL_ROLES, Canary
from tests.sweeps.addresses import CASES, REVIEWS, Address, addresses, pages
from tests.sweeps.rights import TABLE, expected, may_read

ASKED = {
    "home": ["?due=overdue&all=1"],
    "cases:cases": ["?search=zq", "?show=late", "?part=2&status=here", "?status=left"],
    "cases:chase": ["?school=nonsense"],
    "cases:workload": ["?officer=nonsense"],
    "assessments:review": ["?version=1"],
    "assessments:assessment": ["?version=1"],
    "cases:history": ["?before=1000"],
    "cases:what_if": ["?start-day=1&start-month=3&start-year=2040&fte=0.5"],
}
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH")
STATUSES = {"unknown": {404}, "forbidden": {403}, "method": {405}}
PEOPLE = [
    *(f"{role}@oak" for role in SCHOOL_ROLES),
    *(f"{role}@north" for role in BODY_ROLES),
    "mentor@elm", "mentor@harbour",
    "induction_tutor@harbour", "induction_lead@harbour", "body_officer@south", "headteacher@elm",
    "ect@oak", "ect@moved", "ect@left", "other_mentor@oak", "other_tutor@oak", "both@oak", "both@elm",
    "trust_officer@meridian", "operator@portal",
]  # fmt: skip
DOORS = [page for page in pages() if hasattr(page.view, "needs")]
OTHERS = {
    "accounts:choose": "signed_in",
    "accounts:sign_out": "signed_in",
    **dict.fromkeys(
        ["accounts:invitation", "accounts:open_invitation",
         "accounts:confirm_personal_email", "accounts:open_personal_email",
         "account_login", "account_inactive", "account_reset_password", "account_reset_password_done",
         "account_reset_password_from_key", "account_reset_password_from_key_done", "healthz", "readyz",
         "govuk:components", "govuk:layout", "cases:calculator", "cases:calculate_timetable",
         "cases:calculate_deadline", "documents:check",
         "assessments:give_input", "assessments:open_input", "cases:feed_file", "notifications:unsubscribe"],
        "public",
    ),
}  # fmt: skip


def test_every_page_says_who_may_open_it():
    undeclared = [page.name for page in pages() if page not in DOORS and page.name not in OTHERS]
    assert not undeclared, f"Declare each of these with page(), and give it a line in rights.TABLE: {undeclared}"
    assert {page.name for page in DOORS} == set(TABLE)
    for page in pages():
        declared = [mark for mark in ("needs", "public", "signed_in") if hasattr(page.view, mark)]
        assert declared == [OTHERS.get(page.name, "needs")], page.name


def test_every_role_takes_part(world):
    assert {world.people[key].role for key in PEOPLE} == {role for roles, _ in TABLE.values() for role in roles}


def test_every_argument_has_an_example(world):
    assert all(addresses(world, page) for page in DOORS)


@pytest.mark.parametrize("number", range(len(PEOPLE)), ids=PEOPLE)
def test_the_door_and_what_is_read_behind_it_by(number, world):
    """By GET each page that this person may open, and what they may not; by the other methods, in turn, a few of each.

    Whatever comes is searched for every canary: each sings only to those who may hear it, and to them somewhere.
    """
    visitor, heard = Visitor(world.people[PEOPLE[number]]), set[Canary]()
    turns = islice(cycle(METHODS[1:]), number, None)
    for page in DOORS:
        few = addresses(world, page, few=page.name not in {"cases:case", "assessments:review"})
        for address in addresses(world, page):
            if address in few or expected(world, visitor.person, address, "GET") == "open":
                heard |= _knock(world, visitor, address, "GET")
        for address in addresses(world, page, few=True):
            _knock(world, visitor, address, next(turns))
    for path in _other_ways(world, visitor):
        heard |= _read(world, visitor, path, visitor.get(path))
    silent = {canary for canary in world.canaries if canary.about in (*CASES, *REVIEWS, visitor.person.key)} - heard
    unheard = [c for c in silent if c.kind != "dob" and may_read(world, visitor.person, c)]
    assert not unheard, f"{visitor} may read these, and found them nowhere: {unheard}"


def _knock(world, visitor, address: Address, method: str) -> set[Canary]:
    """Ask, and compare the answer with the matrix of rights; the canaries that were heard."""
    response = visitor.client.generic(method, address.path)
    wanted = expected(world, visitor.person, address, method)
    # A form that does not prove for whom it was made changes nothing.
    opened = {409} if method == "POST" else {200, 202, 302}
    about = getattr(address.subject, "key", "")
    told = f"{method} {address.page.name} {about}: {response.status_code}, {wanted}"
    assert response.status_code in STATUSES.get(wanted, opened), told
    heard = _read(world, visitor, told, response)
    own = {canary for canary in heard if canary.text in visitor.person.name}
    assert wanted == "open" or heard == own, f"{told}, and the page tells {heard}"
    return heard


def _read(world, visitor, told: str, response: HttpResponse) -> set[Canary]:
    heard = set(world.found_in(text_of(response)))
    forbidden = [canary for canary in heard if not may_read(world, visitor.person, canary)]
    assert not forbidden, f"{visitor} reads {forbidden}: {told}"
    return heard


def _other_ways(world, visitor) -> list[str]:
    """Other ways of asking for pages that this person may open."""
    asked_otherwise = [page for page in DOORS if page.name in ASKED]
    found = [address for page in asked_otherwise for address in addresses(world, page)]
    opened = [address for address in found if expected(world, visitor.person, address, "GET") == "open"]
    return [address.path + asked for address in opened for asked in ASKED[address.page.name]]


@pytest.mark.parametrize("method", METHODS)
def test_an_anonymous_visitor_is_sent_to_sign_in(method, world):
    client = Client()
    for page in DOORS:
        for address in addresses(world, page, few=True):
            _assert_redirects(client.generic(method, address.path), "/accounts/sign-in/")


@pytest.mark.parametrize("method", METHODS)
def test_somebody_whose_role_has_ended_gets_nowhere(method, world):
    visitor = Visitor(world.people["former@oak"])
    for page in DOORS:
        for address in addresses(world, page, few=True):
            _assert_redirects(visitor.client.generic(method, address.path), "/accounts/acting-for/")


def _assert_redirects(response, where: str) -> None:
    assert response.status_code == 302, response.status_code
    assert response["Location"].startswith(where + "?next="), response["Location"]


def test_sign_in_never_leads_to_a_page_that_only_takes_forms(world):
    """After signing in the browser asks by GET: it must land on a page that answers."""
    client = Client()
    for page in DOORS:
        for address in addresses(world, page, few=True):
            onward = unquote(client.post(address.path)["Location"].partition("?next=")[2])
            assert "GET" in resolve(onward).func.methods.split(), address.page.name


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH"])
def test_choosing_answers_only_what_it_is_for(method, world):
    visitor = Visitor(world.people["both@oak"])
    assert visitor.client.generic(method, "/accounts/acting-for/").status_code == 405
