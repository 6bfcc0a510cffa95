"""The pages of meetings, updates and the body's part, of what happens next, and the board with them."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from induction_portal.accounts.models import Organisation
from support_plans.models import BodyRecord, BodyUpdate, PlanAnswer, PlanMeeting
from tests.factories import (
    BodyPeriodFactory,
    BodyUpdateFactory,
    InductionFactory,
    LevelChangeFactory,
    PlacementFactory,
    TeacherFactory,
)
from tests.support.visitors import Visitor


def text(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main").get_text(" ", strip=True)


def address(world, name, case="climbing"):
    return reverse(f"support_plans:{name}", args=[world.cases[case].id])


def shown(world, key, name="together", case="climbing"):
    return text(Visitor(world.people[key]).get(address(world, name, case)))


def boxes(name, day):
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


class TestTogether:
    def test_holds_meetings_updates_and_what_the_body_did(self, world):
        page = shown(world, "induction_tutor@oak")
        for place in ("outline", "outcome", "others", "added", "off", "where", "progress", "nextsteps", "bodyect"):
            assert f"zqfollow{place}zq" in page
        assert "The ECT is clear on the reasons, and not content with the support" in page
        assert "The judgements agreed" in page

    @pytest.mark.parametrize(
        ("key", "joint", "note"),
        [
            ("ect@climbing", True, True),
            ("body_admin@north", True, True),
            ("headteacher@oak", True, False),
            ("mentor@oak", False, False),
        ],
    )
    def test_a_note_of_the_bodys_own_is_the_ects_to_read_and_not_the_schools(self, world, key, joint, note):
        page = shown(world, key)
        assert ("zqfollowbodyjointzq" in page) is joint
        assert ("zqfollowbodynotezq" in page) is note

    def test_the_school_does_not_learn_from_the_history_that_there_is_a_note(self, world):
        history = reverse("cases:history", args=[world.cases["climbing"].id])
        seen = {key: text(Visitor(world.people[key]).get(history)) for key in ("ect@climbing", "headteacher@oak")}
        counts = {key: page.count("recorded what the appropriate body did") for key, page in seen.items()}
        assert counts["ect@climbing"] == counts["headteacher@oak"] + 1

    def test_everybody_is_offered_what_is_theirs(self, world):
        assert "Record what you did" in shown(world, "body_officer@north")
        assert "Record what you did" not in shown(world, "induction_tutor@oak")
        assert "Update the appropriate body" in shown(world, "induction_tutor@oak")
        assert "Record the meeting" not in shown(world, "mentor@oak")
        ect = shown(world, "ect@climbing")
        assert "Arrange a meeting" not in ect
        assert "Add to this record" in ect

    def test_the_ects_page_says_what_happens_next(self, world):
        page = shown(world, "ect@climbing", "ladder")
        assert "What happens next" in page
        assert "Meeting about support" in page
        assert "Update 2 for the appropriate body" in page

    def test_is_on_the_case_page(self, world):
        visitor = Visitor(world.people["induction_tutor@oak"])
        page = text(visitor.get(reverse("cases:case", args=[world.cases["climbing"].id])))
        assert "Meeting about support: Level 4: Cause for concern" in page
        assert "The appropriate body: joint observation" in page


class TestForms:
    def test_a_meeting_without_somebody_who_must_come_is_refused_and_nothing_typed_is_lost(self, world):
        visitor = Visitor(world.people["body_officer@north"])
        typed = {"about": "4", "present": ["ect", "induction_tutor"], "outline": "TS7", "outcome": "Wait"}
        answer = visitor.post(address(world, "note_meeting"), typed | boxes("meets_on", world.today))
        page = answer.content.decode()
        assert "A meeting of Level 4 is held with" in page
        assert "Wait" in page
        assert PlanMeeting.objects.filter(recorded_by__isnull=False).count() == 1

    def test_a_contact_names_what_is_missing_at_its_field(self, world):
        visitor = Visitor(world.people["body_officer@north"])
        typed = {"did": "ect", "how": "call", "text": "They know", "shared": "yes"} | boxes("done_on", world.today)
        answer = visitor.post(address(world, "record_body_part"), typed)
        assert "Select yes if the ECT is clear on the reasons" in answer.content.decode()
        assert (
            visitor.post(address(world, "record_body_part"), typed | {"clear": "yes", "content": "no"}).status_code
            == 302
        )
        assert BodyRecord.objects.filter(did="ect", clear=True, content=False).count() == 2

    def test_an_update_is_sent_read_and_answered(self, world):
        tutor, officer = (Visitor(world.people[key]) for key in ("induction_tutor@oak", "body_officer@north"))
        version = tutor.get(address(world, "send_update", "planned")).context_data["form"].version
        sent = {"progress": "Two calm starts", "version": version}
        assert tutor.post(address(world, "send_update", "planned"), sent).status_code == 302
        row = BodyUpdate.objects.get(induction=world.cases["planned"].id)
        home = text(officer.get(reverse("home") + "?all=1"))
        assert "Read an update about support" in home
        to_read = reverse("support_plans:acknowledge_update", args=[row.pk])
        assert "Two calm starts" in text(officer.get(to_read))
        assert officer.post(to_read, {"answer": "Thank you"}).status_code == 302
        assert "Thank you" in shown(world, "ect@planned", case="planned")
        assert officer.get(to_read).status_code == 302

    def test_an_update_before_its_time_says_from_when(self, world):
        tutor = Visitor(world.people["induction_tutor@oak"])
        page = tutor.get(address(world, "send_update"))
        assert "It can be sent from" in text(page)
        sent = {"progress": "Early", "version": page.context_data["form"].version}
        assert "can be written from" in tutor.post(address(world, "send_update"), sent).content.decode()

    def test_a_plan_is_approved_on_its_page(self, world):
        officer = Visitor(world.people["body_officer@north"])
        plan = reverse("support_plans:plan", args=[world.plans["planned"].id])
        assert "Approve this plan, or comment on it" in text(officer.get(plan))
        answer = officer.post(address(world, "answer_plan", "planned"), {"approves": "yes"})
        assert answer.status_code == 302
        assert PlanAnswer.objects.filter(approves=True).count() == 1
        assert "Approved" in text(Visitor(world.people["ect@planned"]).get(plan))
        again = officer.post(address(world, "answer_plan", "planned"), {"approves": "yes"})
        assert "Your body has approved this plan as it stands" in again.content.decode()

    @pytest.mark.parametrize(
        ("key", "page", "typed", "says"),
        [
            ("mentor@oak", "send_update", {"progress": "Twelve lines"}, "The induction tutor sends this update"),
            ("mentor@oak", "note_meeting", {"outline": "Twelve lines"}, "no level of support open whose meetings"),
            ("body_officer@north", "answer_plan", {"approves": "no", "text": "Twelve lines"}, "no plan going on"),
        ],
    )
    def test_what_was_typed_for_what_is_settled_by_now_is_not_lost(self, world, key, page, typed, says):
        answer = Visitor(world.people[key]).post(address(world, page), typed)
        assert answer.status_code == 200
        assert says in text(answer)
        assert "Twelve lines" in answer.content.decode()

    def test_a_comment_needs_words(self, world):
        officer = Visitor(world.people["body_officer@north"])
        answer = officer.post(address(world, "answer_plan", "planned"), {"approves": "no"})
        assert "Enter your comment" in answer.content.decode()


class TestBoard:
    def test_says_what_is_to_read_and_narrows_and_orders(self, world):
        officer = Visitor(world.people["body_officer@north"])
        board = reverse("support_plans:escalated")
        page = text(officer.get(board))
        assert "1 to read" in page
        name = world.people["ect@climbing"].name
        assert name in text(officer.get(f"{board}?level=3&order=name"))
        assert name not in text(officer.get(f"{board}?level=2"))
        assert "Nobody matches" in text(officer.get(f"{board}?level=5"))

    def test_takes_as_many_queries_for_many_as_for_few(self, world):
        officer = Visitor(world.people["body_officer@north"])
        board = reverse("support_plans:escalated")
        officer.get(board)
        few = count(officer, board)
        user = world.people["body_officer@north"].user_id
        for trn in range(20):
            _on_support(world, trn, user)
        assert count(officer, board) == few <= 12


def count(visitor, path):
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(path).status_code == 200
    return len(asked)


def _on_support(world, number, officer):
    body, school = (Organisation.objects.get(pk=world.places[key]) for key in ("north", "oak"))
    induction = InductionFactory(teacher=TeacherFactory(trn=f"71000{number:02}"))
    placement = PlacementFactory(induction=induction, school=school, reported_body=body, starts_on=world.today)
    BodyPeriodFactory(induction=induction, body=body, officer_id=officer, starts_on=world.today)
    told = {"opened_on": world.today, "review_due": world.today}
    level = LevelChangeFactory(placement=placement, **told)
    BodyUpdateFactory(level=level, sent_on=world.today)
