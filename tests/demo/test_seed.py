"""The demo story, loaded as of days on which calendars trip: in term, in August, at Christmas, on a leap day."""

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.test import RequestFactory

from assessments.actions import open_version, record_signature, send_to_body, sign_several
from assessments.models import (
    Appeal,
    Assessment,
    CaseBundle,
    HeadLetter,
    InputRequest,
    MentorMeeting,
    Notice,
    Observation,
    ObservationComment,
    ProgressReview,
    Reduction,
    SelfRating,
    TrailSearch,
    Visit,
)
from assessments.signing_queue import queue_of
from cases.calendars import first_year_of
from cases.facts import facts_of
from cases.models import (
    Agreement,
    Deadline,
    Induction,
    QualityFinding,
    QualityPick,
    QualityVisit,
    RecordBundle,
    ReleaseRequest,
    SchoolYear,
    Timetable,
)
from cases.querysets import in_force
from cases.rules.on_paper import OnPaper, Way
from cases.rules.timeline import timeline
from induction_portal.accounts.models import Membership, Organisation, User
from induction_portal.accounts.viewer import options
from induction_portal.audit.models import AuditEvent
from induction_portal.audit.verify import faults
from notifications.models import UNSENT, Message
from support_plans.models import BodyRecord, BodyUpdate, Plan, PlanMeeting

pytestmark = pytest.mark.django_db

# contract.md lists these people; their addresses, roles and places are fixed.
PEOPLE = {
    "mentor@oakfield.example": {("Oakfield School", "mentor")},
    "tutor@oakfield.example": {("Oakfield School", "induction_tutor")},
    "lead@oakfield.example": {("Oakfield School", "induction_lead"), ("Elmbridge Academy", "induction_tutor")},
    "office@oakfield.example": {("Oakfield School", "school_admin")},
    "head@oakfield.example": {("Oakfield School", "headteacher")},
    "governor@oakfield.example": {("Oakfield School", "governor")},
    "trust@meridian.example": {("Meridian Learning Trust", "trust_officer")},
    "officer@northern-hub.example": {("Northern Teaching School Hub", "body_officer")},
    "contact@northern-hub.example": {("Northern Teaching School Hub", "body_contact")},
    "admin@northern-hub.example": {("Northern Teaching School Hub", "body_admin")},
    "tutor@elmbridge.example": {("Elmbridge Academy", "induction_tutor")},
    "head@elmbridge.example": {("Elmbridge Academy", "headteacher"), ("Elmbridge Academy", "induction_tutor")},
    "tutor@harbour.example": {("Harbour Primary", "induction_tutor")},
    "head@harbour.example": {("Harbour Primary", "headteacher")},
    "officer@coastal-hub.example": {("Coastal Teaching School Hub", "body_officer")},
    "contact@coastal-hub.example": {("Coastal Teaching School Hub", "body_contact")},
    "admin@coastal-hub.example": {("Coastal Teaching School Hub", "body_admin")},
    "operator@portal.example": {("Induction Portal", "operator")},
}
ECTS = {
    "ect@oakfield.example",
    "ect2@oakfield.example",
    "ect@elmbridge.example",
    "ect@harbour.example",
    "ect2@harbour.example",
    "ect3@harbour.example",
}


@pytest.fixture(params=["2026-11-18", "2027-08-14", "2026-12-25", "2028-02-29"])
def today(request):
    call_command("seed_demo", "--today", request.param, verbosity=0)
    return date.fromisoformat(request.param)


def induction_of(email):
    return Induction.objects.select_related("teacher", "clock").get(teacher__user__email=email)


def tutored(email, today):
    held = in_force("appointments__", on=today)
    return Induction.objects.filter(
        held, appointments__user__email=email, appointments__kind="induction_tutor"
    ).distinct()


def at(school, today):
    return Induction.objects.filter(in_force("placements__", on=today), placements__school__name=school)


def absent(email, today):
    """The days absent that count, by part."""
    told = timeline(facts_of(induction_of(email), as_of=today))
    return {part.plan.number: part.absent.counting for part in told.parts}


def numbers(email):
    return list(ProgressReview.objects.filter(induction=induction_of(email)).values_list("number", flat=True))


def test_the_story_holds_on_any_day(today):
    _everybody_is_there(today)
    _every_case_is_where_the_contract_says(today)
    _the_calendars_are_set(today)
    _the_reviews_are_in(today)
    _the_assessments_are_in(today)
    _the_timetables_are_in(today)
    _the_quality_assurance_is_under_way(today)
    _the_plans_go_on(today)
    _the_evidence_is_in(today)
    _the_statutory_work_is_in()
    _the_moves_are_in(today)
    _notice_was_given(today)
    _an_appeal_waits_for_its_reply(today)
    _the_body_follows_support(today)
    _nothing_is_left_to_do_for_the_past(today)
    _the_signing_queue_is_worth_opening(today)


