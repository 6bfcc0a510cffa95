"""Bringing schools, teachers and their inductions into the portal."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection

from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, organisation_chain, record

from ..models import Induction, Placement, School, Teacher, WorkingPattern
from ..models.people import fold
from ..reckon import reckon
from ..rules.errors import RuleBroken
from ..rules.registration import check_pattern, check_registration, check_trn
from .calendars import hold_calendars


@dataclass(frozen=True, slots=True)
class NewTeacher:
    """Who is being registered, as the school knows them (R12)."""

    trn: str
    name: str
    date_of_birth: date
    qts_on: date


@dataclass(frozen=True, slots=True)
class NewPost:
    """The post in which induction is served: its dates and working pattern (R3, R18).

    `fte` is 1 for full time; `days` holds the weight of each weekday ("mon" to "fri") or is empty.
    `special_measures_met` says that a school in special measures may start this induction (R8).
    """

    starts_on: date
    contract_starts_on: date
    fte: Decimal = Decimal(1)
    days: dict[str, Decimal] = field(default_factory=dict)
    route: str = Placement.Route.PROVIDER_LED
    special_measures_met: bool = False
    contract_ends_on: date | None = None


@action
def open_school(
    *, by: Viewer | System, on: date, organisation: Organisation, is_relevant_school: bool = True
) -> School:
    """Record what induction needs to know of a school.

    Raises RuleBroken for another kind of organisation, or when it is recorded already.
    """
    if organisation.kind != Organisation.Kind.SCHOOL:
        raise RuleBroken(f"{organisation.name} is not a school", "organisation")
    if School.objects.filter(pk=organisation.pk).exists():
        raise RuleBroken(f"{organisation.name} has its induction details already", "organisation")
    school = School.objects.create(organisation=organisation, is_relevant_school=is_relevant_school)
    record(by, Event.SCHOOL_OPENED, organisation, chain=organisation_chain(organisation.pk), on=on, after=school)
    return school


@action
def register(
    *, by: Viewer | System, on: date, school: Organisation, body: Organisation, teacher: NewTeacher, post: NewPost
) -> Induction:
    """Open, or go on with, a teacher's induction at a school: the inner part of a body's confirmation.

    A teacher whose TRN and date of birth are known goes on with the one induction of their life (R4, R12). Raises
    RuleBroken for a TRN that belongs to another date of birth (without saying so), service before QTS (R1), a programme
    before its contract (R3), a start over a year away, a school in special measures (R8), an impossible working pattern
    (R18), or a second placement there at the same time.
    """
    check_trn(teacher.trn)
    check_pattern(fte=post.fte, days=post.days)
    hold_calendars(school.pk)
    one_at_a_time(teacher.trn)
    known = _known(teacher)
    special_measures_from = School.objects.values_list("special_measures_from", flat=True).get(pk=school.pk)
    check_registration(
        on=on,
        qts_on=known.qts_on if known else teacher.qts_on,
        contract_starts_on=post.contract_starts_on,
        starts_on=post.starts_on,
        special_measures_from=None if post.special_measures_met else special_measures_from,
    )
    induction = Induction.objects.locked(known.induction.pk) if known else _open_induction(by, on, teacher)
    placement = _place(by, induction, school, body, post)
    record(by, Event.PLACEMENT_STARTED, placement, chain=case_chain(induction.pk), on=on, after=placement)
    reckon(induction)
    return induction


def _place(
    by: Viewer | System, induction: Induction, school: Organisation, body: Organisation, post: NewPost
) -> Placement:
    """A placement with its first working pattern; it leads unless another school does (R20)."""
    going_on = induction.placements.exclude(ends_on__lt=post.starts_on)
    if going_on.filter(school=school).exists():
        raise RuleBroken("This teacher already has a placement at this school on that day", "starts_on")
    placement = Placement.objects.create(
        induction=induction,
        school=school,
        reported_body=body,
        starts_on=post.starts_on,
        contract_starts_on=post.contract_starts_on,
        contract_ends_on=post.contract_ends_on,
        route=post.route,
        is_lead=not going_on.filter(is_lead=True).exists(),
        reported_by=by.user,
    )
    WorkingPattern.objects.create(placement=placement, starts_on=post.starts_on, fte=post.fte, **post.days)
    return placement


def one_at_a_time(trn: str) -> None:
    """Two schools that register one new teacher at the same moment are served one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [trn])


def _known(new: NewTeacher) -> Teacher | None:
    """The teacher whose TRN this is, if they are here. What is known of them counts, not what is said again."""
    known = Teacher.objects.filter(trn=new.trn).select_related("induction").first()
    if known and known.date_of_birth != new.date_of_birth:
        raise RuleBroken("We could not match these details; your appropriate body will check", "trn")
    return known


def _open_induction(by: Viewer | System, on: date, new: NewTeacher) -> Induction:
    teacher = Teacher.objects.create(
        trn=new.trn,
        name=new.name,
        sort_name=fold(new.name),
        date_of_birth=new.date_of_birth,
        qts_on=new.qts_on,
    )
    induction = Induction.objects.create(teacher=teacher)
    record(by, Event.TEACHER_REGISTERED, teacher, chain=case_chain(induction.pk), on=on, after=teacher)
    return induction


@action
def link_record(*, by: Viewer | System, on: date, induction: Induction, user: User) -> None:
    """Give a teacher's own user access to their record, for life.

    Raises RuleBroken when the record has a user, or the user a record, already, or when they mentored the case (R10).
    """
    induction = Induction.objects.locked(induction.pk)
    teacher = induction.teacher
    if teacher.user_id or Teacher.objects.filter(user=user).exists():
        raise RuleBroken("This record, or this sign-in, is linked already", "user")
    if induction.appointments.filter(user=user).exists():
        raise RuleBroken(f"{user.name} is or was the mentor or the induction tutor of this ECT", "user")
    teacher.user = user
    teacher.save(update_fields=["user"])
    user.is_ect = True
    user.save(update_fields=["is_ect"])
    record(by, Event.RECORD_LINKED, teacher, chain=case_chain(induction.pk), on=on, after={"user_id": user.pk})
