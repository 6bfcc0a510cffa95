"""What the sweep says, to whom, and that it says it once (R90, R79)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from io import StringIO
from threading import Barrier
from time import monotonic, sleep

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import Deadline, Induction, Placement, Reminder
from cases.parts import PARTS
from cases.reminding.actions import say_batch, withdraw_passed
from cases.reminding.part import RemindingPart
from cases.reminding.sweep import remind_at_once, send_reminders
from cases.reminding.tell import KINDS, SUBJECTS
from cases.rules.reminders import SOMETHING, STATUTORY
from cases.tasks import remind_at_once as the_quick_task
from cases.tasks import send_reminders as the_task
from induction_portal.accounts.models import Membership
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import options
from induction_portal.celery import app
from induction_portal.sweeps.models import SweepRun
from induction_portal.sweeps.recording import swept
from notifications import kinds
from notifications.models import Message, Undelivered
from notifications.undelivered import note
from tests.factories import (
    BodyPolicyFactory,
    PlacementFactory,
    ReminderFactory,
    SchoolPolicyFactory,
    UserFactory,
    viewer,
)
from tests.support.many import many_cases
from tests.support.reminding import DUE, START, reminded

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
FIVE, TWO = date(2026, 12, 11), date(2026, 12, 16)
ONE_LATE, THREE_LATE = date(2026, 12, 21), date(2026, 12, 23)
TUTOR, HEAD, OFFICER, ADMIN = "induction_tutor", "headteacher", "body_officer", "body_admin"


@pytest.fixture
def case():
    return reminded()


def sweep(*days):
    for on in days:
        send_reminders(on=on)


class TestTheLadder:
    """R90."""

    @pytest.mark.parametrize(
        ("on", "told"),
        [
            (FIVE - ONE_DAY, []),
            (FIVE, [(TUTOR, "coming")]),
            (TWO, [(TUTOR, "coming")]),
            (DUE, [(TUTOR, "last_day")]),
            (ONE_LATE, [(TUTOR, "late"), (HEAD, "up")]),
            (THREE_LATE, [(TUTOR, "late"), (HEAD, "up")]),
            (date(2027, 1, 12), []),
        ],
    )
    def test_a_step_on_its_day_to_who_has_to_meet_it(self, case, on, told):
        case.due()
        sweep(on)
        assert case.told() == told
        assert Reminder.objects.count() == (1 if told else 0)

    @pytest.mark.parametrize(
        ("owner", "code", "above"),
        [("mentor", "", HEAD), ("ect", "", HEAD), (HEAD, "D8", ADMIN), (OFFICER, "D11", ADMIN)],
    )
    def test_late_it_goes_up(self, case, owner, code, above):
        case.due(owner, code=code, kind="leaver")
        sweep(ONE_LATE)
        law = "_statutory" if code else ""
        assert case.told() == [(owner, f"late{law}"), (above, f"up{law}")]

    def test_what_is_due_at_once_is_said_within_minutes(self, case):
        case.due(HEAD, code="D19", kind="absence_notice", opened_on=DUE - ONE_DAY)
        case.due(number=2, due_on=DUE + timedelta(days=6))
        remind_at_once(on=DUE - ONE_DAY)
        assert case.told() == [(HEAD, "coming_statutory")]
        message = Message.objects.get()
        assert message.title == f"Due on 18 December 2026: {SOMETHING}"

    def test_a_school_begins_sooner_and_goes_up_later(self, case):
        SchoolPolicyFactory(organisation=case.placement.school, remind_from=10, escalate_after=3)
        BodyPolicyFactory(organisation=case.period.body, remind_officers_from=2)
        case.due()
        case.due(OFFICER, code="D11", kind="decision")
        sweep(date(2026, 12, 4), FIVE)
        assert case.told() == [(TUTOR, "coming")] * 2
        Message.objects.all().delete()
        sweep(ONE_LATE, THREE_LATE)
        told = [each for each in case.told() if each[0] in (TUTOR, HEAD)]
        assert told == [(TUTOR, "late"), (TUTOR, "late"), (HEAD, "up")]

    def test_a_message_says_what_and_when_and_leads_to_the_case(self, case):
        case.due()
        sweep(FIVE)
        message = Message.objects.get()
        assert message.title == "Due on 18 December 2026: hold the progress review"
        assert (message.url, message.organisation_id) == (f"/cases/{case.induction.pk}/", case.placement.school_id)
        assert message.subject_id == Reminder.objects.get().pk


class TestOnce:
    """One message for each person, deadline, day and step."""

    def test_the_sweep_run_again_says_nothing(self, case):
        case.due()
        sweep(FIVE, FIVE, FIVE + ONE_DAY)
        remind_at_once(on=FIVE)
        assert len(case.told()) == 1

    def test_after_an_outage_what_was_missed_is_one_message(self, case):
        case.due()
        sweep(FIVE - ONE_DAY, DUE)
        assert case.told() == [(TUTOR, "last_day")]

    def test_a_sweep_of_yesterday_that_comes_after_todays_says_nothing(self, case):
        """Two schedulers, one of which crossed midnight."""
        case.due()
        sweep(DUE, TWO, FIVE)
        assert case.told() == [(TUTOR, "last_day")]

    def test_moved_the_new_day_counts_and_what_was_not_sent_is_withdrawn(self, case):
        row = case.due()
        sweep(FIVE)
        Deadline.objects.filter(pk=row.pk).update(due_on=DUE + timedelta(days=7))
        sweep(FIVE + ONE_DAY, DUE)
        assert [m.status for m in Message.objects.order_by("pk")] == ["withdrawn", "queued"]
        assert "25 December 2026" in Message.objects.latest("pk").title

    def test_moved_there_and_back_nothing_is_said_again(self, case):
        row = case.due()
        sweep(FIVE)
        for due_on in (DUE + ONE_DAY, DUE):
            Deadline.objects.filter(pk=row.pk).update(due_on=due_on)
            sweep(FIVE)
        assert len(case.told()) == 1

    def test_a_step_that_was_not_sent_gives_way_to_the_next(self, case):
        case.due()
        sweep(FIVE, TWO)
        assert [m.status for m in Message.objects.order_by("pk")] == ["withdrawn", "queued"]

    def test_what_was_sent_stays(self, case):
        case.due()
        sweep(FIVE)
        Message.objects.update(status="sent", sent_at=Message.objects.get().created_at)
        Deadline.objects.update(closed_on=FIVE)
        assert withdraw_passed() == 0
        assert Message.objects.get().status == "sent"

    def test_the_database_refuses_a_step_said_twice(self, case):
        case.due()
        sweep(FIVE)
        with pytest.raises(IntegrityError), transaction.atomic():
            ReminderFactory(induction=case.induction, due_on=DUE)


class TestDelivery:
    """What is asked just before a message goes out."""

    @pytest.fixture
    def asked(self, case):
        case.due()
        sweep(FIVE)
        kind, reminder = kinds.get("reminder_coming"), Reminder.objects.get()
        return lambda role=TUTOR: kind.may_see(case.people[role], reminder.pk)

    def test_it_goes_while_it_holds(self, asked):
        assert asked()

    def test_not_to_who_may_not_know_of_the_case(self, asked):
        Membership.objects.filter(role=TUTOR).update(ends_on=START)
        assert not asked()

    @pytest.mark.parametrize("change", [{"closed_on": FIVE}, {"due_on": TWO}, {"waits": "return"}, {"number": 2}])
    def test_not_when_it_was_met_or_moved(self, asked, change):
        Deadline.objects.update(**change)
        assert not asked()

    def test_not_of_what_only_others_may_know(self, case):
        case.due(kind="level_review", code="")
        sweep(FIVE)
        may_see, reminder = kinds.get("reminder_coming").may_see, Reminder.objects.get()
        assert may_see(case.people[TUTOR], reminder.pk)
        assert not may_see(case.people["school_admin"], reminder.pk)

    def test_the_inbox_names_the_ect_to_who_may_know(self, case, asked):
        about, reminder = kinds.get("reminder_coming").about, Reminder.objects.get()
        (tutor,) = options(case.people[TUTOR], on=FIVE)
        assert dict(about(tutor, [reminder.pk])) == {reminder.pk: case.induction.teacher.name}
        stranger = viewer(PlacementFactory().school, Role.HEADTEACHER, on=FIVE)
        assert not about(stranger, [reminder.pk])


class TestNobody:
    """Who is not reminded."""

    @pytest.mark.parametrize(
        "changes",
        [
            {"closed_on": START},
            {"owner": "system"},
            {"waits": "return"},
            {"kind": "absence_warning"},
            {"opened_on": FIVE + ONE_DAY},
        ],
    )
    def test_of_what_nobody_has_to_do_now(self, case, changes):
        case.due(**changes)
        sweep(FIVE)
        assert case.told() == []

    def test_of_a_case_whose_dates_are_being_worked_out(self, case):
        case.due()
        Induction.objects.update(stale=True)
        assert say_batch(on=FIVE) is None

    def test_a_school_that_has_let_the_ect_go(self, case):
        case.due()
        Placement.objects.update(ends_on=FIVE - ONE_DAY)
        sweep(FIVE)
        assert case.told() == []

    def test_a_body_that_has_handed_the_case_over(self, case):
        case.due(OFFICER, code="D11", kind="decision")
        case.period.ends_on = FIVE - ONE_DAY
        case.period.save()
        sweep(FIVE)
        assert case.told() == []

    def test_a_school_of_what_was_due_before_it_began(self, case):
        case.due(opened_on=START - ONE_DAY)
        Placement.objects.update(contract_starts_on=DUE + ONE_DAY, starts_on=DUE + ONE_DAY)
        sweep(DUE + 3 * ONE_DAY)
        assert case.told() == []

    def test_of_a_review_that_waits_for_the_one_before(self, case):
        case.due()
        case.due(number=2)
        sweep(FIVE)
        assert Reminder.objects.get().number == 1


class TestTheNext:
    """Somebody who cannot be reached, or is not there."""

    def gone(self, case, role, how):
        user = case.people[role]
        if how == "left":
            Membership.objects.filter(user=user).update(ends_on=START)
        elif how == "appointment":
            case.appointed[role].delete()
        else:
            type(user).objects.filter(pk=user.pk).update(
                **({"is_active": False} if how == "inactive" else {"email": ""})
            )

    @pytest.mark.parametrize("how", ["left", "appointment", "inactive", "email"])
    def test_the_lead_hears_for_a_tutor(self, case, how):
        self.gone(case, TUTOR, how)
        case.due()
        sweep(FIVE)
        assert case.told() == [("induction_lead", "stand_in")]

    @pytest.mark.parametrize(
        ("owner", "missing", "told"),
        [
            (TUTOR, [TUTOR, "induction_lead"], HEAD),
            (HEAD, [HEAD], "induction_lead"),
            (OFFICER, [OFFICER], ADMIN),
            ("mentor", ["mentor"], TUTOR),
            ("ect", ["ect"], TUTOR),
            ("school_admin", ["school_admin"], HEAD),
        ],
    )
    def test_of_each_role(self, case, owner, missing, told):
        for role in missing:
            self.gone(case, role, "inactive")
        case.due(owner, kind="leaver")
        sweep(FIVE)
        assert case.told() == [(told, "stand_in")]

    def test_with_nobody_at_all_it_is_said_when_there_is_somebody(self, case):
        Membership.objects.filter(organisation=case.placement.school).update(ends_on=START)
        case.due()
        sweep(FIVE)
        assert not Reminder.objects.exists()
        Membership.objects.update(ends_on=None)
        sweep(FIVE + ONE_DAY)
        assert case.told() == [(TUTOR, "coming")]

    def test_who_has_no_working_address_finds_it_in_the_portal_and_the_next_is_mailed(self, case):
        case.due()
        sweep(FIVE)
        note(Message.objects.get(), "The mail server refused the address.", to_address=True)
        sweep(DUE)
        assert case.told()[1:] == [(TUTOR, "last_day"), ("induction_lead", "stand_in")]
        settled = {"settled": "told", "settled_at": timezone.now()}
        Undelivered.objects.update(**settled)
        sweep(ONE_LATE)
        assert case.told()[3:] == [(TUTOR, "late"), (HEAD, "up")]

    def test_mail_to_an_ect_is_looked_after_by_their_school(self, case):
        case.due("ect", kind="leave_choice", code="D21")
        sweep(FIVE)
        assert Message.objects.get().organisation_id == case.placement.school_id

    def test_of_support_never_who_may_not_know_of_it(self, case):
        for role in (TUTOR, "induction_lead", HEAD):
            self.gone(case, role, "inactive")
        case.due(kind="level_review", code="")
        sweep(FIVE, ONE_LATE)
        assert case.told() == []

    def test_whether_to_appeal_is_the_ects_alone(self, case):
        case.due("ect", kind="appeal", code="D14")
        sweep(ONE_LATE)
        assert case.told() == [("ect", "late_statutory")]
        self.gone(case, "ect", "inactive")
        sweep(THREE_LATE)
        assert len(case.told()) == 1

    def test_who_stands_in_is_not_told_again_as_who_is_above(self, case):
        for role in (TUTOR, "induction_lead"):
            self.gone(case, role, "inactive")
        case.due()
        sweep(ONE_LATE)
        assert case.told() == [(HEAD, "stand_in")]


class TestTheGapIsATask:
    """Of whoever can mend it."""

    def tasks(self, user):
        (who,) = options(user, on=FIVE)
        with CaptureQueriesContext(connection) as asked:
            told = [(task.says, task.about) for task in RemindingPart().tasks(who)]
        assert len(asked) <= 1
        return told

    def test_it_is_a_part_of_every_worklist(self):
        assert [part for part in PARTS if isinstance(part, RemindingPart)]

    def test_nobody_is_missing(self, case):
        assert {role: self.tasks(user) for role, user in case.people.items()} == {role: [] for role in case.people}

    def test_a_tutor_who_may_not_sign_in(self, case):
        type(case.people[TUTOR]).objects.filter(pk=case.people[TUTOR].pk).update(is_active=False)
        told = [("Appoint another induction tutor: the one appointed cannot be reached", case.induction.teacher.name)]
        assert self.tasks(case.people[HEAD]) == self.tasks(case.people["school_admin"]) == told
        assert self.tasks(case.people["mentor"]) == self.tasks(case.people[ADMIN]) == []

    def test_a_school_without_a_headteacher(self, case):
        Membership.objects.filter(role=HEAD).update(ends_on=START)
        says = "Invite a headteacher: nobody who is can be reached"
        assert self.tasks(case.people["school_admin"]) == [(says, case.placement.school.name)]

    def test_an_officer_who_has_left(self, case):
        Membership.objects.filter(role=OFFICER).update(ends_on=START)
        says = "Name another officer: the one who was named cannot be reached"
        assert self.tasks(case.people[ADMIN]) == [(says, case.induction.teacher.name)]


class TestTheKinds:
    """What messages are called, and which may be muted."""

    def test_each_is_there_twice_and_the_laws_days_may_not_be_muted(self):
        found = {name: kinds.get(name) for name in KINDS}
        assert len(found) == 2 * len(SUBJECTS)
        assert {name for name, kind in found.items() if kind.statutory} == {
            n for n in found if n.endswith("_statutory")
        }

    def test_a_decision_is_reminded_of_as_statutory(self, case):
        case.due(OFFICER, code="D11", kind="decision")
        sweep(FIVE)
        assert kinds.get(Message.objects.get().kind).statutory
        assert "D11" in STATUTORY

    @pytest.mark.parametrize("name", KINDS)
    def test_every_mail_is_whole(self, name, case, mailbox):
        from notifications import outbox
        from notifications.mail import compose

        outbox.queue_many(
            [
                outbox.Telling(
                    name, case.people[TUTOR].pk, case.induction.pk, None, "/", {"due": "1 May 2027", "what": "decide"}
                )
            ]
        )
        mail = compose(Message.objects.get(), kinds.get(name))
        assert "1 May 2027" in mail.body
        assert "decide" in mail.body
        assert "{" not in mail.subject + mail.body


class TestTheSweep:
    """What is written down of it, and how it is run."""

    def test_the_last_run_is_known(self, case):
        case.due()
        sweep(FIVE)
        run = SweepRun.objects.get(name="send reminders")
        assert run.facts == {"stale": 0, "looked_at": 1, "reminders": 1, "messages": 1, "withdrawn": 0}
        assert run.finished_at >= run.started_at
        assert not run.failed

    def test_one_that_failed_says_so_and_what_was_before_stays(self):
        with swept("x") as facts:
            facts["done"] = 3
        with pytest.raises(ValueError, match="broken"), swept("x"):
            raise ValueError("broken")
        run = SweepRun.objects.get(name="x")
        assert (run.failed, run.facts) == (True, {"done": 3})
        assert run.finished_at <= run.started_at

    def test_the_command_is_the_same_code(self, case):
        case.due()
        told = StringIO()
        call_command("send_reminders", "--on", "2026-12-11", stdout=told)
        assert "reminders: 1, messages: 1" in told.getvalue()
        call_command("send_reminders", stdout=told)
        assert len(case.told()) == 1

    @pytest.mark.parametrize(("on", "says"), [("11/12/2026", "write it like"), ("1066-10-14", "2000 to 2100")])
    def test_the_command_refuses_a_day_it_cannot_know(self, on, says):
        with pytest.raises(CommandError, match=says):
            call_command("send_reminders", "--on", on)

    def test_it_is_on_the_timetable(self):
        tasks = {entry["task"] for entry in app.conf.beat_schedule.values()}
        assert {the_task.name, the_quick_task.name} <= tasks
        assert the_task() == the_quick_task() == 0

    def test_every_sweep_of_the_timetable_is_recorded_under_its_name(self, mailbox):
        for name, entry in app.conf.beat_schedule.items():
            app.tasks[entry["task"]]()
            assert SweepRun.objects.get(name=name).finished_at, name
        assert SweepRun.objects.count() == len(app.conf.beat_schedule)

    def test_as_many_queries_for_forty_as_for_four(self, case):
        """Each batch of a thousand deadlines costs the same."""
        asked = {}
        for count, trn in ((4, 7_000_000), (40, 7_100_000)):
            many_cases(
                count,
                schools=[case.placement.school],
                body=case.period.body,
                officer=case.people[OFFICER],
                tutor=case.people[TUTOR],
                starts_on=START,
                first_trn=trn,
            )
            with CaptureQueriesContext(connection) as captured:
                done = say_batch(on=FIVE)
            assert done.reminders == count
            asked[count] = len(captured)
        assert asked[4] == asked[40] <= 20


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_the_same_moment_say_it_once():
    case = reminded()
    case.due()
    case.due(OFFICER, code="D11", kind="decision")
    together = Barrier(3)

    def run():
        try:
            together.wait(timeout=20)
            return send_reminders(on=FIVE)["messages"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        told = [each.result() for each in [pool.submit(run) for _ in range(3)]]
    assert sum(told) == Message.objects.count() == Reminder.objects.count() == 2
    assert UserFactory._meta.model.objects.filter(pk__in=Message.objects.values("recipient")).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_sweep_takes_cases_in_the_order_in_which_everybody_locks_them():
    """Whoever changes a school's calendar locks its cases by their ids: the sweep, which writes rows of them, too."""
    lower, higher = sorted((reminded(), reminded()), key=lambda case: case.induction.pk)
    for case in (higher, lower):
        case.due()
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            Induction.objects.locked(lower.induction.pk)
            swept = other.submit(_closing, lambda: send_reminders(on=FIVE))
            _until_one_waits()
            Induction.objects.locked(higher.induction.pk)
        assert swept.result()["messages"] == 2


def _closing(run):
    try:
        return run()
    finally:
        connections.close_all()


def _until_one_waits():
    limit = monotonic() + 60
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted")
            if cursor.fetchone()[0]:
                return
            assert monotonic() < limit
            sleep(0.05)
