"""Every kind of event is stored by something that is done, and has words."""

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.urls import reverse

from assessments.actions import (
    allow_more_time,
    answer_request,
    body_is_employer,
    decide_appeal,
    decide_reduction,
    email_notices,
    give_up_bundle,
    issue_bundle,
    issue_notice,
    lodge_appeal,
    notice_came_back,
    open_version,
    record_copy,
    record_receipt,
    refuse_to_sign,
    renounce_appeal,
    return_assessment,
    send_again,
    withdraw_appeal,
    withdraw_assessment,
)
from assessments.bundle.printing import Printed
from assessments.models import Appeal, Assessment, Decision, Notice, Reduction
from assessments.outcome.tell_notices import MAILER
from assessments.report import report_of
from cases.actions import (
    acknowledge_notice,
    address_release,
    change_contract,
    change_school_facts,
    correct_pattern,
    correct_teacher,
    end_appointment,
    end_feed,
    notice_sent,
    rename,
    set_pattern,
    withdraw_request,
)
from cases.models import AbsenceNotice, Appointment, Induction, Placement, ReleaseRequest, School
from cases.rules.escalation import Progress
from cases.rules.notices import Told
from cases.rules.outcomes import AppealOutcome
from cases.rules.plans import Ending, WeekRow, Written
from cases.rules.statuses import SupportLevel
from cases.rules.support import Ground
from induction_portal.accounts.adapter import AccountAdapter
from induction_portal.accounts.models import User
from induction_portal.accounts.viewer import System
from induction_portal.audit.events import Event
from induction_portal.audit.models import AuditEvent
from induction_portal.audit.sentences import SENTENCES, sentence
from induction_portal.audit.verify import faults
from notifications.models import Message
from notifications.operating import park, requeue
from support_plans.actions import (
    Finding,
    Wanted,
    acknowledge_update,
    answer_plan,
    change_meeting,
    change_plan,
    close_own_concern,
    correct_plan,
    evaluate_week,
    finish_plan,
    lay_plan_again,
    move_level,
    pass_on,
    propose,
    share_with_school,
    write_plan,
)
from support_plans.ladder import every_level, state_of
from support_plans.models import BodyUpdate, Concern, LevelChange, OwnConcern, Plan, PlanMeeting, PlanWeek, Proposal
from tests.support.visitors import Visitor
from tests.support.world_people import viewer_of

REGISTER = Path(__file__).parents[1] / "support" / "registers" / "gias.csv"
# Written by what comes with retention; tests/actions/test_audit.py proves that a chain bears it.
LATER = {Event.PAYLOAD_ERASED}


def test_every_event_is_stored_by_what_is_done(world):
    """The world holds most of them; here is the rest."""
    _change_a_pattern(world)
    _change_what_was_registered(world)
    _end_an_appointment(world)
    _change_the_schools_facts(world)
    _answer_a_notice(world)
    _correct_assessments(world)
    _see_to_notices(world)
    _decide_on_length(world)
    _appeal(world)
    _end_bundles(world)
    _answer_requests(world)
    _hear_concerns(world)
    _follow_support(world)
    _see_plans_through(world)
    _operate(world)
    AccountAdapter().set_password(User.objects.get(email="operator@portal.example"), "three-random-words")
    call_command("import_schools", str(REGISTER), stdout=StringIO(), stderr=StringIO())
    stored = set(AuditEvent.objects.values_list("event", flat=True))
    assert stored == set(Event) - LATER


def _operate(world) -> None:
    """A link for one's own calendar ends; a message that failed is set aside, and goes out again after all."""
    end_feed(by=_of(world, "induction_tutor@oak"), on=world.today)
    message = Message.objects.filter(kind="chase_sent").earliest("pk")
    Message.objects.filter(pk=message.pk).update(status="failed", failure="The mail server put the address off.")
    given = {"by": _of(world, "operator@portal"), "on": world.today, "message_id": message.pk}
    park(**given)
    requeue(**given)


def _head(world):
    return _of(world, "headteacher@oak")


def _of(world, key):
    person = world.people[key]
    return viewer_of(person.user_id, person.acting_for, world.today)


def _change_a_pattern(world) -> None:
    placement = Placement.objects.get(induction=world.cases["oak"].id)
    starts_on = world.today - timedelta(days=7)
    set_pattern(by=_head(world), on=world.today, placement=placement, starts_on=starts_on, fte=Decimal("0.8"), days={})


def _change_what_was_registered(world) -> None:
    head, officer = _head(world), _of(world, "body_officer@north")
    placement = Placement.objects.get(induction=world.cases["oak"].id)
    teacher, changing = placement.induction.teacher, {"on": world.today, "induction": placement.induction}
    change_contract(by=head, on=world.today, placement=placement, contract_ends_on=world.today + timedelta(days=400))
    first = placement.patterns.earliest("starts_on")
    correct_pattern(by=head, on=world.today, pattern=first, starts_on=first.starts_on, fte=Decimal("0.9"), days={})
    rename(by=head, name="Zqoakect Newname", **changing)
    told = {"date_of_birth": teacher.date_of_birth, "qts_on": teacher.qts_on}
    correct_teacher(by=officer, trn="7654321", **told, **changing)


