"""An assessment at its pages: read, commented on, signed by three, refused, signed with others, and its document."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions import issue_assessment, withdraw_assessment
from assessments.models import Assessment, Recommendation, Signature
from assessments.report import Judged
from cases.rules.standards import Standard
from induction_portal.accounts.models import Draft
from induction_portal.accounts.permissions import Role
from tests.factories import AppointmentFactory, MembershipFactory
from tests.support.assessing import REPORT, START, TODAY, Cast, cast, fresh
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.support.world_build import RENDERER

pytestmark = pytest.mark.django_db
QUEUE = "/assessments/to-sign/"


def browser(viewer) -> Visitor:
    """Somebody of a cast at their browser."""
    return Visitor(SimpleNamespace(user_id=viewer.user.pk, acting_for=viewer.acting_for))


def address(name, row):
    return reverse(f"assessments:{name}", args=[row.pk])


def send(visitor, path, **told):
    """Open a page, fill in its form, send it."""
    page = Page(visitor.client.get(path).content.decode())
    return visitor.client.post(path, page.data | told)


def errors(response):
    return Page(response.content.decode()).errors


def text(visitor, path):
    page = Page(visitor.client.get(path).content.decode())
    return " ".join(page.soup.select_one("main").get_text(" ").split())


@pytest.fixture
def case():
    return cast()


@pytest.fixture
def row(case):
    """A first report with the ECT's comments."""
    return case.comment(case.write())


class TestCommenting:
    def test_comments_make_it_the_tutors_turn(self, case):
        row, ect = case.write(), browser(case.ect)
        response = send(ect, address("assessment_comments", row), has_comments="yes", text="Fair, & <b>clear</b>")
        assert response["Location"] == address("assessment", row)
        assert fresh(row).turn == "induction_tutor"
        assert "Fair, & <b>clear</b>" in text(browser(case.head), address("assessment", row))

    def test_no_comments_are_an_answer(self, case):
        row = case.write()
        send(browser(case.ect), address("assessment_comments", row), has_comments="no")
        assert "The ECT has no comments." in text(browser(case.tutor), address("assessment", row))

    @pytest.mark.parametrize(
        ("told", "error"),
        [
            ({}, "Select yes if you want to comment on the report"),
            ({"has_comments": "yes", "text": " "}, "Enter your comments, or say that you have none"),
            ({"has_comments": "no", "text": "But"}, "You have typed comments: select yes to send them, or remove them"),
        ],
    )
    def test_what_is_not_clear_is_asked_again(self, case, told, error):
        row = case.write()
        response = send(browser(case.ect), address("assessment_comments", row), **told)
        assert errors(response) == [error]
        assert fresh(row).turn == "ect"

    def test_comments_on_a_version_that_was_taken_back_are_kept(self, case):
        row, ect = case.write(), browser(case.ect)
        page = Page(ect.client.get(address("assessment_comments", row)).content.decode())
        withdraw_assessment(by=case.tutor, on=TODAY, assessment=row, version=1)
        told = page.data | {"has_comments": "yes", "text": "Half an hour of work"}
        answer = Page(ect.client.post(address("assessment_comments", row), told).content.decode())
        assert answer.errors
        assert answer.boxes["text"] == "Half an hour of work"

    def test_they_are_saved_while_typing(self, case):
        row, ect = case.write(), browser(case.ect)
        path = address("assessment_comments", row)
        page = Page(ect.client.get(path).content.decode())
        told = page.data | {"has_comments": "yes", "text": "So far"}
        assert ect.client.post(path, told, headers={"X-Autosave": "1"}).json() == {"saved": True}
        assert Page(ect.client.get(path).content.decode()).boxes["text"] == "So far"
        assert Draft.objects.filter(author=case.ect.user).exists()

    def test_once_answered_there_is_nothing_to_comment_on(self, case, row):
        response = browser(case.ect).client.get(address("assessment_comments", row), follow=True)
        assert "does not wait for comments" in response.content.decode()


