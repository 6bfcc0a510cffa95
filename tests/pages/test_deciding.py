"""The decision at its pages: the whole case, three journeys, several passed, a second officer, the ECT’s part."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions import return_assessment
from assessments.models import Assessment, Decision, Representation
from cases.models import BodyPeriod
from induction_portal.accounts.models import User
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.support.world_people import viewer_of

REASONS = {"reasons": "Every Standard is met", "regard": "on", "sure": "on"}


@pytest.fixture
def officer(world):
    return Visitor(world.people["body_officer@south"])


def case_page(world, name, key="ready"):
    return reverse(f"assessments:{name}", args=[world.cases[key].id])


def decision_page(world, name="decision", key="ended"):
    return reverse(f"assessments:{name}", args=[world.decisions[key].id])


def letters_page(world, name="representations", key="ended"):
    return reverse(f"assessments:{name}", args=[world.recommendations[key].id])


def text(visitor, path):
    page = Page(visitor.client.get(path, follow=True).content.decode())
    return " ".join(page.soup.select_one("#main-content").get_text(" ").split())


def send(visitor, path, **told):
    """Open a page, fill in its form, send it."""
    page = Page(visitor.client.get(path).content.decode())
    return visitor.client.post(path, page.data | told)


def refused(response):
    return " ".join(Page(response.content.decode()).errors)


class TestTheWholeCase:
    def test_it_is_on_one_page(self, world, officer):
        words = text(officer, case_page(world, "deciding"))
        for part in (
            "What the law requires next", "Decide by", "Headteacher’s recommendation", "Representations",
            "in full", "Progress reviews", "Formal assessments", "Observations", "Observed and absent",
            "the last of 20 working days", "zqdecidingletterreadyzq",
        ):  # fmt: skip
            assert part in words, part

    def test_it_asks_no_more_than_a_whole_case_may(self, world, officer):
        path = case_page(world, "deciding")
        officer.client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert officer.client.get(path).status_code == 200
        assert len([each for each in asked.captured_queries if "SAVEPOINT" not in each["sql"]]) <= 30

    def test_the_named_contact_is_told_why_not(self, world, officer):
        period = BodyPeriod.objects.get(induction=world.cases["ready"].id)
        period.officer = User.objects.get(pk=world.people["body_admin@south"].user_id)
        period.contact = User.objects.get(pk=officer.person.user_id)
        period.contact_named_on = period.starts_on
        period.save()
        assert "You are this ECT’s named contact" in text(officer, case_page(world, "deciding"))
        assert "named contact" in text(officer, case_page(world, "pass_case"))
        assert not Decision.objects.filter(induction=world.cases["ready"].id).exists()

    def test_where_there_is_nothing_to_decide_it_says_what_comes_first(self, world):
        words = text(Visitor(world.people["body_officer@north"]), case_page(world, "deciding", "oak"))
        assert "The headteacher recommends within 10 working days" in words
        assert "None has been received." in words


class TestTheJourneys:
    @pytest.mark.parametrize(
        ("name", "told", "status", "says"),
        [
            ("pass_case", REASONS, "passed", "What passing means"),
            (
                "extend_case",
                REASONS | {"terms": "1.5", "ground": "illness", "assessments": "A review"},
                "extended",
                "What extending means",
            ),
            ("fail_case", REASONS, "failed", "They keep qualified teacher status"),
        ],
    )
    def test_each_has_its_own_page_and_words(self, world, officer, name, told, status, says):
        path = case_page(world, name)
        assert says in text(officer, path)
        response = send(officer, path, **told)
        made = Decision.objects.get(induction=world.cases["ready"].id)
        assert (made.status, response["Location"]) == (status, reverse("assessments:decision", args=[made.pk]))
        assert "Every Standard is met" in text(officer, response["Location"])

    def test_what_is_missing_is_said_beside_its_field(self, world, officer):
        response = send(officer, case_page(world, "extend_case"), terms="0")
        for words in (
            "Select the ground for the extension",
            "Say how the ECT is assessed",
            "Give the reasons",
            "had regard",
            "Confirm that this induction is extended",
        ):
            assert words in refused(response)
        assert not Decision.objects.filter(induction=world.cases["ready"].id).exists()

    def test_who_comes_second_is_told(self, world, officer):
        path = case_page(world, "fail_case")
        page = Page(officer.client.get(path).content.decode())
        send(Visitor(world.people["body_admin@south"]), case_page(world, "pass_case"), **REASONS)
        response = officer.client.post(path, page.data | REASONS)
        assert response.status_code == 409
        assert "decided this case while you had this page open" in refused(response)
        assert "Every Standard is met" in response.content.decode()  # nothing typed is lost

    def test_a_report_that_is_being_corrected_is_a_conflict(self, world, officer):
        path = case_page(world, "pass_case")
        page = Page(officer.client.get(path).content.decode())
        row = Assessment.objects.get(pk=world.assessments["ready_final"].id)
        by = viewer_of(officer.person.user_id, officer.person.acting_for, world.today)
        return_assessment(by=by, on=world.today, assessment=row, version=1, comments="Name the school")
        assert "returned to the school, which is correcting it" in refused(
            officer.client.post(path, page.data | REASONS)
        )
        assert not Decision.objects.filter(induction=world.cases["ready"].id).exists()


class TestSeveral:
    def test_those_that_were_opened_pass_together(self, world, officer):
        chosen = f"{world.assessments['ready_final'].id}:1"
        path = reverse("assessments:to_make")
        assert "Opened" in text(officer, path)
        response = send(officer, path, chosen=[chosen], **REASONS)
        assert response.status_code == 302
        assert Decision.objects.get(induction=world.cases["ready"].id).status == "passed"
        assert "No case waits for a decision" in text(officer, path)

    def test_who_has_not_opened_it_is_stopped(self, world):
        admin, path = Visitor(world.people["body_admin@south"]), reverse("assessments:to_make")
        response = send(admin, path, chosen=[f"{world.assessments['ready_final'].id}:1"], **REASONS)
        assert "Open this case before you pass it. Nobody has been passed" in refused(response)
        text(admin, case_page(world, "deciding"))
        assert send(admin, path, chosen=[f"{world.assessments['ready_final'].id}:1"], **REASONS).status_code == 302


class TestTheSecondOfficer:
    def test_a_colleague_finds_the_proposal_and_approves_it(self, world):
        admin = Visitor(world.people["body_admin@north"])
        assert "Approve or return the proposed decision" in text(admin, reverse("home"))
        assert "Approve" in text(admin, decision_page(world, key="ended_proposed"))
        response = send(admin, decision_page(world, "approve_decision", "ended_proposed"), sure="on")
        assert response.status_code == 302
        assert Decision.objects.get(pk=world.decisions["ended_proposed"].id).status == "passed"

    def test_who_proposed_it_cannot(self, world):
        officer = Visitor(world.people["body_officer@north"])
        response = send(officer, decision_page(world, "approve_decision", "ended_proposed"), sure="on")
        assert "a second officer must approve or return it" in refused(response)

    def test_the_school_knows_of_no_proposal(self, world):
        head = Visitor(world.people["headteacher@oak"])
        assert head.client.get(decision_page(world, key="ended_proposed")).status_code == 404
        assert "Proposal" not in text(head, reverse("cases:case", args=[world.cases["ended"].id]))


class TestWhoReads:
    @pytest.mark.parametrize("key", ["ect@ended", "headteacher@oak", "induction_tutor@oak"])
    def test_those_directly_involved_read_it(self, world, key):
        words = text(Visitor(world.people[key]), decision_page(world))
        assert "Decision made" in words
        assert "1 full-time term" in words

    @pytest.mark.parametrize("key", ["mentor@oak", "school_admin@oak"])
    def test_others_read_the_same_words_whatever_was_decided(self, world, key):
        visitor = Visitor(world.people[key])
        assert visitor.client.get(decision_page(world)).status_code == 403
        assert "Decision made" in text(visitor, reverse("cases:case", args=[world.cases["ended"].id]))


class TestTheEct:
    def test_they_write_and_add(self, world):
        ect, path = Visitor(world.people["ect@ended"]), letters_page(world, "write_representations")
        assert "Write to the appropriate body" in text(ect, reverse("home"))
        response = send(ect, path, text="There is <more>", more="no")
        assert response["Location"] == letters_page(world)
        assert "There is <more>" in text(ect, letters_page(world))
        assert "You can no longer write here" in text(ect, path)

    def test_they_say_that_they_write_nothing_more(self, world):
        ect, path = Visitor(world.people["ect@ended"]), letters_page(world, "waive_representations")
        assert "Confirm that the appropriate body may decide at once" in refused(send(ect, path))
        assert send(ect, path, sure="on").status_code == 302
        waived = Representation.objects.filter(waives=True, text="")
        assert waived.filter(recommendation=world.recommendations["ended"].id).count() == 1

    def test_the_school_is_no_party_to_it(self, world):
        head = Visitor(world.people["headteacher@oak"])
        assert head.client.get(letters_page(world)).status_code == 403