def _the_statutory_work_is_in():
    assert Reduction.objects.get().stands == "Waits for the ECT"
    assert Reduction.objects.get().induction == induction_of("ect@oakfield.example")
    assert CaseBundle.objects.get().induction == induction_of("ect2@oakfield.example")
    assert TrailSearch.objects.get().induction.teacher.name == "Joseph Fairley"


def _notice_was_given(today):
    """Martin was told that he failed, and his time to appeal runs; the employer's letter came back."""
    martin = induction_of("ect3@harbour.example")
    decision = martin.decisions.get()
    assert (decision.status, decision.by.email) == ("failed", "officer@coastal-hub.example")
    assert decision.made_on < today
    assert dict(decision.notices.values_list("to", "status")) == {
        "ect": "sent", "headteacher": "sent", "agency": "posted", "employer": "bounced",
    }  # fmt: skip
    appeal = Deadline.objects.get(induction=martin, kind="appeal")
    assert appeal.due_on > today
    assert Deadline.objects.get(induction=martin, kind="decision_notice").is_open
    assert Deadline.objects.get(induction=martin, kind="decision").closed_on == decision.made_on


def _the_evidence_is_in(today):
    hannah = induction_of("ect@oakfield.example")
    observed = Observation.objects.filter(induction=hannah)
    assert {"planned", "acknowledged"} <= set(observed.values_list("status", flat=True))
    assert observed.get(observed_on__gt=today).planned_on <= today
    assert Observation.objects.exclude(observer_from="").get().is_recorded
    assert ObservationComment.objects.count() >= 2
    assert Visit.objects.get().induction == hannah
    held = MentorMeeting.objects.filter(induction=hannah).values_list("held_on", flat=True)
    assert len(set(held)) == 3
    assert SelfRating.objects.get(induction=hannah).statements.count() == 3
    asked = InputRequest.objects.filter(induction=hannah)
    assert asked.answered().get().answers.count() == 2
    assert asked.open().get().works(on=today)


def _the_moves_are_in(today):
    """One ECT came from the other body with a record that was acknowledged; for another there is a request."""
    bundle = RecordBundle.objects.get()
    assert (bundle.body.name, bundle.to.name) == ("Coastal Teaching School Hub", "Northern Teaching School Hub")
    assert bundle.acknowledged_on <= today
    assert bundle.release.claim.body == bundle.to
    assert bundle.release.told_on
    request = ReleaseRequest.objects.get()
    assert (request.state, request.holder, request.asker) == ("asked", bundle.body, bundle.to)
    assert request.asked_on < today <= request.answer_by


def _an_appeal_waits_for_its_reply(today):
    """Made in time, and the body has days left to reply; nobody has failed meanwhile (R68)."""
    rhys = induction_of("ect2@harbour.example")
    appeal = Appeal.objects.get()
    assert (appeal.induction, appeal.status, appeal.permitted_on) == (rhys, "made", None)
    assert appeal.grounds.count() == 3
    due = Deadline.objects.get(induction=rhys, kind="appeal_reply")
    assert due.is_open
    assert due.due_on > today
    assert rhys.clock.over_on is None
    assert Notice.objects.filter(induction=rhys, status="sent").count() == 4


def _everybody_is_there(today):
    for email, roles in PEOPLE.items():
        held = Membership.objects.filter(user__email=email).current(on=today)
        assert {(m.organisation.name, m.role) for m in held.select_related("organisation")} == roles, email
        assert options(User.objects.get(email=email), on=today), email
    assert set(User.objects.filter(is_ect=True).values_list("email", flat=True)) == ECTS
    trust = Organisation.objects.get(kind="trust")
    assert set(trust.schools.values_list("name", flat=True)) == {"Oakfield School", "Elmbridge Academy"}
    assert Organisation.objects.filter(kind="body").count() == 2
    for email in [*PEOPLE, *ECTS]:
        assert authenticate(RequestFactory().post("/"), email=email, password="induction-demo"), email


