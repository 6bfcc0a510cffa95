"""An ECT is moved on the ladder, by whom the rules let, and never two ways at once (R69-R74, R77)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connections, transaction

from cases.models import Clock, Deadline
from cases.rules.errors import RuleBroken
from cases.rules.escalation import Progress
from cases.rules.statuses import SupportLevel
from cases.rules.support import Direction, Ground, Outcome, direction
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditEvent
from notifications.models import Message
from support_plans import actions
from support_plans.ladder import every_level, has_left, standing, state_of
from support_plans.models import LevelAgreement, LevelChange
from tests.support.supporting import ON, bench

L1, L2, L3, L4, L5, L6 = list(SupportLevel)[1:7]
NONE, MONITORING = SupportLevel.NONE, SupportLevel.MONITORING
ONE_DAY = timedelta(days=1)


@pytest.mark.django_db
class TestMoving:
    def test_the_mentor_opens_level_1_and_owns_it(self):
        case = bench()
        row = case.move(L1, case.mentor, weeks=3)
        assert (row.owner, row.opened_as, row.part, row.weeks) == ("mentor", "mentor", 1, 3)
        assert row.review_due == ON + timedelta(weeks=3) - ONE_DAY
        assert row.carries.contact_days == 7
        assert row.carries.update_days is None
        assert row.carries.meets == ("mentor", "ect")

    def test_a_move_up_closes_what_was_open_and_changes_the_owner(self):
        case = bench()
        first = case.move(L1, case.mentor)
        second = case.move(L2, on=ON + timedelta(days=21))
        first.refresh_from_db()
        assert (first.outcome, first.closed_on, first.closed_by_id) == (
            Outcome.UP, second.opened_on, case.induction_tutor.user.pk,
        )  # fmt: skip
        assert (second.owner, second.number) == ("induction_tutor", 2)
        assert direction([row.state for row in every_level(case.induction)]) is Direction.UP

    def test_the_mentor_may_not_go_on_to_level_2(self):
        case = bench()
        case.move(L1, case.mentor)
        with pytest.raises(
            RuleBroken, match="Only the induction tutor or the headteacher can make this move"
        ) as broken:
            case.move(L2, case.mentor)
        assert broken.value.field == "to"
        assert LevelChange.objects.get().is_open

    def test_the_ect_the_school_and_the_body_are_told(self):
        case = bench()
        case.move(L1, case.mentor)
        told = set(Message.objects.filter(kind="level_changed").values_list("recipient", flat=True))
        roles = (Role.ECT, Role.INDUCTION_TUTOR, Role.HEADTEACHER, Role.BODY_OFFICER)
        assert told == {case.by[role].user.pk for role in roles}

    def test_an_on_track_end_closes_the_ladder_with_its_reason(self):
        case = bench()
        case.move(L2)
        closed = case.move(NONE, found=Progress.ON_TRACK, reason="Every Standard is met")
        assert (closed.outcome, closed.closing_reason, closed.is_open) == ("on_track", "Every Standard is met", False)
        assert standing(every_level(case.induction), ON) == []
        again = case.move(L1, case.mentor)
        assert direction([row.state for row in standing(every_level(case.induction), ON)]) is Direction.NEW
        assert again.number == 2

    def test_after_level_4_an_on_track_end_leads_to_monitoring_first(self):
        case = bench()
        case.climb(L2, L3, L4)
        with pytest.raises(RuleBroken, match="Move to monitoring first"):
            case.move(NONE, found=Progress.ON_TRACK)
        watched = case.move(MONITORING, found=Progress.ON_TRACK)
        assert (watched.weeks, watched.owner) == (None, "induction_tutor")
        assert ON < watched.review_due <= ON + timedelta(weeks=13)
        assert case.move(NONE, found=Progress.ON_TRACK).outcome == "on_track"

    def test_level_1_is_repeated_once_only(self):
        case = bench()
        case.move(L1, case.mentor)
        case.move(L1, case.mentor, found=Progress.SOME)
        with pytest.raises(RuleBroken, match="Level 1 is repeated once only"):
            case.move(L1, case.mentor, found=Progress.SOME)

    @pytest.mark.parametrize(("to", "weeks"), [(L1, 5), (L2, 3), (L1, None)])
    def test_a_plan_of_a_length_that_the_level_does_not_have(self, to, weeks):
        case = bench()
        with pytest.raises(RuleBroken, match="weeks") as broken:
            case.move(to, weeks=weeks)
        assert broken.value.field == "weeks"
        assert not LevelChange.objects.exists()

    @pytest.mark.parametrize("field", ["reason", "aim", "steps_down"])
    def test_nothing_that_a_level_needs_is_left_out(self, field):
        case = bench()
        with pytest.raises(RuleBroken) as broken:
            case.move(L1, case.mentor, **{field: " "})
        assert broken.value.field == field

    def test_no_level_changes_the_length_of_induction(self):
        case = bench()
        before = Clock.objects.get(induction=case.induction).ends_on
        case.climb(L2, L3, L4)
        assert Clock.objects.get(induction=case.induction).ends_on == before

    def test_nothing_that_was_written_is_in_the_trail(self):
        case = bench()
        case.move(L1, case.mentor)
        assert "TS7" not in "".join(AuditEvent.objects.values_list("payload__content", flat=True))


@pytest.mark.django_db
class TestLevel6:
    def test_is_the_headteachers_alone_from_anywhere(self):
        case = bench()
        with pytest.raises(RuleBroken, match="Only the headteacher"):
            case.move(L6)
        row = case.move(L6, case.headteacher)
        assert (row.owner, row.audience, row.review_due, row.weeks) == ("headteacher", "assessed", None, None)

    def test_keeps_nobodys_words(self):
        case = bench()
        case.climb(L2, L3)
        row = case.move(L6, case.headteacher, reason="Details of conduct", aim="x", ground=Ground.SERIOUS.value)
        row.refresh_from_db()
        assert (row.reason, row.aim, row.steps_down, row.why) == ("", "", "", Ground.SERIOUS.label)

    def test_needs_one_of_the_fixed_reasons(self):
        case = bench()
        with pytest.raises(RuleBroken, match="Level 6"):
            case.move(L6, case.headteacher, ground="")

    def test_the_mentor_is_not_told(self):
        case = bench()
        case.move(L6, case.headteacher)
        told = set(Message.objects.filter(kind="level_changed").values_list("recipient", flat=True))
        assert case.mentor.user.pk not in told
        assert case.ect.user.pk in told

    def test_leads_to_monitoring(self):
        case = bench()
        case.move(L6, case.headteacher)
        assert case.move(MONITORING, case.headteacher, found=Progress.SOME).state is MONITORING


@pytest.mark.django_db
class TestAgreeing:
    def agree(self, case, to, by=None):
        state = state_of(every_level(case.induction))
        told = {"on": ON, "induction": case.induction, "to": to, "reason": "The school has shown why", "state": state}
        return actions.agree_to_level(by=by or case.body_officer, **told)

    def test_level_5_in_part_1_waits_for_the_body(self):
        case = bench()
        case.climb(L2, L3, L4)
        with pytest.raises(RuleBroken, match="In part 1 the appropriate body must agree"):
            case.move(L5)
        self.agree(case, L5)
        assert case.move(L5).state is L5

    def test_an_agreement_holds_until_the_ect_is_moved(self):
        case = bench()
        case.climb(L2, L3, L4)
        self.agree(case, L4)
        case.move(L4, found=Progress.SOME)
        with pytest.raises(RuleBroken, match="must agree to repeat Level 4"):
            case.move(L4, found=Progress.SOME)

    def test_a_level_is_skipped_only_when_the_body_overrides(self):
        case = bench()
        with pytest.raises(RuleBroken, match="overrides"):
            case.move(L4)
        agreed = self.agree(case, L4)
        assert (agreed.after, agreed.state) == (None, 0)
        assert case.move(L4).state is L4

    def test_the_school_is_told(self):
        case = bench()
        self.agree(case, L4)
        told = set(Message.objects.filter(kind="level_agreed").values_list("recipient", flat=True))
        assert told == {case.induction_tutor.user.pk, case.headteacher.user.pk}

    def test_a_move_that_the_school_may_make_alone_is_not_agreed_to(self):
        with pytest.raises(RuleBroken, match="does not need"):
            self.agree(bench(), L1)

    def test_only_once(self):
        case = bench()
        self.agree(case, L4)
        with pytest.raises(RuleBroken, match="already"):
            self.agree(case, L4)
        assert LevelAgreement.objects.count() == 1

    def test_only_by_the_body_that_is_responsible(self):
        case, other = bench(), bench()
        with pytest.raises(RuleBroken, match="responsible"):
            self.agree(case, L4, other.body_officer)


@pytest.mark.django_db
class TestDeadline:
    def test_the_end_of_a_plan_falls_due_for_its_owner_until_it_is_closed(self):
        case = bench()
        row = case.move(L1, case.mentor)
        due = Deadline.objects.get(induction=case.induction, kind="level_review")
        assert (due.due_on, due.owner, due.code, due.is_open) == (row.review_due, "mentor", "D24", True)
        case.move(L2)
        first, second = Deadline.objects.filter(induction=case.induction, kind="level_review").order_by("number")
        assert (first.is_open, second.is_open, second.code) == (False, True, "D25")

    def test_level_6_has_none(self):
        case = bench()
        case.move(L6, case.headteacher)
        assert not Deadline.objects.filter(induction=case.induction, kind="level_review").exists()


@pytest.mark.django_db
class TestSchools:
    def test_an_ect_who_has_left_leaves_the_level_behind(self):
        case = bench()
        row = case.move(L2)
        case.placement.ends_on = ON + ONE_DAY
        case.placement.save()
        row = LevelChange.objects.select_related("placement").get(pk=row.pk)
        assert not has_left(row, ON + ONE_DAY)
        assert has_left(row, ON + 2 * ONE_DAY)
        assert standing([row], ON + 2 * ONE_DAY) == []

    def test_another_school_does_not_move_an_ect_whom_the_first_supports(self):
        case, other = bench(), bench()
        case.move(L2)
        other.placement.induction = case.induction
        other.placement.is_lead = False
        other.placement.save()
        with pytest.raises(RuleBroken, match="Another school"):
            case.move(L3, other.headteacher)


@pytest.mark.django_db
class TestSealed:
    @pytest.mark.parametrize("column", ["reason", "level", "aim", "review_due", "opened_on"])
    def test_what_was_decided_is_never_changed(self, column):
        row = bench().move(L1)
        value = ON + timedelta(days=30) if column.endswith(("due", "on")) else "2"
        with pytest.raises(DatabaseError, match="Sealed content"), transaction.atomic():
            LevelChange.objects.filter(pk=row.pk).update(**{column: value})

    def test_a_level_is_closed_once(self):
        case = bench()
        row = case.move(L2)
        case.move(NONE, found=Progress.ON_TRACK)
        with pytest.raises(DatabaseError, match="Sealed content"), transaction.atomic():
            LevelChange.objects.filter(pk=row.pk).update(outcome="left")
        with pytest.raises(DatabaseError, match="Sealed content"), transaction.atomic():
            row.delete()


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_move_an_ect_at_once_one_does():
    case = bench()
    start = Barrier(2)

    def one(by):
        try:
            start.wait(10)
            with transaction.atomic():
                case.move(L2, by, state=0)
        except RuleBroken as broken:
            return broken.message
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        done, told = sorted(pool.map(one, [case.induction_tutor, case.headteacher]), reverse=True)
    assert (done, told[:13]) == ("done", "Somebody else")
    assert LevelChange.objects.count() == 1
    assert date(2026, 11, 2) == LevelChange.objects.get().opened_on