def _end_an_appointment(world) -> None:
    mentor = Appointment.objects.get(induction=world.cases["oak"].id, kind=Appointment.Kind.MENTOR)
    end_appointment(by=_head(world), on=world.today, appointment=mentor, last_day=world.today)


def _change_the_schools_facts(world) -> None:
    school, on = School.objects.get(pk=world.places["oak"]), world.today
    change_school_facts(by=_head(world), on=on, school=school, is_relevant_school=True, special_measures_from=on)


def _answer_a_notice(world) -> None:
    notice = AbsenceNotice.objects.get(pk=world.notices["elm30"].id)
    notice_sent(on=world.today, notice_id=notice.pk)
    acknowledge_notice(by=_of(world, "body_officer@north"), on=world.today, notice=notice)


def _correct_assessments(world) -> None:
    """Oakfield's comes back from the body and goes on, Elmbridge's is taken back, Harbour's head does not sign."""
    on = world.today
    rows = {key: Assessment.objects.get(pk=world.assessments[key].id) for key in ("oak", "elm", "harbour")}
    officer, tutor = _of(world, "body_officer@north"), _of(world, "induction_tutor@oak")
    return_assessment(by=officer, on=on, assessment=rows["oak"], version=1, comments="Name the school")
    told = report_of(json.loads(rows["oak"].versions.get().content))
    again = replace(told, others_present="A governor")
    send_again(by=tutor, on=on, assessment=rows["oak"], version=1, report=again)
    withdraw_assessment(by=_of(world, "headteacher@elm"), on=on, assessment=rows["elm"], version=1)
    head, harbour = _of(world, "headteacher@harbour"), rows["harbour"]
    open_version(by=head, on=on, version=harbour.versions.get())
    reason = "It names no evidence"
    refuse_to_sign(by=head, on=on, assessment=harbour, version=1, role="headteacher", reason=reason)


def _see_to_notices(world) -> None:
    """The headteacher has theirs, the employer needs none, the Agency's comes back."""
    decision, on = Decision.objects.get(pk=world.decisions["ended"].id), world.today
    given = {"by": _of(world, "body_officer@north"), "on": on}
    head = Notice.objects.get(pk=world.decision_notices["ended_headteacher"].id)
    record_receipt(notice=head, received_on=on, **given)
    body_is_employer(decision=decision, **given)
    [told] = email_notices(decision=decision, to=[Told.AGENCY], addresses={Told.AGENCY: "a@agency.example"}, **given)
    letter = issue_notice(by=MAILER, on=on, notice_id=told.pk)
    notice_came_back(by=MAILER, on=on, notice_id=told.pk, attached=letter.stored_id, why="No such mailbox.")


def _appeal(world) -> None:
    """Oakfield's ECT would not appeal, and then did, late, and it was allowed; Harbour's body answers what it
    is asked, and the appeal is withdrawn."""
    on, late = world.today, world.today + timedelta(days=40)
    decision = Decision.objects.get(pk=world.decisions["ended"].id)
    given = {"by": _of(world, "body_officer@north"), "decision": decision}
    allow_more_time(until=on + timedelta(days=9), allowed_on=on, on=on, **given)
    renounce_appeal(renounced_on=on, on=on, **given)
    row = lodge_appeal(made_on=late, permitted_on=late, learned="ect", grounds="Illness", on=late, **given)
    step = {"by": given["by"], "on": late, "appeal": row}
    record_copy(version=1, copy_on=late, **step)
    decide_appeal(version=2, outcome=AppealOutcome.ALLOWED, ended_on=late, told_on=late, **step)
    row = Appeal.objects.get(pk=world.appeals["appealed"].id)
    step = {"by": _of(world, "body_officer@south"), "on": on, "version": row.version}
    answer_request(demand=row.requests.get(), answered_on=on, answer="Sent", **step)
    step |= {"version": row.version + 1, "appeal": row}
    withdraw_appeal(ended_on=on, **step)


def _decide_on_length(world) -> None:
    """Elmbridge's ECT is granted a shorter induction."""
    row = Reduction.objects.get(pk=world.reductions["elm"].id)
    told = {"grant": True, "standards_met": True, "reason": "The Standards are met", "version": row.version}
    decide_reduction(by=_of(world, "body_officer@north"), on=world.today, reduction=row, **told)


def _end_bundles(world) -> None:
    """One bundle is issued, the other given up."""
    keys = {name: world.bundles[name].id for name in ("bundle@joined", "bundle@moved")}
    told = {"by": System("bundle maker"), "on": world.today}
    issue_bundle(**told, bundle_id=keys["bundle@joined"], printed=Printed(b"%PDF-1.7", 1, "0" * 64))
    give_up_bundle(**told, bundle_id=keys["bundle@moved"])


