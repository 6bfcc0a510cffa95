"""The inbox: one's own messages, what is unread, and the way to what they are about."""

from datetime import date
from uuid import UUID

import pytest
from bs4 import BeautifulSoup

from cases.rules.statuses import MessageStatus as Status
from induction_portal.accounts.models import Membership, Organisation, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import SESSION_KEY
from notifications import kinds, outbox
from notifications.models import Message
from tests.support.outbox import TOLD

pytestmark = pytest.mark.django_db

REVIEW = UUID(int=7)


@pytest.fixture(autouse=True)
def _kind(monkeypatch):
    monkeypatch.setitem(kinds._kinds, TOLD.name, TOLD)


@pytest.fixture
def school():
    return Organisation.objects.create(kind="school", name="Oakfield School", identifier="100001")


def person(email, *schools):
    user = User.objects.create(email=email, name=email.split("@")[0].title())
    for school in schools:
        Membership.objects.create(user=user, organisation=school, role=Role.INDUCTION_TUTOR, starts_on=date(2025, 9, 1))
    return user


@pytest.fixture
def tutor(school):
    return person("tutor@oakfield.example", school)


@pytest.fixture
def visit(client, tutor):
    client.force_login(tutor)
    return client


def tell(to, name="Oakfield", **facts):
    given = {"subject_id": REVIEW, "organisation_id": None, "url": "/messages/?before=9", "context": {"school": name}}
    outbox.queue("told", to=to, **given | facts)


def page(response) -> BeautifulSoup:
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def lines(response) -> list[str]:
    return [" ".join(item.get_text(" ").split()) for item in page(response).select(".govuk-task-list__item")]


def titles(response) -> list[str]:
    return [button.contents[0] for button in page(response).select(".app-link-button")]


def acting_as(client) -> str:
    return page(client.get("/messages/")).select_one("input[name=acting_as]")["value"]


def press(client, address, **fields):
    return client.post(address, {"acting_as": acting_as(client)} | fields)


def test_it_is_empty_at_first(visit):
    assert "No messages here" in page(visit.get("/messages/")).get_text()


def test_messages_are_the_newest_first_and_say_in_words_whether_they_are_unread(visit, tutor):
    tell(tutor, "First")
    tell(tutor, "Second")
    Message.objects.filter(title="News from First").update(read_at="2026-01-09T12:00Z")
    second, first = lines(visit.get("/messages/"))
    assert second.startswith("News from Second")
    assert second.endswith("Unread")
    assert first.startswith("News from First")
    assert first.endswith("Read")


def test_the_header_counts_what_is_unread(visit, tutor):
    for _ in range(3):
        tell(tutor)
    Message.objects.filter(pk=Message.objects.first().pk).update(read_at="2026-01-09T12:00Z")
    header = page(visit.get("/messages/")).select_one("header")
    assert "Messages 2 unread" in " ".join(header.get_text(" ").split())


def test_the_count_is_the_persons_in_every_capacity_and_falls_when_one_is_read(visit, tutor, school):
    other = Organisation.objects.create(kind="school", name="Elmbridge Academy", identifier="100002")
    Membership.objects.create(user=tutor, organisation=other, role=Role.HEADTEACHER, starts_on=date(2025, 9, 1))
    tell(tutor, "Oakfield", organisation_id=school.pk)
    tell(tutor, "Elmbridge", organisation_id=other.pk)
    tell(person("head@oakfield.example", school))
    for place, left in ((school, "2"), (other, "2")):
        assert _count(visit, place) == left
    first, second = Message.objects.filter(recipient=tutor).order_by("pk")
    for message, left in ((first, "1"), (second, "")):
        form = page(visit.get("/messages/")).find("form", action="/messages/open/")
        token = form.find("input", attrs={"name": "acting_as"})["value"]
        assert visit.post("/messages/open/", {"message": message.pk, "acting_as": token}).status_code == 302
        assert [_count(visit, place) for place in (school, other)] == [left, left]
    Message.objects.filter(pk=second.pk).update(read_at=None, status="withdrawn")
    assert _count(visit, school) == ""


def _count(visit, place) -> str:
    """The number in the header, as the person acts for a place."""
    session = visit.session
    session[SESSION_KEY] = str(place.pk)
    session.save()
    shown = page(visit.get("/messages/")).select_one(".app-header__count")
    return next(shown.stripped_strings) if shown else ""


