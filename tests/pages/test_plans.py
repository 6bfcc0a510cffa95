"""The pages of support plans: read by everybody of the case, written by whose level it is."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cases.actions.absences import record_absence
from cases.models import Placement
from cases.rules.absence_kinds import AbsenceKind
from support_plans.models import Plan, PlanWeek
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.support.world_people import viewer_of

WEEK = timedelta(weeks=1)
TUTOR = "induction_tutor@oak"


def of(world, key):
    person = world.people[key]
    return viewer_of(person.user_id, person.acting_for, world.today)


def text(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").find("main").get_text(" ", strip=True)


def opened(world, key, name, piece):
    return Visitor(world.people[key]).get(reverse(f"support_plans:{name}", args=[piece.id]))


def sent(world, key, name, piece, **typed):
    """The form of a page as it stands, with some answers, as a browser sends it."""
    visitor, url = Visitor(world.people[key]), reverse(f"support_plans:{name}", args=[piece.id])
    return visitor.post(url, Page(visitor.get(url).content.decode()).data | typed)


def dates(name, day):
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


class TestReading:
    @pytest.mark.parametrize(
        "key", ["ect@planned", "mentor@oak", TUTOR, "headteacher@oak", "body_officer@north"]
    )  # fmt: skip
    def test_everybody_of_the_case_reads_it_week_by_week(self, world, key):
        page = text(opened(world, key, "plan", world.plans["planned"]))
        assert "Going on" in page
        for place in ("objectives", "actions", "resources", "criteria", "evaluated", "commented"):
            assert f"zqplan{place}zq" in page

    def test_each_is_offered_what_is_theirs(self, world):
        plan = world.plans["planned"]
        tutor, mentor = text(opened(world, TUTOR, "plan", plan)), text(opened(world, "mentor@oak", "plan", plan))
        ect = text(opened(world, "ect@planned", "plan", plan))
        assert "End the plan" in tutor
        assert "Evaluate week 2" in mentor
        assert "End the plan" not in mentor
        assert "Comment on week 2" in ect
        assert "Evaluate week" not in ect

    def test_the_ladder_leads_to_it(self, world):
        case = world.cases["planned"]
        page = text(opened(world, "ect@planned", "ladder", case))
        assert "Your plan Going on Week 2 of 4" in page
        assert "Whom to speak to" in page
        answer = opened(world, "ect@planned", "current_plan", case)
        assert answer.url == reverse("support_plans:plan", args=[world.plans["planned"].id])

    def test_without_a_plan_the_ladder_asks_its_owner_to_write_one(self, world):
        case = world.cases["climbing"]
        assert "Write the plan" in text(opened(world, TUTOR, "ladder", case))
        assert "Write the plan" not in text(opened(world, "mentor@oak", "ladder", case))
        answer = opened(world, TUTOR, "current_plan", case)
        assert answer.url == reverse("support_plans:ladder", args=[case.id])

    def test_the_homes_say_what_waits(self, world):
        home = text(Visitor(world.people[TUTOR]).get("/"))
        assert "Write the support plan" in home
        assert "Evaluate week 2 of the support plan" in home
        assert "Comment on week" not in home


class TestWriting:
    def test_what_is_half_written_is_kept_for_the_others_to_read(self, world):
        level = world.support_levels["climbing"]
        answer = sent(world, TUTOR, "write_plan", level, objectives="Calm starts", then="keep")
        plan = Plan.objects.get(level=level.id)
        assert answer.url == reverse("support_plans:plan", args=[plan.pk])
        page = text(Visitor(world.people["ect@climbing"]).get(answer.url))
        assert "This plan has not started" in page
        assert "Calm starts" in page
        again = Page(opened(world, TUTOR, "write_plan", level).content.decode())
        assert again.data["objectives"] == "Calm starts"

    def test_everything_that_is_missing_is_said_at_once_and_nothing_typed_is_lost(self, world):
        typed = {"then": "start", "objectives": "", "planned-2-actions": "Joint observation", "standards": []}
        typed |= dates("starts_on", world.today - timedelta(days=30))
        answer = sent(world, TUTOR, "write_plan", world.support_levels["climbing"], **typed)
        page = Page(answer.content.decode())
        assert not page.broken_links
        assert len(page.errors) == 5
        assert any("Week 1 is skipped" in line for line in page.errors)
        assert any("Enter how success is known in week 2" in line for line in page.errors)
        assert page.data["planned-2-actions"] == "Joint observation"
        assert not Plan.objects.filter(level=world.support_levels["climbing"].id).exists()

    def test_of_two_who_write_the_second_reads_first_and_keeps_their_words(self, world):
        level = world.support_levels["climbing"]
        visitor, url = Visitor(world.people[TUTOR]), reverse("support_plans:write_plan", args=[level.id])
        data = Page(visitor.get(url).content.decode()).data | {"then": "keep", "objectives": "Second"}
        sent(world, "induction_lead@oak", "write_plan", level, then="keep", objectives="First")
        page = Page(visitor.post(url, data).content.decode())
        assert any("Somebody else has written on this plan" in line for line in page.errors)
        assert page.data["objectives"] == "Second"
        assert "First" in page.soup.get_text()
        assert visitor.post(url, page.data).status_code == 302
        assert Plan.objects.get(level=level.id).objectives == "Second"

    def test_started_it_is_not_written_on_any_more(self, world):
        plan = Plan.objects.get(pk=world.plans["planned"].id)
        answer = Visitor(world.people[TUTOR]).get(reverse("support_plans:write_plan", args=[plan.level_id]))
        assert answer.url == reverse("support_plans:ladder", args=[plan.induction_id])

    def test_a_mentor_does_not_write_the_tutors_plan(self, world):
        assert opened(world, "mentor@oak", "write_plan", world.support_levels["climbing"]).status_code == 403
        assert opened(world, "mentor@oak", "finish_plan", world.plans["planned"]).status_code == 403


class TestGoingOn:
    def test_the_mentor_helps_to_evaluate(self, world):
        week = world.plan_weeks["planned"]
        assert "Joint observation" not in text(opened(world, "mentor@oak", "evaluate_week", week))
        sent(world, "mentor@oak", "evaluate_week", week, text="Calm starts")
        assert "Calm starts (Mentor of Oakfield School, mentor" in text(
            opened(world, "ect@planned", "plan", world.plans["planned"])
        )

    def test_a_week_that_has_not_begun_keeps_what_was_typed(self, world):
        week = PlanWeek.objects.get(plan=world.plans["planned"].id, number=3)
        url = reverse("support_plans:comment_on_week", args=[week.pk])
        visitor = Visitor(world.people["ect@planned"])
        page = Page(
            visitor.post(url, Page(visitor.get(url).content.decode()).data | {"text": "Ahead"}).content.decode()
        )
        assert page.errors == ["Week 3 has not begun yet: comment when it has"]
        assert page.data["text"] == "Ahead"

    def test_a_week_that_was_lost_is_proposed_to_whoever_knows_of_absence(self, world):
        plan = Plan.objects.get(pk=world.plans["planned"].id)
        placement = Placement.objects.get(induction=plan.induction_id)
        given = {"placement": placement, "kind": AbsenceKind.MATERNITY, "starts_on": plan.laid[1]}
        record_absence(by=of(world, TUTOR), on=world.today, ends_on=plan.laid[2] + WEEK, **given)
        piece = world.plans["planned"]
        assert "The ECT was away on every school day" in text(opened(world, TUTOR, "plan", piece))
        for key in ("mentor@oak", "ect@planned"):
            assert "was away" not in text(opened(world, key, "plan", piece))
        form = Page(opened(world, TUTOR, "lay_plan_again", piece).content.decode())
        assert int(form.data["row"]) >= 2
        answer = sent(world, TUTOR, "lay_plan_again", piece, reason="The weeks were lost")
        assert answer.status_code == 302
        assert "The weeks were lost" in text(opened(world, "mentor@oak", "plan", piece))

    def test_what_lies_ahead_is_changed(self, world):
        typed = {"planned-2-actions": "Visit another school", "planned-2-success_criteria": "Three ideas"}
        sent(world, TUTOR, "change_plan", world.plans["planned"], **typed)
        assert "Visit another school" in text(opened(world, "ect@planned", "plan", world.plans["planned"]))


class TestEnding:
    def finish(self, world, **typed):
        sent(world, TUTOR, "evaluate_week", world.plan_weeks["planned"], text="Calm starts")
        told = {"evaluation": "Starts are calm", "progress": "some", "next_objectives": "Calm ends", **typed}
        return sent(world, TUTOR, "finish_plan", world.plans["planned"], **told)

    def test_before_its_last_week_it_says_why(self, world):
        page = Page(self.finish(world).content.decode())
        assert len(page.errors) == 1
        assert "enter why the plan ends before it" in page.errors[0]
        assert page.data["evaluation"] == "Starts are calm"

    def test_then_the_next_step_is_proposed_and_the_move_begins_with_it(self, world):
        assert self.finish(world, early_reason="The criteria are met").status_code == 302
        page = text(opened(world, TUTOR, "plan", world.plans["planned"]))
        assert "Proposed: Level 3: Support plan 2" in page
        assert "The plan found some progress" in page
        assert "Decide what comes next" in page
        move = Page(opened(world, TUTOR, "move_level", world.cases["planned"]).content.decode())
        assert move.data["to"] == "3"
        assert "found" not in move.data
        assert "Decide what comes next" not in text(opened(world, "ect@planned", "plan", world.plans["planned"]))

    def test_while_it_goes_on_level_6_alone_is_open(self, world):
        assert opened(world, TUTOR, "move_level", world.cases["planned"]).status_code == 302
        head = Page(opened(world, "headteacher@oak", "move_level", world.cases["planned"]).content.decode())
        offered = [tag["value"] for tag in head.soup.select("input[name=to]")]
        assert offered == ["6"]
        assert "finish it with its outcome first" in text(opened(world, TUTOR, "ladder", world.cases["planned"]))

    def test_an_ended_plan_is_read_only(self, world):
        self.finish(world, early_reason="Met")
        plan = world.plans["planned"]
        for name in ("finish_plan", "change_plan", "lay_plan_again"):
            assert opened(world, TUTOR, name, plan).url == reverse("support_plans:plan", args=[plan.id])
        assert opened(world, TUTOR, "evaluate_week", world.plan_weeks["planned"]).status_code == 302
