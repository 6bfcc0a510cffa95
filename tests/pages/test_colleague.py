"""A colleague's page: opened by the link in the mail, without signing in; checked, sent once, never shown again."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from assessments import actions
from assessments.models import InputAnswer, InputRequest
from cases.rules.standards import Standard
from induction_portal import clock
from induction_portal.accounts import links
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditEvent
from notifications.models import Message
from tests.factories import AppointmentFactory, BodyPeriodFactory, PlacementFactory, UserFactory, viewer
from tests.support.forms import Page

pytestmark = pytest.mark.django_db
PAGE = "/colleague/"
WORDS = {"words_TS4": "Plans build on\nwhat was learned", "words_TS7": ""}


@pytest.fixture
def placement():
    placement = PlacementFactory(starts_on=clock.today() - timedelta(days=90))
    teacher = placement.induction.teacher
    teacher.name, teacher.user = "Hannah Pike", UserFactory(is_ect=True)
    teacher.save()
    BodyPeriodFactory(induction=placement.induction, starts_on=placement.starts_on, agreed_on=placement.starts_on)
    return placement


@pytest.fixture
def tutor(placement):
    person = viewer(placement.school, Role.INDUCTION_TUTOR, on=clock.today())
    told = {"induction": placement.induction, "placement": placement, "school": placement.school}
    AppointmentFactory(**told, kind="induction_tutor", user=person.user, starts_on=placement.starts_on)
    return person


@pytest.fixture
def asked(placement, tutor):
    return ask(placement, tutor)


def ask(placement, by, **other) -> InputRequest:
    told = {
        "name": "Marcus Bell", "post": "Head of English", "email": "Marcus@school.example",
        "standards": [Standard.TS7, Standard.TS4], "question": "How do lessons <b>start</b>?",
        "answer_by": by.on + timedelta(days=7),
    }  # fmt: skip
    return actions.ask_colleague(by=by, on=by.on, placement=placement, **told | other)


@pytest.fixture
def link(asked, mailbox) -> str:
    return mailed(mailbox)


def mailed(mailbox) -> str:
    """The path in the mail."""
    links.send_waiting()
    return re.search(r"http://[^/\s]+(/\S+)", mailbox.messages[-1].get_content())[1]


def text(client, path) -> str:
    return client.get(path, follow=True).content.decode()


def events() -> list[str]:
    return list(AuditEvent.objects.filter(event__startswith="input_").order_by("id").values_list("event", flat=True))


class TestTheMail:
    def test_it_names_neither_the_ect_nor_the_question(self, asked, mailbox):
        mailed(mailbox)
        mail = mailbox.messages[-1]
        body = mail.get_content()
        assert mail["To"] == "marcus@school.example"
        assert f"{asked.asked_by.name} at {asked.school.name} asks you" in body
        for kept in ("Hannah", "start", "Standard", asked.induction.teacher.trn):
            assert kept not in body + mail["Subject"]

    def test_only_the_digest_of_the_secret_is_kept(self, asked, link):
        token = link.rstrip("/").rpartition("/")[2]
        asked.refresh_from_db()
        assert asked.sent_at
        assert token not in str(InputRequest.objects.values_list().get())


class TestAnswering:
    def test_it_says_whom_it_is_about_what_is_asked_and_who_reads_it(self, client, link):
        page = client.get(link, follow=True)
        assert page.redirect_chain == [(PAGE, 302)]
        html = page.content.decode()
        for told in ("Hannah Pike", "How do lessons &lt;b&gt;start&lt;/b&gt;?", "Who will read it", "Confidential"):
            assert told in html
        assert "no-store" in page["Cache-Control"]
        assert link.rstrip("/").rpartition("/")[2] not in html + str(dict(client.session.items()))

    def test_that_it_was_opened_is_noted_once(self, client, link, asked):
        assert client.head(PAGE).status_code == 410
        for _ in range(2):
            text(client, link)
        assert events() == ["input_asked", "input_opened"]
        asked.refresh_from_db()
        assert asked.opened_at

    def test_it_is_checked_and_then_sent(self, client, link, asked, tutor):
        form = Page(text(client, link))
        checked = client.post(PAGE, form.data | WORDS).content.decode()
        assert "Nothing has been sent yet" in checked
        assert "Plans build on<br>what was learned" in checked
        assert not InputAnswer.objects.exists()
        sent = client.post(PAGE, Page(checked).data | {"send": "1"})
        assert sent.url == PAGE
        assert list(InputAnswer.objects.values_list("standard", "words")) == [
            ("TS4", "Plans build on\nwhat was learned")
        ]
        told = Message.objects.filter(kind="input_given").values_list("recipient", flat=True)
        assert set(told) == {tutor.user.pk, asked.induction.teacher.user_id}
        assert events() == ["input_asked", "input_opened", "input_given"]

    def test_what_was_written_can_be_changed_first(self, client, link):
        checked = client.post(PAGE, Page(text(client, link)).data | WORDS).content.decode()
        again = Page(client.post(PAGE, Page(checked).data | {"go_back": "1"}).content.decode())
        assert again.boxes["words_TS4"] == WORDS["words_TS4"]
        assert not again.errors

    def test_nothing_to_say_is_an_answer(self, client, link, asked):
        text(client, link)
        client.post(PAGE, {"nothing_to_say": "on", "send": "1"})
        asked.refresh_from_db()
        assert (asked.nothing_to_say, asked.answered_on) == (True, clock.today())
        assert not InputAnswer.objects.exists()

    def test_once_sent_it_is_neither_shown_nor_taken_again(self, client, link):
        text(client, link)
        for _ in range(2):
            client.post(PAGE, WORDS | {"send": "1"})
        assert events().count("input_given") == 1
        for browser in (client, Client()):
            html = text(browser, link)
            assert "Thank you: your input has been sent" in html
            assert "Plans build on" not in html
            assert "Hannah" not in html
        client.post(PAGE, {"words_TS7": "More", "send": "1"})
        assert InputAnswer.objects.count() == 1

    @pytest.mark.parametrize(
        ("sent", "says"),
        [
            ({}, "Write about at least one Standard"),
            ({"words_TS4": " "}, "Write about at least one Standard"),
            ({"words_TS4": "Good", "nothing_to_say": "on"}, "not both"),
            ({"words_TS4": "x" * 2001}, "2,000 characters or"),
            ({"words_TS4": "a\x00b"}, "cannot be kept"),
        ],
    )
    def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(self, client, link, sent, says):
        text(client, link)
        page = Page(client.post(PAGE, sent | {"send": "1"}).content.decode())
        assert page.title.startswith("Error: ")
        assert any(says in error for error in page.errors), page.errors
        assert not page.broken_links
        if "\x00" not in sent.get("words_TS4", ""):
            assert page.boxes["words_TS4"].strip() == sent.get("words_TS4", "").strip()
        assert not InputAnswer.objects.exists()

    def test_of_a_standard_that_was_not_asked_about_nothing_is_taken(self, client, link):
        text(client, link)
        client.post(PAGE, {"words_TS1": "Kind", "send": "1"})
        assert not InputAnswer.objects.exists()


class TestLinksThatDoNotWork:
    typed = {"words_TS4": "Half an hour's <i>work</i>"}

    def gone(self, client, link, says):
        answers = [client.get(link, follow=True), client.post(PAGE, self.typed | {"send": "1"})]
        for answer in answers:
            html = answer.content.decode()
            assert answer.status_code == 410
            assert says in html
            assert "Hannah" not in html
        assert "Half an hour&#x27;s &lt;i&gt;work&lt;/i&gt;" in html
        assert "Copy it from here" in html
        assert not InputAnswer.objects.exists()

    def test_withdrawn(self, client, link, asked, tutor):
        actions.withdraw_request(by=tutor, on=tutor.on, asked=asked)
        self.gone(client, link, "has withdrawn its request")

    def test_expired(self, client, link):
        InputRequest.objects.update(asked_on="2025-09-01", answer_by="2025-09-08", expires_on="2025-09-15")
        self.gone(client, link, "It worked until 15 September 2025")

    def test_sent_again_the_earlier_one_is_dead(self, client, link, asked, tutor, mailbox):
        actions.ask_again(by=tutor, on=tutor.on, asked=asked)
        self.gone(client, link, "Only the link in the latest email works")
        assert "Hannah Pike" in text(client, mailed(mailbox))

    @pytest.mark.parametrize("token", ["nonsense", "%00", "x" * 400, "zo%C3%AB"])
    def test_unknown(self, client, asked, token):
        self.gone(client, f"/colleague/{token}/", "Only the link in the latest email works")

    def test_while_it_is_being_written(self, client, link, asked, tutor):
        form = Page(text(client, link)).data
        actions.withdraw_request(by=tutor, on=tutor.on, asked=asked)
        answer = client.post(PAGE, form | self.typed)
        assert answer.status_code == 410
        assert "What you wrote was not sent" in answer.content.decode()

    def test_guessing_is_held_back(self, client):
        answers = [client.get(f"/colleague/guess{number}/").status_code for number in range(31)]
        assert answers == [302] * 30 + [429]

    def test_sending_too_often_is_held_back_and_keeps_what_was_written(self, client, link):
        text(client, link)
        answers = [client.post(PAGE, {"words_TS4": ""}).status_code for _ in range(10)]
        assert answers == [200] * 10
        last = client.post(PAGE, WORDS | {"send": "1"})
        page = Page(last.content.decode())
        assert last.status_code == 429
        assert "wait a minute" in page.errors[0]
        assert page.boxes["words_TS4"] == WORDS["words_TS4"]
        assert not InputAnswer.objects.exists()


class TestTheSchool:
    @pytest.fixture
    def answered(self, asked):
        return actions.give_input(
            on=clock.today(), asked_id=asked.pk, words={Standard.TS7: "Calm & quick"}, nothing_to_say=False
        )

    def test_the_answer_is_a_task_until_it_is_read(self, answered, tutor):
        from assessments.input_part import InputPart

        assert [task.says for task in InputPart().work(tutor).tasks] == ["Read the input from Marcus Bell"]
        actions.read_input(by=tutor, on=tutor.on, asked=answered)
        actions.read_input(by=tutor, on=tutor.on, asked=answered)
        assert list(InputPart().work(tutor).tasks) == []
        assert events().count("input_read") == 1

    def test_no_answer_is_awaited_and_then_overdue(self, asked, tutor):
        from assessments.input_part import InputPart

        assert [task.says for task in InputPart().work(tutor).waits] == ["Marcus Bell gives input"]
        InputRequest.objects.update(asked_on="2025-09-01", answer_by="2025-09-08")
        assert list(InputPart().work(tutor).waits) == []
        (task,) = InputPart().work(tutor).tasks
        assert (task.is_due, "overdue" in task.state.lower()) == (True, True)

    def test_it_is_drawn_in_with_a_link_to_its_source(self, answered, placement, tutor):
        from assessments.sources import sources_of
        from cases import access

        found = sources_of(tutor, access.case(tutor, placement.induction_id).subject)
        (source,) = [each for each in found if each.kind == "colleague_input"]
        assert source.standards == (Standard.TS7,)
        assert source.url == reverse("assessments:input_request", args=[answered.pk])
        assert source.says.startswith("Input of Marcus Bell, Head of English, on ")

    def test_a_colleague_who_can_see_the_ects_name_is_on_the_list_of_who_can_see_the_record(
        self, asked, placement, tutor
    ):
        from cases import access
        from cases.accessing import register_of

        induction = access.case(tutor, placement.induction_id).subject
        found = [each for each in register_of(tutor, induction)["people"] if each.name == "Marcus Bell"]
        assert [each.sees for each in found] == ["The ECT’s name and school, and the question: no records"]
        actions.withdraw_request(by=tutor, on=tutor.on, asked=asked)
        assert "Marcus Bell" not in [each.name for each in register_of(tutor, induction)["people"]]
