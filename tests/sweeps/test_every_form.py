"""Every form, badly filled in: each mistake is named where it was made, and nothing typed is lost."""

from contextlib import contextmanager

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from induction_portal.accounts.models import Draft
from induction_portal.audit.models import AuditEvent
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.sweeps.places import ELSEWHERE, IDS, PLACES, every_form, names

BAD = {
    "empty": ("", ""),
    "too long": ("x" * 5000, None),
    "wrong type": ("sixty-two", "no such choice"),
    "a day that is not": ("31", None),
    "null bytes": ("a\x00b", "\x00"),
    "other writing": ("Zoë 李 𝔛 \u202eabc\u0301 👩🏽‍🏫 \ufffe", "李"),
    "markup": ("<script>alert(1)</script>{{ 7 }}\"'&", "<b>"),
    "only spaces": ("   \t ", None),
    "numbers out of bounds": ("9" * 400, None),
    "infinity": ("Infinity", None),
    "negative": ("-1", None),
}
NEVER_TAKEN = {"empty", "only spaces", "too long", "null bytes"}
TYPED = [place for place in PLACES if not place.shown_on]


@pytest.fixture
def opened(world):
    """Opens the page of a place as whoever fills it in there: the browser, the address that takes it, and the page."""

    def open_page(place):
        client = Visitor(world.people[place.who]).client if place.who else Client()
        address = place.address(world)
        response = client.get(place.page(world))
        assert response.status_code == 200
        return client, address, Page(response.content.decode(), address if place.shown_on else "")

    return open_page


def test_every_form_is_swept():
    left_out = every_form() - {place.form for place in PLACES} - set(ELSEWHERE)
    assert not left_out, f"Add these to tests/sweeps/places.py: {left_out}"
    assert PortalForm not in every_form()


