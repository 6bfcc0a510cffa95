"""The watch over every test (tests/support/watch.py) sees what it should, and lets pass what it should."""

import pytest
from django.db import transaction

from cases.models import Clock, Deadline
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import System
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import INSTALLATION, record
from tests.support.visitors import Visitor
from tests.support.watch import watch


@pytest.fixture
def unrecorded(monkeypatch):
    """A watch inside the watch: the outer one, of the test itself, stands aside."""
    return watch(monkeypatch)


def rename(name="Renamed"):
    Organisation.objects.filter(identifier="north").update(name=name)


def test_an_action_that_forgets_the_trail_is_seen(world, unrecorded):
    action(rename)()
    assert unrecorded == ["written without an audit event: accounts_organisation"]


def test_an_action_inside_an_action_counts_as_one(world, unrecorded):
    north = Organisation.objects.get(identifier="north")

    @action
    def outer():
        action(rename)()
        record(System("test"), Event.ORGANISATION_CREATED, north, chain=INSTALLATION, on=world.today)

    outer()
    assert not unrecorded


def test_an_action_that_fails_has_written_nothing(world, unrecorded):
    @action
    def failing():
        rename()
        raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"), transaction.atomic():
        failing()
    assert not unrecorded


def test_a_page_that_forgets_the_trail_is_seen(world, unrecorded, monkeypatch):
    visitor = Visitor(world.people["body_admin@north"])
    monkeypatch.setattr("cases.views.cases.home_context", lambda *_: rename() or {"title": "Home"})
    visitor.get("/")
    assert unrecorded == ["written without an audit event: accounts_organisation"]


def test_what_a_test_writes_itself_is_its_own_affair(world, unrecorded):
    rename()
    assert not unrecorded


def test_a_projection_needs_no_event(world, unrecorded):
    action(Clock.objects.update)(assumed_from=None)
    action(Deadline.objects.all().delete)()
    assert not unrecorded
