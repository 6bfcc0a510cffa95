"""The pages on which a school records an ECT's answer, and how it reads to everybody afterwards."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessments.assessment_papers import bundle_of
from assessments.assessment_part import AssessmentsPart
from assessments.models import AssessmentComment, PaperComment, PaperSignature
from induction_portal import clock
from tests.actions.test_on_paper import LATER, SILENT, comments, own, signature, without_sign_in
from tests.pages.test_assessment_signing import address, browser, errors, send, text
from tests.pdf.test_assessment import issue, read
from tests.support.assessing import TODAY, cast, fresh
from tests.support.forms import Page

pytestmark = pytest.mark.django_db
PART = AssessmentsPart()
RECORDED = "Recorded by {} on 21 July 2026, not by the ECT in the portal."


@pytest.fixture
def case():
    return cast()


def typed(name: str, day: date) -> dict[str, object]:
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


def links(visitor, row):
    page = Page(visitor.client.get(address("assessment", row)).content.decode())
    return [link.get_text(strip=True) for link in page.soup.select("main a.govuk-button")]


SAID = "Record what the ECT said on paper"
SIGNED = "Record what the ECT signed on paper"


class TestRecordingComments:
    def test_the_tutor_types_what_was_said_and_it_reads_as_recorded(self, case):
        row, tutor = case.write(), browser(case.tutor)
        path = address("record_comments", row)
        told = {"way": "commented", "text": "Fair, & <b>clear</b>", "seen": "on"} | typed("given_on", TODAY)
        assert SAID in links(tutor, row)
        assert send(tutor, path, **told)["Location"] == address("assessment", row)
        assert fresh(row).turn == "induction_tutor"
        for person in (case.tutor, case.head, case.ect):
            shown = text(browser(person), address("assessment", row))
            assert "The ECT gave these comments on paper or in a meeting on 14 July 2026. Fair, & <b>clear</b>" in shown
            assert f"Recorded by {case.tutor.user.name} on {clock.today():%-d %B %Y}, not by the ECT" in shown

    def test_an_ect_who_has_just_been_asked_is_left_the_time(self, case):
        row, tutor = case.write(on=clock.today()), browser(case.tutor)
        assert SAID not in links(tutor, row)
        response = tutor.client.get(address("record_comments", row), follow=True)
        assert response.redirect_chain == [(address("assessment", row), 302)]
        assert "has 5 working days to answer in the portal themself" in response.content.decode()

    @pytest.mark.parametrize(
        ("told", "wrong"),
        [
            ({"seen": "on"}, ["Select how the ECT answered"]),
            (
                {"way": "commented"},
                [
                    "Enter the ECT’s comments",
                    "Enter the day on which the ECT answered",
                    "Confirm that the ECT was given the report to read",
                ],
            ),
            (
                {"way": "silent", "seen": "on"},
                [
                    "The day on which the ECT was asked must be between 14 July 2026, when the report was shared, and "
                    "today",
                    "Enter the day on which the ECT was asked again",
                ],
            ),
        ],
    )
    def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(self, case, told, wrong):
        row, tutor = case.write(), browser(case.tutor)
        answer = send(tutor, address("record_comments", row), **told | typed("asked_on", TODAY - timedelta(days=900)))
        assert errors(answer) == wrong
        assert Page(answer.content.decode()).boxes["asked_on-year"] == str((TODAY - timedelta(days=900)).year)
        assert not PaperComment.objects.exists()

    def test_what_was_answered_in_the_meantime_keeps_what_was_typed(self, case):
        row, tutor = case.write(), browser(case.tutor)
        page = Page(tutor.client.get(address("record_comments", row)).content.decode())
        case.comment(row)
        told = page.data | {"way": "commented", "text": "Half a page", "seen": "on"} | typed("given_on", TODAY)
        answer = Page(tutor.client.post(address("record_comments", row), told).content.decode())
        assert answer.errors
        assert answer.boxes["text"] == "Half a page"

    def test_who_has_no_sign_in_is_a_task_of_their_tutor(self, case):
        without_sign_in(case)
        case.write(on=clock.today())
        asked = "Ask the ECT, and record their answer to the first formal assessment"
        assert [task.says for task in PART.work(case.tutor).tasks] == [asked]
        assert list(PART.work(case.tutor).waits) == []
        assert [task.says for task in PART.work(case.head).waits] == ["The ECT comments on the first formal assessment"]


class TestOwnComment:
    def test_the_ect_may_still_add_their_own_while_it_is_being_signed(self, case):
        row, ect = case.write(), browser(case.ect)
        comments(case, row, what=SILENT)
        assert "Comment on the report" in links(ect, row)
        response = send(ect, address("assessment_comments", row), has_comments="yes", text="I was ill")
        assert response["Location"] == address("assessment", row)
        assert AssessmentComment.objects.get().text == "I was ill"
        assert "Comment on the report" not in links(ect, row)
        shown = text(browser(case.head), address("assessment", row))
        assert shown.index(
            "The ECT did not answer. They were asked on 14 July 2026 and on 21 July 2026."
        ) < shown.index("I was ill")


class TestRecordingSignature:
    @pytest.fixture
    def row(self, case):
        return case.sign(case.comment(case.write()), "induction_tutor", "headteacher")

    def test_a_signature_on_paper_has_its_day_and_its_witness(self, case, row):
        head = browser(case.head)
        assert SIGNED in links(head, row)
        told = {"way": "signed", "witness": "Elspeth Muir", "seen": "on"} | typed("given_on", TODAY)
        send(head, address("record_signature", row), **told)
        assert PaperSignature.objects.get().signature.by == case.head.user
        shown = text(browser(case.ect), address("assessment", row))
        assert "Signed on paper on 14 July 2026, seen by Elspeth Muir. Recorded by" in shown

    def test_why_there_is_none_is_kept_with_it(self, case, row):
        told = {"way": "declined", "text": "Wants another report", "seen": "on"} | typed("asked_on", TODAY)
        send(browser(case.tutor), address("record_signature", row), **told)
        assert fresh(row).status == "signed"
        shown = text(browser(case.head), address("assessment", row))
        assert "Said that they do not sign. Asked on 14 July 2026." in shown
        assert "Wants another report" in shown

    def test_before_it_is_the_ects_turn_there_is_nothing_to_record(self, case):
        row, tutor = case.comment(case.write()), browser(case.tutor)
        assert SIGNED not in links(tutor, row)
        response = tutor.client.get(address("record_signature", row), follow=True)
        assert "This assessment does not wait for the ECT." in response.content.decode()

    def test_what_is_sent_says_so_too(self, case, row):
        signature(case, row)
        shown = text(browser(case.tutor), address("send_assessment", row))
        assert "Signed on paper on 21 July 2026, seen by Elspeth Muir." in shown
        assert RECORDED.format(case.tutor.user.name) in shown


def test_the_document_and_the_ects_own_copy_say_who_recorded_it(case):
    row = case.write()
    comments(case, row)
    own(case, row)
    case.sign(row, "induction_tutor", "headteacher")
    asked = replace(SILENT, asked_on=LATER, asked_again_on=date(2026, 7, 24))
    signature(case, row, on=date(2026, 7, 28), what=asked)
    issue(fresh(row))
    _, words = read(fresh(row))
    recorded = RECORDED.format(case.tutor.user.name)
    for told in (
        "The ECT gave these comments on paper or in a meeting on 14 July 2026.", "A fair picture", recorded,
        "In my own words", "Version 1: did not answer. Asked on 21 July 2026 and on 24 July 2026.", "On sick leave",
        recorded.replace("21", "28"),
    ):  # fmt: skip
        assert told in words, told
    (_, said) = list(bundle_of(case.ect, row.induction).sections)
    rows = [cells[-1] for cells in said.rows]
    assert rows[0].startswith(recorded)
    assert rows[1:] == [
        "In my own words",
        f"{recorded.replace('21', '28')} Did not answer. Asked on 21 July 2026 and on 24 July 2026. On sick leave",
    ]
