"""Asking a colleague for input: whom, once, who is told, and what the trail holds of it."""

from datetime import date, timedelta

import pytest
from django.db import transaction

from assessments import actions
from assessments.models import InputRequest
from cases.rules.errors import RuleBroken
from cases.rules.standards import Standard
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditPayload
from notifications.models import Message
from tests.factories import AppointmentFactory, BodyPeriodFactory, PlacementFactory, UserFactory, viewer
from tests.support.trail import last_event

pytestmark = pytest.mark.django_db
START, TODAY = date(2026, 9, 1), date(2026, 11, 18)
TOLD = {
    "name": " Marcus Bell ", "post": "Head of English", "email": " Marcus@School.example",
    "standards": [Standard.TS7, Standard.TS4], "question": "How do lessons start?",
    "answer_by": TODAY + timedelta(days=7),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("induction_portal.clock.today", lambda: TODAY)


@pytest.fixture
def placement():
    placement = PlacementFactory(starts_on=START, contract_starts_on=START)
    teacher = placement.induction.teacher
    teacher.user = UserFactory(is_ect=True, email="ect@school.example")
    teacher.save()
    BodyPeriodFactory(induction=placement.induction, starts_on=START, agreed_on=START)
    told = {"induction": placement.induction, "placement": placement, "school": placement.school}
    AppointmentFactory(**told, kind="mentor", user=UserFactory(email="mentor@school.example"), starts_on=START)
    return placement


@pytest.fixture
def head(placement):
    return viewer(placement.school, Role.HEADTEACHER, on=TODAY, user=UserFactory(email="head@school.example"))


@pytest.fixture
def asked(placement, head):
    return ask(placement, head)


def ask(placement, by, **other):
    return actions.ask_colleague(by=by, on=TODAY, placement=placement, **TOLD | other)


def refused(act, **options):
    with pytest.raises(RuleBroken) as broken, transaction.atomic():
        act(**options)
    return broken.value


def answer(asked, on=TODAY, **other):
    told = {"words": {Standard.TS7: "Calm"}, "nothing_to_say": False} | other
    return actions.give_input(on=on, asked_id=asked.pk, **told)


def test_it_is_a_row_of_the_case_and_the_ect_is_told(asked, placement):
    assert (asked.name, asked.email, asked.standards) == ("Marcus Bell", "marcus@school.example", ["TS4", "TS7"])
    assert (asked.school_id, asked.induction_id) == (placement.school_id, placement.induction_id)
    assert (asked.expires_on, asked.link_digest) == (TODAY + timedelta(days=14), "")
    told = Message.objects.get(kind="input_asked")
    assert told.recipient_id == placement.induction.teacher.user_id


@pytest.mark.parametrize(
    ("email", "says"),
    [("ECT@school.example", "the ECT’s own"), ("head@school.example", "your own"), ("mentor@school.example", "mentor")],
)
def test_some_colleagues_are_never_asked(placement, head, email, says):
    broken = refused(ask, placement=placement, by=head, email=email)
    assert broken.field == "email"
    assert says in broken.message
    assert not InputRequest.objects.exists()


def test_who_has_not_answered_is_not_asked_twice(asked, placement, head):
    assert refused(ask, placement=placement, by=head).field == "email"
    answer(asked)
    assert ask(placement, head).pk != asked.pk


def test_the_trail_holds_neither_the_address_nor_the_words(asked, head):
    answer(asked)
    kept = "\n".join(AuditPayload.objects.values_list("content", flat=True))
    for word in ("marcus", "Marcus", "lessons", "Calm"):
        assert word not in kept
    assert last_event().event == "input_given"
    assert last_event().actor_id is None


def test_an_answer_is_given_once(asked):
    answer(asked)
    assert "does not work" in refused(answer, asked=asked).message
    assert asked.answers.count() == 1


@pytest.mark.parametrize("days", [14, 15])
def test_it_may_come_late_but_not_when_the_link_has_expired(asked, days):
    on = TODAY + timedelta(days=days)
    if days == 14:
        assert answer(asked, on=on).answered_on == on
    else:
        assert "does not work" in refused(answer, asked=asked, on=on).message


def test_sent_again_it_works_for_another_week_and_the_old_secret_is_forgotten(asked, head):
    InputRequest.objects.update(link_digest="a" * 64, failure="refused")
    on = TODAY + timedelta(days=20)
    again = actions.ask_again(by=head, on=on, asked=asked)
    assert (again.expires_on, again.link_digest, again.failure) == (on + timedelta(days=7), "", "")


@pytest.mark.parametrize("act", [actions.ask_again, actions.withdraw_request], ids=lambda act: act.__name__)
def test_what_was_answered_or_withdrawn_is_over(placement, head, act):
    first = ask(placement, head)
    actions.withdraw_request(by=head, on=TODAY, asked=first)
    assert "withdrawn" in refused(act, by=head, on=TODAY, asked=first).message
    second = ask(placement, head)
    answer(second)
    assert "answered" in refused(act, by=head, on=TODAY, asked=second).message


def test_before_there_is_an_answer_nobody_has_read_it(asked, head):
    assert refused(actions.read_input, by=head, on=TODAY, asked=asked).field is None
