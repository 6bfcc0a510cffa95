"""What goes wrong around a form: two clicks, two people, two tabs, a night between opening and sending."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from assessments.models import ProgressReview, Version
from induction_portal.accounts.models import Draft
from induction_portal.audit.models import AuditEvent
from notifications.models import Message
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.sweeps.places import PLACES, review_answers

NEW, CORRECTION, COMMENTS = PLACES[0], PLACES[1], PLACES[2]
WRITERS = [NEW, CORRECTION, COMMENTS]


def page_of(visitor, place, world):
    response = visitor.get(place.page(world))
    assert response.status_code == 200
    return Page(response.content.decode())


def filled(visitor, place, world, **other):
    return page_of(visitor, place, world).data | place.right(world) | other


def text_field(place):
    return "text" if place is COMMENTS else "evidence"


@pytest.mark.parametrize("place", WRITERS, ids=lambda place: place.name)
def test_two_clicks_at_the_same_moment_are_one(place, committed_world):
    world = committed_world
    visitor = Visitor(world.people[place.who])
    sent = filled(visitor, place, world)
    before, told = AuditEvent.objects.count(), Message.objects.count()
    barrier = Barrier(2)

    def click(_number):
        client = Client()
        client.cookies = visitor.client.cookies
        barrier.wait()
        try:
            return client.post(place.address(world), sent)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(click, range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert AuditEvent.objects.count() == before + 1
    assert Message.objects.count() > told
    assert (
        Message.objects.values("recipient", "kind", "subject_id", "once").distinct().count() == Message.objects.count()
    )


def test_two_tutors_at_the_same_moment_make_one_version(committed_world):
    """Two people send different corrections: one is next, the other is shown both."""
    world = committed_world
    visitors = [Visitor(world.people[key]) for key in ("induction_tutor@oak", "induction_lead@oak")]
    sent = [filled(v, CORRECTION, world, evidence=f"Typed by {v.person.key}") for v in visitors]
    barrier = Barrier(2)

    def send(number):
        barrier.wait()
        try:
            return visitors[number].client.post(CORRECTION.address(world), sent[number])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, range(2)))
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert Version.objects.filter(review=world.reviews["oak2"].id).count() == 2
    loser = answers.index(next(answer for answer in answers if answer.status_code == 409))
    assert f"Typed by {visitors[loser].person.key}" in answers[loser].content.decode()


def test_a_conflict_shows_three_texts_and_keeps_what_was_typed(world):
    tutor, lead = Visitor(world.people["induction_tutor@oak"]), Visitor(world.people["induction_lead@oak"])
    typed = filled(tutor, CORRECTION, world, evidence="Typed by the tutor")
    tutor_targets = {"targets-0-text": "The tutor’s own target"}
    saved = filled(lead, CORRECTION, world, evidence="Saved by the lead")
    assert lead.client.post(CORRECTION.address(world), saved).status_code == 302
    before = AuditEvent.objects.count()
    response = tutor.client.post(CORRECTION.address(world), typed | tutor_targets)
    assert response.status_code == 409
    assert AuditEvent.objects.count() == before
    html = response.content.decode()
    for told in ("Typed by the tutor", "Saved by the lead", "zqevidencev1oak2zq", "The tutor’s own target"):
        assert told in html, told
    assert lead.person.name in html
    again = Page(html)
    assert again.boxes["evidence"] == "Typed by the tutor"
    assert again.boxes["targets-0-text"] == "The tutor’s own target"
    # The form goes on from the version saved now; that is with the body, so it cannot be sent, and says so.
    response = tutor.client.post(CORRECTION.address(world), again.data)
    assert response.status_code == 200
    answer = Page(response.content.decode())
    assert answer.errors
    assert answer.boxes["evidence"] == "Typed by the tutor"
    assert AuditEvent.objects.count() == before


def test_a_body_answers_the_version_it_has_read(world):
    """The school corrects a review while the officer has an old page open: what they typed is kept, nothing happens."""
    officer = Visitor(world.people["body_officer@north"])
    review = ProgressReview.objects.get(pk=world.reviews["oak4"].id)
    returning = reverse("assessments:return", args=[review.pk])
    page = Page(officer.get(returning).content.decode())
    ProgressReview.objects.filter(pk=review.pk).update(latest=2)
    before = AuditEvent.objects.count()
    answer = Page(officer.client.post(returning, page.data | {"comments": "Typed slowly"}).content.decode())
    assert "new version" in answer.errors[0]
    assert answer.boxes["comments"] == "Typed slowly"
    assert AuditEvent.objects.count() == before


@pytest.mark.parametrize("place", WRITERS, ids=lambda place: place.name)
def test_a_session_that_ended_keeps_the_text_for_its_author(place, world):
    visitor = Visitor(world.people[place.who])
    sent = filled(visitor, place, world, **{text_field(place): "Typed before the night"})
    before = AuditEvent.objects.count()
    visitor.client.session.flush()
    response = visitor.client.post(place.address(world), sent)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/sign-in/?next=")
    assert AuditEvent.objects.count() == before
    assert "What you typed is saved" in visitor.client.get(response["Location"]).content.decode()
    again = Visitor(world.people[place.who])
    assert page_of(again, place, world).boxes[text_field(place)] == "Typed before the night"


def test_the_same_words_reach_nobody_else_after_sign_in(world):
    """Another person signs in at the same browser, and opens the same page."""
    tutor = Visitor(world.people["induction_tutor@oak"])
    sent = filled(tutor, NEW, world, evidence="Typed before the night")
    tutor.client.session.flush()
    tutor.client.post(NEW.address(world), sent)
    lead = Visitor(world.people["induction_lead@oak"], client=tutor.client)
    html = lead.get(NEW.address(world)).content.decode()
    assert "Typed before the night" not in html
    assert "zqdraft" not in html


@pytest.mark.parametrize("proof", ["", "nonsense"])
def test_nobody_leaves_a_draft_for_another(proof, world):
    before = Draft.objects.count()
    sent = review_answers(world.today) | {"acting_as": proof, "evidence": "Planted"}
    assert Client().post(NEW.address(world), sent).status_code == 302
    assert Draft.objects.count() == before


def test_an_autosave_without_a_session_is_kept_too(world):
    tutor = Visitor(world.people["induction_tutor@oak"])
    sent = filled(tutor, NEW, world, evidence="Typed on a train")
    assert Client().post(NEW.address(world), sent, headers={"X-Autosave": "1"}).status_code == 302
    assert page_of(tutor, NEW, world).boxes["evidence"] == "Typed on a train"


def test_switching_in_another_tab_changes_nothing_and_loses_nothing(world):
    both = Visitor(world.people["both@oak"])
    sent = filled(both, NEW, world, evidence="Typed for Oakfield")
    before = AuditEvent.objects.count()
    both.act_for(str(world.places["elm"]))
    response = both.client.post(NEW.address(world), sent)
    # Elmbridge knows nothing of this case, and the answer tells nothing of it either.
    assert response.status_code == 409
    assert not world.found_in(response.content.decode())
    assert AuditEvent.objects.count() == before
    both.act_for(str(world.places["oak"]))
    assert page_of(both, NEW, world).boxes["evidence"] == "Typed for Oakfield"


def test_switching_where_both_may_see_it_says_so(world):
    """The same person, page and case, but the form was made for another organisation."""
    both = Visitor(world.people["both@oak"])
    inbox = reverse("notifications:read_all")
    proof = both.proof
    both.act_for(str(world.places["elm"]))
    response = both.client.post(inbox, {"acting_as": proof})
    assert response.status_code == 409
    html = response.content.decode()
    assert "You now act for somebody else" in html
    assert not Message.objects.filter(recipient=both.person.user_id).exclude(read_at=None).exists()


def test_a_draft_is_offered_again_and_again_until_it_is_sent(world):
    tutor = Visitor(world.people["induction_tutor@oak"])
    for text in ("First", "Second"):
        sent = filled(tutor, NEW, world, evidence=text)
        assert tutor.client.post(NEW.address(world), sent | {"save_draft": "1"})["Location"] == "/"
        assert page_of(tutor, NEW, world).boxes["evidence"] == text
    assert tutor.client.post(NEW.address(world), filled(tutor, NEW, world)).status_code == 302
    assert not Draft.objects.filter(author=tutor.person.user_id, form=NEW.name).exists()