class TestSigning:
    def test_who_has_not_opened_the_report_is_led_to_it(self, case, row):
        response = browser(case.tutor).client.get(address("sign_assessment", row), follow=True)
        assert response.redirect_chain == [(address("assessment", row), 302)]
        assert "Open and read this version before you sign it" in response.content.decode()

    def test_a_form_sent_without_opening_the_report_is_refused(self, case, row):
        told = {"agrees": "on", "version": 1}
        response = browser(case.tutor).post(address("sign_assessment", row), told)
        assert errors(response) == ["Open and read this version before you sign it"]
        assert not Signature.objects.exists()

    def test_three_sign_in_their_order(self, case, row):
        for viewer, named in (
            (case.tutor, "the induction tutor"),
            (case.head, "the headteacher"),
            (case.ect, "the ECT"),
        ):
            visitor = browser(viewer)
            assert f"It is your turn to sign, as {named}." in text(visitor, address("assessment", row))
            assert f"Sign as {named}" in text(visitor, address("sign_assessment", row))
            assert send(visitor, address("sign_assessment", row), agrees="on").status_code == 302
        assert fresh(row).status == "signed"
        words = text(browser(case.tutor), address("assessment", row))
        assert "It waits to be sent to the appropriate body" in words
        assert words.count("Stands") == 3

    def test_out_of_turn_is_refused_with_the_order(self, case, row):
        head = browser(case.head)
        text(head, address("assessment", row))
        response = head.client.get(address("sign_assessment", row), follow=True)
        rule = (
            "signed by the induction tutor, then the headteacher, then the ECT: it is the turn of the induction tutor"
        )
        assert rule in response.content.decode()
        assert any(
            rule in error
            for error in errors(head.post(address("sign_assessment", row), {"agrees": "on", "version": 1}))
        )

    def test_a_box_not_ticked_signs_nothing(self, case, row):
        tutor = browser(case.tutor)
        text(tutor, address("assessment", row))
        assert errors(send(tutor, address("sign_assessment", row))) == ["Confirm that you have read and sign it"]

    def test_sent_twice_it_is_signed_once(self, case, row):
        tutor, path = browser(case.tutor), address("sign_assessment", row)
        text(tutor, address("assessment", row))
        told = Page(tutor.client.get(path).content.decode()).data | {"agrees": "on"}
        first, second = tutor.client.post(path, told), tutor.client.post(path, told)
        assert (first.status_code, second.status_code) == (302, 302)
        assert Signature.objects.count() == 1

    def test_a_version_that_has_moved_on_is_refused(self, case, row):
        tutor, path = browser(case.tutor), address("sign_assessment", row)
        text(tutor, address("assessment", row))
        told = Page(tutor.client.get(path).content.decode()).data | {"agrees": "on"}
        withdraw_assessment(by=case.tutor, on=TODAY, assessment=row, version=1)
        case.again(fresh(row), others_present="The head of year")
        error = "This report has a new version since you opened this page: read that one first"
        assert errors(tutor.client.post(path, told)) == [error]

    def test_a_headteacher_who_is_the_tutor_signs_knowingly_in_both_roles(self, case, row):
        placed = {"induction": row.induction, "placement": row.placement, "school": row.school}
        case.placement.appointments.all().delete()
        AppointmentFactory(kind="induction_tutor", user=case.head.user, starts_on=START, **placed)
        MembershipFactory(user=case.head.user, organisation=row.school, role=Role.INDUCTION_TUTOR)
        head, path = browser(case.head), address("sign_assessment", row)
        text(head, address("assessment", row))
        assert send(head, path, agrees="on").status_code == 302
        assert "You have signed this report in your other role" in text(head, path)
        assert errors(send(head, path, agrees="on")) == ["Confirm that you sign in both roles"]
        assert send(head, path, agrees="on", both="on").status_code == 302
        assert list(Signature.objects.values_list("role", flat=True)) == ["induction_tutor", "headteacher"]

    def test_a_signatory_sees_exactly_what_changed_and_only_the_touched_sign_again(self, case):
        returned = case.returned()
        again = case.again(returned, others_present="The head of year", next_school="")
        tutor = browser(case.tutor)
        words = text(tutor, address("assessment", again))
        assert "What has changed since version 1, which you read" in words
        assert "Others present" in text(tutor, address("sign_assessment", again))
        assert words.count("Stands") == 2
        assert "No longer stands: what it covers has changed" in words
        send(tutor, address("sign_assessment", again), agrees="on")
        assert fresh(again).status == "signed"


