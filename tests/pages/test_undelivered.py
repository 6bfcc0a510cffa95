"""Mail that did not arrive: who sees it, what is said, and how it is seen to."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from cases.rules.errors import RuleBroken
from induction_portal.accounts.models import Membership, Organisation, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.models import AuditEvent
from notifications import kinds, outbox
from notifications.actions import settle_undelivered
from notifications.models import Message, Undelivered
from notifications.tasks import deliver_messages
from tests.support.outbox import CHAT, TEMPLATES, TOLD
from tests.support.stubborn import stubborn_server

pytestmark = pytest.mark.django_db
LIST = "/messages/undelivered/"


@pytest.fixture(autouse=True)
def _kinds(monkeypatch, settings):
    first, *rest = settings.TEMPLATES
    settings.TEMPLATES = [first | {"DIRS": [*first["DIRS"], TEMPLATES]}, *rest]
    for kind in (CHAT, TOLD):
        monkeypatch.setitem(kinds._kinds, kind.name, kind)


@pytest.fixture
def oakfield():
    return Organisation.objects.create(kind="school", name="Oakfield School", identifier="100001")


@pytest.fixture
def elmbridge():
    return Organisation.objects.create(kind="school", name="Elmbridge Academy", identifier="100002")


def person(email, *schools, role=Role.MENTOR):
    user = User.objects.create(email=email, name=email.split("@")[0].title())
    for school in schools:
        Membership.objects.create(user=user, organisation=school, role=role, starts_on=date(2025, 9, 1))
    return user


@pytest.fixture
def head(oakfield):
    return person("head@oakfield.example", oakfield, role=Role.HEADTEACHER)


@pytest.fixture
def visit(client, head):
    client.force_login(head)
    return client


@pytest.fixture
def lose(settings):
    """Has mail to somebody refused."""

    def lose(to, kind="chat", organisation=None, **answers):
        given = {"subject_id": uuid4(), "organisation_id": organisation, "url": "/", "context": {"school": "Oakfield"}}
        outbox.queue(kind, to=to, **given)
        with stubborn_server(settings, **answers or {"to_address": "550 No such mailbox"}):
            deliver_messages()

    return lose


def page(response, status: int = 200) -> BeautifulSoup:
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def rows(client) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in page(client.get(LIST)).select("tbody tr")]


def settle(client, address, done):
    form = page(client.get(address)).select_one("form:has([name=done])")
    data = {each["name"]: each["value"] for each in form.select("input[type=hidden]")}
    return client.post(address, data | {"done": done})


def test_nothing_is_listed_while_all_mail_arrives(visit):
    assert "All email arrives" in page(visit.get(LIST)).get_text()


def test_a_refused_address_is_listed_once_flagged_and_a_task(visit, oakfield, lose):
    mentor = person("mentor@oakfield.example", oakfield)
    for kind in ("chat", "chat", "told"):
        lose(mentor, kind)
    [row] = rows(visit)
    assert row.startswith("Mentor Statutory 3 ")
    assert row.endswith("The mail server refused the address (code 550).")
    assert "Tell somebody whose email did not arrive" in page(visit.get("/")).get_text()
    people = page(visit.get("/people/")).select_one("th:-soup-contains('mentor@oakfield.example')")
    assert "Email does not arrive" in people.get_text()
    detail = page(visit.get(page(visit.get(LIST)).select_one("tbody a")["href"])).get_text()
    assert "mentor@oakfield.example" in detail
    assert "end their role and invite them" in detail
    assert "News from" not in detail, "what the messages were is between them and the portal"


def test_they_are_told_in_their_own_inbox(client, oakfield, lose):
    mentor = person("mentor@oakfield.example", oakfield)
    client.force_login(mentor)
    assert "do not reach you" not in page(client.get("/messages/")).get_text()
    lose(mentor)
    assert "do not reach you" in page(client.get("/messages/")).get_text()
    assert client.get(LIST).status_code == 403


def test_a_school_sees_its_own_people_and_nobody_elses(visit, oakfield, elmbridge, lose):
    lose(person("theirs@elmbridge.example", elmbridge), organisation=oakfield.pk)
    lose(person("both@school.example", oakfield, elmbridge), organisation=elmbridge.pk)
    lose(person("ect@oakfield.example"), organisation=oakfield.pk)
    lose(person("ect@elmbridge.example"), organisation=elmbridge.pk)
    assert [row.split()[0] for row in rows(visit)] == ["Both", "Ect"]
    theirs = Undelivered.objects.get(recipient__email="theirs@elmbridge.example")
    page(visit.get(f"{LIST}{theirs.pk}/"), 404)
    own = Undelivered.objects.get(recipient__email="ect@oakfield.example")
    detail = page(visit.get(f"{LIST}{own.pk}/")).get_text()
    assert "ect@oakfield.example" not in detail
    assert "give a personal address" in detail


def test_what_was_told_in_another_way_is_off_the_list_and_on_the_trail(visit, head, oakfield, lose):
    mentor = person("mentor@oakfield.example", oakfield)
    lose(mentor)
    problem = Undelivered.objects.get()
    assert settle(visit, f"{LIST}{problem.pk}/", "told").url == LIST
    assert rows(visit) == []
    assert Message.objects.get().status == "abandoned"
    event = AuditEvent.objects.get(event="undelivered_settled")
    assert (event.actor_id, event.subject_id, event.organisation_id) == (head.pk, problem.pk, oakfield.pk)
    again = page(visit.get(f"{LIST}{problem.pk}/", follow=True))
    assert "Somebody has seen to this already" in again.get_text()
    lose(mentor)
    assert len(rows(visit)) == 1, "the next one that is lost is a new problem"


def test_an_address_that_works_again_is_sent_what_it_missed_but_not_what_others_send(
    visit, oakfield, lose, mailbox, settings
):
    mentor, good = person("mentor@oakfield.example", oakfield), (mailbox.host, mailbox.port)
    for kind in ("chat", "chat", "told"):
        lose(mentor, kind)
    settings.EMAIL_HOST, settings.EMAIL_PORT = good
    settle(visit, f"{LIST}{Undelivered.objects.get().pk}/", "again")
    deliver_messages()
    assert [mail["Subject"] for mail in mailbox.messages] == ["Something new from Oakfield"] * 2
    assert list(Message.objects.order_by("pk").values_list("status", flat=True)) == ["sent", "sent", "abandoned"]


def test_what_is_not_the_addresss_fault_says_so(visit, oakfield, lose):
    lose(person("mentor@oakfield.example", oakfield), to_message="554 Rejected")
    detail = page(visit.get(page(visit.get(LIST)).select_one("tbody a")["href"])).get_text()
    assert "The address itself was not refused" in detail


def test_somebody_without_an_account_is_a_problem_of_who_wrote_to_them(visit, oakfield, settings, monkeypatch):
    monkeypatch.setitem(kinds._kinds, "told", replace(TOLD, context_keys=frozenset(), subject="News"))
    given = {"subject_id": uuid4(), "organisation_id": oakfield.pk, "url": "/"}
    with stubborn_server(settings, to_address="550 No such mailbox"):
        for _ in range(2):
            outbox.queue_to_address("told", address="boss@employer.example", name="The Employer", **given)
        deliver_messages()
    [row] = rows(visit)
    assert row.startswith("The Employer Statutory 2 ")


def test_an_answer_is_asked_for_and_two_do_not_settle_it_twice(visit, head, oakfield, lose):
    lose(person("mentor@oakfield.example", oakfield))
    problem = Undelivered.objects.get()
    answer = page(settle(visit, f"{LIST}{problem.pk}/", ""))
    assert "Select what you have done" in answer.get_text()
    by = Viewer(head, oakfield, frozenset({Role.HEADTEACHER}), date(2026, 1, 9))
    settle_undelivered(by=by, on=by.on, undelivered_id=problem.pk, done="told")
    with pytest.raises(RuleBroken, match="seen to this already"):
        settle_undelivered(by=by, on=by.on, undelivered_id=problem.pk, done="told")


def test_a_closed_account_is_sent_nothing_again(head, oakfield, lose):
    mentor = person("mentor@oakfield.example", oakfield)
    lose(mentor)
    User.objects.filter(pk=mentor.pk).update(is_active=False)
    by = Viewer(head, oakfield, frozenset({Role.HEADTEACHER}), date(2026, 1, 9))
    with pytest.raises(RuleBroken, match="account is closed"):
        settle_undelivered(by=by, on=by.on, undelivered_id=Undelivered.objects.get().pk, done="again")


def test_the_list_asks_no_more_for_many(visit, oakfield, lose, django_assert_max_num_queries):
    for number in range(5):
        lose(person(f"m{number}@oakfield.example", oakfield))
    with django_assert_max_num_queries(12):
        assert len(rows(visit)) == 5