@contextmanager
def undone(told: object):
    """Each of several answers to one page as if it were the only one, and named where it was wrong."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    except AssertionError as error:
        error.add_note(f"The page was answered with: {told}")
        raise


@pytest.mark.parametrize("place", TYPED, ids=names(TYPED))
def test_bad_input_is_answered_and_kept(place, opened):
    client, address, page = opened(place)
    for kind, (text, choice) in BAD.items():
        with undone(kind):
            sent = page.filled_with(text, choosing=choice)
            response = client.post(address, sent)
            if response.status_code == 302:
                assert place.optional or kind not in NEVER_TAKEN or not page.boxes
            else:
                _assert_answered(response, sent)


def _assert_answered(response: HttpResponse, sent: dict) -> None:
    assert response.status_code == 200
    answer = Page(response.content.decode())
    assert answer.title.startswith("Error: "), answer.title
    assert answer.errors
    assert not answer.broken_links
    _assert_kept(answer, sent)


def _assert_kept(answer: Page, sent: dict) -> None:
    for name, shown in answer.boxes.items():
        typed = sent[name][0] if name in sent else ""
        assert shown.strip() == typed.replace("\r\n", "\n").strip(), f"{name} has lost what was typed"


DATED = [place for place in TYPED if any(isinstance(field, DateField) for field in place.form.base_fields.values())]


@pytest.mark.parametrize("place", DATED, ids=names(DATED))
def test_a_date_that_does_not_exist_is_named(place, opened):
    client, address, page = opened(place)
    day = {"day": "31", "month": "2", "year": "2026"}
    ends = {name: name.rpartition("-")[2] for name in page.boxes}
    sent = page.data | {name: [day[end]] for name, end in ends.items() if end in day}
    answer = Page(client.post(address, sent).content.decode())
    assert any("must be a real date" in error for error in answer.errors)
    assert not answer.broken_links
    _assert_kept(answer, sent)


CARRY_VERSIONS = {
    "correction", "return", "acceptance", "change_pattern", "correct_pattern", "change_contract", "end_placement",
    "rename", "correct_teacher", "agree_pattern", "change_registration", "withdrawal", "change_settings",
    "school_facts", "confirm_registration", "return_registration", "refuse_registration", "prior", "officer",
    "correct_assessment", "withdraw_assessment", "send_assessment", "accept_assessment", "return_assessment",
    "change_plan", "write_record", "cancel_observation", "change_visit", "change_meeting",
    "assessment_comments", "sign_assessment", "refuse_signature", "record_comments", "record_signature", "new_school",
    "change_quality_visit", "call_off_quality_visit", "record_quality_visit", "answer_finding", "rule_on_finding",
}  # fmt: skip
VERSIONED = [place for place in PLACES if place.name.partition(":")[2] in CARRY_VERSIONS]
SIGNED = [place for place in PLACES if place.who and place.name != "accounts:choose"]
FORGED = ["", "nonsense", "\x00", "self", "00000000-0000-0000-0000-000000000000:self/forged"]


@pytest.mark.parametrize("place", SIGNED, ids=names(SIGNED))
def test_a_form_without_proof_of_whom_it_was_made_for_changes_nothing(place, world, opened):
    client, address, page = opened(place)
    before, right = AuditEvent.objects.count(), place.right(world)
    somebody = next(key for key in ("headteacher@harbour", "headteacher@oak") if key != place.who)
    for proof in (*FORGED, Visitor(world.people[somebody]).proof):
        with undone(repr(proof)):
            response = client.post(address, page.data | right | {"acting_as": proof})
            assert response.status_code == 409
            assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("place", SIGNED, ids=names(SIGNED))
def test_what_is_right_is_done_once_however_often_it_is_sent(place, world, opened):
    client, address, page = opened(place)
    before = AuditEvent.objects.count()
    sent = page.data | place.right(world)
    first, second = client.post(address, sent), client.post(address, sent)
    assert first.status_code == 302, Page(first.content.decode()).errors
    assert (second.status_code, second["Location"]) == (302, first["Location"])
    assert AuditEvent.objects.count() == before + place.events


@pytest.mark.parametrize("place", SIGNED, ids=names(SIGNED))
def test_a_draft_goes_when_its_form_is_sent(place, world, opened):
    client, address, page = opened(place)
    sent = page.data | place.right(world)
    saved = client.post(address, sent, headers={"X-Autosave": "1"})
    assert (saved.status_code, saved.json()) == (200, {"saved": True})
    drafts = Draft.objects.filter(author=world.people[place.who].user_id)
    kept = drafts.count()
    client.post(address, sent)
    assert drafts.count() == kept - 1


@pytest.mark.parametrize("place", SIGNED, ids=names(SIGNED))
def test_any_text_can_be_kept_as_a_draft(place, opened):
    client, address, page = opened(place)
    sent = page.filled_with("a\x00b <i> 李 \ufffe" + "x" * 9000)
    assert client.post(address, sent | {"x\x00": "1"}, headers={"X-Autosave": "1"}).status_code == 200


@pytest.mark.parametrize("place", SIGNED, ids=names(SIGNED))
def test_a_form_without_its_submission_number_still_works(place, world, opened):
    client, address, page = opened(place)
    right = place.right(world)
    for submission in ("", "nonsense", "\x00", "x" * 5000):
        with undone(repr(submission[:10])):
            response = client.post(address, page.data | right | {"submission": submission})
            assert response.status_code == 302


@pytest.mark.parametrize("place", VERSIONED, ids=names(VERSIONED))
def test_a_version_that_never_was_is_a_conflict_or_an_error(place, world, opened):
    client, address, page = opened(place)
    before, right = AuditEvent.objects.count(), place.right(world)
    for version in ("0", "7", "999999999", "-1", "x", "\x00", "9" * 50):
        with undone(repr(version)):
            response = client.post(address, page.data | right | {"version": version})
            assert response.status_code in {200, 302, 409}
            assert (response.status_code == 302) == (AuditEvent.objects.count() > before)


def test_the_places_have_names():
    assert len(IDS) == len(set(IDS))
