"""An ECT who never answers, or cannot sign in: what their school records for them, and what it may not."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from assessments import actions
from assessments.models import AssessmentComment, PaperComment, PaperSignature, Signature
from assessments.standing import standing_of
from cases.rules.errors import RuleBroken
from cases.rules.on_paper import OnPaper, Way
from cases.rules.signing import ECT, HEAD, TUTOR
from cases.rules.statuses import SignatureStatus
from induction_portal.accounts.permissions import Role
from notifications.models import Message
from tests.actions.test_assessment_states import S, in_state
from tests.actions.test_assessments_at_once import at_once
from tests.factories import viewer
from tests.support.assessing import TODAY, cast, fresh
from tests.support.trail import last_event, recorded, told

pytestmark = pytest.mark.django_db

LATER = date(2026, 7, 21)  # five working days after TODAY
LATEST = date(2026, 7, 28)  # five more
COMMENTED = OnPaper(Way.COMMENTED, seen=True, given_on=TODAY, text=" A fair picture ")
SIGNED = OnPaper(Way.SIGNED, seen=True, given_on=LATER, witness="Elspeth Muir")
SILENT = OnPaper(Way.SILENT, seen=True, asked_on=TODAY, asked_again_on=LATER, text="On sick leave")


@pytest.fixture
def case():
    return cast()


def comments(case, row, by=None, on=LATER, version=None, what=COMMENTED):
    given = {"assessment": row, "version": version or row.latest, "told": what}
    return actions.record_comments(by=by or case.tutor, on=on, **given)


def signature(case, row, by=None, on=LATER, version=None, what=SIGNED):
    given = {"assessment": row, "version": version or row.latest, "told": what}
    return actions.record_signature(by=by or case.tutor, on=on, **given)


def own(case, row, text="In my own words", by=None):
    given = {"assessment": row, "version": row.latest, "text": text}
    return actions.add_own_comment(by=by or case.ect, on=LATER, **given)


def refusal(act, *args, **options):
    with pytest.raises(RuleBroken) as broken, transaction.atomic():
        act(*args, **options)
    return broken.value


def told_to(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient__email", flat=True))


def without_sign_in(case):
    teacher = case.placement.induction.teacher
    teacher.user = None
    teacher.save()


class TestComments:
    def test_they_are_recorded_as_somebody_elses_and_the_report_goes_on(self, case):
        row = case.write()
        said = comments(case, row, by=case.head)
        assert (said.text, said.by, said.way, said.given_on) == ("A fair picture", case.head.user, "commented", TODAY)
        assert (fresh(row).status, fresh(row).turn) == ("signing", TUTOR)
        assert standing_of(row).said == [said]
        assert not AssessmentComment.objects.exists()
        assert told_to("assessment_answer_recorded") == {case.ect.user.email}
        assert case.tutor.user.email in told_to("assessment_to_sign")

    def test_the_trail_tells_how_without_the_words(self, case):
        said = comments(case, case.write())
        assert recorded()[0] == "comments_recorded"
        after = {"version": 1, "way": "commented", "id": str(said.pk), "status": "signing"}
        assert told(last_event())["after"] == after

    @pytest.mark.parametrize("way", [Way.NO_COMMENTS, Way.SILENT])
    def test_no_comments_and_no_answer_let_it_be_signed(self, case, way):
        row = case.write()
        comments(case, row, what=replace(SILENT if way is Way.SILENT else COMMENTED, way=way))
        assert PaperComment.objects.get().text == ""
        assert case.sign(row, TUTOR).turn == HEAD

    def test_not_before_the_ect_had_time_to_answer(self, case):
        row = case.write()
        assert "has 5 working days" in refusal(comments, case, row, on=TODAY).message
        assert fresh(row).turn == ECT

    def test_who_cannot_sign_in_is_heard_at_once_and_told_by_nobody(self, case):
        without_sign_in(case)
        comments(case, case.write(), on=TODAY)
        assert not told_to("assessment_answer_recorded")

    def test_it_stands_while_what_touches_the_ect_is_the_same(self, case):
        row = case.write()
        comments(case, row)
        actions.withdraw_assessment(by=case.tutor, on=LATER, assessment=row, version=1)
        assert case.again(fresh(row), on=LATER, others_present="A governor").status == "signing"
        actions.withdraw_assessment(by=case.tutor, on=LATER, assessment=fresh(row), version=2)
        assert case.again(fresh(row), on=LATER, strengths="Knows every pupil").status == "commenting"

    def test_a_version_that_has_moved_on_is_refused(self, case):
        row = case.write()
        actions.withdraw_assessment(by=case.tutor, on=TODAY, assessment=row, version=1)
        case.again(fresh(row), strengths="Knows every pupil")
        assert "read that one first" in refusal(comments, case, fresh(row), version=1).message


class TestOwnCommentAfterAll:
    def test_it_stands_beside_what_was_recorded_and_the_signatories_are_told(self, case):
        row = case.write()
        comments(case, row)
        case.sign(row, TUTOR)
        said = own(case, row)
        assert standing_of(row).said == [PaperComment.objects.get(), said]
        assert fresh(row).turn == HEAD
        assert told_to("assessment_commented_after_all") == {case.tutor.user.email, case.head.user.email}
        assert recorded()[0] == "assessment_commented"

    def test_once_and_only_where_something_was_recorded(self, case):
        row = case.comment(case.write())
        assert "does not wait for your comments" in refusal(own, case, row).message
        other = cast()
        row = other.write()
        assert "does not wait for your comments" in refusal(own, other, row).message
        comments(other, row)
        assert refusal(own, other, row, text=" ").field == "text"
        own(other, row)
        assert "does not wait for your comments" in refusal(own, other, row).message

    def test_not_once_the_report_has_been_signed_by_all(self, case):
        row = case.write()
        comments(case, row)
        case.sign(row, TUTOR, HEAD, ECT)
        assert "does not wait for your comments" in refusal(own, case, row).message

    def test_nobody_else_writes_it(self, case):
        row = case.write()
        comments(case, row)
        assert "Only the ECT" in refusal(own, case, row, by=case.tutor).message


class TestSignature:
    @pytest.fixture
    def row(self, case):
        """A report that waits for the ECT's signature."""
        return case.sign(case.comment(case.write()), TUTOR, HEAD)

    def test_on_paper_it_binds_the_version_as_any_other(self, case, row):
        answer, version = signature(case, row), row.versions.get()
        assert (answer.role, answer.by, answer.state) == (ECT, case.tutor.user, SignatureStatus.SIGNED)
        assert (answer.sha256, answer.part) == (version.sha256, version.ect_part)
        assert (answer.on_paper.witness, answer.on_paper.given_on) == ("Elspeth Muir", LATER)
        assert fresh(row).status == "signed"
        assert recorded()[0] == "signature_recorded"
        assert told_to("assessment_answer_recorded") == {case.ect.user.email}
        assert case.send(fresh(row)).status == "sent"

    @pytest.mark.parametrize("way", [Way.DECLINED, Way.SILENT])
    def test_a_report_does_not_wait_for_ever(self, case, row, way):
        answer = signature(case, row, what=replace(SILENT, way=way))
        assert (answer.state, answer.reason) == (SignatureStatus.REFUSED, "On sick leave")
        assert fresh(row).status == "signed"

    def test_not_before_the_ect_had_time_to_sign(self, case, row):
        assert "from 21 July 2026" in refusal(signature, case, row, on=date(2026, 7, 20)).message
        assert fresh(row).turn == ECT

    def test_only_when_it_is_the_ects_turn(self, case):
        row = case.sign(case.comment(case.write()), TUTOR)
        assert refusal(signature, case, row).message == "This assessment does not wait for the ECT"
        assert not Signature.objects.exclude(role=TUTOR).exists()

    def test_it_is_the_ects_whoever_records_it_and_never_the_headteachers(self, case):
        row = case.sign(case.comment(case.write()), TUTOR)
        refusal(signature, case, row, by=case.head)
        case.sign(row, HEAD)
        signature(case, row, by=case.head)
        assert list(Signature.objects.values_list("role", flat=True)) == [TUTOR, HEAD, ECT]

    def test_who_recorded_it_has_not_signed_as_the_ect(self, case, row):
        signature(case, row, by=case.tutor)
        returned = case.returned(fresh(row))
        again = case.again(returned, others_present="A governor")
        assert standing_of(again).signed_as(case.tutor.user) == []
        assert case.sign(again, TUTOR).status == "signed"

    def test_it_is_asked_for_again_where_what_it_covers_has_changed(self, case, row):
        signature(case, row)
        again = case.comment(case.again(case.returned(fresh(row)), strengths="Knows every pupil"))
        assert standing_of(again).answers == {}


