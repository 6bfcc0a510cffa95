"""Nobody left a door open: every address, as everybody, with every method (house rules: the door; R79)."""

from itertools import cycle
from urllib.parse import unquote

import pytest
from django.test import Client
from django.urls import resolve

from tests.support.visitors import Visitor
from tests.support.world import BODY_ROLES, SCHOOL_ROLES
from tests.sweeps.addresses import Address, addresses, pages
from tests.sweeps.rights import TABLE, expected

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH")
STATUSES = {"unknown": {404}, "forbidden": {403}, "method": {405}}
PEOPLE = [
    *(f"{role}@{school}" for school in ("oak", "harbour") for role in SCHOOL_ROLES),
    "mentor@elm", "induction_tutor@elm", "headteacher@elm",
    *(f"{role}@{body}" for body in ("north", "south") for role in BODY_ROLES),
    *(f"ect@{case}" for case in ("oak", "elm", "harbour", "moved", "left")),
    "other_mentor@oak", "other_tutor@oak", "other_mentor@harbour", "other_tutor@harbour",
    "both@oak", "both@elm", "trust_officer@meridian", "operator@portal",
]  # fmt: skip
DOORS = [page for page in pages() if hasattr(page.view, "needs")]
OTHERS = {
    "accounts:choose": "signed_in",
    "accounts:sign_out": "signed_in",
    **dict.fromkeys(
        ["account_login", "account_inactive", "account_reset_password", "account_reset_password_done",
         "account_reset_password_from_key", "account_reset_password_from_key_done", "healthz", "readyz",
         "govuk:components", "govuk:layout"],
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
def test_the_door_for(number, world):
    """Each page by GET, one page a kind with every object of the world; the other methods in turn."""
    visitor = Visitor(world.people[PEOPLE[number]])
    turns = cycle(METHODS[1:])
    for _ in range(number):
        next(turns)
    for page in DOORS:
        for address in addresses(world, page, few=page.name not in {"cases:case", "assessments:review"}):
            _knock(world, visitor, address, "GET")
        for address in addresses(world, page, few=True):
            _knock(world, visitor, address, next(turns))


def _knock(world, visitor, address: Address, method: str) -> None:
    response = visitor.client.generic(method, address.path)
    wanted = expected(world, visitor.person, address, method)
    # A form that does not prove for whom it was made changes nothing.
    opened = {409} if method == "POST" else {200, 202, 302}
    about = getattr(address.subject, "key", "")
    told = f"{method} {address.page.name} {about}: {response.status_code}, {wanted}"
    assert response.status_code in STATUSES.get(wanted, opened), told
    if wanted in ("unknown", "forbidden"):
        leaked = world.found_in(response.content.decode().replace(visitor.person.name, ""))
        assert not leaked, f"{told}, and the page tells {leaked}"


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
