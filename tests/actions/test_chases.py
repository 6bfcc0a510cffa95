"""A body asks a school for what is overdue: courteously, once a day, and no longer than it is missing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections, transaction

from cases.actions import end_body_period, send_chase
from cases.actions.chases import NOBODY, NOTHING, NOWHERE, TODAY
from cases.chasing.access import may_be_told
from cases.models import Chase, ChasedStep, Deadline, Induction, Placement
from cases.rules.errors import RuleBroken
from induction_portal import clock
from induction_portal.accounts.models import Membership
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.models import AuditEvent, AuditPayload
from notifications import delivery
from notifications.models import Message
from tests.factories import AppointmentFactory, BodyFactory, MembershipFactory, SchoolFactory, UserFactory, viewer
from tests.support.many import many_cases

BY = System("tests")


class Desk:
    """An officer, and a school of which a progress review is late."""

    def __init__(self) -> None:
        self.on = clock.today()
        self.school, body = SchoolFactory(), BodyFactory()
        self.officer = viewer(body, Role.BODY_OFFICER, on=self.on)
        self.tutor = viewer(self.school, Role.INDUCTION_TUTOR, on=self.on)
        self.head = viewer(self.school, Role.HEADTEACHER, on=self.on)
        (case,) = many_cases(
            1, schools=[self.school], body=body, officer=self.officer.user, tutor=self.tutor.user,
            starts_on=self.on - timedelta(days=300),
        )  # fmt: skip
        self.case = Induction.objects.get(pk=case.pk)

    def ask(self, by: Viewer | None = None, *, on=None, line: str = "") -> Chase:
        by = by or self.officer
        on = on or self.on
        return send_chase(by=Viewer(by.user, by.organisation, by.roles, on), on=on, induction=self.case, line=line)

    def close(self) -> None:
        self.case.deadlines.filter(due_on__lt=self.on).update(closed_on=self.on)

    def refused(self, **given) -> str:
        with pytest.raises(RuleBroken) as broken:
            self.ask(**given)
        return broken.value.message


@pytest.fixture
def desk(db):
    return Desk()


def told():
    return Message.objects.filter(kind="chase_sent").order_by("recipient__name")


class TestAsking:
    def test_the_people_responsible_are_told_and_it_is_written_down(self, desk):
        chase = desk.ask(line="  I can help on Thursday ")
        assert (chase.school, chase.body, chase.sent_by) == (desk.school, desk.officer.organisation, desk.officer.user)
        assert chase.line == "I can help on Thursday"
        (step,) = chase.steps.all()
        due = desk.case.deadlines.get(kind="progress_review", number=1)
        assert (step.kind, step.says, step.due_on) == ("progress_review", "Progress review 1", due.due_on)
        assert {message.recipient for message in told()} == {desk.tutor.user, desk.head.user}
        event = AuditEvent.objects.get(event="chase_sent")
        assert (event.subject_id, event.chain_id) == (chase.pk, f"case:{desk.case.pk}")
        assert "Thursday" not in AuditPayload.objects.get(event=event).content

    def test_the_mail_carries_neither_the_line_nor_a_name(self, desk, mailbox):
        desk.ask(line="About Priya")
        while delivery.deliver_waiting():
            pass
        assert len(mailbox.messages) == 2
        for mail in mailbox.messages:
            text = "".join(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")
            assert "Priya" not in text
            assert desk.case.teacher.name not in text
            assert "review" not in text.lower()
            assert "/chases/" in text

    def test_once_a_day_whoever_asks(self, desk):
        desk.ask()
        colleague = viewer(desk.officer.organisation, Role.BODY_ADMIN, on=desk.on)
        assert desk.refused(by=colleague) == TODAY
        desk.ask(by=colleague, on=desk.on + timedelta(days=1))
        assert Chase.objects.count() == 2

    def test_what_became_late_since_is_asked_for_alone(self, desk):
        desk.ask()
        Deadline.objects.create(
            induction=desk.case, code="D23", kind="leaver", number=1, owner="headteacher", rule="R84", why="Left",
            opened_on=desk.on - timedelta(days=9), due_on=desk.on - timedelta(days=1),
        )  # fmt: skip
        assert [step.kind for step in desk.ask().steps.all()] == ["leaver"]

    def test_nothing_is_asked_for_that_is_not_late(self, desk):
        desk.close()
        assert desk.refused() == NOTHING

    def test_a_mentor_is_asked_only_for_what_is_theirs(self, desk):
        placement = Placement.objects.get(induction=desk.case)
        mentor = viewer(desk.school, Role.MENTOR, on=desk.on).user
        AppointmentFactory(placement=placement, kind="mentor", user=mentor)
        desk.ask()
        assert mentor not in {message.recipient for message in told()}
        Deadline.objects.create(
            induction=desk.case, code="D24", kind="level_review", number=1, owner="mentor", rule="R75", why="Weeks",
            opened_on=desk.on - timedelta(days=9), due_on=desk.on - timedelta(days=1),
        )  # fmt: skip
        desk.ask()
        assert mentor in {message.recipient for message in told()}

    def test_where_nobody_is_there_to_ask(self, desk):
        Membership.objects.filter(organisation=desk.school).delete()
        desk.case.appointments.update(ends_on=desk.on - timedelta(days=1))
        assert desk.refused() == NOBODY
        desk.case.placements.update(ends_on=desk.on - timedelta(days=1))
        assert desk.refused() == NOWHERE

    def test_another_body_and_one_that_let_go_ask_nobody(self, desk):
        stranger = viewer(BodyFactory(), Role.BODY_OFFICER, on=desk.on)
        assert "responsible" in desk.refused(by=stranger)
        yesterday = desk.on - timedelta(days=1)
        end_body_period(by=BY, on=yesterday, period=desk.case.body_periods.get(), last_day=yesterday)
        assert "responsible" in desk.refused()


class TestTheMessage:
    def test_it_waits_no_longer_than_what_is_asked_for_is_missing(self, desk, mailbox):
        desk.ask()
        desk.close()
        while delivery.deliver_waiting():
            pass
        assert {message.status for message in told()} == {"withdrawn"}
        assert not mailbox.messages

    def test_it_goes_out_while_something_of_it_is_missing(self, desk):
        chase = desk.ask()
        assert may_be_told(desk.tutor.user, chase.pk)
        assert may_be_told(desk.head.user, chase.pk)
        desk.close()
        assert not may_be_told(desk.tutor.user, chase.pk)

    def test_who_has_left_is_told_nothing(self, desk):
        chase = desk.ask()
        Membership.objects.filter(user=desk.head.user).update(ends_on=desk.on - timedelta(days=1))
        assert not may_be_told(desk.head.user, chase.pk)
        assert not may_be_told(UserFactory(), chase.pk)

    def test_another_schools_headteacher_may_not_read_it(self, desk):
        chase = desk.ask()
        other = MembershipFactory(organisation=SchoolFactory(), role=Role.HEADTEACHER).user
        assert not may_be_told(other, chase.pk)


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_ask_once():
    """Two real transactions: one asks, the other is told that it was done; no message is there twice."""
    desk = Desk()
    colleague = viewer(desk.officer.organisation, Role.BODY_ADMIN, on=desk.on)
    start = Barrier(2)

    def ask(by):
        start.wait(10)
        try:
            with transaction.atomic():
                desk.ask(by=by)
        except RuleBroken as broken:
            return broken.message
        finally:
            connections.close_all()
        return "asked"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(ask, [desk.officer, colleague]))
    assert answers == sorted([TODAY, "asked"])
    assert (Chase.objects.count(), ChasedStep.objects.count(), told().count()) == (1, 1, 2)