def _every_case_is_where_the_contract_says(today):
    oakfield = at("Oakfield School", today)
    assert oakfield.count() >= 5
    assert oakfield.filter(teacher__user=None).count() == 5
    assert set(tutored("tutor@oakfield.example", today)) == set(oakfield)
    for email, part_2 in {"ect@oakfield.example": False, "ect2@oakfield.example": True}.items():
        case = induction_of(email)
        assert (case.clock.part_2_starts_on <= today) is part_2
        assert case.clock.ends_on >= today
        assert case.placements.get().patterns.get().fte == 1
        mentor = case.appointments.filter(in_force("", on=today), kind="mentor").get()
        assert mentor.user.email == "mentor@oakfield.example"
    imogen = induction_of("ect@elmbridge.example")
    weights = imogen.placements.get().patterns.get().days
    assert weights == {"mon": "1.00", "tue": "1.00", "wed": "1.00", "thu": "0.00", "fri": "0.00"}
    assert imogen.placements.get().patterns.get().fte == Decimal("0.6")
    assert imogen.clock.part_2_starts_on > today
    assert absent("ect@elmbridge.example", today)[1] == 24
    for email in ("ect@oakfield.example", "ect2@oakfield.example"):
        assert max(absent(email, today).values()) < 15
    agreed = Agreement.objects.get(induction=imogen, kind="pattern")
    assert (agreed.kind, agreed.answer) == ("pattern", "agreed")
    assert Agreement.objects.get(answer="queried", replied_by=None).induction == induction_of("ect2@oakfield.example")
    theirs = [tutored(f"{who}.example", today).get() for who in ("tutor@elmbridge", "head@elmbridge", "lead@oakfield")]
    assert theirs[0] == imogen
    assert len({case.pk for case in theirs}) == 3
    assert all(case in at("Elmbridge Academy", today) for case in theirs)
    niamh = induction_of("ect@harbour.example")
    assert niamh.clock.ends_on < today, "their time is served: a recommendation and a decision come next"
    bodies = {case.body_periods.get(in_force("", on=today)).body.name for case in at("Harbour Primary", today)}
    assert bodies == {"Coastal Teaching School Hub"}


def _the_calendars_are_set(today):
    first = first_year_of(today)
    told = SchoolYear.objects.values_list("organisation__name", "first_year", "copied_from")
    assert set(told) == {
        ("Meridian Learning Trust", first, None),
        ("Oakfield School", first, None),
        ("Oakfield School", first + 1, first),
    }
    assert not Induction.objects.filter(stale=True).exists()


def _the_assessments_are_in(today):
    """Most are accepted; Niamh's final report waits to be decided, and Callum's interim for Harbour's headteacher."""
    told = Assessment.objects.values_list("induction__teacher__name", "kind", "status", "turn")
    assert set(told) == {
        ("Daniel Okonkwo", "first", "accepted", ""),
        ("Niamh Gallagher", "first", "accepted", ""),
        ("Niamh Gallagher", "final", "sent", ""),
        ("Martin Calloway", "first", "accepted", ""),
        ("Martin Calloway", "final", "accepted", ""),
        ("Rhys Maddock", "final", "accepted", ""),
        ("Callum Reid", "interim", "signing", "headteacher"),
    }
    letter = HeadLetter.objects.get()
    assert letter.signature.version.assessment.induction == induction_of("ect2@oakfield.example")
    assert letter.acknowledgement.on >= letter.signature.on
    assert Observation.objects.get(third_party=True).observed_on > letter.signature.on
    niamh = induction_of("ect@harbour.example")
    due = Deadline.objects.get(induction=niamh, kind="decision")
    assert due.is_open
    assert due.due_on > niamh.clock.ends_on
    assert (niamh.representations.count(), niamh.decisions.count()) == (1, 0)


def _the_signing_queue_is_worth_opening(today):
    """It is signed in the queue; then Callum's signature on paper is recorded, and it goes to the body."""
    head = User.objects.get(email="head@harbour.example")
    (acting,) = options(head, on=today)
    assert [(row.name, bool(row.alone)) for row in queue_of(acting)] == [("Callum Reid, interim assessment", False)]
    row = Assessment.objects.get(kind="interim")
    open_version(by=acting, on=today, version=row.versions.get())
    sign_several(by=acting, on=today, chosen=[(row, 1)])
    told = OnPaper(Way.SIGNED, seen=True, given_on=today, witness="Moira Sinclair")
    record_signature(by=acting, on=today, assessment=row, version=1, told=told)
    send_to_body(by=acting, on=today, assessment=row, version=1)


