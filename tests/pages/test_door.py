"""The page wrapper: one transaction, one viewer, and every opening written down (R78)."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from induction_portal import clock
from induction_portal.accounts.models import Membership, Organisation
from induction_portal.audit.models import AccessLog
from tests.support.visitors import Visitor


def review_page(world, key):
    return reverse("assessments:review", args=[world.reviews[key].id])


@pytest.fixture
def tutor(world):
    return Visitor(world.people["induction_tutor@oak"])


def test_what_is_hidden_answers_exactly_as_what_is_not_there(world, tutor):
    hidden, missing = tutor.get(review_page(world, "harbour4")), tutor.get(f"/reviews/{uuid4()}/")
    assert hidden.status_code == missing.status_code == 404
    assert _without_tokens(hidden) == _without_tokens(missing)


def _without_tokens(response) -> str:
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", response.content.decode())


def test_an_opening_is_written_down_once_an_hour(world, tutor, monkeypatch):
    def opened():
        return AccessLog.objects.filter(
            user_id=tutor.person.user_id, subject_id=world.reviews["oak4"].id, refused=False
        ).count()

    tutor.get(review_page(world, "oak4"))
    tutor.get(review_page(world, "oak4"))
    assert opened() == 1
    later = clock.now() + timedelta(hours=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    tutor.get(review_page(world, "oak4"))
    assert opened() == 2
    row = AccessLog.objects.filter(user_id=tutor.person.user_id).first()
    assert (row.organisation_id, row.acted_as) == (world.places["oak"], "induction_tutor")
    assert row.case_id == world.cases["oak"].id


def test_a_refusal_is_written_down_and_shown_to_the_ect(world):
    mentor, ect = Visitor(world.people["mentor@oak"]), Visitor(world.people["ect@oak"])
    assert mentor.get(review_page(world, "oak4")).status_code == 403
    html = ect.get(reverse("cases:access", args=[world.cases["oak"].id])).content.decode()
    assert mentor.person.name in html
    assert "Refused" in html


def test_nothing_is_written_down_of_what_was_not_found(world, tutor):
    before = AccessLog.objects.count()
    tutor.get(review_page(world, "harbour4"))
    assert AccessLog.objects.count() == before


def test_a_role_that_ends_shuts_the_door_in_the_same_session(world, tutor):
    page = reverse("cases:case", args=[world.cases["oak"].id])
    assert tutor.get(page).status_code == 200
    yesterday = world.today - timedelta(days=1)
    Membership.objects.filter(user_id=tutor.person.user_id).update(ends_on=yesterday)
    assert tutor.get(page)["Location"].startswith("/accounts/acting-for/")


def test_the_database_is_told_who_is_looking(world, tutor, monkeypatch):
    told = []

    def look(viewer, query):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('portal.user'), current_setting('portal.organisation'), current_user"
            )
            told.append(cursor.fetchone())
        return {"title": "Home"}

    monkeypatch.setattr("cases.views.cases.home_context", look)
    tutor.get("/")
    assert told == [(str(tutor.person.user_id), str(world.places["oak"]), "portal_app")]


def test_a_page_that_fails_leaves_nothing_behind(world, tutor, monkeypatch):
    def fail(viewer, query):
        Organisation.objects.update(name="Half done")
        raise RuntimeError("half way")

    monkeypatch.setattr("cases.views.cases.home_context", fail)
    tutor.client.raise_request_exception = False
    assert tutor.get("/").status_code == 500
    assert not Organisation.objects.filter(name="Half done").exists()


def test_an_unallowed_method_names_those_that_are(world, tutor):
    response = tutor.client.put(reverse("home"))
    assert (response.status_code, response["Allow"]) == (405, "GET")


def test_sign_in_goes_on_to_the_page_that_was_asked_for(world, client):
    page = review_page(world, "oak4") + "?version=1"
    response = client.get(page)
    assert response["Location"] == "/accounts/sign-in/?next=" + page.replace("/", "%2F").replace("?", "%3F").replace(
        "=", "%3D"
    )
