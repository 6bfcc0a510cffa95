"""Observations and mentor meetings through their pages, by the people who plan, write, read and answer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import MentorMeeting, Observation
from cases.models import Placement
from induction_portal.govuk.words import day
from tests.factories import MentorMeetingFactory, SharedObservationFactory
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.sweeps.places import EVIDENCE_PLACES, meeting_answers, observation_answers, record_answers

PLACES = {place.name.partition(":")[2]: place for place in EVIDENCE_PLACES}


def visitor(world, key):
    return Visitor(world.people[key])


def text(who, path):
    return who.get(path).content.decode()


def send(world, name, **other):
    """Fill in a form as whoever does; what comes back."""
    place = PLACES[name]
    who = visitor(world, place.who)
    page = Page(text(who, place.page(world)), place.address(world) if place.shown_on else "")
    return who.client.post(place.address(world), page.data | place.right(world) | other)


def errors(response):
    return Page(response.content.decode()).errors


def observation_of(world, **which):
    return Observation.objects.get(induction=world.cases["oak"].id, **which)


class TestPlanning:
    def test_the_ect_reads_the_plan_at_once_and_the_school_administrator_never(self, world):
        assert send(world, "plan_observation").status_code == 302
        planned = observation_of(world, focus="Year 8: questioning")
        path = reverse("assessments:observation", args=[planned.pk])
        assert "Year 8: questioning" in text(visitor(world, "ect@oak"), path)
        assert visitor(world, "school_admin@oak").get(path).status_code == 403
        assert visitor(world, "induction_tutor@harbour").get(path).status_code == 404

    @pytest.mark.parametrize(
        ("other", "says"),
        [
            ({"observer_has_qts": "no"}, "An observer must hold qualified teacher status: choose somebody who does"),
            ({"who": "outside", "observer_name": ""}, "Enter the observer’s name"),
            ({"observer": ""}, "Select the colleague who observes"),
            ({"who": "outside", "observer_name": "zqOakect surname"}, "The ECT cannot observe their own teaching"),
            ({"focus": "x" * 5000}, "must be 200 characters or fewer"),
        ],
    )
    def test_bad_input_is_answered_at_its_field(self, world, other, says):
        before = Observation.objects.count()
        response = send(world, "plan_observation", **other)
        assert response.status_code == 200
        assert says in response.content.decode()
        assert Observation.objects.count() == before

    @pytest.mark.parametrize("days", [-1, 400])
    def test_a_day_that_cannot_be_planned_is_named(self, world, days):
        response = send(world, "plan_observation", **observation_answers(world, days))
        assert "The date of the observation must be" in response.content.decode()

    def test_the_meeting_comes_after_the_lesson(self, world):
        meets = world.today + timedelta(days=3)
        early = {"meeting_on-day": meets.day, "meeting_on-month": meets.month, "meeting_on-year": meets.year}
        response = send(world, "plan_observation", **early)
        assert "The meeting after the observation must be on the day of the observation or later" in (
            response.content.decode()
        )

    def test_the_second_of_two_is_shown_what_is_saved_and_keeps_what_they_typed(self, world):
        place, tutor = PLACES["change_plan"], visitor(world, "induction_tutor@oak")
        page = Page(text(tutor, place.page(world)))
        assert send(world, "change_plan", focus="The lead’s lesson").status_code == 302
        mine = place.right(world) | {"focus": "My own lesson"}
        html = tutor.client.post(place.address(world), page.data | mine).content.decode()
        assert "Somebody else changed this" in html
        assert "The lead’s lesson" in html
        assert "My own lesson" in html
        again = tutor.client.post(place.address(world), Page(html).data | mine)
        assert again.status_code == 302
        assert observation_of(world, pk=world.observations["oakahead"].id).focus == "My own lesson"

    def test_a_cancelled_one_can_only_be_seen(self, world):
        assert send(world, "cancel_observation").status_code == 302
        piece = world.observations["oakdue"]
        tutor, path = visitor(world, "induction_tutor@oak"), reverse("assessments:observation", args=[piece.id])
        assert "Cancelled" in text(tutor, path)
        for name in ("change_plan", "write_record"):
            response = tutor.get(reverse(f"assessments:{name}", args=[piece.id]))
            assert (response.status_code, response["Location"]) == (302, path)


class TestRecord:
    def test_the_way_from_plan_to_having_read_it(self, world):
        tutor, ect = visitor(world, "induction_tutor@oak"), visitor(world, "ect@oak")
        due = world.observations["oakdue"].id
        assert "Write the record of the observation" in text(tutor, f"{reverse('home')}?all=1")
        assert send(world, "write_record", strengths="Seen <b>twice</b>").status_code == 302
        assert "Write the record of the observation" not in text(tutor, f"{reverse('home')}?all=1")
        path = reverse("assessments:observation", args=[due])
        html = text(ect, path)
        assert "Seen &lt;b&gt;twice&lt;/b&gt;" in html
        assert "Read the record of the observation" in text(ect, reverse("home"))
        ect.post(reverse("assessments:observation_read", args=[due]))
        assert "The ECT confirmed on" in text(tutor, path)

    def test_a_draft_is_nobody_elses(self, world):
        place, tutor = PLACES["write_record"], visitor(world, "induction_tutor@oak")
        page = Page(text(tutor, place.page(world)))
        tutor.client.post(place.address(world), page.data | {"strengths": "Half a sent"}, headers={"X-Autosave": "1"})
        assert "Half a sent" in text(tutor, place.page(world))
        assert "Half a sent" not in text(visitor(world, "induction_lead@oak"), place.page(world))
        assert "Half a sent" not in text(visitor(world, "ect@oak"), place.page(world).removesuffix("record/"))

    @pytest.mark.parametrize("days", [1, -1000])
    def test_a_day_to_come_or_before_the_placement_is_named(self, world, days):
        answers = record_answers(world) | observation_answers(world, days)
        response = send(world, "record_observation", **answers)
        assert response.status_code == 200
        assert "The date of the observation must be" in response.content.decode()

    def test_the_record_is_brief(self, world):
        response = send(world, "record_observation", development="x" * 5000)
        assert "What to develop must be 2,000 characters or fewer" in response.content.decode()


class TestMentors:
    def test_a_mentor_reads_observations_unless_their_school_says_no(self, world):
        for school, status in (("oak", 200), ("harbour", 403)):
            who = visitor(world, f"mentor@{school}")
            assert (
                who.get(reverse("assessments:observation", args=[world.observations[school].id])).status_code == status
            )
            assert who.get(reverse("assessments:observations", args=[world.cases[school].id])).status_code == status

    def test_the_register_says_who_reads_what(self, world):
        html = text(visitor(world, "ect@oak"), reverse("cases:access", args=[world.cases["oak"].id]))
        assert "The case and its observations, mentor meetings and levels of support: no reviews" in html
        records = "progress reviews, formal assessments, observations, input from colleagues"
        assert f"{records}, mentor meetings, self-ratings and levels of support" in html
        assert f"{records} and levels of support" in html


class TestMeetings:
    @pytest.mark.parametrize("key", ["headteacher@oak", "school_admin@oak", "body_officer@north", "body_contact@north"])
    def test_they_are_between_mentor_ect_and_tutor(self, world, key):
        who = visitor(world, key)
        assert who.get(reverse("assessments:meetings", args=[world.cases["oak"].id])).status_code == 403
        assert "Mentor meetings" not in text(who, reverse("cases:case", args=[world.cases["oak"].id]))

    @pytest.mark.parametrize("days", [1, -1000])
    def test_a_day_to_come_or_before_the_placement_is_named(self, world, days):
        held = world.today + timedelta(days=days)
        sent = {"held_on-day": held.day, "held_on-month": held.month, "held_on-year": held.year}
        response = send(world, "note_meeting", **sent)
        assert response.status_code == 200
        assert errors(response)
        assert not MentorMeeting.objects.filter(held_on=held).exists()

    def test_the_second_of_two_reads_the_first(self, world):
        place, mentor = PLACES["change_meeting"], visitor(world, "mentor@oak")
        page = Page(text(mentor, place.page(world)))
        assert send(world, "change_meeting", focus="The ECT’s words").status_code == 302
        mine = meeting_answers(world, focus="The mentor’s words")
        html = mentor.client.post(place.address(world), page.data | mine).content.decode()
        assert "The ECT’s words" in html
        assert "The mentor’s words" in html

    def test_none_for_a_while_is_said_to_mentor_and_tutor(self, world):
        last = world.today - timedelta(days=120)
        MentorMeeting.objects.filter(induction=world.cases["oak"].id).update(held_on=last)
        for key in ("mentor@oak", "induction_tutor@oak"):
            html = text(visitor(world, key), reverse("home"))
            assert f"Hold a mentor meeting: none is noted since {day(last)}" in html
        assert "Hold a mentor meeting" not in text(visitor(world, "headteacher@oak"), reverse("home"))
        html = text(visitor(world, "ect@oak"), reverse("assessments:meetings", args=[world.cases["oak"].id]))
        assert f"No meeting has been noted since {day(last)}. The school asks for one" in html


@pytest.mark.parametrize(
    ("name", "who"), [("assessments:observations", "induction_tutor@oak"), ("assessments:meetings", "mentor@oak")]
)
def test_many_ask_no_more_than_a_few(world, name, who):
    reader, path = visitor(world, who), reverse(name, args=[world.cases["oak"].id])

    def asked():
        text(reader, path)
        with CaptureQueriesContext(connection) as queries:
            text(reader, path)
        return len(queries)

    few = asked()
    placement = Placement.objects.get(pk=world.placements["oak"].id)
    on = world.today - timedelta(days=30)
    for _ in range(30):
        dates = {"observed_on": on, "meeting_on": on, "planned_on": on, "shared_on": on}
        SharedObservationFactory(placement=placement, **dates)
        MentorMeetingFactory(placement=placement, held_on=on)
    assert asked() == few <= 25


class TestThirdParty:
    """Oakfield's first assessment was unsatisfactory: somebody from outside has to observe (SG 5.4)."""

    OUTSIDE = {"who": "outside", "observer": "", "observer_name": "Ruth Calloway", "third_party": "on"}

    def test_the_case_says_why_and_leads_to_the_plan(self, world):
        head, case = visitor(world, "headteacher@oak"), world.cases["oak"].id
        html = text(head, reverse("cases:case", args=[case]))
        path = reverse("assessments:plan_observation", args=[case]) + "?third-party"
        assert "An observation by somebody from outside the ECT’s support team, due by" in html
        assert "Source: SG 5.4, rule R69." in html
        assert path in html
        form = Page(text(head, path))
        assert form.data["who"] == ["outside"]
        assert form.data["third_party"]
        assert "Arrange an observation by somebody from outside" in text(head, reverse("home"))

    @pytest.mark.parametrize("who", ["mentor@oak", "school_admin@oak", "body_contact@north"])
    def test_who_may_not_read_the_assessment_is_told_nothing(self, world, who):
        assert "outside the ECT’s support team" not in text(visitor(world, who), _case(world))

    def test_it_needs_a_place_of_work_and_keeps_what_was_typed(self, world):
        html = send(world, "plan_observation", **self.OUTSIDE, observer_from="").content.decode()
        assert "Enter where the observer works: a third party comes from outside" in html
        assert "Ruth Calloway" in html

    def test_its_record_closes_the_task(self, world):
        head = visitor(world, "headteacher@oak")
        asked = text(head, reverse("home")).count("Arrange an observation by somebody from outside")
        told = self.OUTSIDE | {"observer_from": "Northern Teaching School Hub"}
        assert send(world, "record_observation", **told).status_code == 302
        held = Observation.objects.get(third_party=True)
        assert "From outside the ECT’s support team" in text(head, reverse("assessments:observation", args=[held.pk]))
        assert "observed a lesson on" in text(head, _case(world))
        left = text(head, reverse("home")).count("Arrange an observation by somebody from outside")
        assert left == asked - 1, "one of the ECTs is seen to; another may have to be"


def _case(world):
    return reverse("cases:case", args=[world.cases["oak"].id])
