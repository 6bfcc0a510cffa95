"""The pages of concerns, of the ladder, and of an ECT's own concerns."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Induction
from cases.rules.statuses import SupportLevel
from support_plans import actions
from support_plans.actions import Wanted
from support_plans.ladder import every_level, state_of
from support_plans.models import LevelChange
from tests.factories import (
    BodyPeriodFactory,
    InductionFactory,
    LevelChangeFactory,
    PlacementFactory,
    TeacherFactory,
)
from tests.support.visitors import Visitor
from tests.support.world_people import viewer_of


def of(world, key):
    person = world.people[key]
    return viewer_of(person.user_id, person.acting_for, world.today)


def text(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main").get_text(" ", strip=True)


def ladder(world, key, case="climbing"):
    return text(Visitor(world.people[key]).get(reverse("support_plans:ladder", args=[world.cases[case].id])))


def to_level_6(world):
    head = of(world, "headteacher@oak")
    induction = Induction.objects.get(pk=world.cases["climbing"].id)
    state = state_of(every_level(induction))
    wanted = Wanted(SupportLevel.CAPABILITY, ground="serious")
    return actions.move_level(by=head, on=world.today, induction=induction, wanted=wanted, state=state)


class TestRaising:
    @pytest.mark.parametrize(
        ("at", "says"),
        [
            ("oak", "The appropriate body is told at once."),
            ("elm", "The trust’s officer is told first"),
        ],
    )
    def test_says_who_is_told(self, world, at, says):
        tutor = Visitor(world.people[f"induction_tutor@{at}"])
        assert says in text(tutor.get(reverse("support_plans:raise_concern", args=[world.cases[at].id])))


class TestLadder:
    def test_says_where_the_ect_stands_why_and_whose_it_is(self, world):
        page = ladder(world, "induction_tutor@oak")
        assert "Level 3: Support plan 2" in page
        assert "Direction of travel Going up" in page
        assert "Whose it is Induction tutor: Induction Tutor of Oakfield School" in page
        assert "zqsupportreason3climbingzq" in page

    def test_holds_every_step_with_its_reason(self, world):
        page = ladder(world, "ect@climbing")
        assert all(f"zqsupportreason{level}climbingzq" in page for level in (1, 2, 3))
        assert page.count("More support was needed") == 2

    def test_a_mentor_reads_why_they_cannot_move_the_ect(self, world):
        page = ladder(world, "mentor@oak")
        assert "Level 4: Cause for concern: Only the induction tutor or the headteacher can make this move." in page
        assert "Move between levels" not in page

    def test_a_tutor_may_make_the_move_to_which_the_body_agreed(self, world):
        page = ladder(world, "induction_tutor@oak")
        assert "Move between levels" in page
        assert "Level 5: At risk of failing: " not in page
        assert "zqsupportagreedclimbingzq" in page

    def test_tells_the_ect_whom_to_speak_to(self, world):
        page = ladder(world, "ect@climbing")
        assert "Whom to speak to" in page
        assert "Induction does not hold back your pay" in page
        assert "Employment procedures beside induction" not in page

    def test_tells_staff_of_the_employers_procedures_as_an_example(self, world):
        assert "Employment procedures beside induction" in ladder(world, "headteacher@oak")

    def test_is_on_the_case_page_with_its_history(self, world):
        visitor = Visitor(world.people["body_officer@north"])
        page = text(visitor.get(reverse("cases:case", args=[world.cases["climbing"].id])))
        assert "Level 3: Support plan 2 was opened: zqsupportreason3climbingzq" in page
        assert "Decide what follows the support so far" in page

    def test_a_school_administrator_reads_nothing_of_it(self, world):
        visitor = Visitor(world.people["school_admin@oak"])
        page = text(visitor.get(reverse("cases:case", args=[world.cases["climbing"].id])))
        assert "Level 3" not in page
        assert "support so far" not in page


class TestLevel6:
    def test_a_mentor_does_not_hear_of_it(self, world):
        to_level_6(world)
        page = ladder(world, "mentor@oak")
        assert "No extra support today" in page
        assert "Level 6" not in page.replace("Level 6 is a last resort", "")
        assert "From Level 6" not in page
        move = Visitor(world.people["mentor@oak"]).get(
            reverse("support_plans:move_level", args=[world.cases["climbing"].id])
        )
        assert move.status_code == 302

    def test_a_body_knows_the_fact_only(self, world):
        to_level_6(world)
        why = "The concerns are too serious to wait for earlier levels"
        assert "Level 6: School capability" in ladder(world, "body_officer@north")
        assert why not in ladder(world, "body_officer@north")
        assert why in ladder(world, "ect@climbing")

    def test_the_page_has_nowhere_to_write_of_it(self, world):
        visitor = Visitor(world.people["headteacher@oak"])
        shown = visitor.get(reverse("support_plans:move_level", args=[world.cases["climbing"].id]))
        page = text(shown)
        assert "no details of health, conduct or employment" in page
        given = {"found": "none", "to": "6", "ground": "serious", "reason": "Conduct", "version": "7"}
        address = reverse("support_plans:move_level", args=[world.cases["climbing"].id])
        assert visitor.post(address, given | {"version": shown.context_data["form"].version}).status_code == 302
        row = LevelChange.objects.get(level="6")
        assert (row.reason, row.aim, row.ground) == ("", "", "serious")


class TestMoving:
    def test_a_refused_move_keeps_what_was_typed_and_names_the_rule(self, world):
        visitor = Visitor(world.people["induction_tutor@oak"])
        address = reverse("support_plans:move_level", args=[world.cases["climbing"].id])
        version = visitor.get(address).context_data["form"].version
        typed = {"found": "on_track", "to": "4", "weeks": "6", "reason": "Because", "aim": "A", "steps_down": "B"}
        answer = visitor.post(address, typed | {"version": version})
        page = answer.content.decode()
        assert "An ECT who is on track does not move up." in page
        assert "Because" in page

    def test_a_second_person_is_told_that_the_first_has_moved_the_ect(self, world):
        address = reverse("support_plans:move_level", args=[world.cases["climbing"].id])
        first, second = (Visitor(world.people[key]) for key in ("induction_tutor@oak", "headteacher@oak"))
        version = first.get(address).context_data["form"].version
        typed = {"found": "some", "to": "3", "weeks": "4", "reason": "R", "aim": "A", "steps_down": "B"}
        assert first.post(address, typed | {"version": version}).status_code == 302
        again = second.post(address, typed | {"version": version})
        assert "Somebody else has moved this ECT" in again.content.decode()


class TestOwnConcern:
    def test_nothing_at_the_school_tells_that_it_was_written(self, world):
        """Of what is in confidence, neither the text nor that it exists: pages, history, log of openings."""
        case, contact = world.cases["climbing"].id, Visitor(world.people["body_contact@north"])
        key = world.own_concerns["climbing"].id
        assert "zqsupporttextclimbingzq" in text(contact.get(reverse("support_plans:own_concern", args=[key])))
        for person in ("induction_tutor@oak", "headteacher@oak", "body_officer@north"):
            visitor = Visitor(world.people[person])
            history = text(visitor.get(reverse("cases:history", args=[case])))
            assert history.count("raised a concern of their own") == (0 if "body" in person else 1)
            assert "answered a concern of the ECT’s own" not in history
            opened = text(visitor.get(reverse("cases:access", args=[case])))
            assert "A concern of the ECT’s own" not in opened
            assert visitor.get(reverse("support_plans:own_concern", args=[key])).status_code == 404
        opened = text(Visitor(world.people["ect@climbing"]).get(reverse("cases:access", args=[case])))
        assert "A concern of the ECT’s own" in opened

    def test_the_ect_sees_both_and_the_answer(self, world):
        visitor = Visitor(world.people["ect@climbing"])
        page = text(visitor.get(reverse("support_plans:own_concerns", args=[world.cases["climbing"].id])))
        assert "zqsupportsubjectclimbingzq" in page
        assert "zqsupportsubjectclimbingschoolzq" in page
        key = world.own_concerns["climbing"].id
        one = text(visitor.get(reverse("support_plans:own_concern", args=[key])))
        assert "zqsupportanswerclimbingzq" in one
        assert "Nobody at your school" in one

    def test_is_shared_by_the_ects_own_choice(self, world):
        key, visitor = world.own_concerns["climbing"].id, Visitor(world.people["ect@climbing"])
        address = reverse("support_plans:own_concern_next", args=[key])
        version = visitor.get(address).context_data["form"].version
        assert visitor.post(address, {"to": "share", "version": version}).status_code == 302
        tutor = Visitor(world.people["induction_tutor@oak"])
        assert "zqsupporttextclimbingzq" in text(tutor.get(reverse("support_plans:own_concern", args=[key])))

    def test_waits_for_whom_it_was_addressed_to(self, world):
        tasks = {
            key: text(Visitor(world.people[key]).get("/")) for key in ("trust_officer@meridian", "induction_tutor@elm")
        }
        assert "Answer a concern of the ECT’s own" in tasks["trust_officer@meridian"]
        assert "Pass a concern on to the appropriate body" in tasks["trust_officer@meridian"]
        assert "Answer a concern of the ECT’s own" not in tasks["induction_tutor@elm"]


class TestProposal:
    def test_waits_for_the_tutor_and_becomes_a_concern(self, world):
        visitor, key = Visitor(world.people["induction_tutor@oak"]), world.proposals["oak"].id
        assert "Raise a concern, or say why not" in text(visitor.get("/"))
        address = reverse("support_plans:proposal", args=[key])
        assert "TS7" in text(visitor.get(address))
        typed = {"answer": "raise", "standards": ["TS7"], "seen": "Late starts", "tried": "A plan"}
        assert visitor.post(address, typed).status_code == 302
        assert "Late starts" in text(visitor.get(reverse("support_plans:concern", args=[
            visitor.get(reverse("support_plans:ladder", args=[world.cases["oak"].id])).context_data["concerns"][0].pk
        ])))  # fmt: skip
        assert visitor.get(address).status_code == 302

    def test_needs_a_reason_to_be_declined(self, world):
        visitor = Visitor(world.people["induction_tutor@oak"])
        address = reverse("support_plans:proposal", args=[world.proposals["oak"].id])
        assert "Enter why no concern is raised" in visitor.post(address, {"answer": "decline"}).content.decode()


class TestBoard:
    def test_shows_the_bodys_ects_on_support(self, world):
        page = text(Visitor(world.people["body_officer@north"]).get(reverse("support_plans:escalated")))
        assert "ZqClimbingect Surname" in page
        assert "Level 3: Support plan 2" in page
        assert "Going up" in page
        other = text(Visitor(world.people["body_officer@south"]).get(reverse("support_plans:escalated")))
        assert "ZqClimbingect" not in other

    @pytest.mark.parametrize("more", [12])
    def test_asks_as_much_for_many_as_for_few(self, world, more):
        visitor = Visitor(world.people["body_officer@north"])
        address = reverse("support_plans:escalated")
        visitor.get(address)
        with CaptureQueriesContext(connection) as few:
            visitor.get(address)
        officer = of(world, "body_officer@north")
        school = Induction.objects.get(pk=world.cases["oak"].id).placements.get().school
        for number in range(more):
            induction = InductionFactory(teacher=TeacherFactory(name=f"Many {number}"))
            placed = {"induction": induction, "school": school, "reported_body": officer.organisation}
            placement = PlacementFactory(starts_on=world.today - timedelta(days=90), **placed)
            BodyPeriodFactory(
                induction=induction, body=officer.organisation, officer=officer.user,
                starts_on=world.today - timedelta(days=90),
            )  # fmt: skip
            LevelChangeFactory(
                placement=placement, opened_on=world.today - timedelta(days=3),
                review_due=world.today - timedelta(days=1),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as many:
            page = text(visitor.get(address))
        assert f"{more + 3} ECTs with extra support. Overdue: {more + 1} decisions" in page
        assert len(many) == len(few) <= 12
