"""What the actions on assessments ask of a case: which is due, what came before it, and who is named in it."""

import json
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Min

from cases.deadlines import next_assessment
from cases.models import BodyPeriod, Deadline, Induction, Placement
from cases.querysets import in_force
from cases.rules.assessing import INTERIM_ASSESSMENT, AssessmentKind, flagged_by_review, waits_words
from cases.rules.errors import RuleBroken
from cases.rules.standards import Standard

from .models import Assessment, AssessmentVersion, Judgement, ProgressReview, Version


class Place(NamedTuple):
    """Which assessment of its kind it is, and when it is due."""

    kind: AssessmentKind
    number: int
    due_on: date


def coming_assessment(placement: Placement, *, on: date) -> Place:
    """The formal assessment that the school of a placement may hold now (R48).

    Raises RuleBroken when none is due, before its term has begun, and while the ECT is away or has still to choose
    about leave (R29, R51).
    """
    induction = placement.induction
    first = induction.placements.filter(school=placement.school_id).aggregate(day=Min("starts_on"))["day"]
    due = next_assessment(induction, since=first)
    if due is None:
        raise RuleBroken("No formal assessment is due: all that this induction needs have been held")
    if on < due.opens_on:
        raise RuleBroken("No formal assessment can be held yet: the term in which it is due has not begun")
    _check_not_waiting(due.deadline)
    kind = next(kind for kind in AssessmentKind if kind.deadline == due.deadline.kind)
    return Place(kind, due.number, due.deadline.due_on)


def interim_assessment(placement: Placement) -> Place:
    """The interim assessment of an ECT who leaves (R54). Raises RuleBroken where none is needed, or nobody leaves."""
    number = place_of(placement)
    due = Deadline.objects.filter(induction=placement.induction_id, kind=INTERIM_ASSESSMENT, number=number).first()
    if due is None:
        raise RuleBroken(
            "An interim assessment is made when an ECT leaves after a term or more at the school, before the next "
            "assessment. Record the ECT’s last day here first"
        )
    if Assessment.objects.filter(induction=placement.induction_id, kind=AssessmentKind.INTERIM, number=number).exists():
        raise RuleBroken("The interim assessment has been made already")
    return Place(AssessmentKind.INTERIM, number, due.due_on)


def place_of(placement: Placement) -> int:
    """Which placement of its induction it is, in the order of their starts: the number of its interim assessment."""
    placed = Placement.objects.filter(induction=placement.induction_id).order_by("starts_on", "school")
    return list(placed.values_list("pk", flat=True)).index(placement.pk) + 1


def _check_not_waiting(deadline: Deadline) -> None:
    if words := waits_words(deadline.waits, deadline.due_on):
        raise RuleBroken(words)


def check_assesses(placement: Placement, kind: AssessmentKind, *, on: date) -> None:
    """R20, R54: of an ECT who has left, or who serves at two schools, another school holds the assessments that end a
    part. An interim one is each school's own, and may come late.

    Raises RuleBroken.
    """
    if kind is AssessmentKind.INTERIM:
        return
    if placement.ends_on and placement.ends_on < on:
        raise RuleBroken("This ECT has left your school: their next school holds the assessments that follow")
    if not placement.is_lead:
        raise RuleBroken("This ECT serves at two schools: the lead school holds the formal assessments")


def receiving_body(induction: Induction, placement: Placement, *, on: date) -> BodyPeriod:
    """The period of the body that receives the report: the one responsible, for who has left that of their last day."""
    day = min(on, placement.ends_on) if placement.ends_on else on
    period = BodyPeriod.objects.filter(in_force("", on=day), induction=induction).select_related("body").first()
    if period is None:
        raise RuleBroken("No appropriate body is responsible for this induction yet, so nobody can receive the report")
    return period


def period_start(placement: Placement, held_on: date, *, but: Assessment | None = None) -> date:
    """The day after the last assessment here was held, or the first of the placement. Raises RuleBroken for a day
    before that.
    """
    earlier = Assessment.objects.filter(placement=placement)
    if but is not None:
        earlier = earlier.exclude(pk=but.pk)
    days = earlier.values_list("held_on", flat=True)
    if but is None and (last := max(days, default=None)) and held_on <= last:
        raise RuleBroken("The assessment must be held after the last one was", "held_on")
    before = [day for day in days if day < held_on]
    return max(before) + timedelta(days=1) if before else placement.starts_on


def flagged(assessment: Assessment, *, before: date) -> frozenset[Standard]:
    """The Standards on which an earlier review or assessment of the induction, wherever it was held, was unfavourable
    (SG 2.58). What an earlier version of the same report said makes no surprise expected.
    """
    reviews = ProgressReview.objects.filter(induction=assessment.induction_id, held_on__lt=before)
    found = frozenset[Standard]()
    for content in Version.objects.filter(review__in=reviews).values_list("content", flat=True):
        found |= _flagged(json.loads(content))
    earlier = Assessment.objects.filter(induction=assessment.induction_id, held_on__lt=before)
    others = earlier.exclude(pk=assessment.pk)
    judged = Judgement.objects.filter(version__assessment__in=others, satisfactory=False)
    return found | {Standard(value) for value in judged.values_list("standard", flat=True)}


def _flagged(told: dict[str, Any]) -> frozenset[Standard]:
    ratings = {Standard(row["standard"]): row["level"] for row in told["ratings"]}
    statements = {Standard(row["standard"]): row["statement"] for row in told["ratings"]}
    return flagged_by_review(ratings, statements, on_track=told["on_track"])


def identity(assessment: Assessment) -> dict[str, Any]:
    """The block at the head of the paper form, with the names as they are today (R57, R58)."""
    teacher = assessment.induction.teacher
    appointed = assessment.placement.appointments.filter(in_force("", on=assessment.held_on)).select_related("user")
    names = {appointment.kind: appointment.user.name for appointment in appointed}
    return {
        "ect": teacher.name,
        "trn": teacher.trn,
        "date_of_birth": teacher.date_of_birth.isoformat(),
        "school": assessment.school.name,
        "body": assessment.body.name,
        "tutor": names.get("induction_tutor", ""),
        "mentor": names.get("mentor", ""),
        "number": assessment.number,
        "period_starts_on": assessment.period_starts_on.isoformat(),
    }


def latest_version(assessment: Assessment) -> AssessmentVersion:
    """The version that stands now."""
    return assessment.versions.get(number=assessment.latest)
