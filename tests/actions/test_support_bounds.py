"""What bounds a plan that goes on: how far weeks move, in which role somebody acts, two people at once (R72, R79)."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from time import sleep

import pytest
from django.db import connection, connections, transaction

from cases.actions.absences import record_absence
from cases.rules.absence_kinds import AbsenceKind
from cases.rules.errors import RuleBroken
from cases.rules.escalation import Progress
from cases.rules.statuses import SupportLevel
from induction_portal.accounts.permissions import Role
from notifications.models import Message
from support_plans import actions
from support_plans.models import Plan, WeekEntry
from support_plans.papers.filled import filled
from support_plans.papers.sealing import sealed_content
from support_plans.plans.filing import plan_entries
from tests.factories import MembershipFactory
from tests.support.planning import FIRST, end, evaluate, start, week_of, whole
from tests.support.supporting import ON, TOLD, bench

NONE, L1, L2, L3 = list(SupportLevel)[:4]
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


def lay(case, plan, row, first, by=None):
    version = Plan.objects.values_list("version", flat=True).get(pk=plan.pk)
    given = {"row": row, "starts_on": first, "reason": "The school was closed", "version": version}
    return actions.lay_plan_again(by=by or case.induction_tutor, on=ON, plan=plan, **given)


@pytest.mark.django_db
class TestWeeks:
    @pytest.mark.parametrize("first", [ON - A_WEEK, ON - 8 * A_WEEK, date(1900, 1, 1)])
    def test_no_week_comes_before_the_first_day_of_the_plan(self, first):
        case = bench()
        plan = start(case, case.move(L2))
        with pytest.raises(RuleBroken, match="on or after 2 November 2026") as broken:
            lay(case, plan, 1, first)
        assert broken.value.field == "starts_on"

    @pytest.mark.parametrize(("row", "first"), [(1, date(2027, 11, 4)), (2, date(2100, 12, 31))])
    def test_nor_lies_more_than_a_year_ahead(self, row, first):
        case = bench()
        with pytest.raises(RuleBroken, match="on or before 3 November 2027"):
            lay(case, start(case, case.move(L2)), row, first)

    def test_a_plan_whose_first_week_moved_says_when_it_began(self):
        case = bench()
        plan = start(case, case.move(L2))
        lay(case, plan, 1, ON + A_WEEK)
        plan = Plan.objects.select_related("level", "induction__teacher", "school", "body").get(pk=plan.pk)
        assert filled(sealed_content(plan)).dates.startswith("9 November 2026 to 6 December 2026")
        plan.level.plan = plan
        assert [entry.on for entry in plan_entries([plan.level])] == [ON + A_WEEK]

    def test_a_mentor_who_moves_weeks_is_not_told_of_leave_to_come(self):
        case = bench()
        plan = start(case, case.move(L1, case.mentor))
        record_absence(
            by=case.headteacher, on=ON, placement=case.placement, kind=AbsenceKind.MATERNITY,
            starts_on=ON + 2 * A_WEEK, ends_on=ON + 30 * A_WEEK,
        )  # fmt: skip
        assert lay(case, plan, 2, ON + A_WEEK + A_DAY, case.mentor).became[-1] == ON + 2 * A_WEEK + A_DAY
        assert lay(case, plan, 2, ON + A_WEEK).became[-1] >= ON + 30 * A_WEEK


@pytest.mark.django_db
class TestRoles:
    """The mentor of this ECT is the induction tutor of another."""

    def both(self, case):
        MembershipFactory(
            user=case.mentor.user, organisation=case.mentor.organisation, role=Role.INDUCTION_TUTOR.value
        )  # fmt: skip
        return replace(case.mentor, roles=case.mentor.roles | {Role.INDUCTION_TUTOR})

    def test_moves_the_ect_as_the_mentor(self):
        case = bench()
        by = self.both(case)
        assert actions.raise_concern(by=by, on=ON, induction=case.induction, told=TOLD).raised_as == "mentor"
        assert case.move(L1, by).opened_as == "mentor"
        with pytest.raises(RuleBroken, match="Only the induction tutor or the headteacher"):
            case.move(L2, by, found=Progress.NONE)

    def test_evaluates_a_week_as_the_mentor_and_starts_no_plan_of_the_tutors(self):
        case = bench()
        by, level = self.both(case), case.move(L2)
        with pytest.raises(RuleBroken, match="not yours"):
            actions.start_plan(by=by, on=ON, level=level, written=whole(L2), version=0)
        entry = evaluate(case, start(case, level), 1, on=ON, by=by)
        assert entry.said_as == "mentor"


@pytest.mark.django_db
class TestTold:
    def test_the_end_of_a_plan_that_ended_early_can_be_told_at_once(self):
        case = bench()
        plan = start(case, case.move(L2))
        case.update()
        evaluate(case, plan, 1, on=ON)
        end(case, plan, on=ON + A_DAY, early_reason="The timetable changed")
        assert case.update(on=ON + A_DAY).number == 2

    def test_a_plan_that_has_not_begun_says_when_it_can_be_ended(self):
        case = bench()
        plan = start(case, case.move(L2), starts_on=ON + A_WEEK)
        with pytest.raises(RuleBroken, match="begins on 9 November 2026: end it when it has begun"):
            end(case, plan, on=ON)

    @pytest.mark.parametrize("approves", [True, False])
    def test_the_body_is_told_of_changes_to_what_it_approved(self, approves):
        case = bench()
        plan = start(case, case.move(L2))
        actions.answer_plan(by=case.body_officer, on=ON, plan=plan, approves=approves, text="Watch Year 9")
        planned = [replace(FIRST, resources="Two hours of PD time")]
        actions.change_plan(by=case.induction_tutor, on=ON, plan=plan, planned=planned, rows=(), version=plan.version)
        told = Message.objects.filter(kind="plan_changed", recipient=case.body_officer.user)
        assert told.exists() is approves


@pytest.mark.django_db(transaction=True)
def test_the_ect_comments_while_the_tutor_evaluates():
    case = bench()
    plan = start(case, case.move(L2))
    week = week_of(plan, 1)

    def comment():
        try:
            return actions.comment_on_week(by=case.ect, on=ON, week=week, text="Calmer")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            evaluate(case, plan, 1, on=ON)
            said = other.submit(comment)
            while not waiting() and not said.done():
                sleep(0.02)
            assert not said.done()
        assert said.result().text == "Calmer"
    assert {entry.kind for entry in WeekEntry.objects.all()} == {"comment", "evaluation"}


def waiting():
    """Whether somebody waits for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0]
