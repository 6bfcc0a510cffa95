"""The files of the national service: what is in them, what the service answers, and what follows (R25, R88, R90)."""

from datetime import date, timedelta
from hashlib import sha256
from threading import Barrier, Thread

import pytest
from django.db import connections

from cases.actions import end_body_period, make_files, record_done, set_file_aside
from cases.models import Deadline, HandRecord, Induction, NationalFile, NationalRow
from cases.national import outcomes
from cases.national.outcomes import Decided
from cases.national.sources import to_tell
from cases.reckon import reckon_batch
from cases.rules import national
from cases.rules.errors import RuleBroken
from induction_portal.audit.models import AuditEvent
from tests.factories import (
    BodyPeriodFactory,
    ConfirmationFactory,
    EarlierClaimFactory,
    PlacementFactory,
    WorkingPatternFactory,
)
from tests.support.national import START, TODAY, Service, error_file

pytestmark = pytest.mark.django_db
ANN, BO = "0000001", "0000002"
DAY = timedelta(days=1)


@pytest.fixture
def service():
    return Service()


@pytest.fixture
def passes(monkeypatch):
    """Registers a source of decisions, as the app that keeps them does."""
    known = {}
    monkeypatch.setattr(outcomes, "SOURCES", [])
    outcomes.register(lambda periods: {key: d for key, d in known.items() if periods.filter(pk=key).exists()})
    return known


def refusal(function, *args, **options):
    with pytest.raises(RuleBroken) as broken:
        function(*args, **options)
    return broken.value


def states(file):
    return {row.period.induction.teacher.trn: row.state for row in file.rows.all()}


class TestTheClaimsFile:
    def test_it_holds_the_starts_by_name_and_its_bytes_are_kept(self, service):
        service.ect("Bo", BO, route="school_led")
        service.ect("Ann", ANN)
        file = service.make()
        head = '"TRN","Date of birth","Induction programme","Induction period start date"\n'
        assert file.content == head + (
            f'"{ANN}","2001-03-04","provider-led","2025-09-01"\n"{BO}","2001-03-04","school-led","2025-09-01"\n'
        )
        assert file.digest == sha256(file.content.encode()).hexdigest()
        assert (file.row_count, file.made_by, file.made_on, file.state) == (2, service.by.user, TODAY, "waiting")
        assert NationalFile.objects.get().content == file.content

    def test_nobody_is_told_of_twice_while_an_answer_is_open_or_once_it_came(self, service):
        service.ect("Ann", ANN)
        file = service.make()
        assert "nothing to put in a file" in refusal(make_files, by=service.by, on=TODAY, kind="claims").message
        service.answer(file)
        assert to_tell(service.body, "claims", on=TODAY).ready == []

    def test_another_bodys_ects_are_not_in_it(self, service):
        Service().ect("Ann", ANN)
        assert "nothing to put" in refusal(make_files, by=service.by, on=TODAY, kind="claims").message

    def test_what_the_service_would_refuse_is_left_out_with_the_reason(self, service):
        service.ect("Ann", ANN, starts_on=TODAY + DAY)
        service.ect("Bo", BO, starts_on=date(2021, 9, 1), qts_on=date(2021, 7, 1))
        told = to_tell(service.body, "claims", on=TODAY)
        assert told.ready == []
        assert [(line.name, line.reason[:9]) for line in told.left_out] == [("Ann", "Starts on"), ("Bo", "Started o")]
        assert {line.name for line in to_tell(service.body, "claims", on=TODAY + DAY).ready} == {"Ann"}

    def test_a_start_that_was_reported_by_hand_or_claimed_before_is_not_told_again(self, service):
        by_hand, before = service.ect("Ann", ANN), service.ect("Bo", BO)
        record_done(by=service.by, on=TODAY, induction=by_hand.induction, what=("D3", 1), done_on=TODAY)
        placement = before.induction.placements.get()
        answer = ConfirmationFactory(placement=placement, body=service.body)
        EarlierClaimFactory(body=service.body, trn=BO, starts_on=START, confirmation=answer)
        told = to_tell(service.body, "claims", on=TODAY)
        assert (told.ready, told.left_out) == ([], [])

    def test_a_thousand_and_one_are_two_files(self, service, monkeypatch):
        monkeypatch.setattr(national, "MOST_ROWS", 2)
        for number in range(5):
            service.ect(f"Ect {number}", f"100000{number}")
        files = make_files(by=service.by, on=TODAY, kind="claims")
        assert [file.row_count for file in files] == [2, 2, 1]
        assert [cells[0][-1] for file in files for cells in national.rows_of("claims", file.content)] == list("01234")
        assert AuditEvent.objects.filter(event="national_file_made").count() == 3


