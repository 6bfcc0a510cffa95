"""A review from its first page to its file, by the people who write, read, comment on and answer it."""

import pytest
from django.urls import reverse

from assessments.actions import issue_review
from assessments.models import ProgressReview
from notifications.models import Message
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.support.world_build import RENDERER
from tests.sweeps.places import PLACES, review_answers

NEW = PLACES[0]


def text(visitor, path):
    return visitor.get(path).content.decode()


def address(name, review):
    return reverse(f"assessments:{name}", args=[review.pk])


@pytest.fixture
def tutor(world):
    return Visitor(world.people["induction_tutor@oak"])


@pytest.fixture
def officer(world):
    return Visitor(world.people["body_officer@north"])


@pytest.fixture
def ect(world):
    return Visitor(world.people["ect@oak"])


@pytest.fixture
def review(world, tutor):
    """Review 5 of the ECT of Oakfield, submitted through its page."""
    page = Page(text(tutor, NEW.address(world)))
    answers = review_answers(world.today, evidence="Seen <b>often</b> & well", others_present="Ms O'Hara")
    response = tutor.client.post(NEW.address(world), page.data | answers)
    assert response.status_code == 302
    return ProgressReview.objects.get(induction=world.cases["oak"].id, number=5)


def test_whoever_has_to_know_is_told_at_once(world, review):
    told = {message.recipient.email for message in Message.objects.filter(subject_id=review.pk)}
    assert told == {f"{key}.example" for key in ("ect@oak", "body_officer@north", "headteacher@oak")}


def test_everybody_reads_the_same_words_escaped(review, tutor, officer, ect):
    for reader in (tutor, officer, ect):
        html = text(reader, address("review", review))
        assert "Seen &lt;b&gt;often&lt;/b&gt; &amp; well" in html
        assert "Ms O&#x27;Hara" in html


def test_there_is_no_other_to_log_until_its_term_has_begun(world, review, tutor):
    assert "No progress review to log yet" in text(tutor, NEW.address(world))


def test_the_way_from_return_to_acceptance(review, tutor, officer, ect):
    page = Page(text(officer, address("return", review)))
    officer.client.post(address("return", review), page.data | {"comments": "Name the lessons"})
    assert "Name the lessons" in text(tutor, address("review", review))
    page = Page(text(tutor, address("correction", review)))
    assert page.boxes["evidence"] == "Seen <b>often</b> & well"
    tutor.client.post(address("correction", review), page.data | {"evidence": "Lessons of 3 and 10 November"})
    assert "Lessons of 3 and 10 November" in text(ect, address("review", review))
    assert "Seen &lt;b&gt;often" in text(ect, address("review", review) + "?version=1")
    accepting = Page(text(officer, address("review", review)), address("acceptance", review))
    officer.client.post(address("acceptance", review), accepting.data)
    review.refresh_from_db()
    assert (review.status, review.latest) == ("accepted", 2)


def test_only_what_may_be_done_is_offered(review, tutor, officer, ect):
    assert "Add comments" in text(ect, address("review", review))
    assert "Accept review" not in text(ect, address("review", review))
    assert "Accept review" in text(officer, address("review", review))
    assert "Add comments" not in text(officer, address("review", review))
    assert "Correct and submit again" not in text(tutor, address("review", review))


def test_what_was_handed_over_offers_nothing_to_do(world):
    """Harbour's tutor and its body read what came with the ECT; neither writes nor answers it (R85)."""
    review = ProgressReview.objects.get(pk=world.reviews["moved1"].id)
    ProgressReview.objects.filter(pk=review.pk).update(status="returned")
    reader = Visitor(world.people["induction_tutor@harbour"])
    assert "Correct and submit again" not in text(reader, address("review", review))
    assert reader.get(address("correction", review)).status_code == 403
    ProgressReview.objects.filter(pk=review.pk).update(status="submitted")
    reader = Visitor(world.people["body_officer@south"])
    assert "Accept review" not in text(reader, address("review", review))
    assert reader.post(address("acceptance", review), {"version": "1"}).status_code == 403


def test_the_file_is_prepared_then_served(world, review, ect):
    waiting = ect.get(address("document", review))
    assert waiting.status_code == 202
    issue_review(by=RENDERER, on=world.today, review_id=review.pk)
    served = ect.get(address("document", review))
    assert served.status_code == 200
    assert served.content.startswith(b"%PDF")
    assert served["Content-Disposition"].startswith('attachment; filename="progress-review-5-zqoakect')
    assert "4000000" not in served["Content-Disposition"]
    assert served["Cache-Control"] == "private, no-store"
    assert ect.get(address("document", review)).content == served.content


def test_a_comment_stands_under_the_version_it_was_made_on(review, ect, tutor):
    page = Page(text(ect, address("comments", review)))
    ect.client.post(address("comments", review), page.data | {"text": "Two\n\nparagraphs <i>"})
    html = text(tutor, address("review", review))
    assert "paragraphs &lt;i&gt;" in html
    assert "on version 1" in html
