"""Settings through their pages: what is shown, what is refused, and what a change does to reviews."""

import pytest
from django.urls import reverse

from cases.actions import set_policy
from cases.models import BodyPolicy, SchoolPolicy
from cases.rules.policy import Holder, defaults
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import System
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.sweeps.places import PLACES, review_answers

NEW = PLACES[0]


def html(visitor, address):
    response = visitor.client.get(address, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def at(name, world, place):
    return reverse(f"cases:{name}", args=[world.places[place]])


def send(world, who, place, name="change_settings", **answers):
    """Fill in a form as somebody, and send it: the page that comes after."""
    visitor, address = Visitor(world.people[who]), at(name, world, place)
    page = Page(html(visitor, address))
    return Page(visitor.client.post(address, page.data | answers, follow=True).content.decode())


def put(world, place, **values):
    organisation = Organisation.objects.get(pk=world.places[place])
    model = SchoolPolicy if organisation.kind == "school" else BodyPolicy
    set_policy(
        by=System("tests"),
        on=world.today,
        organisation=organisation,
        starts_on=world.today,
        values=defaults(Holder(organisation.kind)) | values,
        version=model.objects.filter(organisation=organisation).count(),
    )


@pytest.mark.parametrize(
    ("who", "place", "answers", "says"),
    [
        ("headteacher@oak", "oak", {"review_within_days": "11"}, "never more"),
        ("headteacher@oak", "oak", {"review_within_days": "0"}, "from 1 to 10"),
        ("trust_officer@meridian", "elm", {"review_within_days": "30"}, "never more"),
        ("body_admin@north", "north", {"review_within_days": "11"}, "never more"),
        ("body_admin@north", "north", {"review_answer_days": "20"}, "never more"),
        ("body_admin@north", "north", {"statement_from": "1"}, "Select which ratings"),
        ("body_admin@north", "north", {"rated_standards": "some"}, "Select which Teachers"),
    ],
)
def test_the_permissive_direction_is_refused_beside_the_field(who, place, answers, says, world):
    (name, typed), before = next(iter(answers.items())), (SchoolPolicy.objects.count(), BodyPolicy.objects.count())
    page = send(world, who, place, **answers)
    assert page.title.startswith("Error: ")
    assert any(says in error for error in page.errors), page.errors
    assert not page.broken_links
    assert page.boxes.get(name, typed) == typed
    assert (SchoolPolicy.objects.count(), BodyPolicy.objects.count()) == before


def test_yesterday_is_refused(world):
    page = send(world, "headteacher@oak", "oak", **{"review_within_days": "5", "starts_on-year": "2020"})
    assert any("must be on or after" in error for error in page.errors)
    assert page.boxes["starts_on-year"] == "2020"


def test_what_is_set_is_shown_with_since_when_and_by_whom(world):
    page = send(world, "headteacher@oak", "oak", review_within_days="6")
    text = " ".join(page.soup.main.get_text(" ").split())
    assert "Settings saved. They hold from today." in text
    assert "6 working days Since" in text
    assert "Headteacher of Oakfield School" in text
    assert "Send a progress review to the appropriate body within: 6 working days, before 10 working days" in text
    assert "Statutory guidance, paragraph 2.54" in text
    assert "Settings to come" in text


def test_a_bodys_stricter_number_is_told_to_its_school(world):
    put(world, "north", review_within_days=4)
    text = html(Visitor(world.people["induction_tutor@oak"]), at("settings_of", world, "oak"))
    assert "For ECTs of Northern Hub, 4 working days holds: theirs is stricter." in text
    assert "Northern Hub" not in html(Visitor(world.people["headteacher@harbour"]), at("settings_of", world, "harbour"))


def test_whoever_is_second_is_told_and_keeps_what_they_typed(world):
    visitor, address = Visitor(world.people["headteacher@oak"]), at("change_settings", world, "oak")
    typed = Page(html(visitor, address)).data | {"review_within_days": "3"}
    send(world, "trust_officer@meridian", "oak", review_within_days="6")
    page = Page(visitor.client.post(address, typed).content.decode())
    assert "Somebody else has changed these settings" in page.errors[0]
    assert page.boxes["review_within_days"] == "3"
    assert "Now: 6 working days" in page.soup.main.get_text(" ")
    assert visitor.client.post(address, page.data).status_code == 302


def test_a_trust_officer_changes_its_schools_and_reaches_no_other(world):
    visitor = Visitor(world.people["trust_officer@meridian"])
    listed = html(visitor, reverse("cases:settings"))
    assert at("settings_of", world, "oak") in listed
    assert at("settings_of", world, "harbour") not in listed
    assert visitor.get(at("change_settings", world, "elm")).status_code == 200
    assert visitor.get(at("change_settings", world, "harbour")).status_code == 404
    assert visitor.get(at("school_facts", world, "elm")).status_code == 403


def test_the_body_sees_the_schools_details_in_the_case(world):
    send(
        world, "school_admin@oak", "oak", "school_facts",
        **{"is_relevant_school": "no", "special_measures_from-day": "1", "special_measures_from-month": "2",
           "special_measures_from-year": "2024"},
    )  # fmt: skip
    case = reverse("cases:case", args=[world.cases["oak"].id])
    assert "Since 1 February 2024" in html(Visitor(world.people["body_officer@north"]), case)
    assert "Since 1 February 2024" not in html(Visitor(world.people["ect@oak"]), case)


def test_a_mentor_reads_reviews_only_where_school_and_body_say_so(world):
    mentor = Visitor(world.people["mentor@elm"])
    review, case = (reverse("assessments:review", args=[world.reviews["elm4"].id]),
                    reverse("cases:case", args=[world.cases["elm"].id]))  # fmt: skip
    register = reverse("cases:access", args=[world.cases["elm"].id])
    assert mentor.get(review).status_code == 200
    assert review in html(mentor, case)
    page = Page(html(Visitor(world.people["ect@elm"]), register)).soup
    assert (
        "The case and its progress reviews" in page.find("th", string="Mentor of Elmbridge Academy").parent.get_text()
    )
    put(world, "north", mentor_reads_reviews=False)
    assert mentor.get(review).status_code == 403
    assert review not in html(mentor, case)
    page = Page(html(Visitor(world.people["ect@elm"]), register)).soup
    assert "no reviews" in page.find("th", string="Mentor of Elmbridge Academy").parent.get_text()


def test_a_body_may_ask_for_no_ratings(world):
    put(world, "north", rated_standards="none")
    tutor = Visitor(world.people["induction_tutor@oak"])
    page = Page(html(tutor, NEW.address(world)))
    assert not [name for name in page.data if name.startswith("ratings")]
    answers = {k: v for k, v in review_answers(world.today).items() if not k.startswith("ratings")}
    response = tutor.client.post(NEW.address(world), page.data | answers, follow=True)
    text = response.content.decode()
    assert "Review submitted" in text
    assert "app-ratings" not in text


def test_a_body_may_ask_for_a_statement_with_every_rating(world):
    put(world, "north", statement_from=5, review_within_days=1)
    tutor = Visitor(world.people["induction_tutor@oak"])
    page = Page(html(tutor, NEW.address(world)))
    assert "Send it within 1 working day of the meeting" in page.soup.main.get_text(" ")
    answer = Page(tutor.client.post(NEW.address(world), page.data | review_answers(world.today)).content.decode())
    assert len([error for error in answer.errors if error.startswith("Say why")]) == 9
    said = {f"ratings-{key}-statement": f"Seen in lessons {key}" for key in ("P2", *(f"TS{n}" for n in range(1, 9)))}
    response = tutor.client.post(NEW.address(world), page.data | review_answers(world.today, **said), follow=True)
    assert "Seen in lessons TS8" in response.content.decode()


def test_a_review_that_was_sent_late_says_so(world):
    put(world, "north", review_answer_days=3)
    text = html(
        Visitor(world.people["body_officer@north"]), reverse("assessments:review", args=[world.reviews["oak4"].id])
    )
    assert "It should have been sent by" in text