class TestTheActionsFile:
    def test_a_release_has_the_end_and_the_terms_served_with_this_body(self, service):
        service.ect("Ann", ANN, ends_on=date(2026, 4, 1))
        service.answer(service.make())
        file = service.make("actions")
        (cells,) = national.rows_of("actions", file.content)
        assert cells == (ANN, "2001-03-04", "2026-04-01", "2.0", "release")

    def test_a_start_that_the_service_does_not_have_holds_the_end_back(self, service):
        service.ect("Ann", ANN, ends_on=date(2026, 4, 1))
        (line,) = to_tell(service.body, "actions", on=TODAY).left_out
        assert line.reason == "The service has not accepted the start yet: claim it first"

    def test_an_end_to_come_waits(self, service):
        service.ect("Ann", ANN, ends_on=TODAY + DAY)
        service.answer(service.make())
        (line,) = to_tell(service.body, "actions", on=TODAY).left_out
        assert "once it has come" in line.reason

    def test_a_pass_comes_from_whoever_decides(self, service, passes):
        period = service.ect("Ann", ANN)
        service.answer(service.make())
        assert to_tell(service.body, "actions", on=TODAY).ready == []
        passes[period.pk] = Decided(passed=True, ended_on=date(2026, 5, 22))
        (cells,) = national.rows_of("actions", service.make("actions").content)
        assert (cells[2], cells[4]) == ("2026-05-22", "pass")

    def test_a_failure_is_never_told_by_file(self, service, passes):
        period = service.ect("Ann", ANN, ends_on=date(2026, 5, 22))
        service.answer(service.make())
        passes[period.pk] = Decided(passed=False, ended_on=date(2026, 5, 22))
        told = to_tell(service.body, "actions", on=TODAY)
        assert (told.ready, [line.reason[:6] for line in told.left_out]) == ([], ["Failed"])
        assert "nothing to put" in refusal(make_files, by=service.by, on=TODAY, kind="actions").message

    def test_a_second_bodys_period_counts_what_was_served_in_it(self, service):
        first = service.ect("Ann", ANN)
        end_body_period(by=service.by, on=date(2026, 3, 1), period=first, last_day=date(2025, 12, 31))
        other = Service()
        BodyPeriodFactory(
            induction=first.induction, body=other.body, starts_on=date(2026, 1, 1), ends_on=date(2026, 4, 2)
        )
        other.answer(other.make())
        (cells,) = national.rows_of("actions", other.make("actions").content)
        assert cells[2:4] == ("2026-04-02", "1.0")


