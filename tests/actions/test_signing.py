"""Comments and signatures: in their order, each under what it binds, asked for again only of whom a change touches."""

import json
from fractions import Fraction

import pytest
from django.db import DatabaseError, transaction

from assessments import actions
from assessments.actions import Recommends
from assessments.models import AssessmentComment, Recommendation, Signature, VersionRead
from assessments.report import AssessmentKind
from assessments.standing import standing_of
from cases.rules.errors import RuleBroken
from cases.rules.outcomes import Recommended
from cases.rules.signing import ECT, HEAD, ORDER, TUTOR, changes_for
from cases.rules.statuses import SignatureStatus
from induction_portal.accounts.permissions import Role
from notifications.models import Message
from tests.factories import AppointmentFactory, viewer
from tests.support.assessing import REPORT, START, TODAY, cast, fresh
from tests.support.trail import last_event, recorded, told

pytestmark = pytest.mark.django_db

FINAL = {"kind": AssessmentKind.FINAL, "satisfactory": None, "stays": None}
PASS = Recommends(Recommended.SATISFACTORY)


@pytest.fixture
def case():
    return cast()


@pytest.fixture
def signing(case):
    """A report that the ECT has commented on."""
    return case.comment(case.write())


@pytest.fixture
def final(case):
    """A final report that the tutor has signed."""
    case.send(case.signed())
    day = case.placement.induction.clock.ends_on
    written = case.write(on=day, held_on=day, **FINAL)
    return case.sign(case.comment(written), TUTOR)


def refusal(act, *args, **options):
    with pytest.raises(RuleBroken) as broken, transaction.atomic():
        act(*args, **options)
    return broken.value


