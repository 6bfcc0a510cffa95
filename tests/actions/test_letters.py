"""The headteacher's letter: sent by their signature under a report that finds progress wanting, and acknowledged."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import DatabaseError, connections, transaction

from assessments import actions, letter_document, tasks
from assessments.letter_access import may_see_letter, standing_letters, visible_letters
from assessments.models import HeadLetter, LetterAcknowledgement
from assessments.report import AssessmentKind
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.outcomes import Recommended
from induction_portal.audit.models import AuditEvent
from notifications.models import Message
from tests.support.assessing import TODAY, UNSATISFACTORY, cast, fresh
from tests.support.trail import last_event, recorded, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return cast()


def signed_by_head(case, **changes):
    """A report that the headteacher has signed, and the ECT not yet."""
    return case.sign(case.comment(case.write(**UNSATISFACTORY | changes)), "induction_tutor", "headteacher")


def letter():
    return HeadLetter.objects.with_report().get()


def acknowledge(case, which, by=None):
    return actions.acknowledge_letter(by=by or case.ect, on=TODAY, letter=which)


def told_to(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient__email", flat=True))


class TestSent:
    def test_the_headteachers_signature_sends_it_before_the_ect_signs(self, case):
        row = signed_by_head(case)
        assert letter().signature == row.versions.get().signatures.get(role="headteacher")
        assert recorded() == ("letter_written", "case")
        assert told_to("letter_written") == {case.ect.user.email}
        assert fresh(row).turn == "ect", "nothing waits for the letter"

    def test_the_tutors_signature_sends_none(self, case):
        case.sign(case.comment(case.write(**UNSATISFACTORY)), "induction_tutor")
        assert not HeadLetter.objects.exists()

    def test_of_satisfactory_progress_there_is_none(self, case):
        case.signed()
        assert not HeadLetter.objects.exists()

    def test_the_last_assessment_carries_a_recommendation_instead(self, case):
        written = case.written_final()
        recommends = actions.Recommends(Recommended.UNSATISFACTORY, reason="No class is settled")
        case.sign(written, "headteacher", recommends=recommends)
        assert not HeadLetter.objects.exists()

    def test_an_interim_one_brings_it_too(self, case):
        last_day = case.placement.ends_on = date(2026, 6, 26)
        case.placement.save()
        reckon(case.placement.induction)
        changes = {"kind": AssessmentKind.INTERIM, "stays": None, "leaves_on": last_day}
        signed_by_head(case, **changes)
        assert letter().signature.version.assessment.kind == "interim"

    def test_it_stands_as_it_was_sent(self, case):
        signed_by_head(case)
        for act in (letter().save, letter().delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()


class TestCorrected:
    """What follows when the report goes on as another version."""

    @pytest.fixture
    def returned(self, case):
        return case.returned(case.signed(**UNSATISFACTORY))

    def test_it_stands_while_the_headteachers_signature_does(self, case, returned):
        case.sign(case.again(returned, others_present="A governor", **UNSATISFACTORY), "induction_tutor")
        assert HeadLetter.objects.standing().get() == letter()

    def test_another_takes_its_place_when_the_headteacher_signs_again(self, case, returned):
        first = letter()
        again = case.comment(case.again(returned, strengths="Knows every pupil", **UNSATISFACTORY))
        assert not HeadLetter.objects.standing().exists()
        with pytest.raises(RuleBroken, match="has been corrected since"):
            acknowledge(case, first)
        case.sign(again, "induction_tutor", "headteacher")
        second = HeadLetter.objects.standing().get()
        assert second != first
        assert second.signature.version.number == 2

    def test_one_that_became_satisfactory_leaves_none_standing(self, case, returned):
        case.sign(case.comment(case.again(returned)), "induction_tutor", "headteacher")
        assert HeadLetter.objects.count() == 1
        assert not HeadLetter.objects.standing().exists()


class TestAcknowledged:
    def test_it_is_recorded_and_the_school_is_told(self, case):
        signed_by_head(case)
        acknowledge(case, letter())
        assert recorded()[0] == "letter_acknowledged"
        assert str(last_event().subject_id) == str(letter().pk)
        assert told_to("letter_acknowledged") == {case.tutor.user.email, case.head.user.email}

    def test_said_twice_it_stands_once(self, case):
        signed_by_head(case)
        first, events = acknowledge(case, letter()), AuditEvent.objects.count()
        assert acknowledge(case, letter()) == first
        assert AuditEvent.objects.count() == events

    @pytest.mark.parametrize("other", ["tutor", "head", "officer"])
    def test_nobody_else_can(self, case, other):
        signed_by_head(case)
        with pytest.raises(RuleBroken, match="Only the ECT"):
            acknowledge(case, letter(), by=getattr(case, other))

    def test_it_needs_no_signature_of_the_ect_and_the_ects_signature_needs_none_of_it(self, case):
        row = signed_by_head(case)
        assert case.sign(row, "ect").status == "signed"
        assert case.send(row).status == "sent"
        acknowledge(case, letter())

    @pytest.mark.django_db(transaction=True)
    def test_two_clicks_at_once_are_one(self, case):
        signed_by_head(case)
        start, which = Barrier(2), letter()

        def click():
            try:
                start.wait(10)
                with transaction.atomic():
                    return acknowledge(case, which).pk
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            given = {each.result(30) for each in [pool.submit(click), pool.submit(click)]}
        assert given == {LetterAcknowledgement.objects.get().pk}


class TestWhoHasIt:
    def test_the_body_has_it_with_the_report_and_not_before(self, case):
        row = signed_by_head(case)
        for person in (case.tutor, case.head, case.ect):
            assert visible_letters(person).count() == 1
        assert not visible_letters(case.officer).exists()
        case.send(case.sign(row, "ect"))
        assert visible_letters(case.officer).get() == letter()
        assert may_see_letter(case.officer.user, letter().pk) is may_see_letter(case.ect.user, letter().pk) is True

    def test_a_letter_of_a_later_version_is_not_the_bodys_yet(self, case):
        returned = case.returned(case.signed(**UNSATISFACTORY))
        again = case.comment(case.again(returned, strengths="Knows every pupil", **UNSATISFACTORY))
        case.sign(again, "induction_tutor", "headteacher")
        assert [each.signature.version.number for each in visible_letters(case.officer)] == [1]
        assert visible_letters(case.tutor).count() == 2
        assert [each.signature.version.number for each in standing_letters(case.officer)] == [1], "it knows no other"
        assert [each.signature.version.number for each in standing_letters(case.tutor)] == [2]

    def test_it_is_nobody_elses(self, case):
        signed_by_head(case)
        other = cast()
        for person in (other.tutor, other.head, other.ect, other.officer):
            assert not visible_letters(person).exists()


def test_the_sweep_finds_a_letter_without_a_document(case, monkeypatch):
    asked = []
    monkeypatch.setattr(tasks.render_letter, "apply_async", lambda args, **_: asked.append(args))
    monkeypatch.setattr(tasks.render_assessment, "apply_async", lambda args, **_: None)
    signed_by_head(case)
    assert tasks.render_missing() == 1
    assert asked == [(str(letter().pk),)]
    tasks.render_letter(str(letter().pk))
    assert not letter_document.without_document()
    assert told(last_event())["after"]["version"] == 1