@pytest.mark.parametrize("record", [comments, signature])
def test_only_tutor_and_headteacher_record(case, record):
    row = case.write() if record is comments else case.sign(case.comment(case.write()), TUTOR, HEAD)
    school = case.placement.school
    others = [case.ect, case.officer, viewer(school, Role.MENTOR, on=TODAY), viewer(None, Role.ECT, on=TODAY)]
    others += [
        viewer(school, Role.INDUCTION_TUTOR, on=TODAY),
        viewer(cast().placement.school, Role.HEADTEACHER, on=TODAY),
    ]
    for other in others:
        assert "Only the induction tutor or the headteacher" in refusal(record, case, row, by=other).message
    record(case, row, by=viewer(school, Role.INDUCTION_LEAD, on=TODAY))


OPENS = {comments: COMMENTED, signature: SIGNED}


@pytest.mark.parametrize("status", S)
@pytest.mark.parametrize(
    ("record", "to", "opens"),
    [(comments, S.SIGNING, S.COMMENTING), (signature, S.SIGNED, S.SIGNING)],
    ids=["comments", "signature"],
)
def test_what_the_state_table_refuses_is_refused_in_words(status, record, to, opens):
    case = cast()
    row = in_state(case, status)
    if status is opens:
        record(case, row, on=LATEST, what=replace(OPENS[record], given_on=LATEST))
        assert fresh(row).state is to
        return
    broken = refusal(record, case, row)
    assert f"“{status.label}” cannot become “{to.label}”" in broken.message
    assert fresh(row).state is status
    assert not PaperComment.objects.exists()
    assert not PaperSignature.objects.exists()


def test_what_was_recorded_stands(case):
    row = case.write()
    said = comments(case, row)
    case.sign(row, TUTOR, HEAD)
    signature(case, row, on=LATEST)
    for kept in (said, PaperSignature.objects.get()):
        kept.way = "silent"
        for act in (kept.save, kept.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()


@pytest.mark.django_db(transaction=True)
def test_the_ect_and_who_records_for_them_never_both_answer():
    case = cast()
    row = case.write()
    given = {"on": LATER, "assessment": row, "version": 1}
    acts = [
        lambda: actions.comment_on_assessment(by=case.ect, text="My own", **given),
        lambda: actions.record_comments(by=case.tutor, told=COMMENTED, **given),
    ]
    assert at_once(*acts) == ["done", "told"]
    assert PaperComment.objects.count() + AssessmentComment.objects.count() == 1