class TestTheAnswer:
    def test_rows_are_accepted_or_refused_with_the_reason(self, service):
        service.ect("Ann", ANN)
        service.ect("Bo", BO)
        file = service.make()
        service.answer(file, {BO: "QTS not awarded"})
        assert states(file) == {ANN: "accepted", BO: "refused"}
        assert file.rows.get(state="refused").says == "QTS not awarded"
        file.refresh_from_db()
        assert (file.state, file.settled_by, file.uploaded_on) == ("answered", service.by.user, TODAY)
        assert AuditEvent.objects.filter(event="national_file_answered").count() == 1

    def test_an_accepted_start_closes_its_step_and_the_case_tells_of_it(self, service):
        """D3, R90: closed on the day the file was uploaded, once."""
        period = service.ect("Ann", ANN)
        uploaded = TODAY - DAY
        file = service.make()
        NationalFile.objects.update(made_on=uploaded)
        file.refresh_from_db()
        service.answer(file, uploaded_on=uploaded)
        record = HandRecord.objects.get(induction=period.induction)
        assert (record.code, record.number, record.done_on, record.body) == ("D3", 1, uploaded, service.body)
        events = AuditEvent.objects.filter(chain__name=f"case:{period.induction_id}", event="step_done")
        assert events.count() == 1
        assert Induction.objects.get(pk=period.induction_id).stale
        reckon_batch()
        assert Deadline.objects.get(induction=period.induction, code="D3").closed_on == uploaded

    def test_a_refused_start_leaves_its_step_open(self, service):
        service.ect("Ann", ANN)
        service.answer(service.make(), {ANN: "QTS not awarded"})
        assert not HandRecord.objects.exists()

    def test_a_pass_that_was_accepted_closes_the_notice_to_the_agency(self, service, passes):
        period = service.ect("Ann", ANN)
        service.answer(service.make())
        passes[period.pk] = Decided(passed=True, ended_on=date(2026, 5, 22))
        day = date(2026, 5, 27)
        facts = {"kind": "agency", "number": 1, "owner": "body_officer", "opened_on": day, "due_on": day}
        reckon_batch()
        Deadline.objects.create(induction=period.induction, code="D13", **facts)
        service.answer(service.make("actions"))
        assert HandRecord.objects.get(code="D13").done_on == TODAY

    def test_what_was_refused_goes_into_the_next_file_once_it_is_mended(self, service):
        period = service.ect("Ann", ANN)
        service.answer(service.make(), {ANN: "TRN and date of birth do not match"})
        told = to_tell(service.body, "claims", on=TODAY)
        assert (told.ready, [line.refused for line in told.unchanged]) == ([], ["TRN and date of birth do not match"])
        teacher = period.induction.teacher
        teacher.date_of_birth = date(2001, 4, 3)
        teacher.save()
        (cells,) = national.rows_of("claims", service.make().content)
        assert cells[:2] == (ANN, "2001-04-03")

    def test_what_was_refused_goes_out_as_it_was_where_somebody_says_so(self, service):
        period = service.ect("Ann", ANN)
        service.answer(service.make(), {ANN: "Completing their induction with another appropriate body"})
        assert "nothing to put" in refusal(make_files, by=service.by, on=TODAY, kind="claims").message
        assert service.make(again=[period.pk]).row_count == 1

    def test_rows_that_were_not_confirmed_there_go_into_the_next_file(self, service):
        service.ect("Ann", ANN)
        service.ect("Bo", BO)
        file = service.make()
        service.answer(file, {BO: "QTS not awarded"}, others_accepted=False)
        assert states(file) == {ANN: "set_aside", BO: "refused"}
        assert [line.name for line in to_tell(service.body, "claims", on=TODAY).ready] == ["Ann"]
        assert not HandRecord.objects.exists()

    def test_none_accepted_and_none_refused_is_no_answer(self, service):
        service.ect("Ann", ANN)
        assert refusal(service.answer, service.make(), others_accepted=False).field == "others_accepted"

    @pytest.mark.parametrize("day", [TODAY - DAY, TODAY + DAY])
    def test_it_was_uploaded_between_its_making_and_today(self, service, day):
        service.ect("Ann", ANN)
        assert refusal(service.answer, service.make(), uploaded_on=day).field == "uploaded_on"

    def test_another_files_errors_change_nothing(self, service):
        service.ect("Ann", ANN)
        service.ect("Bo", BO)
        file = service.make()
        strange = error_file(file, {BO: "x"}).replace(BO.encode(), b"9999999")
        broken = refusal(service.answer, file, returned=strange)
        assert (broken.field, "9999999" in broken.message) == ("file", True)
        assert set(states(file).values()) == {"waiting"}

    def test_it_is_given_once(self, service):
        service.ect("Ann", ANN)
        file = service.make()
        service.answer(file)
        assert "recorded already" in refusal(service.answer, file).message
        assert "recorded already" in refusal(set_file_aside, by=service.by, on=TODAY, file=file).message

    def test_a_file_that_was_not_uploaded_frees_its_rows(self, service):
        service.ect("Ann", ANN)
        file = service.make()
        set_file_aside(by=service.by, on=TODAY, file=file)
        assert states(file) == {ANN: "set_aside"}
        assert service.make().row_count == 1

    def test_a_very_long_reason_is_cut(self, service):
        service.ect("Ann", ANN)
        file = service.make()
        service.answer(file, {ANN: "x" * 5000})
        assert len(file.rows.get().says) == 2000


class TestQueries:
    def test_as_many_for_thirty_as_for_three(self, service, django_assert_num_queries):
        for number in range(30):
            service.ect(f"Ect {number}", f"10000{number:02}", ends_on=date(2026, 4, 1) if number % 2 else None)
        with django_assert_num_queries(3):
            assert len(to_tell(service.body, "claims", on=TODAY).ready) == 30

    def test_a_case_with_two_schools_claims_the_programme_of_the_lead(self, service):
        period = service.ect("Ann", ANN)
        second = PlacementFactory(induction=period.induction, route="school_led", starts_on=START)
        WorkingPatternFactory(placement=second)
        (cells,) = national.rows_of("claims", service.make().content)
        assert cells[2] == "provider-led"


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_make_one_file():
    service, answers, start = Service(), [], Barrier(2)
    service.ect("Ann", ANN)

    def make():
        start.wait()
        try:
            answers.append(len(make_files(by=service.by, on=TODAY, kind="claims")))
        except RuleBroken:
            answers.append("nothing")
        finally:
            connections.close_all()

    threads = [Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers, key=str) == [1, "nothing"]
    assert NationalRow.objects.count() == 1
