"""The database, or the broker, is down: the page says so, and nothing typed is lost."""

import time

import pytest
from django.urls import reverse

from assessments.models import ProgressReview
from induction_portal.celery import app
from notifications.models import Message
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.sweeps.places import PLACES, review_answers

NEW = PLACES[0]


@pytest.fixture
def tutor(committed_world):
    visitor = Visitor(committed_world.people[NEW.who])
    visitor.client.raise_request_exception = False
    return visitor


@pytest.fixture
def without_database(tutor, services, worker_id):
    """Takes the database away while the block runs."""
    from contextlib import contextmanager

    @contextmanager
    def away():
        services.use_database("no_such_database")
        try:
            yield
        finally:
            services.use_database(f"portal_copy_{worker_id}")

    return away


def test_a_form_comes_back_and_can_be_sent_again(committed_world, tutor, without_database):
    world = committed_world
    address = NEW.address(world)
    typed = 'Two <lesson> visits & "notes"\n\nand a second paragraph'
    page = Page(tutor.get(address).content.decode())
    sent = page.data | review_answers(world.today, evidence=typed)
    before = ProgressReview.objects.count()
    with without_database():
        answer = tutor.client.post(address, sent)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    again = Page(answer.content.decode(), address)
    assert "what you typed is still in this page" in again.soup.get_text()
    kept = again.data
    assert kept["evidence"] == [typed]
    assert kept["present"] == ["ect", "reviewer"]
    assert again.form.find("button").get_text() == "Try again"
    assert ProgressReview.objects.count() == before
    assert tutor.client.post(address, kept).status_code == 302
    assert ProgressReview.objects.count() == before + 1
    assert tutor.client.post(address, kept).status_code == 302
    assert ProgressReview.objects.count() == before + 1


def test_the_form_still_carries_its_token(committed_world, tutor, without_database):
    address = NEW.address(committed_world)
    tutor.client.handler.enforce_csrf_checks = True
    page = Page(tutor.get(address).content.decode())
    with without_database():
        answer = tutor.client.post(address, page.data | review_answers(committed_world.today))
    kept = Page(answer.content.decode(), address).data
    assert kept["csrfmiddlewaretoken"] == page.data["csrfmiddlewaretoken"]
    assert tutor.client.post(address, kept).status_code == 302


def test_a_page_says_what_happened(tutor, without_database):
    with without_database():
        answer = tutor.get(reverse("home"))
    html = answer.content.decode()
    assert answer.status_code == 503
    assert "the portal is not available" in html
    assert "<form" not in html


def test_a_password_is_never_given_back(tutor, without_database):
    with without_database():
        answer = tutor.client.post("/accounts/sign-in/", {"login": "a@b.example", "password": "a-secret-word"})
    assert answer.status_code == 503
    assert "a@b.example" in answer.content.decode()
    assert "a-secret-word" not in answer.content.decode()


def test_another_fault_is_a_500(tutor, monkeypatch):
    monkeypatch.setattr("cases.views.cases.home_context", lambda viewer: 1 / 0)
    answer = tutor.get(reverse("home"))
    assert answer.status_code == 500
    assert "something went wrong" in answer.content.decode()


def test_submitting_needs_no_broker(committed_world, tutor, monkeypatch):
    """The row is the truth: with nobody to wake, the page answers at once and the messages wait."""
    address = NEW.address(committed_world)
    page = Page(tutor.get(address).content.decode())
    monkeypatch.setenv("CELERY_BROKER_URL", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    waiting = Message.objects.waiting().count()
    started = time.monotonic()
    answer = tutor.client.post(address, page.data | review_answers(committed_world.today))
    assert answer.status_code == 302
    assert time.monotonic() - started < 5, "The page waited for a broker that is down"
    assert Message.objects.waiting().count() > waiting