class TestRefusing:
    def test_a_headteacher_who_does_not_sign_holds_it_up_and_may_change_their_mind(self, case, row):
        case.sign(row, "induction_tutor")
        head = browser(case.head)
        text(head, address("assessment", row))
        assert errors(send(head, address("refuse_signature", row))) == ["Say why you do not sign"]
        send(head, address("refuse_signature", row), reason="The lesson of 3 July is missing")
        assert "The lesson of 3 July is missing" in text(browser(case.tutor), address("assessment", row))
        assert fresh(row).turn == "headteacher"
        assert send(head, address("sign_assessment", row), agrees="on").status_code == 302

    def test_an_ect_who_does_not_sign_lets_it_go_on(self, case, row):
        case.sign(row, "induction_tutor", "headteacher")
        ect = browser(case.ect)
        text(ect, address("assessment", row))
        assert "You do not have to sign" in text(ect, address("refuse_signature", row))
        send(ect, address("refuse_signature", row), reason="I see it differently")
        assert fresh(row).status == "signed"


class TestRecommending:
    @pytest.fixture
    def final(self, case):
        return case.written_final()

    @pytest.fixture
    def head(self, case, final):
        head = browser(case.head)
        text(head, address("assessment", final))
        return head

    def test_it_is_given_with_the_headteachers_signature_and_seen_by_the_ect(self, case, final, head):
        told = {"outcome": "extension", "extend_by": "1.5", "reason": "Away for a term", "agrees": "on"}
        assert send(head, address("sign_assessment", final), **told).status_code == 302
        given = Recommendation.objects.get()
        assert (given.outcome, str(given.extend_by), given.reason) == ("extension", "1.5", "Away for a term")
        words = text(browser(case.ect), address("assessment", final))
        assert "The induction period should be extended : by 1.5 full-time terms" in words

    @pytest.mark.parametrize(
        ("told", "error"),
        [
            ({}, "Select what you recommend to the appropriate body"),
            ({"outcome": "extension", "reason": "Ill"}, "Enter how many terms the extension should last."),
            ({"outcome": "unsatisfactory"}, "Give the reasons for this recommendation."),
        ],
    )
    def test_what_is_incomplete_is_refused_and_kept(self, final, head, told, error):
        response = send(head, address("sign_assessment", final), agrees="on", **told)
        assert errors(response) == [error]
        assert Page(response.content.decode()).boxes["reason"] == told.get("reason", "")
        assert not Recommendation.objects.exists()

    def test_a_final_report_is_not_signed_with_others(self, final, head):
        words = text(head, QUEUE)
        assert "It takes your recommendation, so it is signed on its own page" in words
        assert "Sign the selected reports" not in words


def several(count, first: Cast) -> list[Assessment]:
    """Reports of so many ECTs of one school that wait for one headteacher."""
    cases = [cast(school=first.placement.school) for _ in range(count)]
    mine = [Cast(case.placement, case.tutor, first.head, case.ect, case.officer) for case in cases]
    return [case.sign(case.comment(case.write()), "induction_tutor") for case in mine]


