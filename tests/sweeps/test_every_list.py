"""Pages ask the same few questions for three rows as for thirty (house rules: sizes)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Appointment, BodyPeriod, Induction
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Role
from notifications.models import Message
from tests.factories import (
    AppointmentFactory,
    BodyPeriodFactory,
    InductionFactory,
    MembershipFactory,
    PlacementFactory,
    RegistrationFactory,
    TeacherFactory,
)
from tests.support.visitors import Visitor
from tests.sweeps.addresses import addresses
from tests.sweeps.places import PLACES
from tests.sweeps.rights import TABLE, expected
from tests.sweeps.test_every_url import DOORS

LIST, WHOLE_CASE = 12, 30
LONGER = {
    "cases:whole_record": 46,  # a file for the ECT to keep: a section of it from nearly every table
    "support_plans:raise_concern": 13,  # it says who is told, by the school's settings
}
# Pages of a whole case, or of a whole review; everything else is a list or a form.
WHOLE = {
    "home",
    "cases:board",  # like home: every part of the portal adds its own
    "cases:case",
    "cases:access",
    "cases:dates",
    "cases:what_if",
    "cases:service",
    "cases:make_actions",  # it counts the terms of all who have ended
    "cases:agree_total",
    "cases:confirm_registration",
    "cases:absences",
    "cases:own_record",
    "cases:whole_record",
    "cases:withdraw_absence",  # this and the next two count the whole case twice over, to compare
    "cases:choose_leave",
    "cases:confirm_leave",
    "cases:timetable",
    "cases:move",
    "cases:quality_visit",  # a whole visit: answers, checks, findings and what was said of them
    "cases:record_quality_visit",  # and what the portal knows of everybody there
    "cases:quality_round",
    "cases:release_ect",  # this and the next five count what was served, to say it
    "cases:answer_request",
    "cases:claim",
    "cases:record_bundle",
    "cases:new_school",
    "assessments:review",
    "assessments:assessment",
    "assessments:sign_assessment",
    "assessments:refuse_signature",
    "assessments:record_comments",
    "assessments:record_signature",
    "support_plans:ladder",  # a whole case, every step of its support, and who may take the next
    "support_plans:move_level",
    "assessments:observations",
    "assessments:observation",
    "assessments:change_meeting",  # a mentor’s own settings are asked for, beside the case and the meeting
    "assessments:meetings",
    "assessments:new_review",
    "assessments:correction",
    "assessments:new_assessment",  # it shows what was served and missed, and all the evidence there is
    "assessments:new_interim",
    "assessments:ask_reduction",  # it counts the whole case: what is served, and what a grant would do
    "assessments:answer_reduction",
    "assessments:decide_reduction",
    "assessments:correct_assessment",
    "assessments:withdraw_assessment",  # a whole report: who commented, signed and sent
    "assessments:send_assessment",
    "assessments:accept_assessment",
    "assessments:return_assessment",
    "assessments:deciding",  # a whole case, and what each journey and each answer to it shows of it
    "assessments:pass_case",
    "assessments:extend_case",
    "assessments:fail_case",
    "assessments:decision",
    "assessments:approve_decision",
    "assessments:return_decision",
    "assessments:case_appeal",  # the decision, the notice of it, and every step of an appeal
    "assessments:appeal",
    "assessments:lodge_appeal",
    "assessments:write_representations",
    "assessments:waive_representations",
}
READERS = ["body_admin@north", "school_admin@oak",
           "induction_tutor@oak", "induction_lead@oak", "headteacher@oak", "body_officer@north", "ect@oak",
           "mentor@oak", "trust_officer@meridian", "governor@oak", "operator@portal"]  # fmt: skip
GROWING = [
    ("home", "induction_lead@oak"),
    ("home", "induction_tutor@oak"),
    ("home", "body_officer@north"),
    ("home", "headteacher@oak"),
    ("accounts:people", "headteacher@oak"),
    ("accounts:people", "body_admin@north"),
    ("cases:cases", "induction_lead@oak"),
    ("cases:cases", "body_officer@north"),
    ("cases:registrations", "school_admin@oak"),
    ("cases:registrations", "body_officer@north"),
    ("cases:release_requests", "body_officer@north"),
    ("cases:quality", "body_officer@north"),
    ("cases:quality_here", "headteacher@oak"),
    ("home", "school_admin@oak"),
    ("cases:report", "trust_officer@meridian"),
    ("cases:report", "body_admin@north"),
    ("cases:board", "body_officer@north"),
    ("support_plans:escalated", "body_officer@north"),
    ("cases:chase", "body_admin@north"),
    ("cases:national", "body_officer@north"),
    ("cases:make_claims", "body_officer@north"),
    ("cases:make_actions", "body_admin@north"),
    ("cases:chase_csv", "body_officer@north"),
    ("home", "body_admin@north"),
    ("home", "mentor@oak"),
    ("notifications:inbox", "body_officer@north"),
]


def queries(visitor, path) -> int:
    visitor.get(path)  # the first visit of the hour writes the access log, and the session
    with CaptureQueriesContext(connection) as asked:
        assert visitor.get(path).status_code in {200, 202}
    return len([q for q in asked.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])


@pytest.mark.parametrize("key", READERS)
def test_no_page_asks_too_much(key, world):
    visitor, too_many = Visitor(world.people[key]), {}
    for page in DOORS:
        if "GET" not in TABLE[page.name][1].split():
            continue
        for address in addresses(world, page, few=True):
            if expected(world, visitor.person, address, "GET") != "open":
                continue
            visitor.get(address.path)
            limit = LONGER.get(page.name, WHOLE_CASE if page.name in WHOLE else LIST)
            with CaptureQueriesContext(connection) as asked:
                visitor.get(address.path)
            count = len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]])
            if count > limit:
                too_many[page.name] = (count, limit)
    assert not too_many


@pytest.mark.parametrize(("name", "key"), GROWING)
def test_ten_times_the_rows_ask_no_more(name, key, world):
    visitor, path = Visitor(world.people[key]), reverse(name)
    few = queries(visitor, path)
    _grow(world, key)
    assert queries(visitor, path) <= few


def _grow(world, key) -> None:
    """Thirty more ECTs of the same school, body, mentor and tutor, and thirty messages."""
    first = Induction.objects.get(pk=world.cases["oak"].id)
    placement = first.placements.get()
    period = BodyPeriod.objects.get(induction=first)
    people = {a.kind: a.user for a in Appointment.objects.filter(induction=first)}
    for number in range(30):
        teacher = TeacherFactory(trn=f"{5_000_000 + number}", name=f"Teacher {number:02}")
        induction = InductionFactory(teacher=teacher)
        same = {"starts_on": placement.starts_on, "reported_body": period.body}
        own = PlacementFactory(induction=induction, school=placement.school, **same)
        BodyPeriodFactory(induction=induction, body=period.body, officer=period.officer, starts_on=own.starts_on)
        for kind, user in people.items():
            AppointmentFactory(placement=own, kind=kind, user=user)
        _date(induction, first)
        RegistrationFactory(school=placement.school, body=period.body, state="returned")
    if place := world.people[key].place:
        for _ in range(30):
            MembershipFactory(organisation=Organisation.objects.get(pk=world.places[place]), role=Role.GOVERNOR)
    Message.objects.bulk_create(
        Message(
            recipient_id=world.people[key].user_id, kind="review_submitted", subject_id=first.pk, title="News", url="/"
        )
        for _ in range(30)
    )


def _date(induction, like) -> None:
    """The dates of another case: what is late there is late here."""
    from cases.models import Clock, Deadline

    Clock.objects.create(induction=induction, ends_on=like.clock.ends_on, part_2_starts_on=like.clock.part_2_starts_on)
    for deadline in like.deadlines.all():
        deadline.pk, deadline.induction, deadline.closed_on = None, induction, None
        deadline.save()
    assert Deadline.objects.filter(induction=induction).exists()


def test_the_whole_pages_are_pages():
    assert {page.name for page in DOORS} >= WHOLE | set(LONGER)
    assert PLACES