def _the_timetables_are_in(today):
    """Two at Oakfield comply; Imogen's at Elmbridge does not, and her headteacher has to reduce it."""
    breaches = Deadline.objects.filter(kind="timetable_breach", is_open=True, due_on__lte=today)
    assert [due.induction for due in breaches] == [induction_of("ect@elmbridge.example")]
    assert {due.owner for due in breaches} == {"headteacher"}
    held = Timetable.objects.filter(starts_on__lte=today).values_list("school__name", flat=True)
    assert sorted(held) == ["Elmbridge Academy", *["Oakfield School"] * 3]
    again = Deadline.objects.filter(kind="timetable_look_again", is_open=True, due_on__lte=today)
    assert not again.exists(), "Daniel's was looked at when part 2 began"


def _the_plans_go_on(today):
    """Daniel's of Level 4 is in its third week, of which his second waits for his comment; Grace's is being written."""
    plans = Plan.objects.filter(induction=induction_of("ect2@oakfield.example"))
    told = [("1", "closed"), ("2", "closed"), ("4", "going_on")]
    assert [(plan.level.level, plan.status) for plan in plans] == told
    (now,) = [plan for plan in plans if plan.status == "going_on"]
    assert sum(first <= today for first in now.laid) == 3
    assert list(now.rows_by_week.filter(commented_on=None, number__lte=now.evaluated).values_list("number")) == [(2,)]
    assert Plan.objects.get(status="writing").level.level == "2"


def _the_quality_assurance_is_under_way(today):
    """Elmbridge's visit is shared: one action waits for its headteacher, one for the body; Oakfield's is planned."""
    told = QualityVisit.objects.values_list("school__name", "state")
    assert set(told) == {("Elmbridge Academy", "shared"), ("Oakfield School", "planned")}
    waiting = QualityFinding.objects.filter(kind="action").values_list("owner", "state")
    assert set(waiting) == {("headteacher", "open"), ("induction_tutor", "answered")}
    assert QualityFinding.objects.filter(state="open", due_on__gt=today).exists()
    assert QualityPick.objects.get(induction=induction_of("ect@elmbridge.example")).reasons


def _the_reviews_are_in(today):
    assert numbers("ect@oakfield.example") == [1]
    assert numbers("ect2@oakfield.example") == [1, 2, 4]
    assert numbers("ect@elmbridge.example") == [1, 2, 3]
    assert numbers("ect@harbour.example") == [1, 2, 4, 5]
    assert not ProgressReview.objects.filter(held_on__gt=today).exists()
    for review in ProgressReview.objects.all():
        assert review.period_starts_on <= review.held_on < review.due_on
    assert set(ProgressReview.objects.values_list("status", flat=True)) == {"accepted", "submitted", "returned"}
    worst = ProgressReview.objects.get(induction=induction_of("ect2@oakfield.example"), number=4)
    assert worst.versions.get().ratings.order_by("level").first().level == 1


def _the_body_follows_support(today):
    """Of Daniel one update was read, the next is late; a meeting was held, another is to come. Grace was spoken to."""
    daniel = induction_of("ect2@oakfield.example")
    assert BodyUpdate.objects.get(induction=daniel, level__closed_on=None).acknowledged_on
    late = daniel.deadlines.filter(kind="body_update", is_open=True, due_on__lt=today)
    assert late.count() == 1
    held, to_come = PlanMeeting.objects.filter(induction=daniel).order_by("number")
    assert (held.is_held, to_come.is_to_come, to_come.on > today) == (True, True, True)
    assert BodyRecord.objects.filter(did="ect", clear=True).exclude(induction=daniel).exists()


def _nothing_is_left_to_do_for_the_past(today):
    assert list(faults()) == []
    assert not AuditEvent.objects.filter(on__gt=today).exists()
    assert Message.objects.filter(status="sent").exists()
    assert not Message.objects.filter(status__in=UNSENT).exists(), "nobody is mailed today about what happened then"


def test_a_second_time_changes_nothing(capsys):
    call_command("seed_demo", "--today", "2026-11-18")
    assert capsys.readouterr().out == "The demo story is loaded: 29 people, 15 inductions.\n"
    before = AuditEvent.objects.count()
    call_command("seed_demo")
    assert capsys.readouterr().out == "The demo story is loaded already: nothing was changed.\n"
    assert AuditEvent.objects.count() == before


def test_a_portal_in_use_is_left_alone():
    User.objects.create(email="someone@school.example", name="Some One")
    with pytest.raises(CommandError, match="The portal is in use") as refused:
        call_command("seed_demo")
    assert refused.value.returncode == 1
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("text", ["2026-02-30", "tomorrow", "1999-01-01", "2100-01-01"])
def test_a_day_that_cannot_be_told_is_refused(text):
    with pytest.raises(CommandError, match=r"not a date|choose a date"):
        call_command("seed_demo", "--today", text)
