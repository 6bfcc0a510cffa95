"""manage.py demo_day: what it takes, how it moves the clock, what it does of the timetable."""

from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from celery.schedules import crontab
from django.core.management import CommandError, call_command
from django.db import connection

from induction_portal import clock
from induction_portal.accounts.actions import add_organisation
from induction_portal.accounts.models import Draft, Invitation, User
from induction_portal.accounts.tasks import sweep_drafts
from induction_portal.accounts.viewer import System
from induction_portal.audit.checking import begin_check, go_on
from induction_portal.audit.models import AuditCheck, AuditEvent
from induction_portal.audit.verify import faults
from induction_portal.celery import app
from induction_portal.demo.forward import asked_here
from induction_portal.demo.moved_clock import move_to, prepare_database
from induction_portal.demo.people import OPERATOR
from induction_portal.demo.rounds import frequent, rounds
from induction_portal.embedded.demo import Demo
from induction_portal.embedded.folders import lock
from induction_portal.embedded.wire import free_port
from induction_portal.sweeps.models import SweepRun
from notifications.models import Message
from notifications.tasks import deliver_messages
from tests.support.reminding import reminded

ENGLAND = ZoneInfo("Europe/London")
NOON = datetime(2026, 11, 18, 12, tzinfo=ENGLAND)  # a Wednesday
ONE_DAY = timedelta(days=1)


