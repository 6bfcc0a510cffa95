"""Formal assessments from the report to the body's answer: written, taken back, corrected, sent, accepted, returned."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from assessments import actions
from assessments.actions import AssessmentConflict
from assessments.models import Assessment, AssessmentResponse, AssessmentVersion, DrawnFrom, Judgement, Sending
from assessments.report import AssessmentKind, Judged, Source, report_of
from cases.models import Deadline
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.standards import Standard
from induction_portal.accounts.permissions import Role
from notifications.models import Message
from tests.factories import AbsenceFactory, ProgressReviewFactory, VersionFactory, viewer
from tests.support.assessing import LETTER, REPORT, SOUND, START, TODAY, cast, fresh
from tests.support.trail import last_event, recorded, told

pytestmark = pytest.mark.django_db

LOW = replace(SOUND, satisfactory=False, development="Plan for the whole class", surprise_reason="A new class")
BADLY = {"judged": REPORT.judged | {Standard.TS7: LOW}, "satisfactory": False, "unsatisfactory": LETTER}


@pytest.fixture
def case():
    return cast()


def refusal(act, *args, **options):
    with pytest.raises(RuleBroken) as broken, transaction.atomic():
        act(*args, **options)
    return broken.value


def told_to(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient__email", flat=True))


def deadline(case, kind, number=1):
    return Deadline.objects.get(induction=case.placement.induction, kind=kind, number=number)


class TestWriting:
    def test_it_seals_a_version_and_asks_the_ect_for_comments(self, case):
        assessment = case.write()
        version = assessment.versions.get()
        assert (assessment.kind, assessment.status, assessment.turn) == ("first", "commenting", "ect")
        assert (assessment.period_starts_on, assessment.written_by) == (START, case.tutor.user)
        content = json.loads(version.content)
        assert content["ect"] == case.placement.induction.teacher.name
        assert content["tutor"] == case.tutor.user.name
        assert (content["fte"], content["part"], content["absent_in_part"]) == ("1", "Part 1", "0")
        assert report_of(content) == replace(REPORT, present=("ect", "author"))
        assert Judgement.objects.filter(version=version, satisfactory=True).count() == 9
        assert told_to("assessment_ready") == {case.ect.user.email}

    def test_it_is_recorded_by_digest_without_a_word_of_it(self, case):
        version = case.write().versions.get()
        assert recorded()[0] == "assessment_written"
        assert told(last_event())["after"] == {"version": 1, "sha256": version.sha256, "status": "commenting"}

    def test_the_origin_is_fixed_as_at_its_creation(self, case):
        assessment = case.write()
        body = case.placement.induction.body_periods.get().body_id
        assert (assessment.school_id, assessment.body_id) == (case.placement.school_id, body)

    def test_evidence_that_was_chosen_is_kept_with_its_source(self, case):
        source = Source("review", "4b2b1a2e-0000-4000-8000-000000000001", "Progress review 2", Standard.TS1)
        drawn = DrawnFrom.objects.get(version=case.write(sources=(source,)).versions.get())
        assert (drawn.kind, str(drawn.subject_id), drawn.standard) == ("review", source.subject_id, "TS1")
        assert report_of(json.loads(drawn.version.content)).sources == (source,)

    def test_days_absent_are_those_of_the_record(self, case):
        AbsenceFactory(placement=case.placement, starts_on=date(2026, 3, 2), ends_on=date(2026, 3, 4))
        content = json.loads(case.write().versions.get().content)
        assert (content["absent_in_period"], content["absent_in_part"]) == ("3", "3")

    def test_the_headteacher_may_write_it_and_a_mentor_may_not(self, case):
        mentor = viewer(case.placement.school, Role.MENTOR, on=TODAY)
        assert "mentor may not" in refusal(case.write, by=mentor).message
        assert case.write(by=case.head).written_by == case.head.user

    def test_what_is_incomplete_is_refused_beside_its_field(self, case):
        assert refusal(case.write, strengths=" ").field == "strengths"
        assert not AssessmentVersion.objects.exists()

    def test_no_surprises(self, case):
        silent = REPORT.judged | {Standard.TS7: replace(LOW, surprise_reason="")}
        assert refusal(case.write, **BADLY | {"judged": silent}).field == "surprise_reason_TS7"
        review = ProgressReviewFactory(placement=case.placement, held_on=date(2026, 3, 2))
        rated = {"standard": "TS7", "level": 2, "statement": "Settles slowly"}
        VersionFactory(review=review, content=json.dumps({"ratings": [rated], "on_track": True}))
        assert case.write(**BADLY | {"judged": silent}).status == "commenting"

    def test_another_kind_than_the_one_that_is_due_waits(self, case):
        told = refusal(case.write, kind=AssessmentKind.FINAL, satisfactory=None, stays=None)
        assert told.message == "The first formal assessment comes first"

    def test_it_waits_for_its_term(self, case):
        early = {"on": date(2025, 11, 3), "held_on": date(2025, 11, 3)}
        assert "has not begun" in refusal(case.write, **early).message

    def test_it_waits_for_the_return_of_an_ect_who_is_away(self, case):
        AbsenceFactory(placement=case.placement, kind="maternity", starts_on=date(2026, 6, 1), ends_on=None)
        reckon(case.placement.induction)
        assert "until the ECT has returned" in refusal(case.write).message

    def test_it_waits_for_the_choice_about_leave(self, case):
        away = {"kind": "maternity", "starts_on": date(2026, 7, 1), "ends_on": None}
        AbsenceFactory(placement=case.placement, **away)
        reckon(case.placement.induction)
        Deadline.objects.filter(kind="first_assessment").update(waits="choice", due_on=date(2026, 9, 14))
        assert "whether to extend by their leave" in refusal(case.write).message

    def test_without_an_appropriate_body_nobody_could_receive_it(self, case):
        case.placement.induction.body_periods.update(ends_on=date(2026, 7, 1))
        assert "nobody can receive" in refusal(case.write).message

    def test_a_school_that_was_left_writes_none(self, case):
        case.placement.ends_on = date(2026, 7, 12)
        case.placement.save()
        assert "has left your school" in refusal(case.write).message

    def test_of_two_schools_the_lead_school_holds_it(self, case):
        case.placement.is_lead = False
        assert "lead school" in refusal(case.write).message

    def test_two_people_begin_the_same_one(self, case):
        known = case.write()
        with pytest.raises(AssessmentConflict) as conflict:
            case.write(by=case.head)
        assert conflict.value.assessment == known
        assert Assessment.objects.count() == 1


class TestDeadlines:
    def test_one_that_was_held_closes_its_deadline_and_opens_that_of_its_copy(self, case):
        case.write()
        assert deadline(case, "first_assessment").closed_on == REPORT.held_on
        copy = deadline(case, "first_report")
        assert (copy.code, copy.due_on, copy.owner) == ("D7", date(2026, 7, 24), "induction_tutor")
        assert copy.is_open

    def test_sending_closes_the_copy(self, case):
        case.send(case.signed())
        assert deadline(case, "first_report").closed_on == TODAY

    def test_the_recommendation_is_due_ten_working_days_from_completion(self, case):
        ends_on = case.placement.induction.clock.ends_on
        due = deadline(case, "recommendation")
        assert (due.code, due.opened_on, due.owner) == ("D9", ends_on, "headteacher")
        assert (ends_on, due.due_on) == (date(2027, 7, 22), date(2027, 8, 4))

    @pytest.mark.parametrize(
        ("held_on", "binding", "later"),
        [
            (date(2027, 6, 18), date(2027, 7, 2), "recommendation"),
            (date(2027, 7, 22), date(2027, 8, 4), "final_report"),
        ],
    )
    def test_the_earlier_of_report_and_recommendation_binds(self, case, held_on, binding, later):
        _final(case, held_on)
        both = [deadline(case, kind) for kind in ("final_report", "recommendation")]
        assert {due.due_on for due in both} == {binding}
        assert [due.kind for due in both if due.rule == "R89"] == [later]

    def test_an_ect_who_leaves_after_a_term_needs_an_interim_one(self, case):
        case.placement.ends_on = date(2026, 6, 26)
        case.placement.save()
        reckon(case.placement.induction)
        due = deadline(case, "interim_assessment")
        assert (due.code, due.due_on, due.owner) == ("D22", date(2026, 6, 26), "induction_tutor")

    def test_will_the_ect_stay_no_opens_the_interim_one(self, case):
        case.write(stays=False, leaves_on=date(2026, 12, 18), next_school="Elm")
        assert deadline(case, "interim_assessment").due_on == date(2026, 12, 18)

    def test_the_interim_one_may_come_late_and_closes_its_deadline_when_sent(self, case):
        case.placement.ends_on = date(2026, 6, 26)
        case.placement.save()
        reckon(case.placement.induction)
        interim = {"kind": AssessmentKind.INTERIM, "stays": None, "leaves_on": date(2026, 6, 26)}
        assessment = case.signed(**interim)
        assert str(assessment) == "Interim assessment"
        assert deadline(case, "interim_assessment").is_open
        case.send(assessment)
        assert deadline(case, "interim_assessment").closed_on == TODAY
        assert "made already" in refusal(case.write, **interim).message

    def test_an_ect_who_stays_needs_no_interim_one(self, case):
        stays = {"kind": AssessmentKind.INTERIM, "stays": None, "leaves_on": date(2026, 12, 18)}
        assert "when an ECT leaves" in refusal(case.write, **stays).message


def _final(case, held_on):
    case.write()
    told = {"kind": AssessmentKind.FINAL, "satisfactory": None, "stays": None}
    return case.write(on=held_on, held_on=held_on, **told)


class TestTakingBack:
    @pytest.mark.parametrize("commented", [False, True])
    def test_it_is_a_draft_again_and_its_version_is_kept(self, case, commented):
        assessment = case.write()
        if commented:
            case.comment(assessment)
        actions.withdraw_assessment(by=case.head, on=TODAY, assessment=assessment, version=1)
        assert (fresh(assessment).status, fresh(assessment).turn) == ("draft", "")
        assert assessment.versions.count() == 1
        assert recorded()[0] == "assessment_withdrawn"
        assert told_to("assessment_taken_back") == {case.ect.user.email}

    def test_the_ect_cannot_comment_meanwhile(self, case):
        assessment = case.write()
        actions.withdraw_assessment(by=case.tutor, on=TODAY, assessment=assessment, version=1)
        assert "“Draft” cannot become" in refusal(case.comment, assessment).message

    def test_it_goes_on_as_the_next_version(self, case):
        assessment = case.write()
        actions.withdraw_assessment(by=case.tutor, on=TODAY, assessment=assessment, version=1)
        again = case.again(fresh(assessment), strengths="Knows every pupil")
        assert (again.status, again.latest, again.versions.count()) == ("commenting", 2, 2)
        assert recorded()[0] == "assessment_corrected"

    def test_somebody_else_was_first(self, case):
        assessment = case.write()
        actions.withdraw_assessment(by=case.tutor, on=TODAY, assessment=assessment, version=1)
        stale = fresh(assessment)
        case.again(fresh(assessment), strengths="Knows every pupil")
        with pytest.raises(AssessmentConflict):
            case.again(stale, by=case.head, strengths="Another")
        with pytest.raises(AssessmentConflict):
            actions.withdraw_assessment(by=case.head, on=TODAY, assessment=stale, version=1)

    def test_a_version_that_says_the_same_is_none(self, case):
        assessment = case.write()
        actions.withdraw_assessment(by=case.tutor, on=TODAY, assessment=assessment, version=1)
        assert "Nothing has changed" in refusal(case.again, fresh(assessment)).message
        assert fresh(assessment).latest == 1

    def test_it_stays_of_its_kind(self, case):
        assessment = case.write()
        actions.withdraw_assessment(by=case.tutor, on=TODAY, assessment=assessment, version=1)
        final = {"kind": AssessmentKind.FINAL, "satisfactory": None}
        assert "cannot be changed" in refusal(case.again, fresh(assessment), **final).message


class TestWithTheBody:
    def test_it_has_the_signed_version_from_the_moment_it_was_sent(self, case):
        assessment = case.send(case.signed())
        sending = Sending.objects.get(version__assessment=assessment)
        assert (assessment.status, assessment.sent, sending.by) == ("sent", 1, case.tutor.user)
        assert sending.at is not None
        assert recorded()[0] == "assessment_sent"
        assert told_to("assessment_sent") == {case.officer.user.email, case.ect.user.email}

    def test_a_mentor_sends_none(self, case):
        mentor = viewer(case.placement.school, Role.MENTOR, on=TODAY)
        assert "mentor may not" in refusal(case.send, case.signed(), by=mentor).message

    def test_the_body_accepts_it(self, case):
        assessment = case.send(case.signed())
        actions.accept_assessment(by=case.officer, on=TODAY, assessment=assessment, version=1)
        assert fresh(assessment).status == "accepted"
        assert recorded()[0] == "assessment_accepted"
        assert told_to("assessment_accepted") == {case.tutor.user.email, case.ect.user.email}

    def test_the_body_returns_it_saying_why(self, case):
        assessment = case.send(case.signed())
        given = {"by": case.officer, "on": TODAY, "assessment": assessment, "version": 1}
        assert refusal(actions.return_assessment, **given, comments=" ").field == "comments"
        actions.return_assessment(**given, comments="The school’s name is wrong")
        assert fresh(assessment).status == "returned"
        assert AssessmentResponse.objects.get().comments == "The school’s name is wrong"
        assert told_to("assessment_returned") == {case.tutor.user.email, case.head.user.email}
        assert recorded()[0] == "assessment_returned"

    def test_an_answer_to_a_version_that_has_moved_on_is_refused(self, case):
        assessment = case.returned()
        case.send(case.sign(case.again(assessment, others_present="A governor"), "induction_tutor"))
        given = {"by": case.officer, "on": TODAY, "assessment": assessment, "version": 1}
        assert "read that one first" in refusal(actions.accept_assessment, **given).message

    def test_a_corrected_report_is_sent_as_its_next_version(self, case):
        assessment = case.sign(case.again(case.returned(), others_present="A governor"), "induction_tutor")
        assert case.send(assessment).sent == 2
        assert deadline(case, "first_report").closed_on == TODAY


def test_what_was_sealed_is_never_changed(case):
    assessment = case.send(case.signed())
    version = assessment.versions.get()
    rows = [version, version.judgements.first(), version.comment, version.signatures.first(), version.sending]
    for row in [*rows, version.readings.first()]:
        for act in (row.save, row.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()


def test_judged_is_what_the_table_of_judgements_holds(case):
    judged = REPORT.judged | {Standard.TS7: Judged(True, "Visits", "Calm", "Corridors")}
    row = Judgement.objects.get(version__assessment=case.write(judged=judged), standard="TS7")
    assert (row.evidence, row.strengths, row.development) == ("Visits", "Calm", "Corridors")


def test_an_earlier_assessment_that_was_unfavourable_flags_a_standard(case):
    case.write(**BADLY)
    day = date(2027, 7, 2)
    silent = REPORT.judged | {Standard.TS7: replace(LOW, surprise_reason="")}
    told = {"kind": AssessmentKind.FINAL, "satisfactory": None, "stays": None, "judged": silent}
    final = case.write(on=day + timedelta(days=3), held_on=day, **told)
    assert (final.kind, final.period_starts_on) == ("final", REPORT.held_on + timedelta(days=1))