def test_nobody_sees_what_others_are_told(visit, school):
    tell(person("head@oakfield.example", school))
    other = Message.objects.get()
    assert lines(visit.get("/messages/")) == []
    tell(User.objects.get(email="tutor@oakfield.example"))
    assert press(visit, "/messages/open/", message=other.pk).status_code == 404
    press(visit, "/messages/all-read/")
    other.refresh_from_db()
    assert other.read_at is None


def test_what_was_withdrawn_is_not_shown(visit, tutor):
    tell(tutor)
    Message.objects.update(status=Status.WITHDRAWN.value)
    assert lines(visit.get("/messages/")) == []


def test_mail_that_could_not_be_delivered_is_said(visit, tutor):
    tell(tutor)
    Message.objects.update(status=Status.ABANDONED.value, failure="Refused.")
    assert "The email could not be delivered" in lines(visit.get("/messages/"))[0]


def test_opening_marks_it_read_and_goes_to_what_it_is_about(visit, tutor):
    tell(tutor)
    message = Message.objects.get()
    answer = press(visit, "/messages/open/", message=message.pk)
    assert (answer.status_code, answer.url) == (302, "/messages/?before=9")
    message.refresh_from_db()
    first_read = message.read_at
    assert first_read is not None
    press(visit, "/messages/open/", message=message.pk)
    message.refresh_from_db()
    assert message.read_at == first_read


def test_a_message_of_another_school_leads_by_way_of_choosing_it(visit, tutor, school):
    elmbridge = Organisation.objects.create(kind="school", name="Elmbridge Academy", identifier="100002")
    Membership.objects.create(user=tutor, organisation=elmbridge, role=Role.INDUCTION_LEAD, starts_on=date(2025, 9, 1))
    session = visit.session
    session[SESSION_KEY] = str(school.pk)
    session.save()
    tell(tutor, organisation_id=elmbridge.pk, url="/reviews/7/")
    tell(tutor, organisation_id=school.pk, url="/reviews/8/")
    theirs, ours = Message.objects.order_by("pk")
    assert press(visit, "/messages/open/", message=theirs.pk).url == "/accounts/acting-for/?next=%2Freviews%2F7%2F"
    assert press(visit, "/messages/open/", message=ours.pk).url == "/reviews/8/"


def test_a_message_about_an_organisation_one_does_not_work_for_leads_straight_there(visit, tutor):
    tell(tutor, organisation_id=UUID(int=99), url="/reviews/7/")
    assert press(visit, "/messages/open/", message=Message.objects.get().pk).url == "/reviews/7/"


def test_all_can_be_marked_as_read(visit, tutor):
    tell(tutor)
    tell(tutor)
    answer = visit.post("/messages/all-read/", {"acting_as": acting_as(visit)}, follow=True)
    assert "2 messages marked as read" in page(answer).get_text()
    assert not Message.objects.filter(read_at=None).exists()


def test_pages_hold_25_and_go_on_by_key(visit, tutor):
    for number in range(30):
        tell(tutor, f"school {number}")
    first = visit.get("/messages/")
    assert len(lines(first)) == 25
    assert page(first).select_one(".govuk-back-link") is None
    second = visit.get("/messages/" + page(first).select_one("a[rel=next]")["href"])
    assert titles(second) == [f"News from school {number}" for number in (4, 3, 2, 1, 0)]
    assert page(second).select_one(".govuk-back-link")["href"] == "/messages/"
    assert page(second).select_one("a[rel=next]") is None


def test_the_number_of_queries_does_not_grow(visit, tutor, django_assert_max_num_queries):
    tell(tutor)
    visit.get("/messages/")
    for _ in range(24):
        tell(tutor)
    with django_assert_max_num_queries(12):
        assert len(lines(visit.get("/messages/"))) == 25


@pytest.mark.parametrize("before", ["0", "-1", "newest", "9" * 30])
def test_a_page_that_cannot_be_is_not_found(visit, before):
    assert visit.get("/messages/", {"before": before}).status_code == 404


@pytest.mark.parametrize("message", ["", "none", "9" * 30, "1"])
def test_a_message_that_cannot_be_is_not_found(visit, tutor, message):
    tell(tutor)
    wrong = message if message != "1" else Message.objects.get().pk + 1
    assert press(visit, "/messages/open/", message=wrong).status_code == 404


@pytest.mark.parametrize("address", ["/messages/open/", "/messages/all-read/"])
def test_changing_takes_a_form_of_the_same_person(visit, tutor, address):
    tell(tutor)
    assert visit.get(address).status_code == 405
    assert visit.post(address, {"message": Message.objects.get().pk}).status_code == 409
    assert Message.objects.get().read_at is None


def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get("/messages/").url == "/accounts/sign-in/?next=%2Fmessages%2F"
