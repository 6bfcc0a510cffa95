"""The trail: chains that grow and nothing else, every way of tampering found, and a log of reads that stays."""

from contextlib import contextmanager
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from induction_portal.accounts.actions import add_user
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System
from induction_portal.audit.access import log_access
from induction_portal.audit.events import Event
from induction_portal.audit.models import AccessLog, AuditChain, AuditEvent, AuditPayload
from induction_portal.audit.record import INSTALLATION, case_chain, record
from induction_portal.audit.sentences import SENTENCES, sentence
from induction_portal.audit.verify import faults
from tests.factories import BodyFactory, InductionFactory, viewer

pytestmark = pytest.mark.django_db
PORTAL, DAY = System("test"), date(2026, 9, 1)
SOMEBODY = "11111111-1111-4111-8111-111111111111"
TABLES = ["audit_auditevent", "audit_auditpayload", "audit_auditchain", "audit_accesslog"]


def tell(subject, chain, event=Event.MENTOR_APPOINTED, **told):
    return record(PORTAL, event, subject, chain=chain, on=DAY, **told)


@pytest.fixture
def case():
    """A case whose chain holds three events."""
    induction = InductionFactory()
    for number in range(3):
        tell(induction, case_chain(induction.pk), after={"number": number})
    return induction


def events_of(case):
    return AuditEvent.objects.filter(chain_id=case_chain(case.pk)).order_by("sequence")