class TestTheQueue:
    def test_several_are_signed_at_once_after_each_was_opened(self, case):
        head, rows = browser(case.head), several(3, case)
        for row in rows[:2]:
            text(head, address("assessment", row))
        chosen = [f"{row.pk}:1" for row in rows]
        refused = send(head, QUEUE, chosen=chosen)
        assert "Open and read this version before you sign it. Nothing has been signed" in errors(refused)[0]
        assert not Signature.objects.filter(role="headteacher").exists()
        assert send(head, QUEUE, chosen=chosen[:2]).status_code == 302
        assert Signature.objects.filter(role="headteacher").count() == 2
        assert text(head, QUEUE).count("to be signed as the headteacher") == 1

    def test_it_says_what_was_opened_and_what_has_changed_since(self, case):
        row = case.sign(case.comment(case.write()), "induction_tutor")
        head = browser(case.head)
        assert "Not opened yet" in text(head, QUEUE)
        text(head, address("assessment", row))
        assert "Opened Version 1" in text(head, QUEUE)
        withdraw_assessment(by=case.tutor, on=TODAY, assessment=row, version=1)
        better = REPORT.judged | {Standard.TS4: Judged(True, "Three visits", "", "")}
        again = case.again(fresh(row), judged=better)
        case.sign(case.comment(again), "induction_tutor")
        words = text(head, QUEUE)
        assert "What has changed since version 1, which you read" in words
        assert "is now “Three visits”" in words

    def test_nothing_chosen_and_what_is_gone_are_said(self, case, row):
        case.sign(row, "induction_tutor")
        head = browser(case.head)
        assert errors(send(head, QUEUE)) == ["Select the reports that you sign"]
        stale = send(head, QUEUE, chosen=[f"{row.pk}:7"])
        assert errors(stale)[0].startswith("A report has changed, or was signed already")

    def test_who_has_nothing_to_sign_is_told_so(self, case, row):
        assert "No report waits for your signature" in text(browser(case.head), QUEUE)

    def test_ten_times_the_rows_ask_no_more(self, case):
        head = browser(case.head)
        several(1, case)
        few = self._queries(head)
        several(10, case)
        assert text(head, QUEUE).count("to be signed as the headteacher") == 11
        assert self._queries(head) <= few <= 12

    def _queries(self, head) -> int:
        head.get(QUEUE)
        with CaptureQueriesContext(connection) as asked:
            assert head.get(QUEUE).status_code == 200
        return len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]])


class TestTheDocument:
    def test_it_is_prepared_then_served(self, case, row):
        tutor, path = browser(case.tutor), address("assessment_document", row)
        early = tutor.client.get(path, follow=True)
        assert "is issued once it has been signed by all" in early.content.decode()
        row = case.sign(row, "induction_tutor", "headteacher", "ect")
        assert tutor.get(path).status_code == 202
        issue_assessment(by=RENDERER, on=TODAY, assessment_id=row.pk)
        served = tutor.get(path)
        assert served.content.startswith(b"%PDF")
        assert served["Content-Disposition"].startswith('attachment; filename="first-assessment-')
        assert row.induction.teacher.trn not in served["Content-Disposition"]

    def test_the_body_reads_the_version_it_has_while_it_is_corrected(self, case):
        signed = case.signed()
        issue_assessment(by=RENDERER, on=TODAY, assessment_id=signed.pk)
        case.again(case.returned(signed), strengths="Known only to the school")
        officer = browser(case.officer)
        words = text(officer, address("assessment", signed))
        assert "Known only to the school" not in words
        assert "The school’s name is wrong" in words
        assert "With the ECT for comments" not in words
        assert "Version 2" not in words
        assert officer.get(address("assessment_document", signed) + "?version=2").content.startswith(b"%PDF")

    def test_the_ect_takes_it_along(self, case):
        signed = case.signed()
        issue_assessment(by=RENDERER, on=TODAY, assessment_id=signed.pk)
        ect = browser(case.ect)
        words = text(ect, reverse("cases:own_record", args=[signed.induction_id]))
        assert "First formal assessment" in words
        assert "Issued on" in words


def test_only_what_may_be_done_is_offered(case, row):
    path = address("assessment", row)
    tutor, head, ect = (text(browser(who), path) for who in (case.tutor, case.head, case.ect))
    assert "Sign as the induction tutor" in tutor
    assert "Sign as" not in head + ect
    assert "Comment on the report" not in tutor + head + ect
    assert "Download as a PDF" not in tutor + head + ect


@pytest.mark.parametrize("name", ["assessment_comments", "sign_assessment", "refuse_signature"])
def test_the_body_and_another_school_get_nowhere(name, case):
    sent = case.send(case.signed())
    assert browser(case.officer).client.get(address(name, sent)).status_code == 403
    stranger = cast()
    expected = {case.tutor: 403 if name == "assessment_comments" else 302, stranger.head: 404}
    for who, status in expected.items():
        assert browser(who).client.get(address(name, sent)).status_code == status