def said(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("demo_day", *arguments, stdout=out)
    return out.getvalue().splitlines()


class TestWhatItTakes:
    @pytest.fixture(autouse=True)
    def _a_story_in_november(self, db, movable, machine):
        machine(NOON)
        User.objects.create(email=OPERATOR, name="Robin Ashworth")

    @pytest.mark.parametrize(
        ("arguments", "complaint"),
        [
            ([], "one of the arguments --to --forward is required"),
            (["--to=2026-11-20", "--forward=2"], "not allowed with argument"),
            (["--to=20 November"], "20 November is not a date: write it like 2026-11-22"),
            (["--to=2026-11-18"], "it is 2026-11-18 already: the clock goes forward only"),
            (["--to=2026-11-17"], "the clock goes forward only. bin/demo --reset sets it"),
            (["--to=2027-12-24"], "more than 400 days on from 2026-11-18: go there in several steps"),
            (["--forward=0"], "0 is not a number of days: write a whole number from 1 to 400"),
            (["--forward=-1"], "-1 is not a number of days"),
            (["--forward=401"], "401 is not a number of days"),
            (["--forward=two"], "two is not a number of days"),
        ],
    )
    def test_it_says_what_is_wrong_and_moves_nothing(self, arguments, complaint):
        with pytest.raises(CommandError, match=complaint):
            said(*arguments)
        assert clock.ahead() == timedelta()

    def test_not_into_years_whose_bank_holidays_are_not_known(self, machine):
        machine(datetime(2095, 12, 20, tzinfo=UTC))
        with pytest.raises(CommandError, match="Bank holidays are not known for long enough after 2095-12-31"):
            said("--forward=12")

    def test_only_in_the_demo(self, settings):
        settings.CLOCK_AHEAD = None
        with pytest.raises(CommandError, match=r"The clock is only moved in the demo\."):
            said("--forward=1")

    def test_only_where_there_is_a_story(self):
        User.objects.all().delete()
        with pytest.raises(CommandError, match="no demo story to move through: start bin/demo once"):
            said("--forward=1")

    def test_one_at_a_time(self, settings):
        with (
            lock(settings.CLOCK_AHEAD.with_name("demo-day-lock")),
            pytest.raises(CommandError, match="Already running in this folder, as process"),
        ):
            said("--forward=1")


class TestTheClock:
    @pytest.fixture(autouse=True)
    def _prepared(self, movable, own_database, machine):
        machine(NOON)
        prepare_database()

    def test_it_runs_on_from_where_it_was_moved(self, machine):
        move_to(NOON + 3 * ONE_DAY)
        assert timedelta() <= clock.now() - (NOON + 3 * ONE_DAY) < timedelta(minutes=1)
        assert clock.today() == date(2026, 11, 21)
        machine(NOON + timedelta(hours=13))
        assert clock.today() == date(2026, 11, 22)

    def test_it_never_goes_back(self):
        move_to(NOON + 3 * ONE_DAY)
        stands = clock.now()
        move_to(NOON + ONE_DAY)
        assert clock.now() >= stands

    def test_through_a_change_to_summer_time_the_hour_on_the_wall_is_kept(self):
        move_to(datetime(2027, 3, 28, 7, 1, tzinfo=ENGLAND))
        assert clock.now().time().replace(second=0, microsecond=0) == time(7, 1)
        assert clock.ahead() < timedelta(days=129, hours=18, minutes=2)  # an hour less than the wall shows

    def test_what_the_database_dates_is_as_far_ahead_and_the_trail_holds(self):
        move_to(NOON + 30 * ONE_DAY)
        added = add_organisation(by=System("test"), on=clock.today(), kind="body", name="Hub", identifier="H1")
        event = AuditEvent.objects.get(subject_id=added.pk)
        author = User.objects.create(email="a@b.example", name="A")
        draft = Draft.objects.create(form="x", subject_id=added.pk, author=author, values={})
        for dated in (event.at, draft.saved_at):
            assert abs(dated - clock.ahead() - _database_now()) < timedelta(minutes=1)
        assert clock.ahead() >= timedelta(days=30)
        assert list(faults()) == []

    def test_the_check_of_the_trail_is(self):
        move_to(NOON + 30 * ONE_DAY)
        while go_on(begin_check().pk):
            pass
        check = AuditCheck.objects.get()
        for dated in (check.started_at, check.moved_at, check.ended_at):
            assert abs(dated - clock.ahead() - _database_now()) < timedelta(minutes=1)

    def test_when_a_worker_may_take_over_is_the_machines_time(self):
        move_to(NOON + 30 * ONE_DAY)
        message = _message(User.objects.create(email="a@b.example", name="A"))
        assert abs(message.next_attempt_at - _database_now()) < timedelta(minutes=1)

    def test_every_other_column_that_the_database_dates_is_moved_and_once_is_enough(self):
        prepare_database()
        left = _defaults("statement_timestamp()")
        assert {column for _, column in left} == {"next_attempt_at"}
        assert len(_defaults("demo_now()")) > 50
        assert {Message._meta.db_table, Invitation._meta.db_table} <= {table for table, _ in left}

    def test_the_pages_say_that_it_was_moved(self, client):
        assert b"The clock was moved" not in client.get("/accounts/sign-in/").content
        move_to(NOON + ONE_DAY)
        page = client.get("/accounts/sign-in/").content.decode()
        assert "The clock was moved: here it is Thursday 19 November 2026." in page

    def test_a_draft_is_swept_90_days_later(self):
        author = User.objects.create(email="a@b.example", name="A")
        Draft.objects.create(form="x", author=author, values={}, saved_at=clock.now())
        move_to(NOON + 89 * ONE_DAY)
        sweep_drafts()
        assert Draft.objects.exists()
        move_to(NOON + 91 * ONE_DAY)
        sweep_drafts()
        assert not Draft.objects.exists()


def _database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        return cursor.fetchone()[0]


def _defaults(says: str) -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_default = %s",
            [says],
        )
        return cursor.fetchall()


def _message(user: User) -> Message:
    return Message.objects.create(kind="told", recipient=user, subject_id=user.pk, title="Hello", url="/")


def test_nowhere_else_is_the_clock_moved(settings):
    assert settings.CLOCK_AHEAD is None
    assert clock.ahead() == timedelta()


