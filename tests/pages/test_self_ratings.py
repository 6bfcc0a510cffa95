"""The ECT's self-rating, from their own draft to the page on which the tutor writes the review."""

import pytest
from django.urls import reverse

from assessments.models import SelfRating
from notifications.models import Message
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.sweeps.places import EVIDENCE_PLACES, PLACES

PLACE = next(place for place in EVIDENCE_PLACES if place.name == "assessments:rate_yourself")
REVIEW = PLACES[0]


def text(who, path):
    return who.get(path).content.decode()


@pytest.fixture
def ect(world):
    return Visitor(world.people["ect@harbour"])


@pytest.fixture
def share(world, ect):
    def share(**typed):
        page = Page(text(ect, PLACE.address(world)))
        return ect.client.post(PLACE.address(world), page.data | typed)

    return share


def test_it_is_the_ects_own_until_they_share_it(world, ect, share):
    typed = {"views-TS7-words": "Break times still worry me", "save_draft": "1"}
    assert share(**typed).status_code == 302
    assert "Break times still worry me" in text(ect, PLACE.address(world))
    assert not SelfRating.objects.filter(induction=world.cases["harbour"].id).exists()


def test_the_tutor_is_told_and_reads_it_beside_the_review(world, share):
    assert share(**{"views-TS7-words": "Calmer <b>now</b>", "views-TS4-rating": "4"}).status_code == 302
    rating = SelfRating.objects.get(induction=world.cases["harbour"].id)
    told = Message.objects.filter(kind="self_rating_shared", subject_id=rating.pk)
    assert [message.recipient.email for message in told] == ["induction_tutor@harbour.example"]
    tutor = Visitor(world.people["induction_tutor@harbour"])
    for path in (
        reverse("assessments:self_rating", args=[rating.pk]),
        reverse("assessments:new_review", args=[world.cases["harbour"].id]),
    ):
        html = text(tutor, path)
        assert "Calmer &lt;b&gt;now&lt;/b&gt;" in html
        assert ": strong</strong>" in html


@pytest.mark.parametrize("key", ["headteacher@oak", "mentor@oak", "body_officer@north", "school_admin@oak"])
def test_nobody_else_reads_it(world, key):
    rating = world.self_ratings["oak"]
    assert Visitor(world.people[key]).get(reverse("assessments:self_rating", args=[rating.id])).status_code == 403


def test_once_shared_it_stands(world, ect, share):
    page = Page(text(ect, PLACE.address(world)))
    share(**{"views-TS7-words": "Calmer"})
    assert "You shared" in text(ect, PLACE.address(world))
    late = ect.client.post(PLACE.address(world), page.data | {"views-TS1-words": "And more"})
    assert late.status_code == 200
    assert "You have shared a self-rating for this review already" in late.content.decode()


def test_nothing_at_all_is_answered_at_the_first_standard(share):
    html = share().content.decode()
    assert "Say something of at least one Standard, or leave the self-rating out" in html
    assert 'href="#id_views-TS1-words"' in html


def test_an_endless_text_is_answered_and_kept(share):
    html = share(**{"views-TS2-words": "x" * 5000}).content.decode()
    assert "must be 1,000 characters or fewer" in html
    assert "x" * 5000 in html
