"""Meetings about support, updates of the body, and what the body does, each written by an action (R70-R72, D27-D30)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connections, transaction

from cases.models import Deadline
from cases.rules.errors import RuleBroken
from cases.rules.escalation import Progress
from cases.rules.following import Did, Minutes, must_meet
from cases.rules.statuses import SupportLevel
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditEvent
from notifications.models import Message
from support_plans import actions
from support_plans.models import BodyRecord, BodyUpdate, LevelChange, PlanMeeting
from tests.support.supporting import ON, bench

L1, L2, L3, L4, L5, L6 = list(SupportLevel)[1:7]
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)


def told(case, kind):
    """The roles of whoever was sent a message of a kind."""
    people = set(Message.objects.filter(kind=kind).values_list("recipient", flat=True))
    return {role for role, viewer in case.by.items() if viewer.user.pk in people}


def minutes_of():
    """Of a meeting of Level 4, a week later."""
    return Minutes(ON + A_WEEK, must_meet(L4), "TS7, week by week", "Another plan")


def deadlines(case, kind):
    return list(Deadline.objects.filter(induction=case.induction, kind=kind).order_by("number"))


@pytest.mark.django_db
class TestMeetings:
    def test_a_meeting_is_recorded_with_who_held_each_part_that_day(self):
        case = bench()
        case.climb(L2, L3)
        row = case.meet(L4)
        assert row.present == ["mentor", "induction_tutor", "body_officer", "ect"]
        assert row.names[1] == case.induction_tutor.user.name
        assert (row.recorded_as, row.settled_on, row.is_held, row.level.level) == ("induction_tutor", ON, True, "3")

    def test_level_4_is_opened_once_the_meeting_is_recorded(self):
        case = bench()
        case.climb(L2, L3)
        with pytest.raises(RuleBroken, match="Record the meeting of the appropriate body’s officer") as broken:
            case.move(L4)
        assert broken.value.field == "to"
        case.meet(L3, present=["induction_tutor", "ect"], missing="The officer was ill")
        with pytest.raises(RuleBroken, match="Record the meeting"):
            case.move(L4)
        case.meet(L4, case.body_officer)
        assert case.move(L4).state is L4

    def test_a_meeting_at_another_level_does_not_count(self):
        case = bench()
        case.move(L2)
        case.meet(L4)
        case.move(L3, found=Progress.SOME)
        with pytest.raises(RuleBroken, match="Record the meeting"):
            case.move(L4)

    def test_without_somebody_who_must_attend_there_is_no_record(self):
        case = bench()
        case.climb(L2, L3, L4)
        before = PlanMeeting.objects.count()
        with pytest.raises(RuleBroken, match="Without the mentor") as broken:
            case.meet(L4, present=["body_officer", "induction_tutor", "ect"], missing="On a course")
        assert broken.value.field == "present"
        assert PlanMeeting.objects.count() == before

    def test_the_mentor_holds_those_of_level_1_alone(self):
        case = bench()
        case.move(L1, case.mentor)
        assert case.meet(L1, case.mentor).recorded_as == "mentor"
        case.move(L2)
        with pytest.raises(RuleBroken, match="induction tutor or the appropriate body’s officer"):
            case.meet(L2, case.mentor)

    @pytest.mark.parametrize("role", ["induction_lead", "body_officer", "body_admin"])
    def test_whoever_acts_for_the_tutor_and_the_body_record_them(self, role):
        case = bench()
        case.move(L2)
        assert case.meet(L2, case.by[Role(role)]).recorded_as == role

    def test_none_without_a_level_nor_at_level_6_nor_of_one_that_does_not_follow(self):
        case = bench()
        with pytest.raises(RuleBroken, match="no extra support"):
            case.meet(L1)
        case.move(L2)
        with pytest.raises(RuleBroken) as broken:
            case.meet(L5)
        assert broken.value.field == "about"
        case.move(L6, case.headteacher)
        with pytest.raises(RuleBroken, match="nothing of its meetings belongs"):
            case.meet(L6)

    def test_another_body_has_no_part_in_it(self):
        case, other = bench(), bench()
        case.move(L2)
        with pytest.raises(RuleBroken, match="responsible"):
            case.meet(L2, other.body_officer)
        assert not PlanMeeting.objects.exists()

    def test_what_is_arranged_falls_due_that_day_and_is_told_to_the_table(self):
        case = bench()
        case.climb(L2, L3)
        row = case.arrange(L4)
        (due,) = deadlines(case, "plan_meeting")
        assert (due.due_on, due.owner, due.is_open) == (ON + A_WEEK, "induction_tutor", True)
        assert told(case, "support_meeting_arranged") == {Role.ECT, Role.MENTOR, Role.BODY_OFFICER}
        held = actions.record_meeting(
            by=case.body_officer, on=ON + A_WEEK, meeting=row, version=row.version, minutes=minutes_of()
        )
        assert (held.recorded_as, held.arranged_by_id) == ("body_officer", case.induction_tutor.user.pk)
        assert deadlines(case, "plan_meeting")[0].closed_on == ON + A_WEEK
        assert case.move(L4, on=ON + A_WEEK).state is L4

    def test_what_is_arranged_is_changed_and_called_off(self):
        case = bench()
        case.move(L2)
        row = case.arrange(L2)
        given = {"by": case.induction_tutor, "on": ON, "meeting": row}
        row = actions.change_meeting(**given, meets_on=ON + A_DAY, where="Room 3", version=row.version)
        assert deadlines(case, "plan_meeting")[0].due_on == ON + A_DAY
        assert Message.objects.filter(kind="support_meeting_arranged", recipient=case.ect.user).count() == 2
        with pytest.raises(RuleBroken, match="Enter why"):
            actions.call_off_meeting(**given, reason=" ", version=row.version)
        actions.call_off_meeting(**given, reason="The ECT is ill", version=row.version)
        assert not deadlines(case, "plan_meeting")[0].is_open
        assert Role.ECT in told(case, "support_meeting_called_off")
        with pytest.raises(RuleBroken, match="Somebody else has changed"):
            actions.change_meeting(**given, meets_on=ON + A_DAY, where="Room 3", version=None)

    def test_a_record_stands_and_is_added_to(self):
        case = bench()
        case.move(L2)
        row = case.meet(L2)
        with pytest.raises(DatabaseError, match="Sealed content"), transaction.atomic():
            PlanMeeting.objects.filter(pk=row.pk).update(outcome="Another")
        with pytest.raises(DatabaseError, match="Sealed content"), transaction.atomic():
            row.delete()
        said = actions.add_to_meeting(by=case.ect, on=ON, meeting=row, text="I also said that Year 9 is hard")
        assert (said.said_as, list(row.entries.all())) == ("ect", [said])
        with pytest.raises(DatabaseError, match="Sealed content"), transaction.atomic():
            type(said).objects.filter(pk=said.pk).update(text="")
        with pytest.raises(RuleBroken, match="Enter what you add"):
            actions.add_to_meeting(by=case.ect, on=ON, meeting=row, text=" ")

    def test_nothing_is_added_before_it_is_recorded(self):
        case = bench()
        case.move(L2)
        with pytest.raises(RuleBroken, match="not been recorded"):
            actions.add_to_meeting(by=case.ect, on=ON, meeting=case.arrange(L2), text="Early")

    def test_nothing_that_was_written_is_in_the_trail(self):
        case = bench()
        case.move(L2)
        case.meet(L2, outline="Canary of the outline")
        case.update(progress="Canary of the update")
        case.record(text="Canary of the note")
        assert "Canary" not in "".join(AuditEvent.objects.values_list("payload__content", flat=True))


@pytest.mark.django_db
class TestUpdates:
    def test_level_4_expects_one_every_week(self):
        case = bench()
        case.climb(L2, L3, L4)
        rows = [row for row in deadlines(case, "body_update") if row.code == "D27"]
        assert [row.due_on for row in rows] == [ON + n * A_WEEK for n in range(1, 7)]
        assert {row.owner for row in rows} == {"induction_tutor"}

    def test_they_are_sent_one_after_the_other_each_in_its_week(self):
        case = bench()
        case.climb(L2, L3, L4)
        first = case.update()
        assert (first.number, first.due_on, first.sent_as) == (1, ON + A_WEEK, "induction_tutor")
        with pytest.raises(RuleBroken, match="can be written from"):
            case.update()
        second = case.update(on=ON + A_WEEK)
        assert second.number == 2
        assert [row.is_open for row in deadlines(case, "body_update")] == [False, False, True, True, True, True]
        assert told(case, "body_updated") == {Role.BODY_OFFICER, Role.ECT}

    def test_level_1_is_the_mentors_to_tell_of(self):
        case = bench()
        case.move(L1, case.mentor)
        with pytest.raises(RuleBroken, match="The mentor sends this update"):
            case.update()
        row = case.update(case.mentor)
        (due, _) = deadlines(case, "body_update")
        assert (row.number, row.sent_as, due.code, due.closed_on) == (1, "mentor", "D29", ON)

    def test_a_lead_acts_for_the_tutor(self):
        case = bench()
        case.move(L2)
        assert case.update(case.induction_lead).sent_as == "induction_lead"

    def test_a_move_tells_by_itself_and_the_next_level_begins_anew(self):
        case = bench()
        case.move(L2)
        case.move(L3, found=Progress.SOME)
        (first, last) = deadlines(case, "body_update")
        assert {first.number // 10, last.number // 10} == {2}

    def test_after_level_2_the_end_is_told_within_five_working_days(self):
        case = bench()
        case.move(L2)
        case.move(SupportLevel.NONE, found=Progress.ON_TRACK, on=ON + A_DAY)
        (due,) = deadlines(case, "body_update")
        assert (due.number % 10, due.due_on, due.is_open) == (2, date(2026, 11, 10), True)
        assert case.update(on=ON + A_DAY).number == 2
        with pytest.raises(RuleBroken, match="No update"):
            case.update(on=ON + A_DAY)

    def test_an_ect_who_has_left_is_not_told_of_any_more(self):
        case = bench()
        case.move(L2)
        case.placement.ends_on = ON + A_DAY
        case.placement.save()
        with pytest.raises(RuleBroken, match="No update"):
            case.update(on=ON + 2 * A_DAY)

    def test_the_body_acknowledges_once_and_may_answer(self):
        case = bench()
        case.move(L2)
        row = case.update()
        given = {"by": case.body_officer, "on": ON, "update": row}
        read = actions.acknowledge_update(**given, answer="Thank you: watch Year 9")
        assert (read.acknowledged_by_id, read.answer) == (case.body_officer.user.pk, "Thank you: watch Year 9")
        assert told(case, "body_update_acknowledged") == {Role.INDUCTION_TUTOR, Role.ECT}
        with pytest.raises(RuleBroken, match="acknowledged"):
            actions.acknowledge_update(**given)
        with pytest.raises(DatabaseError, match="Sealed content"), transaction.atomic():
            BodyUpdate.objects.filter(pk=row.pk).update(progress="Another")

    def test_another_body_does_not(self):
        case, other = bench(), bench()
        case.move(L2)
        with pytest.raises(RuleBroken, match="responsible"):
            actions.acknowledge_update(by=other.body_officer, on=ON, update=case.update())


@pytest.mark.django_db
class TestBody:
    def test_level_2_waits_for_the_officer_to_speak_to_the_ect(self):
        case = bench()
        case.move(L2)
        (due,) = deadlines(case, "body_contact")
        assert (due.code, due.owner, due.due_on) == ("D30", "body_officer", date(2026, 11, 9))
        case.record(Did.SCHOOL)
        assert deadlines(case, "body_contact")[0].is_open
        case.record(Did.ECT)
        assert deadlines(case, "body_contact")[0].closed_on == ON

    def test_the_wait_ends_with_the_level(self):
        case = bench()
        case.move(L2)
        case.move(L3, found=Progress.SOME, on=ON + A_DAY)
        assert deadlines(case, "body_contact")[0].closed_on == ON + A_DAY

    @pytest.mark.parametrize("did", list(Did))
    def test_each_kind_is_kept_and_told_to_who_reads_it(self, did):
        case = bench()
        case.move(L2)
        row = case.record(did)
        assert row.kind is did
        people = {Role.ECT, Role.INDUCTION_TUTOR, Role.HEADTEACHER}
        assert told(case, "body_part_recorded") == people

    def test_what_is_not_shared_is_told_to_the_ect_alone(self):
        case = bench()
        case.move(L2)
        row = case.record(Did.NOTE, shared=False)
        assert row.audience == "body"
        assert told(case, "body_part_recorded") == {Role.ECT}

    def test_nothing_of_it_is_changed(self):
        case = bench()
        case.move(L2)
        row = case.record()
        with pytest.raises(DatabaseError, match="Sealed content"), transaction.atomic():
            BodyRecord.objects.filter(pk=row.pk).update(text="Another")

    def test_is_the_responsible_bodys_alone_and_of_a_level_that_is_open(self):
        case, other = bench(), bench()
        with pytest.raises(RuleBroken, match="no extra support"):
            case.record()
        case.move(L2)
        with pytest.raises(RuleBroken, match="responsible"):
            case.record(by=other.body_officer)


def both(first, second):
    """What two people, who begin at once, are answered, each in a transaction of their own."""
    start = Barrier(2)

    def one(act):
        try:
            start.wait(10)
            with transaction.atomic():
                act()
        except RuleBroken as broken:
            return broken.message
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(one, [first, second]), reverse=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_an_update_at_once_one_does():
    case = bench()
    case.move(L2)
    due = LevelChange.objects.get().number * 10 + 1
    done, refused = both(lambda: case.update(due=due), lambda: case.update(case.induction_lead, due=due))
    assert (done, refused[:13]) == ("done", "Somebody else")
    assert BodyUpdate.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_record_a_meeting_at_once_one_does():
    case = bench()
    case.climb(L2, L3)
    row = case.arrange(L4, meets_on=ON)
    minutes = minutes_of()
    given = {"on": ON + A_WEEK, "meeting": row, "minutes": minutes, "version": row.version}
    done, refused = both(
        lambda: actions.record_meeting(by=case.induction_tutor, **given),
        lambda: actions.record_meeting(by=case.body_officer, **given),
    )
    assert (done, refused[:13]) == ("done", "Somebody else")
    assert PlanMeeting.objects.get().version == 2