def test_a_reset_of_the_demo_forgets_it_and_its_processes_are_told_where_it_is(open_folder: Path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    demo = Demo(open_folder, free_port())
    assert demo._environment("d", "b", ("1", "2"))["CLOCK_AHEAD"] == str(demo.clock_ahead)
    demo.clock_ahead.write_text("86400")
    demo.reset()
    assert not demo.clock_ahead.exists()


class TestTheTimetable:
    def test_every_line_of_it_has_its_turn(self):
        found = list(rounds(date(2027, 8, 1), after=datetime(2027, 7, 31, 23, tzinfo=ENGLAND)))
        assert {name for each in found for name in each.sweeps} == set(app.conf.beat_schedule)
        assert [each.at for each in found] == sorted({each.at for each in found})

    def test_what_has_its_hour_comes_at_the_first_of_them_and_what_is_frequent_when_the_rest_is_done(self):
        found = {f"{each.at:%H:%M}": each.sweeps for each in rounds(NOON.date() + ONE_DAY, after=NOON)}
        assert found["06:05"] == ["send reminders"]
        assert found["00:15"] == ["recount absences"]
        assert found["06:06"] == found["07:01"] == frequent()
        assert "03:31" not in found
        assert "07:05" not in found
        assert {"deliver messages", "remind at once", "reckon stale cases"} <= set(frequent())
        assert max(found) == "07:01"

    def test_the_school_year_begins_on_one_day(self):
        days = [date(2027, 1, 1) + n * ONE_DAY for n in range(365)]
        begun = [
            day
            for day in days
            for each in rounds(day, after=NOON)
            if "begin the school year" in each.sweeps
        ]  # fmt: skip
        assert begun == [date(2027, 8, 1)]

    def test_of_the_present_day_what_is_left(self):
        found = {f"{each.at:%H:%M}": each.sweeps for each in rounds(NOON.date(), after=NOON)}
        assert found == {
            "12:05": ["send reminders"], "12:20": ["sweep imports"], "12:21": frequent(),
        }  # fmt: skip
        assert list(rounds(NOON.date(), after=NOON.replace(hour=23, minute=58))) == []

    def test_a_line_of_some_weekdays_has_its_turn_on_those(self, monkeypatch):
        monday = {"task": "x", "schedule": crontab(minute=0, hour=4, day_of_week="mon")}
        monkeypatch.setitem(app.conf.beat_schedule, "of Mondays", monday)
        week = [NOON.date() + n * ONE_DAY for n in range(7)]
        turns = [d for d in week for each in rounds(d, after=NOON - ONE_DAY) if "of Mondays" in each.sweeps]
        assert turns == [date(2026, 11, 23)]


class TestWithoutAWorker:
    def test_what_is_asked_of_a_worker_is_kept_once_and_nothing_is_changed_for_later(self):
        with asked_here() as asked:
            for _ in range(2):
                deliver_messages.delay()
            deliver_messages.apply_async(retry_policy={})
            assert list(asked) == [("notifications.tasks.deliver_messages", ())]
        assert "send_task" not in vars(app)

    @pytest.fixture
    def case(self, movable, own_database, machine, mailbox):
        """Somebody who is reminded on the day that comes."""
        machine(NOON)
        User.objects.create(email=OPERATOR, name="Robin Ashworth")
        case = reminded()
        case.due(due_on=date(2026, 11, 26))
        return case

    def test_a_day_is_a_line(self, case, mailbox):
        assert said("--forward=2") == [
            "Wednesday 18 November 2026: 0 reminders said, 0 messages, 0 emails sent",
            "Thursday 19 November 2026: 1 reminder said, 1 message, 1 email sent",
            "Friday 20 November 2026: 0 reminders said, 0 messages, 0 emails sent",
            "In the demo it is now Friday 20 November 2026.",
        ]
        assert clock.now().hour == NOON.hour
        (mail,) = mailbox.to(case.people["induction_tutor"].email)
        assert "Due on 26 November 2026" in mail["Subject"]

    def test_a_task_that_fails_is_said_and_holds_up_nothing(self, case, monkeypatch):
        def broken(*_: object, **__: object) -> None:
            raise ValueError("out of order")

        monkeypatch.setattr("cases.tasks.each_alone", broken)
        line = said("--forward=1")[1]
        assert line == (
            "Thursday 19 November 2026: 1 reminder said, 1 message, 1 email sent; cases.tasks.recount_absences failed"
        )
        assert SweepRun.objects.get(name="recount absences").failed
        assert not SweepRun.objects.get(name="send reminders").failed

    def test_messages_wait_for_a_mail_server_that_is_away(self, case, mailbox, settings):
        settings.EMAIL_PORT = free_port()
        assert said("--forward=1")[1] == (
            "Thursday 19 November 2026: 1 reminder said, 1 message, 0 emails sent;"
            " 1 email not taken by the mail server, to be tried again"
        )
        settings.EMAIL_PORT = mailbox.port
        Message.objects.update(next_attempt_at=_database_now())  # a minute later, by the machine's clock
        assert said("--to=2026-11-20")[0] == "Thursday 19 November 2026: 1 reminder said, 1 message, 1 email sent"
        assert len(mailbox.messages) == 1