def _answer_requests(world) -> None:
    """An earlier release is for the body that asks; another body thinks better of asking."""
    rows = {key: ReleaseRequest.objects.get(pk=world.requests[key].id) for key in ("adrift", "unknown")}
    officer = _of(world, "body_officer@north")
    address_release(by=officer, on=world.today, request=rows["adrift"])
    withdraw_request(by=officer, on=world.today, request=rows["unknown"])


def _hear_concerns(world) -> None:
    """A concern is passed on, a report corrected, what was told in confidence let be read, and settled."""
    on = world.today
    concern = Concern.objects.get(pk=world.concerns["elm"].id)
    pass_on(by=_of(world, "trust_officer@meridian"), on=on, concern=concern)
    row = Proposal.objects.select_related("placement").get(pk=world.proposals["oak"].id)
    finding = Finding(row.source_id, row.title, row.url, (), on_track=True)
    tutor = _of(world, "induction_tutor@oak")
    propose(by=tutor, on=on, placement=row.placement, body_id=row.body_id, finding=finding)
    ect, own = _of(world, "ect@climbing"), OwnConcern.objects.get(pk=world.own_concerns["climbing"].id)
    share_with_school(by=ect, on=on, concern=own, version=own.version)
    close_own_concern(by=ect, on=on, concern=own, version=own.version + 1)


def _follow_support(world) -> None:
    """The body moves a meeting, reads an update, and answers a plan."""
    by, on = _of(world, "body_officer@north"), world.today
    meeting = PlanMeeting.objects.get(pk=world.plan_meetings["to_come"].id)
    change_meeting(by=by, on=on, meeting=meeting, meets_on=on, where="Room 3", version=meeting.version)
    acknowledge_update(by=by, on=on, update=BodyUpdate.objects.get(pk=world.body_updates["climbing"].id))
    answer_plan(by=by, on=on, plan=Plan.objects.get(pk=world.plans["planned"].id), approves=True, text="")


def _see_plans_through(world) -> None:
    """What lies ahead of one is changed and moved, and it ends with its outcome; another ends with its level."""
    on, tutor, head = world.today, _of(world, "induction_tutor@oak"), _head(world)
    plan = Plan.objects.select_related("level").get(pk=world.plans["planned"].id)
    given = {"by": tutor, "on": on, "plan": plan}
    weeks = [WeekRow("Joint observation", "", "Two calm starts"), WeekRow(), WeekRow()]
    change_plan(planned=weeks, rows=(), version=plan.version, **given)
    lay_plan_again(row=2, starts_on=on, reason="The week was lost", version=plan.version + 1, **given)
    week = PlanWeek.objects.select_related("plan__level").get(pk=world.plan_weeks["planned"].id)
    evaluate_week(by=tutor, on=on, week=week, text="Calm starts", version=plan.version + 2)
    ending = Ending("Calm starts", Progress.ON_TRACK, "", on, "Every criterion is met")
    finish_plan(ending=ending, version=plan.version + 3, **given)
    correct_plan(ending=replace(ending, next_objectives="Calm ends"), correction="x", version=plan.version + 4, **given)
    climbed = LevelChange.objects.get(pk=world.support_levels["climbing"].id)
    written = Written(weeks=4)
    write_plan(by=tutor, on=on, level=climbed, written=written, version=0)
    for key, by, to in (("planned", tutor, SupportLevel.NONE), ("climbing", head, SupportLevel.CAPABILITY)):
        induction = Induction.objects.get(pk=world.cases[key].id)
        wanted = Wanted(to, reason="On track", ground=Ground.SERIOUS.value)
        state = state_of(every_level(induction))
        move_level(by=by, on=on, induction=induction, wanted=wanted, state=state)


def test_every_event_has_its_own_words():
    assert set(SENTENCES) == set(Event)
    assert len(set(SENTENCES.values())) == len(Event)
    assert all(words == words.strip() and not words.endswith(".") for words in SENTENCES.values())


def _pages_of_history(visitor: Visitor, case) -> str:
    found, before = [], ""
    while before is not None:
        shown = visitor.get(f"{reverse('cases:history', args=[case.id])}?before={before}")
        found.append(shown.content.decode())
        before = shown.context_data["next"]
    return "".join(found)


def test_the_history_of_a_case_says_what_was_done(world):
    html = _pages_of_history(Visitor(world.people["induction_tutor@oak"]), world.cases["oak"])
    done = AuditEvent.objects.filter(chain_id=f"case:{world.cases['oak'].id}")
    assert done.count() > 15
    assert all(sentence(event) in html for event in set(done.values_list("event", flat=True)))


def test_the_world_holds_together(world):
    """Every chain of everything that happened in it verifies."""
    assert not list(faults())
