"""What the operator sees of the installation, and does about messages: numbers and times, never whose."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.utils import timezone

from cases.models import Induction
from cases.rules.errors import RuleBroken
from induction_portal import clock
from induction_portal.audit import checking
from induction_portal.audit.models import AuditCheck, AuditEvent, AuditPayload
from induction_portal.audit.tasks import check_trail
from induction_portal.audit.verify import faults
from induction_portal.celery import app
from induction_portal.operations.figures import SECTIONS
from induction_portal.sweeps.models import SweepRun
from notifications import kinds, operating
from notifications.models import DIGEST, Message, Undelivered
from tests.support.visitors import Visitor
from tests.support.world_people import viewer_of

PAGE, OUTBOX = "/operations/", "/messages/outbox/"


@pytest.fixture
def operator(world):
    return Visitor(world.people["operator@portal"])


def figures(visitor):
    response = visitor.get(PAGE)
    assert response.status_code == 200
    rows = BeautifulSoup(response.content, "html.parser").select(".govuk-summary-list__row")
    return {row.dt.get_text(" ", strip=True): row.dd.get_text(" ", strip=True) for row in rows}


def some(kind="chase_sent", **facts):
    message = Message.objects.filter(kind=kind).earliest("pk")
    Message.objects.filter(pk=message.pk).update(**facts)
    return Message.objects.get(pk=message.pk)


def some_mail(**facts):
    """A mail of several messages, and one that it told of."""
    line = some(digest_on=clock.today(), sent_at=None, **facts)
    mail = Message.objects.create(
        kind=DIGEST, recipient=line.recipient, subject_id=line.recipient_id, url="/messages/", title="Yours", **facts
    )
    Message.objects.filter(pk=line.pk).update(digest=mail)
    Undelivered.objects.filter(recipient=mail.recipient).delete()
    return mail, line


def acting(world):
    person = world.people["operator@portal"]
    return {"by": viewer_of(person.user_id, person.acting_for, world.today), "on": world.today}


FAILED = {"status": "failed", "failure": "The mail server put the address off (code 451).", "attempts": 2}
PARKED = {"status": "abandoned", "failure": "The mail server refused the address (code 550).", "attempts": 1}


class TestTheSweeps:
    def test_each_of_the_timetable_is_there(self, operator):
        told = figures(operator)
        assert {name.capitalize() for name in app.conf.beat_schedule} <= set(told)
        assert told["Begin the school year"] == "Never"
        assert told["Deliver messages"] == "Never Look at this"

    @pytest.mark.parametrize(("ago", "says"), [(20, "seconds"), (3600, "seconds Look at this")])
    def test_one_that_is_late_stands_out(self, operator, ago, says):
        ran = timezone.now() - timedelta(seconds=ago)
        SweepRun.objects.create(name="deliver messages", started_at=ran, finished_at=ran, milliseconds=1200)
        assert figures(operator)["Deliver messages"].endswith(f"in 1.2 {says}")

    def test_so_does_one_that_begins_and_is_killed_each_time(self, operator):
        now = timezone.now()
        SweepRun.objects.create(name="deliver messages", started_at=now, finished_at=now - timedelta(hours=2))
        assert figures(operator)["Deliver messages"].endswith("Look at this")

    def test_so_does_one_that_failed_or_never_ended(self, operator):
        now = timezone.now()
        SweepRun.objects.create(name="deliver messages", started_at=now, finished_at=now, failed=True)
        SweepRun.objects.create(name="reckon stale cases", started_at=now)
        told = figures(operator)
        assert told["Deliver messages"].endswith("The run after that failed: the log says why Look at this")
        assert told["Reckon stale cases"] == "Begun, and never ended Look at this"


class TestTheFigures:
    def test_every_section_is_there(self, operator):
        assert set(SECTIONS) >= {"Messages", "Cases", "Documents", "Audit trail"}
        told = figures(operator)
        assert set(told) >= {
            "Waiting to be sent", "The oldest that waits is of", "Failed, to be tried again", "Could not be sent",
            "Waiting for their dates to be worked out again", "Documents to be made", "Bundles under way",
            "Last checked",
        }  # fmt: skip

    def test_they_count_what_there_is(self, operator):
        Message.objects.all().update(status="sent", sent_at=timezone.now())
        assert figures(operator)["The oldest that waits is of"] == "None waits"
        written = clock.now() - timedelta(hours=3)
        some(status="queued", sent_at=None, created_at=written)
        told = figures(operator)
        assert told["Waiting to be sent"] == "1"
        assert told["The oldest that waits is of"].endswith("Look at this")
        some(sent_at=None, **FAILED)
        assert figures(operator)["Failed, to be tried again"] == "1 Look at this"
        before = Induction.objects.filter(stale=True).count()
        Induction.objects.filter(pk__in=Induction.objects.values("pk")[:2]).update(stale=True)
        assert figures(operator)["Waiting for their dates to be worked out again"] == str(before + 2)

    def test_they_name_nobody(self, operator, world):
        some(**FAILED)
        for page in (PAGE, OUTBOX):
            told = operator.get(page).content.decode()
            assert not [c for c in world.found_in(told) if c.text not in operator.person.name]
            assert not [p.email for p in world.people.values() if p.email in told]


class TestTheTrail:
    def test_it_is_checked_in_parts_and_found_whole(self, operator, monkeypatch):
        monkeypatch.setattr("induction_portal.audit.tasks._wake", lambda: None)
        AuditCheck.objects.all().delete()
        assert figures(operator)["Last checked"] == "Never Look at this"
        check = checking.begin_check()
        assert checking.go_on(check.pk, most=3)
        assert figures(operator)["Check under way"] == "3 chains so far"
        assert checking.begin_check() == check
        while check_trail():
            pass
        assert AuditCheck.objects.count() == 1
        told = figures(operator)
        assert "whole" in told["Last checked"]
        assert "Check under way" not in told

    def test_what_was_tampered_with_is_said(self, operator):
        AuditCheck.objects.all().delete()
        event = AuditEvent.objects.exclude(chain="installation").earliest("pk")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL ROLE portal_owner")
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
            cursor.execute('UPDATE audit_auditevent SET "on" = "on" - 1 WHERE id = %s', [event.pk])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL ROLE portal_app")
        fault = next(faults())
        assert not checking.go_on(checking.begin_check().pk, most=10**6)
        assert AuditCheck.objects.get().fault == str(fault)
        assert str(fault) in figures(operator)["Last checked"]

    def test_a_check_that_is_old_is_to_be_looked_at(self, operator):
        AuditCheck.objects.update(ended_at=timezone.now() - timedelta(days=3))
        assert figures(operator)["Last checked"].endswith("Look at this")


class TestMessages:
    def test_what_was_given_up_goes_out_again(self, operator, world):
        message = some(**PARKED)
        page = operator.get(OUTBOX).content.decode()
        assert "refused the address (code 550)" in page
        assert message.title not in page
        answer = operator.post(f"{OUTBOX}again/", {"message": message.pk})
        assert (answer.status_code, answer["Location"]) == (302, OUTBOX)
        message.refresh_from_db()
        assert (message.status, message.attempts, message.failure) == ("queued", 0, "")
        event = AuditEvent.objects.get(event="message_requeued")
        content = json.loads(AuditPayload.objects.get(event=event).content)
        assert content["after"] == {"message": message.pk, "kind": message.kind, "status": "queued"}
        assert event.chain_id == "installation"

    def test_a_mail_of_several_goes_out_again_with_what_it_told(self, operator, world):
        mail, line = some_mail(status="abandoned", failure="Refused.")
        operator.post(f"{OUTBOX}again/", {"message": mail.pk})
        line.refresh_from_db()
        assert (line.status, line.failure) == ("held", "")

    def test_a_mail_of_several_that_is_set_aside_ends_what_it_told(self, operator, world):
        mail, line = some_mail(**FAILED)
        Message.objects.filter(pk=line.pk).update(status="held", failure="")
        operator.post(f"{OUTBOX}aside/", {"message": mail.pk})
        line.refresh_from_db()
        assert line.status == "abandoned"
        problem = Undelivered.objects.get(recipient=mail.recipient, settled="")
        assert (problem.organisation_id, problem.to_address) == (line.organisation_id, False)

    def test_what_failed_is_set_aside(self, operator):
        message = some(**FAILED)
        assert operator.post(f"{OUTBOX}aside/", {"message": message.pk}).status_code == 302
        message.refresh_from_db()
        assert message.status == "abandoned"
        assert message.failure.endswith(operating.BY_OPERATOR)
        assert AuditEvent.objects.filter(event="message_parked").count() == 1

    @pytest.mark.parametrize(("act", "facts"), [("requeue", FAILED), ("park", PARKED)])
    def test_what_has_moved_on_is_left_alone(self, world, act, facts):
        message, before = some(**facts), AuditEvent.objects.count()
        with pytest.raises(RuleBroken, match="moved on"):
            getattr(operating, act)(message_id=message.pk, **acting(world))
        assert AuditEvent.objects.count() == before

    def test_what_its_sender_was_told_of_is_its_senders_to_send(self, operator, world):
        owned = next(kind.name for kind in kinds.registered() if kind.on_lost)
        message = some(kind=owned, **PARKED)
        assert "Its sender was told" in operator.get(OUTBOX).content.decode()
        with pytest.raises(RuleBroken, match="from their own page"):
            operating.requeue(message_id=message.pk, **acting(world))

    def test_the_list_goes_on_by_key(self, operator):
        Message.objects.filter(pk__in=Message.objects.filter(sent_at=None).values("pk")[:40]).update(**FAILED)
        first = BeautifulSoup(operator.get(OUTBOX).content, "html.parser")
        assert len(first.select("tbody tr")) == operating.PAGE_SIZE
        onward = first.select_one("nav[aria-label*=agination] a, .govuk-pagination a")["href"]
        second = BeautifulSoup(operator.get(OUTBOX + onward).content, "html.parser")
        shown = {row.th.get_text() for page in (first, second) for row in page.select("tbody tr")}
        assert len(shown) == 40

    @pytest.mark.parametrize("message", ["", "x", "0", str(2**63)])
    def test_a_message_that_cannot_be_is_not_found(self, operator, message):
        assert operator.post(f"{OUTBOX}again/", {"message": message}).status_code == 404