def told_to(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient__email", flat=True))


def answer(case, assessment, role, by=None, version=None, **options):
    given = {"assessment": assessment, "version": version or assessment.latest, "role": role}
    return actions.sign(by=by or case.who(role), on=TODAY, **given, **options)


class TestComments:
    @pytest.mark.parametrize(("text", "kept"), [(" A fair picture ", "A fair picture"), (None, "")])
    def test_the_ect_comments_or_has_none(self, case, text, kept):
        assessment = case.comment(case.write(), text)
        assert (assessment.status, assessment.turn) == ("signing", TUTOR)
        assert AssessmentComment.objects.get().text == kept
        assert recorded()[0] == "assessment_commented"
        assert told_to("assessment_to_sign") == {case.tutor.user.email}

    def test_empty_comments_are_neither(self, case):
        assert refusal(case.comment, case.write(), " ").field == "text"

    def test_nobody_else_comments_for_the_ect(self, case):
        given = {"on": TODAY, "assessment": case.write(), "version": 1, "text": "Fine"}
        for other in (case.tutor, case.head, case.officer, viewer(None, Role.ECT, on=TODAY)):
            assert "Only the ECT" in refusal(actions.comment_on_assessment, by=other, **given).message

    def test_a_version_that_has_moved_on_is_read_first(self, case):
        assessment = case.write()
        actions.withdraw_assessment(by=case.tutor, on=TODAY, assessment=assessment, version=1)
        case.again(fresh(assessment), strengths="Knows every pupil")
        given = {"by": case.ect, "on": TODAY, "assessment": assessment, "version": 1, "text": "Fine"}
        assert "read that one first" in refusal(actions.comment_on_assessment, **given).message


class TestReading:
    def test_the_first_time_counts_and_is_recorded(self, case, signing):
        version = signing.versions.get()
        read = actions.open_version(by=case.head, on=TODAY, version=version)
        assert recorded()[0] == "assessment_opened"
        assert actions.open_version(by=case.head, on=TODAY, version=version) == read
        assert VersionRead.objects.count() == 1

    def test_nobody_signs_what_they_have_not_opened(self, case, signing):
        case.sign(signing, TUTOR)
        assert "Open and read this version" in refusal(answer, case, signing, HEAD).message

    def test_to_have_read_an_earlier_version_is_not_enough(self, case):
        again = case.again(case.returned(), strengths="Knows every pupil")
        case.comment(again)
        assert "Open and read this version" in refusal(answer, case, again, TUTOR).message


class TestOrder:
    def test_tutor_then_headteacher_then_ect(self, case, signing):
        for role, following in zip(ORDER, [HEAD, ECT, ""], strict=True):
            assert fresh(signing).turn == role
            assert case.sign(signing, role).turn == following
        assert fresh(signing).status == "signed"
        assert told_to("assessment_to_sign") == {viewer.user.email for viewer in (case.tutor, case.head, case.ect)}
        assert told_to("assessment_signed") == {case.tutor.user.email}

    @pytest.mark.parametrize("role", [HEAD, ECT])
    def test_nobody_signs_before_their_turn(self, case, signing, role):
        case.read(signing, case.who(role))
        assert "it is the turn of the induction tutor" in refusal(answer, case, signing, role).message

    def test_nobody_signs_before_the_ect_has_commented(self, case):
        assessment = case.write()
        case.read(assessment, case.tutor)
        told = refusal(answer, case, assessment, TUTOR)
        assert "“With the ECT for comments” cannot become “Signed”" in told.message

    def test_nobody_signs_twice(self, case, signing):
        case.sign(signing, TUTOR)
        assert "“Signed” cannot become" in refusal(answer, case, signing, TUTOR).message

    def test_it_is_recorded_with_what_it_binds(self, case, signing):
        case.sign(signing, TUTOR)
        version = signing.versions.get()
        after = {"version": 1, "role": TUTOR, "sha256": version.sha256, "part": version.tutor_part, "status": "signing"}
        assert recorded()[0] == "assessment_signed"
        assert told(last_event())["after"] == after


class TestWhoSigns:
    def test_a_tutor_of_other_ects_is_not_the_tutor(self, case, signing):
        other = viewer(case.placement.school, Role.INDUCTION_TUTOR, on=TODAY)
        assert "Only the induction tutor" in refusal(answer, case, signing, TUTOR, by=other).message

    def test_an_induction_lead_may_act_as_tutor(self, case, signing):
        lead = viewer(case.placement.school, Role.INDUCTION_LEAD, on=TODAY)
        case.read(signing, lead)
        assert answer(case, signing, TUTOR, by=lead).by == lead.user

    @pytest.mark.parametrize("role", ORDER)
    def test_nobody_signs_as_somebody_else(self, case, signing, role):
        others = {TUTOR: case.head, HEAD: case.tutor, ECT: case.tutor}
        mentor = viewer(case.placement.school, Role.MENTOR, on=TODAY)
        for other in (others[role], mentor, case.officer, viewer(None, Role.ECT, on=TODAY)):
            assert "Only " in refusal(answer, case, signing, role, by=other).message

    def test_a_headteacher_of_another_school_is_not_this_one(self, case, signing):
        elsewhere = viewer(cast().placement.school, Role.HEADTEACHER, on=TODAY)
        assert "Only the headteacher" in refusal(answer, case, signing, HEAD, by=elsewhere).message

    def test_a_role_that_does_not_sign_is_none(self, case, signing):
        assert "Only a signatory" in refusal(answer, case, signing, "mentor", by=case.tutor).message

    def test_a_head_who_is_the_tutor_signs_in_both_roles_once_each_knowingly(self, case, signing):
        case.placement.appointments.all().delete()
        both = viewer(case.placement.school, Role.HEADTEACHER, Role.INDUCTION_TUTOR, on=TODAY)
        told = {"induction": case.placement.induction, "placement": case.placement, "school": case.placement.school}
        AppointmentFactory(kind=TUTOR, user=both.user, starts_on=START, **told)
        case.read(signing, both)
        answer(case, signing, TUTOR, by=both)
        assert refusal(answer, case, signing, HEAD, by=both).field == "both"
        answer(case, signing, HEAD, by=both, both=True)
        assert set(Signature.objects.values_list("role", "by")) == {(TUTOR, both.user.pk), (HEAD, both.user.pk)}


class TestRefusing:
    def refuse(self, case, assessment, role, reason="It leaves out my club"):
        case.read(assessment, case.who(role))
        given = {"assessment": assessment, "version": assessment.latest, "role": role, "reason": reason}
        return actions.refuse_to_sign(by=case.who(role), on=TODAY, **given)

    def test_the_ects_refusal_is_kept_and_holds_nothing_up(self, case, signing):
        case.sign(signing, TUTOR, HEAD)
        self.refuse(case, signing, ECT)
        assert fresh(signing).status == "signed"
        assert standing_of(signing).answers[ECT].reason == "It leaves out my club"
        assert recorded()[0] == "signature_refused"
        assert told_to("assessment_signature_refused") == {case.tutor.user.email, case.head.user.email}
        assert case.send(signing).status == "sent"

    def test_the_headteachers_keeps_it_from_being_signed_until_they_change_their_mind(self, case, signing):
        case.sign(signing, TUTOR)
        self.refuse(case, signing, HEAD)
        assert (fresh(signing).status, fresh(signing).turn) == ("signing", HEAD)
        case.read(signing, case.ect)
        assert "the turn of the headteacher" in refusal(answer, case, signing, ECT).message
        assert case.sign(signing, HEAD).turn == ECT

    def test_it_says_why(self, case, signing):
        assert refusal(self.refuse, case, signing, TUTOR, " ").field == "reason"

    def test_it_has_its_turn_too(self, case, signing):
        assert "the turn of" in refusal(self.refuse, case, signing, HEAD).message


class TestAgain:
    """After the body has returned it for something."""

    @pytest.fixture
    def returned(self, case):
        return case.returned()

    def test_a_clerical_line_is_signed_again_by_the_tutor_alone(self, case, returned):
        again = case.again(returned, others_present="A governor")
        assert (again.status, again.turn) == ("signing", TUTOR)
        standing = standing_of(again)
        assert set(standing.answers) == {HEAD, ECT}
        assert standing.statuses[TUTOR] is SignatureStatus.REQUESTED
        assert case.sign(again, TUTOR).status == "signed"

    def test_what_is_about_the_ect_is_commented_on_and_signed_by_them_again(self, case, returned):
        teacher = case.placement.induction.teacher
        teacher.name = "Imogen Hart-Vale"
        teacher.save()
        again = case.again(returned)
        assert (again.status, again.turn) == ("commenting", ECT)
        assert case.sign(case.comment(again), TUTOR).turn == ECT
        assert case.sign(again, ECT).status == "signed"

    def test_a_judgement_is_signed_again_by_all(self, case, returned):
        again = case.comment(case.again(returned, strengths="Knows every pupil"))
        assert standing_of(again).answers == {}
        assert case.sign(again, *ORDER).status == "signed"

    def test_each_sees_exactly_what_changed_for_them(self, case, returned):
        again = case.again(returned, others_present="A governor")
        before, after = (json.loads(v.content) for v in again.versions.order_by("number"))
        assert changes_for(TUTOR, before, after) == [("others_present", "", "A governor")]
        assert changes_for(HEAD, before, after) == changes_for(ECT, before, after) == []

    def test_earlier_versions_and_signatures_stay(self, case, returned):
        case.again(returned, strengths="Knows every pupil")
        first = returned.versions.get(number=1)
        assert first.signatures.count() == 3
        assert json.loads(first.content)["strengths"] == REPORT.strengths

    def test_a_signature_that_was_void_stays_void(self, case, returned):
        again = case.again(returned, strengths="Knows every pupil")
        actions.withdraw_assessment(by=case.tutor, on=TODAY, assessment=again, version=2)
        back = case.again(fresh(again), strengths=REPORT.strengths)
        assert (back.latest, back.status, standing_of(back).answers) == (3, "commenting", {})

    def test_a_signature_on_a_version_that_has_moved_on_is_refused(self, case, returned):
        again = case.again(returned, others_present="A governor")
        case.read(again, case.tutor)
        assert "read that one first" in refusal(answer, case, again, TUTOR, version=1).message


class TestRecommending:
    def test_it_is_given_with_the_headteachers_signature(self, case, final):
        case.sign(final, HEAD, recommends=PASS)
        given = Recommendation.objects.get()
        assert (given.outcome, given.status, given.extend_by) == ("satisfactory", "draft", 0)
        assert json.loads(given.content)["report"] == final.versions.get().sha256
        assert told(last_event())["after"]["recommendation"] == given.sha256

    def test_without_one_the_headteacher_cannot_sign(self, case, final):
        case.read(final, case.head)
        assert refusal(answer, case, final, HEAD).field == "outcome"

    def test_only_the_headteacher_recommends_and_only_at_the_end(self, case, signing):
        case.read(signing, case.tutor)
        assert "Only the headteacher" in refusal(answer, case, signing, TUTOR, recommends=PASS).message
        case.sign(signing, TUTOR)
        case.read(signing, case.head)
        assert refusal(answer, case, signing, HEAD, recommends=PASS).field == "outcome"

    @pytest.mark.parametrize(
        ("recommends", "field"),
        [
            (Recommends(Recommended.EXTENSION, reason="Ill for long"), "extend_by"),
            (Recommends(Recommended.EXTENSION, Fraction(1)), "reason"),
            (Recommends(Recommended.UNSATISFACTORY), "reason"),
        ],
    )
    def test_what_is_incomplete_is_refused(self, case, final, recommends, field):
        case.read(final, case.head)
        assert refusal(answer, case, final, HEAD, recommends=recommends).field == field

    def test_an_extension_states_its_length(self, case, final):
        case.sign(final, HEAD, recommends=Recommends(Recommended.EXTENSION, Fraction(3, 2), "Ill for long"))
        assert str(Recommendation.objects.get().extend_by) == "1.5"

    def test_it_goes_to_the_body_with_the_report(self, case, final):
        signed = case.sign(case.sign(final, HEAD, recommends=PASS), ECT)
        case.send(signed)
        assert Recommendation.objects.get().status == "sent"

    def test_it_stands_when_a_correction_does_not_touch_the_headteacher(self, case, final):
        returned = case.returned(case.sign(case.sign(final, HEAD, recommends=PASS), ECT))
        again = case.again(returned, on=final.held_on, held_on=final.held_on, others_present="A governor", **FINAL)
        case.send(case.sign(again, TUTOR))
        assert standing_of(again).recommendation == Recommendation.objects.get(status="sent")

    def test_another_takes_its_place_when_the_headteacher_signs_again(self, case, final):
        returned = case.returned(case.sign(case.sign(final, HEAD, recommends=PASS), ECT))
        judged_anew = FINAL | {"held_on": final.held_on, "strengths": "Knows every pupil"}
        again = case.comment(case.again(returned, on=final.held_on, **judged_anew))
        case.sign(again, *ORDER, recommends=PASS)
        assert set(Recommendation.objects.values_list("status", flat=True)) == {"withdrawn", "draft"}

    def test_only_its_status_moves_on(self, case, final):
        case.sign(final, HEAD, recommends=PASS)
        given = Recommendation.objects.get()
        given.reason = "Another"
        for act in (given.save, given.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()