@contextmanager
def as_owner_without_triggers():
    """What an attacker with the owner's rights would do: the triggers off, whatever they like, the triggers on."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL ROLE portal_owner")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL ROLE portal_app")


def tamper(sql, *values):
    with as_owner_without_triggers() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount


def the_fault():
    return str(next(faults()))


class TestChains:
    def test_each_event_follows_the_one_before(self, case):
        events = list(events_of(case))
        assert [event.sequence for event in events] == [1, 2, 3]
        assert len({event.hash for event in events}) == 3
        chain = AuditChain.objects.get(pk=case_chain(case.pk))
        assert (chain.length, chain.head) == (3, events[-1].hash)
        assert list(faults()) == []

    def test_cases_have_chains_of_their_own(self, case):
        other = InductionFactory()
        assert tell(other, case_chain(other.pk)).sequence == 1
        assert list(faults()) == []

    def test_the_same_content_has_another_hash_in_another_place(self, case):
        first, second = (tell(case, case_chain(case.pk), after={"same": 1}) for _ in range(2))
        assert first.digest == second.digest
        assert first.hash != second.hash

    def test_an_action_that_fails_leaves_no_event(self, case):
        def failing():
            tell(case, case_chain(case.pk))
            raise LookupError

        with pytest.raises(LookupError), transaction.atomic():
            failing()
        assert events_of(case).count() == 3
        assert list(faults()) == []

    def test_what_has_no_place_in_the_trail_is_refused(self, case):
        with pytest.raises(TypeError, match="has no place in the audit trail"):
            tell(case, case_chain(case.pk), after={"file": object()})

    def test_the_time_is_the_databases_wherever_the_demos_clock_stands(self, case, monkeypatch):
        monkeypatch.setattr("induction_portal.clock.now", lambda: timezone.now() - timedelta(days=900))
        with connection.cursor() as cursor:
            cursor.execute("SELECT now()")
            (began,) = cursor.fetchone()
        assert timedelta(0) <= tell(case, case_chain(case.pk)).at - began < timedelta(minutes=1)

    def test_the_start_of_every_chain_stands_on_the_installations(self, case):
        opened = AuditEvent.objects.get(event=Event.CHAIN_OPENED, subject_id=case.pk)
        assert (opened.chain_id, opened.subject_kind) == (INSTALLATION, "case")


class TestTampering:
    """Each way, done as the owner of the tables with the triggers off."""

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("event", "tutor_appointed"), ("actor_id", SOMEBODY), ("acted_as", "headteacher"), ("on", "2026-08-31"),
            ("organisation_id", SOMEBODY), ("subject_id", SOMEBODY), ("subject_kind", "cases.placement"),
            ("at", "2026-01-01"), ("digest", "0" * 64), ("hash", "0" * 64),
        ],
    )  # fmt: skip
    def test_a_changed_event_is_found(self, case, column, value):
        row = events_of(case)[1]
        tamper(f'UPDATE audit_auditevent SET "{column}" = %s WHERE id = %s', value, row.pk)
        assert the_fault() == f"{case_chain(case.pk)}, event 2: was changed, or something before it was"

    def test_a_removed_event_is_found(self, case):
        row = events_of(case)[1]
        tamper("DELETE FROM audit_auditpayload WHERE event_id = %s", row.pk)
        tamper("DELETE FROM audit_auditevent WHERE id = %s", row.pk)
        assert the_fault() == f"{case_chain(case.pk)}, event 2: is missing"

    def test_a_removed_event_is_found_when_the_others_are_renumbered(self, case):
        row = events_of(case)[1]
        tamper("DELETE FROM audit_auditpayload WHERE event_id = %s", row.pk)
        tamper("DELETE FROM audit_auditevent WHERE id = %s", row.pk)
        tamper("UPDATE audit_auditevent SET sequence = 2 WHERE chain = %s AND sequence = 3", case_chain(case.pk))
        assert the_fault() == f"{case_chain(case.pk)}, event 2: was changed, or something before it was"

    def test_a_cut_tail_is_found(self, case):
        row = events_of(case)[2]
        tamper("DELETE FROM audit_auditpayload WHERE event_id = %s", row.pk)
        tamper("DELETE FROM audit_auditevent WHERE id = %s", row.pk)
        assert the_fault() == f"{case_chain(case.pk)}, event 3: is missing: the chain was cut"

    def test_events_that_change_places_are_found(self, case):
        tamper("UPDATE audit_auditevent SET sequence = 99 WHERE chain = %s AND sequence = 1", case_chain(case.pk))
        tamper("UPDATE audit_auditevent SET sequence = 1 WHERE chain = %s AND sequence = 2", case_chain(case.pk))
        tamper("UPDATE audit_auditevent SET sequence = 2 WHERE chain = %s AND sequence = 99", case_chain(case.pk))
        assert the_fault() == f"{case_chain(case.pk)}, event 1: was changed, or something before it was"

    def test_an_event_slipped_in_is_found(self, case):
        columns = 'event, acted_as, "on", at, subject_kind, subject_id, digest, hash'
        tamper(
            f"INSERT INTO audit_auditevent (chain, sequence, {columns}) SELECT chain, 4, {columns}"
            " FROM audit_auditevent WHERE chain = %s AND sequence = 3",
            case_chain(case.pk),
        )
        assert the_fault().startswith(f"{case_chain(case.pk)}, event 4: was changed")

    def test_changed_details_are_found(self, case):
        row = events_of(case)[0]
        tamper("UPDATE audit_auditpayload SET content = %s WHERE event_id = %s", '{"after":null}', row.pk)
        assert the_fault() == f"{case_chain(case.pk)}, event 1: its details were changed"

    def test_removed_details_are_found_unless_their_erasure_was_recorded(self, case):
        row = events_of(case)[0]
        tamper("DELETE FROM audit_auditpayload WHERE event_id = %s", row.pk)
        assert the_fault() == f"{case_chain(case.pk)}, event 1: its details are missing and no erasure was recorded"
        tell(case, case_chain(case.pk), Event.PAYLOAD_ERASED)
        assert list(faults()) == []

    @pytest.mark.parametrize("begun", [False, True])
    def test_what_is_recorded_while_it_reads_is_no_fault(self, case, begun):
        """Somebody goes on with a case, or begins with another, between its looking at the chain and at the events."""
        subject, later = (InductionFactory() if begun else case), []

        def meanwhile(execute, sql, *told):
            if not later and 'FROM "audit_auditevent"' in sql and '"chain" = ' in sql:
                later.append(True)
                tell(subject, case_chain(subject.pk))
            return execute(sql, *told)

        with connection.execute_wrapper(meanwhile):
            assert list(faults()) == []
        assert later
        assert AuditChain.objects.get(pk=case_chain(subject.pk)).length == (1 if begun else 4)

    def test_a_chains_length_set_back_is_found(self, case):
        tamper("UPDATE audit_auditchain SET length = 2 WHERE name = %s", case_chain(case.pk))
        assert "chain was cut" in the_fault()

    def test_a_chain_removed_altogether_is_found(self, case):
        name = case_chain(case.pk)
        tamper(
            "DELETE FROM audit_auditpayload WHERE event_id IN (SELECT id FROM audit_auditevent WHERE chain = %s)", name
        )
        tamper("DELETE FROM audit_auditevent WHERE chain = %s", name)
        tamper("DELETE FROM audit_auditchain WHERE name = %s", name)
        assert the_fault() == f"{name}, event 1: is missing: the whole chain was removed"

    def test_the_installations_chain_removed_altogether_is_found(self, case):
        tamper(
            "DELETE FROM audit_auditpayload WHERE event_id IN"
            " (SELECT id FROM audit_auditevent WHERE chain = 'installation')"
        )
        tamper("DELETE FROM audit_auditevent WHERE chain = 'installation'")
        tamper("DELETE FROM audit_auditchain WHERE name = 'installation'")
        assert "the installation's chain does not tell of its start" in the_fault()

    def test_the_command_names_the_first_bad_row_and_fails(self, case):
        whole, bad = StringIO(), StringIO()
        call_command("verify_audit", stdout=whole)
        assert whole.getvalue().startswith("The audit trail is whole: ")
        tamper("UPDATE audit_auditevent SET acted_as = 'x' WHERE id = %s", events_of(case)[2].pk)
        with pytest.raises(SystemExit) as ended:
            call_command("verify_audit", stderr=bad)
        assert ended.value.code == 1
        assert f"{case_chain(case.pk)}, event 3: was changed" in bad.getvalue()


class TestAppendOnly:
    """The application, and the owner too, with the triggers on."""

    @pytest.fixture
    def rows(self, case):
        by = viewer(BodyFactory(), Role.BODY_OFFICER, on=DAY)
        log_access(by, case, at=timezone.now())
        return case

    @pytest.mark.parametrize("role", ["portal_app", "portal_owner"])
    @pytest.mark.parametrize(
        "sql",
        [
            "UPDATE audit_auditevent SET acted_as = 'x'",
            "DELETE FROM audit_auditevent",
            "UPDATE audit_auditpayload SET content = ''",
            "DELETE FROM audit_auditpayload",
            "UPDATE audit_auditchain SET length = length + 2",
            "UPDATE audit_auditchain SET length = length - 1",
            "UPDATE audit_auditchain SET length = length + 1, name = name || 'x'",
            "DELETE FROM audit_auditchain",
            "UPDATE audit_accesslog SET refused = true",
            "DELETE FROM audit_accesslog",
        ],
    )
    def test_the_past_is_refused_to_everybody(self, rows, role, sql):
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")
            with pytest.raises(IntegrityError, match=r"append-only|only grows"), transaction.atomic():
                cursor.execute(sql)

    @pytest.mark.parametrize("role", ["portal_app", "portal_owner"])
    @pytest.mark.parametrize("table", TABLES)
    def test_emptying_a_table_is_refused_to_everybody(self, rows, role, table):
        """The test database alone has these triggers off, for its flush; here they are on, as everywhere else."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL ROLE portal_owner")
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgtype & 32 <> 0 AND NOT tgisinternal",
                [table],
            )
            (trigger,) = cursor.fetchone()
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
            cursor.execute(f"SET LOCAL ROLE {role}")
        with (
            pytest.raises(IntegrityError, match="append-only: TRUNCATE"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"TRUNCATE {table} CASCADE")

    def test_details_are_erased_only_by_a_transaction_that_says_so(self, case):
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL portal.erasing = 'by retention'")
        details = AuditPayload.objects.filter(event__in=events_of(case))
        details.delete()
        tell(case, case_chain(case.pk), Event.PAYLOAD_ERASED)
        assert list(faults()) == []
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            AuditEvent.objects.filter(pk=events_of(case)[0].pk).delete()


class TestReads:
    def test_a_read_is_logged_once_an_hour_for_each_person_and_capacity(self, case):
        body, noon = BodyFactory(), timezone.now().replace(minute=5)
        officer = viewer(body, Role.BODY_OFFICER, on=DAY)
        for later in (0, 10, 50):
            log_access(officer, case, at=noon + timedelta(minutes=later))
        assert AccessLog.objects.count() == 1
        log_access(officer, case, at=noon + timedelta(minutes=60))
        log_access(viewer(body, Role.BODY_ADMIN, on=DAY), case, at=noon)
        log_access(viewer(None, Role.ECT, on=DAY, user=officer.user), case, at=noon)
        log_access(officer, case, at=noon, refused=True)
        assert AccessLog.objects.count() == 5
        row = AccessLog.objects.last()
        assert (row.case_id, row.subject_kind, row.acted_as, row.refused) == (
            case.pk, "cases.induction", "body_officer", False
        )  # fmt: skip

    def test_reading_leaves_the_chains_alone(self, case):
        before = AuditEvent.objects.count()
        log_access(viewer(BodyFactory(), Role.BODY_OFFICER, on=DAY), case, at=timezone.now())
        assert AuditEvent.objects.count() == before


def test_every_event_has_its_sentence_and_no_sentence_is_without_an_event():
    assert set(SENTENCES) == set(Event)
    assert all(sentence(event)[0].islower() and not sentence(event).endswith(".") for event in Event)


def test_names_stay_out_of_the_trail_of_sign_ins():
    add_user(by=PORTAL, on=DAY, email="jo@b.example", name="Jo Canary")
    assert not AuditPayload.objects.filter(content__contains="Canary").exists()
