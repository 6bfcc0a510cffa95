"""A support plan is written, started, carried out week by week and ended, by whom its level says (R70-R76, R79)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connections, transaction

from cases.actions.absences import record_absence
from cases.actions.versions import ChangedMeanwhile
from cases.models import BodyPolicy, Deadline
from cases.rules.absence_kinds import AbsenceKind
from cases.rules.errors import RuleBroken
from cases.rules.escalation import Progress
from cases.rules.plans import ObjectiveRow, WeekRow
from cases.rules.statuses import PlanStatus, SupportLevel
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditEvent
from notifications.models import Message
from support_plans import actions
from support_plans.models import LevelChange, Plan, PlanLaying, PlanWeek, WeekEntry
from support_plans.plans.content import plan_content
from support_plans.plans.laying import proposed, without_school
from support_plans.plans.previous import filled_in
from support_plans.plans.proposing import next_step_of
from tests.support.planning import ROW, WEEK, end, evaluate, finish, start, week_of, whole
from tests.support.supporting import ON, bench

L1, L2, L3, L4, L5, L6 = list(SupportLevel)[1:7]
NONE, MONITORING = SupportLevel.NONE, SupportLevel.MONITORING
ONE_DAY = timedelta(days=1)
WEEKLY = WeekRow("Joint observation", "", "Two calm starts")


def told_of(kind):
    return set(Message.objects.filter(kind=kind).values_list("recipient", flat=True))


def level_of(plan):
    return LevelChange.objects.select_related("plan").get(pk=plan.level_id)


@pytest.mark.django_db
class TestWriting:
    def write(self, case, level, by=None, version=0, **given):
        told = {"on": ON, "level": level, "written": whole(level.state, **given), "version": version}
        return actions.write_plan(by=by or case.induction_tutor, **told)

    def test_what_is_half_written_is_kept_and_gone_on_with_by_another(self):
        case = bench()
        level = case.move(L2)
        plan = self.write(case, level, objectives="", planned=(), starts_on=None, weeks=None)
        assert (plan.state, plan.version, plan.objectives, plan.laid) == (PlanStatus.WRITING, 1, "", [])
        plan = self.write(case, level, case.induction_lead, version=1, weeks=5)
        assert (plan.version, plan.weeks, plan.rows_by_week.count()) == (2, 5, 5)

    def test_more_weeks_than_the_level_has_are_refused_at_once(self):
        case = bench()
        with pytest.raises(RuleBroken, match="A Level 2 plan takes 4 to 6 weeks") as broken:
            self.write(case, case.move(L2), weeks=3)
        assert broken.value.field == "weeks"

    def test_whoever_is_second_is_told(self):
        case = bench()
        level = case.move(L2)
        self.write(case, level)
        with pytest.raises(ChangedMeanwhile):
            self.write(case, level, case.induction_lead)

    @pytest.mark.parametrize(("level", "roles"), [(L1, ["induction_tutor", "headteacher"]), (L2, ["mentor"])])
    def test_only_who_owns_the_level_writes_its_plan(self, level, roles):
        case = bench()
        row = case.move(level, case.headteacher)
        for role in roles:
            with pytest.raises(RuleBroken, match="not yours"):
                self.write(case, row, case.by[Role(role)])

    def test_a_level_without_plans_has_none(self):
        case = bench()
        level = case.move(L6, case.headteacher)
        with pytest.raises(RuleBroken, match="Plans belong to Levels 1 to 5"):
            actions.write_plan(by=case.headteacher, on=ON, level=level, written=whole(L2), version=0)

    def test_nothing_that_was_written_is_in_the_trail(self):
        case = bench()
        self.write(case, case.move(L2))
        assert "calm" not in "".join(AuditEvent.objects.values_list("payload__content", flat=True)).lower()


@pytest.mark.django_db
class TestStarting:
    def test_lays_its_weeks_and_tells_everybody(self):
        case = bench()
        plan = start(case, case.move(L2))
        assert (plan.state, plan.laid) == (PlanStatus.GOING_ON, [ON + n * WEEK for n in range(4)])
        assert (plan.ends_on, plan.term, plan.started_as) == (
            ON + 4 * WEEK - ONE_DAY,
            "Autumn term 2026/27",
            "induction_tutor",
        )
        roles = (Role.ECT, Role.MENTOR, Role.HEADTEACHER, Role.BODY_OFFICER)
        assert told_of("plan_started") == {case.by[role].user.pk for role in roles}

    @pytest.mark.parametrize(
        ("level", "given", "field", "says"),
        [
            (L2, {"objectives": " "}, "objectives", "Enter the objectives"),
            (L1, {"reason": ""}, "reason", "light touch"),
            (L2, {"standards": ()}, "standards", "Standards"),
            (L2, {"starts_on": None}, "starts_on", "first day"),
            (L2, {"starts_on": ON - ONE_DAY}, "starts_on", "on or after 2 November 2026"),
            (L2, {"starts_on": ON + 9 * WEEK}, "starts_on", "on or before"),
            (L2, {"weeks": None}, "weeks", "4 to 6"),
            (L2, {"planned": ()}, "planned[0].actions", "what is done in week 1"),
            (L2, {"planned": (WeekRow("A"),)}, "planned[0].success_criteria", "how success is known"),
            (
                L2,
                {"planned": (WeekRow("A", "", "B"), WeekRow(), WeekRow("A", "", "B"))},
                "planned[1].actions",
                "skipped",
            ),
            (L2, {"planned": (WeekRow("A", "", "B"),) * 5}, "planned[4].actions", "A plan of 4 weeks has 4 rows"),
            (L1, {"rows": (ObjectiveRow("A"),)}, "rows[0].standards", "objective 1"),
        ],
    )
    def test_nothing_that_a_plan_needs_is_left_out(self, level, given, field, says):
        case = bench()
        row = case.move(level, case.headteacher)
        with pytest.raises(RuleBroken, match=says.replace("[", r"\[")) as broken:
            start(case, row, **given)
        assert broken.value.field == field
        assert not Plan.objects.exists()

    def test_plans_do_not_overlap(self):
        case = bench()
        first = start(case, case.move(L2))
        finish(case, first)
        second = case.move(L3, found=Progress.SOME)
        with pytest.raises(RuleBroken, match="Plans must not overlap") as broken:
            start(case, second, starts_on=first.ends_on - ONE_DAY)
        assert broken.value.field == "starts_on"

    def test_what_it_set_out_to_do_then_stands(self):
        case = bench()
        level = case.move(L2)
        plan = start(case, level)
        with pytest.raises(RuleBroken, match="has started"):
            start(case, level)
        for column, value in (("objectives", "x"), ("starts_on", ON + ONE_DAY), ("standards", ["TS1"])):
            with pytest.raises(DatabaseError, match="Sealed content"), transaction.atomic():
                Plan.objects.filter(pk=plan.pk).update(**{column: value})
        with pytest.raises(DatabaseError, match="Sealed content"), transaction.atomic():
            PlanWeek.objects.filter(plan=plan).delete()

    def test_weeks_without_school_are_passed_over_where_the_body_says_so(self):
        case = bench()
        BodyPolicy.objects.create(
            organisation=case.body_officer.organisation, number=1, starts_on=date(2026, 9, 1), set_on=date(2026, 9, 1),
            skip_holiday_weeks=True,
        )  # fmt: skip
        day = date(2026, 12, 7)
        plan = start(case, case.move(L2, on=day), on=day, starts_on=day)
        assert plan.laid == [date(2026, 12, 7), date(2026, 12, 14), date(2027, 1, 4), date(2027, 1, 11)]
        assert level_of(plan).ends_by == date(2027, 1, 17)

    def test_and_else_are_warned_of(self):
        case = bench()
        day = date(2026, 12, 7)
        plan = start(case, case.move(L2, on=day), on=day, starts_on=day)
        assert without_school(plan, day) == (3, 4)


@pytest.mark.django_db
class TestWeeks:
    def test_are_evaluated_in_order_and_none_is_skipped(self):
        case = bench()
        plan = start(case, case.move(L2))
        with pytest.raises(RuleBroken, match="Evaluate week 1 first"):
            evaluate(case, plan, 2, on=ON + WEEK)
        evaluate(case, plan, 1, on=ON + 4 * ONE_DAY)
        with pytest.raises(RuleBroken, match="Week 2 begins on 9 November 2026"):
            evaluate(case, plan, 2, on=ON + 4 * ONE_DAY)
        evaluate(case, plan, 2, on=ON + WEEK)
        plan.refresh_from_db()
        assert plan.evaluated == 2

    def test_the_mentor_helps_above_level_1_and_the_tutor_does_not_below(self):
        case = bench()
        plan = start(case, case.move(L2))
        assert evaluate(case, plan, 1, on=ON, by=case.mentor).said_as == "mentor"
        with pytest.raises(RuleBroken, match="not yours"):
            evaluate(case, plan, 1, on=ON, by=case.headteacher)
        other = bench()
        light = start(other, other.move(L1, other.mentor))
        with pytest.raises(RuleBroken, match="not yours"):
            evaluate(other, light, 1, on=ON, by=other.induction_tutor)

    def test_the_last_word_holds_and_the_earlier_are_kept(self):
        case = bench()
        plan = start(case, case.move(L2))
        evaluate(case, plan, 1, on=ON, text="Good")
        second = evaluate(case, plan, 1, on=ON, text="Better")
        assert plan_content(Plan.objects.get(pk=plan.pk))["by_week"][0]["evaluation"]["text"] == "Better"
        assert [entry.text for entry in WeekEntry.objects.all()] == ["Good", "Better"]
        with pytest.raises(DatabaseError, match="Sealed content"), transaction.atomic():
            WeekEntry.objects.filter(pk=second.pk).update(text="Best")

    def test_what_observations_showed_of_an_objective_is_kept_with_the_week(self):
        case = bench()
        plan = start(case, case.move(L1, case.mentor))
        evaluate(case, plan, 1, on=ON, outcomes={1: "Two calm starts seen"})
        assert plan.rows.get().outcome == "Two calm starts seen"

    def test_the_ect_comments_and_only_the_ect(self):
        case = bench()
        plan = start(case, case.move(L2))
        entry = actions.comment_on_week(by=case.ect, on=ON, week=week_of(plan, 1), text="It helps")
        assert (entry.said_as, week_of(plan, 1).commented_on) == ("ect", ON)
        assert told_of("plan_week_commented") == {case.mentor.user.pk, case.induction_tutor.user.pk}
        for by, number, text, says in (
            (case.mentor, 1, "x", "Only the ECT"),
            (case.ect, 2, "x", "has not begun"),
            (case.ect, 1, " ", "Enter your"),
        ):
            with pytest.raises(RuleBroken, match=says):
                actions.comment_on_week(by=by, on=ON, week=week_of(plan, number), text=text)

    def test_what_lies_ahead_may_be_changed_and_what_was_evaluated_not(self):
        case = bench()
        plan = start(case, case.move(L2))
        evaluate(case, plan, 1, on=ON)
        plan.refresh_from_db()
        ahead = (WeekRow("Visit another school", "", "Three ideas"),)
        given = {"by": case.induction_tutor, "on": ON, "plan": plan, "rows": (), "version": plan.version}
        actions.change_plan(planned=ahead + (WeekRow(),) * 2, **given)
        assert [week_of(plan, n).actions for n in (1, 2)] == ["Joint observation (tutor)", "Visit another school"]
        with pytest.raises(ChangedMeanwhile):
            actions.change_plan(planned=ahead, **given)
        given["version"] += 1
        with pytest.raises(RuleBroken, match="already"):
            actions.change_plan(planned=ahead + (WeekRow(),) * 2, **given)
        with pytest.raises(RuleBroken, match="A plan of 4 weeks has 4 rows"):
            actions.change_plan(planned=ahead * 4, **given)

    def test_an_objective_is_changed_or_added_and_not_taken_out(self):
        case = bench()
        plan = start(case, case.move(L1, case.mentor))
        given = {"by": case.mentor, "on": ON, "planned": ()}
        more = replace(ROW, objective="Calm ends")
        plan = actions.change_plan(plan=plan, rows=(ROW, more), version=plan.version, **given)
        assert [row.objective for row in plan.rows.all()] == ["Calm starts", "Calm ends"]
        with pytest.raises(RuleBroken, match="An objective stays"):
            actions.change_plan(plan=plan, rows=(more,), version=plan.version, **given)

    def test_a_week_is_due_for_the_owner_until_it_is_evaluated(self):
        case = bench()
        plan = start(case, case.move(L1, case.mentor))
        due = Deadline.objects.get(induction=case.induction, kind="plan_week")
        assert (due.due_on, due.owner, due.code, due.number, due.is_open) == (ON + WEEK, "mentor", "D28", 11, True)
        evaluate(case, plan, 1, on=ON + WEEK)
        first, second = Deadline.objects.filter(kind="plan_week").order_by("number")
        assert (first.is_open, second.is_open, second.due_on) == (False, True, ON + 2 * WEEK)


@pytest.mark.django_db
class TestLayingAnew:
    def away(self, case, first, last):
        told = {"placement": case.placement, "kind": AbsenceKind.SICKNESS, "starts_on": first, "ends_on": last}
        record_absence(by=case.induction_tutor, on=max(last, first), **told)

    def lay(self, case, plan, **given):
        plan.refresh_from_db()
        told = {"row": 2, "starts_on": ON + 2 * WEEK, "reason": "The week was lost", "version": plan.version} | given
        return actions.lay_plan_again(by=told.pop("by", case.induction_tutor), on=ON + 2 * WEEK, plan=plan, **told)

    def test_a_whole_week_away_leads_to_a_proposal_that_a_person_confirms(self):
        case = bench()
        plan = start(case, case.climb(L2, L3, L4))
        self.away(case, ON + WEEK, ON + WEEK + 4 * ONE_DAY)
        row, laid = proposed(plan, ON + 2 * WEEK)
        assert (row, laid.starts[:3]) == (2, (ON, ON + 2 * WEEK, ON + 3 * WEEK))
        assert Plan.objects.get(pk=plan.pk).laid == plan.laid
        assert told_of("plan_to_lay_anew") == {case.induction_tutor.user.pk}
        laying = self.lay(case, plan)
        found = Plan.objects.get(pk=plan.pk)
        assert (tuple(found.laid), found.ends_on, laying.became) == (laid.starts, laid.ends_on, found.laid)
        assert level_of(found).updates_due == tuple(first + WEEK for first in found.laid)
        assert Deadline.objects.get(kind="level_review", is_open=True).due_on == found.ends_on
        assert proposed(found, ON + 2 * WEEK) is None

    def test_a_few_days_away_do_not(self):
        case = bench()
        plan = start(case, case.move(L2))
        self.away(case, ON + WEEK, ON + WEEK + 3 * ONE_DAY)
        assert proposed(plan, ON + 2 * WEEK) is None

    @pytest.mark.parametrize(
        ("given", "field"),
        [({"row": 1}, "row"), ({"starts_on": ON + 6 * ONE_DAY}, "starts_on"), ({"starts_on": ON + WEEK}, "starts_on"),
         ({"reason": " "}, "reason")],
    )  # fmt: skip
    def test_only_weeks_that_lie_ahead_move_and_with_a_reason(self, given, field):
        case = bench()
        plan = start(case, case.move(L2))
        evaluate(case, plan, 1, on=ON)
        with pytest.raises(RuleBroken) as broken:
            self.lay(case, plan, **given)
        assert broken.value.field == field
        assert not PlanLaying.objects.exists()

    def test_at_level_1_the_tutor_may_who_is_told_of_absence(self):
        case = bench()
        plan = start(case, case.move(L1, case.mentor))
        assert self.lay(case, plan).laid_as == "induction_tutor"
        with pytest.raises(RuleBroken, match="not yours"):
            self.lay(case, plan, by=case.headteacher, starts_on=ON + 3 * WEEK)


@pytest.mark.django_db
class TestEnding:
    def test_no_plan_ends_without_its_outcome(self):
        case = bench()
        plan = start(case, case.move(L2))
        for number in range(1, 5):
            evaluate(case, plan, number, on=plan.laid[number - 1])
        for given, field in (
            ({"evaluation": " "}, "evaluation"),
            ({"progress": None}, "progress"),
            ({"next_objectives": ""}, "next_objectives"),
            ({"ended_on": ON - ONE_DAY}, "ended_on"),
            ({"ended_on": None}, "ended_on"),
            ({"ended_on": plan.laid[1]}, "early_reason"),
        ):
            with pytest.raises(RuleBroken) as broken:
                end(case, plan, **given)
            assert broken.value.field == field
        ended = end(case, plan, Progress.ON_TRACK, next_objectives="")
        assert (ended.state, ended.on_track, ended.finished_as) == (PlanStatus.FINISHED, True, "induction_tutor")

    def test_nor_while_a_week_that_has_begun_was_not_evaluated(self):
        case = bench()
        plan = start(case, case.move(L2))
        evaluate(case, plan, 1, on=ON)
        with pytest.raises(RuleBroken, match="Evaluate week 2 first"):
            end(case, plan)

    def test_an_early_end_says_why(self):
        case = bench()
        plan = start(case, case.move(L2))
        evaluate(case, plan, 1, on=ON)
        ended = end(case, plan, Progress.ON_TRACK, on=ON + ONE_DAY, early_reason="Every criterion is met")
        assert (ended.early_reason, ended.ended_on) == ("Every criterion is met", ON + ONE_DAY)

    def test_nothing_is_written_on_it_after(self):
        case = bench()
        plan = start(case, case.move(L2))
        finish(case, plan)
        with pytest.raises(RuleBroken, match="has ended"):
            evaluate(case, plan, 4, on=plan.ends_on)
        with pytest.raises(DatabaseError, match="Sealed content"), transaction.atomic():
            week_of(plan, 1).save()

    def test_its_words_are_taken_over_by_the_next_plan(self):
        case = bench()
        plan = start(case, case.move(L2))
        finish(case, plan)
        told = filled_in(case.move(L3, on=plan.ends_on, found=Progress.SOME), None)
        assert (told["objectives"], told["standards"]) == ("Calm ends", ["TS7"])

    def test_the_school_is_told_of_the_end(self):
        case = bench()
        finish(case, start(case, case.move(L2)))
        assert case.body_officer.user.pk in told_of("plan_finished")
        assert case.ect.user.pk in told_of("plan_to_sign")


@pytest.mark.django_db
class TestMovingOn:
    def test_nobody_is_moved_while_the_plan_goes_on(self):
        case = bench()
        plan = start(case, case.move(L2))
        with pytest.raises(RuleBroken, match="finish it with its outcome first"):
            case.move(L3, found=Progress.SOME)
        finish(case, plan)
        moved = case.move(L3, found=Progress.SOME)
        plan.refresh_from_db()
        assert (moved.state, plan.state, plan.closed_on) == (L3, PlanStatus.CLOSED, ON)

    def test_except_to_level_6(self):
        case = bench()
        plan = start(case, case.move(L2))
        case.move(L6, case.headteacher)
        plan.refresh_from_db()
        assert (plan.state, plan.ended_on) == (PlanStatus.ENDED_EARLY, ON)

    def test_or_when_the_ect_has_left(self):
        case, other = bench(), bench()
        plan = start(case, case.move(L2))
        case.placement.ends_on = ON + ONE_DAY
        case.placement.save()
        other.placement.induction = case.induction
        other.placement.starts_on = ON + 2 * ONE_DAY
        other.placement.save()
        case.move(L2, other.headteacher, on=ON + 3 * ONE_DAY)
        plan.refresh_from_db()
        assert plan.state is PlanStatus.ENDED_EARLY

    def test_what_the_plan_found_decides_whatever_is_answered(self):
        case = bench()
        finish(case, start(case, case.move(L2)), Progress.ON_TRACK)
        with pytest.raises(RuleBroken, match="on track does not move up"):
            case.move(L3, found=Progress.NONE)
        assert case.move(NONE, found=Progress.NONE).outcome == "on_track"

    def test_a_plan_that_never_started_ends_with_its_level(self):
        case = bench()
        level = case.move(L2)
        plan = actions.write_plan(by=case.induction_tutor, on=ON, level=level, written=whole(L2), version=0)
        case.move(L3, found=Progress.SOME)
        plan.refresh_from_db()
        assert (plan.state, plan.ended_on) == (PlanStatus.ENDED_EARLY, None)

    def test_the_next_step_is_proposed_and_a_person_decides(self):
        case = bench()
        plan = finish(case, start(case, case.move(L2)))
        step = next_step_of(plan, plan.ends_on)
        assert step.to is L3
        assert "some progress" in " ".join(reason.says for reason in step.because)
        assert level_of(plan).is_open


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_start_a_plan_at_once_one_does():
    case = bench()
    level = case.move(L2)
    barrier = Barrier(2)

    def one(by):
        try:
            barrier.wait(10)
            with transaction.atomic():
                start(case, level, by=by)
        except (RuleBroken, ChangedMeanwhile):
            return "refused"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, [case.induction_tutor, case.induction_lead])) == ["done", "refused"]
    assert Plan.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_evaluate_a_week_at_once_the_second_reads_first():
    case = bench()
    plan = start(case, case.move(L2))
    barrier = Barrier(2)

    def one(by):
        try:
            barrier.wait(10)
            with transaction.atomic():
                evaluate(case, plan, 1, on=ON, by=by, version=1)
        except ChangedMeanwhile:
            return "second"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(one, [case.induction_tutor, case.mentor])) == ["done", "second"]
    assert WeekEntry.objects.count() == 1
