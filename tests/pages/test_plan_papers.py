"""The pages of signed plans: reading and signing, declining, the document and its preview, blank forms."""

from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from pypdf import PdfReader

from induction_portal.documents.kinds import name_of
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import bytes_of, issued_with
from support_plans.models import PlanSignature, PlanVersionRead
from tests.support.visitors import Visitor


def visit(world, person, name, key="signed", case="signed"):
    about = world.cases[case].id if name.endswith(("forms", "ladder")) else world.plans[key].id
    return Visitor(world.people[person]), reverse(f"support_plans:{name}", args=[about])


def text(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main").get_text(" ", strip=True)


def words(response):
    assert response["Content-Type"] == "application/pdf"
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages).split())


class TestSigning:
    def test_shows_everything_before_it_asks(self, world):
        visitor, address = visit(world, "ect@signed", "sign_plan")
        page = text(visitor.get(address))
        names = ("objectives", "actions", "resources", "criteria", "evaluated", "commented", "evaluation", "next")
        assert all(f"zqpapersecond{name}zq" in page for name in names)
        assert "Nobody has signed yet" in page
        assert PlanVersionRead.objects.filter(version__plan=world.plans["signed"].id).count() == 1

    def test_an_answer_that_was_not_read_is_refused(self, world):
        visitor, address = visit(world, "ect@signed", "sign_plan")
        answer = visitor.post(address, {"answer": "sign", "version": 2})
        assert "Open and read this version before you sign it" in answer.content.decode()

    def test_the_ect_says_no_in_their_own_words(self, world):
        visitor, address = visit(world, "ect@signed", "sign_plan")
        version = visitor.get(address).context_data["form"].version
        again = visitor.post(address, {"answer": "decline", "version": version}).content.decode()
        assert "Say in your own words why you do not sign" in again
        assert visitor.post(address, {"answer": "decline", "words": "No", "version": version}).status_code == 302
        assert PlanSignature.objects.get(version__plan=world.plans["signed"].id).words == "No"
        assert visitor.get(address).status_code == 302  # answered: there is nothing to sign

    def test_words_beside_a_yes_are_not_lost(self, world):
        visitor, address = visit(world, "ect@signed", "sign_plan")
        version = visitor.get(address).context_data["form"].version
        again = visitor.post(address, {"answer": "sign", "words": "But not all of it", "version": version})
        assert "select no to send it, or remove it" in again.content.decode()
        assert "But not all of it" in again.content.decode()

    def test_a_plan_that_goes_on_is_not_signed_and_says_when_it_is(self, world):
        visitor, address = visit(world, "induction_tutor@oak", "sign_plan", key="planned")
        answer = visitor.client.get(address, follow=True)
        assert "it is signed once it says how the ECT progressed" in answer.content.decode()

    def test_waits_on_the_home_page_of_both(self, world):
        assert "Sign a support plan" in text(Visitor(world.people["induction_tutor@oak"]).get("/"))
        assert "sign it or say why not" in text(Visitor(world.people["ect@signed"]).get("/"))
        tutor, address = visit(world, "induction_tutor@oak", "sign_plan")
        version = tutor.get(address).context_data["form"].version
        assert tutor.post(address, {"agrees": "on", "version": version}).status_code == 302
        assert "Sign a support plan" not in text(tutor.get("/"))


class TestPlanPage:
    def test_says_who_answered_what_and_offers_the_document(self, world):
        for person in ("ect@signed", "mentor@oak", "headteacher@oak", "body_officer@north"):
            visitor, address = visit(world, person, "plan", key="answered")
            page = text(visitor.get(address))
            assert "Signed: Induction Tutor of Oakfield School" in page
            assert "zqpaperfirstdeclinedzq" in page
            assert "Download the plan (PDF)" in page
            assert "Read in full and sign" not in page

    def test_offers_what_is_to_be_done_to_whom_it_is(self, world):
        offered = {
            person: text(visit(world, person, "plan")[0].get(visit(world, person, "plan")[1]))
            for person in ("ect@signed", "induction_tutor@oak", "mentor@oak", "body_officer@north")
        }
        assert {person for person, page in offered.items() if "Read in full and sign" in page} == {
            "ect@signed",
            "induction_tutor@oak",
        }
        assert {person for person, page in offered.items() if "Correct the end of the plan" in page} == {
            "induction_tutor@oak"
        }
        assert all("preview of the plan, not signed" in page for page in offered.values())
        assert all("Waits for the answer of: The induction tutor and the ECT" in page for page in offered.values())


class TestDocument:
    def test_serves_the_bytes_that_were_issued(self, world):
        visitor, address = visit(world, "body_officer@north", "plan_document", key="answered")
        issued = IssuedDocument.objects.get(subject_id=world.plans["answered"].id)
        assert visitor.get(address).content == bytes_of(issued)
        assert [each.kind for each in issued_with(issued.stored_id)] == ["support_plan"]  # the check page knows it
        assert name_of("support_plan") == "Support plan"

    def test_before_that_there_is_a_preview_that_is_no_record(self, world):
        visitor, address = visit(world, "mentor@oak", "plan_preview")
        told = words(visitor.get(address))
        assert "Not signed by all: a preview of" in told
        assert "zqpapersecondevaluationzq" in told
        assert visitor.get(visit(world, "mentor@oak", "plan_document")[1]).status_code == 302

    def test_goes_with_the_ect_and_into_the_file_of_the_case(self, world):
        page = text(
            Visitor(world.people["ect@signed"]).get(reverse("cases:own_record", args=[world.cases["signed"].id]))
        )
        assert "Support plan, Level 2: Support plan 1" in page


class TestBlankForms:
    def test_are_offered_to_staff_from_the_page_of_support(self, world):
        for person in ("mentor@oak", "body_officer@north"):
            visitor, address = visit(world, person, "ladder")
            assert "Blank forms for a meeting on paper" in text(visitor.get(address))
        visitor, address = visit(world, "ect@signed", "ladder")
        assert "Blank forms" not in text(visitor.get(address))

    @pytest.mark.parametrize(("key", "has_name"), [("level-4-6-weeks", True), ("level-4-6-weeks-empty", False)])
    def test_come_with_the_names_of_the_case_or_with_none(self, world, key, has_name):
        visitor, address = visit(world, "mentor@oak", "blank_forms")
        assert f"{address}{key}/" in visitor.get(address).content.decode()
        told = words(visitor.get(f"{address}{key}/"))
        assert ("ZqSignedect Surname" in told, "Oakfield School" in told) == (has_name, has_name)
        assert "zqpaper" not in told

    def test_that_do_not_exist_are_not_found(self, world):
        visitor, address = visit(world, "mentor@oak", "blank_forms")
        assert visitor.get(f"{address}level-6/").status_code == 404
