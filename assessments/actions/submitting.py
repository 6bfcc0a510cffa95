"""Submitting a progress review, and submitting it again after the body returned it."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Min

from cases.deadlines import Coming, next_review
from cases.in_short import in_short
from cases.models import BodyPeriod, Induction, Placement
from cases.querysets import in_force
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.reviews import Asked, check_review
from cases.rules.statuses import ReviewStatus
from cases.rules.transitions import check_move
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record, seal
from support_plans.actions import propose

from .. import tell
from ..absent import days_of
from ..asking import asked_of, asked_of_new
from ..content import Answers
from ..found import of_review
from ..models import ProgressReview, Rating, Target, Version
from ..tasks import render_later


class Conflict(Exception):  # noqa: N818 - nothing is wrong: somebody else was first
    """Another version was submitted while this one was being written."""

    def __init__(self, review: ProgressReview) -> None:
        super().__init__(f"{review} has moved on")
        self.review = review


@action
def submit(*, by: Viewer, on: date, placement: Placement, answers: Answers) -> ProgressReview:
    """Submit the review that is due next: seal it, and tell the ECT, the body's officer and the headteacher at once.

    Raises RuleBroken when it is incomplete (R52, R55), when the ECT has left the school (R54), when no review is due
    next (R48), or when no body is responsible yet (R2).
    """
    induction = Induction.objects.locked(placement.induction_id)
    _check(answers, on=on, placement=placement, asked=asked_of_new(placement, on=on))
    if placement.ends_on and placement.ends_on < on:
        raise RuleBroken("This ECT has left your school: their next school logs the reviews that follow")
    if induction.stale:
        reckon(induction)
    due = _next_at(induction, placement)
    if due is None or on < due.opens_on:
        raise RuleBroken("No progress review can be logged yet: the one before it has been submitted for this term")
    body = BodyPeriod.objects.filter(in_force("", on=on), induction=induction).first()
    if body is None:
        raise RuleBroken("No appropriate body is responsible for this induction yet, so nobody can receive the review")
    review = ProgressReview(
        induction=induction,
        placement=placement,
        school_id=placement.school_id,
        body_id=body.body_id,
        number=due.number,
        status=ReviewStatus.SUBMITTED,
        due_on=due.deadline.due_on,
        period_starts_on=_period_start(induction, placement, answers),
    )
    version = _seal(review, by, on, answers)
    record(by, Event.REVIEW_SUBMITTED, review, chain=case_chain(induction.pk), on=on, after=_digest_of(version))
    propose(by=by, on=on, placement=placement, body_id=review.body_id, finding=of_review(review, answers))
    reckon(induction)
    tell.submitted(review)
    render_later(review)
    return review


def _next_at(induction: Induction, placement: Placement) -> Coming | None:
    """The review that comes next at a school: what fell due before its first day is not its to log."""
    first = induction.placements.filter(school=placement.school_id).aggregate(day=Min("starts_on"))["day"]
    return next_review(induction, since=first)


@action
def correct(*, by: Viewer, on: date, review: ProgressReview, version: int, answers: Answers) -> ProgressReview:
    """Submit a returned review again, as its next version. `version` is the one its author was looking at.

    Raises Conflict when somebody else has submitted a version since, RuleBroken when it is incomplete or was not
    returned.
    """
    review = locked_review(review.pk)
    if review.latest != version:
        raise Conflict(review)
    check_move(review.state, ReviewStatus.SUBMITTED, _acting_role(by))
    _check(answers, on=on, placement=review.placement, asked=asked_of(review))
    _check_between(review, answers.held_on)
    before = {"version": review.latest, "status": review.status}
    review.status, review.latest = ReviewStatus.SUBMITTED, review.latest + 1
    sealed = _seal(review, by, on, answers)
    chain = case_chain(review.induction_id)
    record(by, Event.REVIEW_CORRECTED, review, chain=chain, on=on, before=before, after=_digest_of(sealed))
    propose(by=by, on=on, placement=review.placement, body_id=review.body_id, finding=of_review(review, answers))
    move_on(review)
    tell.corrected(review)
    return review


def move_on(review: ProgressReview) -> None:
    """Count one more state of the review, and ask for the document that shows it."""
    ProgressReview.objects.filter(pk=review.pk).update(revision=F("revision") + 1)
    render_later(review)


def locked_review(review_id: UUID) -> ProgressReview:
    """A review, after its case was locked."""
    review = ProgressReview.objects.select_related("placement").get(pk=review_id)
    Induction.objects.locked(review.induction_id)
    review.refresh_from_db()
    return review


def _acting_role(by: Viewer) -> str:
    return Role.INDUCTION_TUTOR if Role.INDUCTION_TUTOR in by.roles else Role.INDUCTION_LEAD


def _check(answers: Answers, *, on: date, placement: Placement, asked: Asked) -> None:
    objections = check_review(answers.as_rule_values(), today=on, placement_start=placement.starts_on, asked=asked)
    if objections:
        raise RuleBroken(objections[0].message, objections[0].field)
    if placement.ends_on and answers.held_on > placement.ends_on:
        raise RuleBroken("The review must be held on or before the last day of the placement here", "held_on")


def _check_between(review: ProgressReview, held_on: date) -> None:
    """A corrected date keeps the reviews in their order."""
    if held_on < review.period_starts_on:
        raise RuleBroken("The review must be held after the one before it was", "held_on")
    later = ProgressReview.objects.filter(induction=review.induction_id, number__gt=review.number)
    if later.filter(held_on__lte=held_on).exists():
        raise RuleBroken("The review must be held before the one after it was", "held_on")


def _period_start(induction: Induction, placement: Placement, answers: Answers) -> date:
    """The day after the last review was held, or the first of the placement. A review looks back on something new."""
    last = ProgressReview.objects.filter(induction=induction).order_by("-held_on").first()
    if last is None or last.held_on < placement.starts_on:
        return placement.starts_on
    if answers.held_on <= last.held_on:
        raise RuleBroken("The review must be held after the last one was", "held_on")
    return last.held_on + timedelta(days=1)


def _seal(review: ProgressReview, by: Viewer, on: date, answers: Answers) -> Version:
    """Save the review with a new, immutable version of its content."""
    review.held_on, review.submitted_by, review.submitted_on = answers.held_on, by.user, on
    review.save()
    text, digest = seal(answers.as_content() | _identity(review, by) | {"stands": in_short(review.placement, on=on)})
    version = Version.objects.create(
        review=review,
        number=review.latest,
        content=text,
        sha256=digest,
        sealed_by=by.user,
        sealed_on=on,
    )
    told = json.loads(text)
    Rating.objects.bulk_create(Rating(version=version, **rating) for rating in told["ratings"])
    Target.objects.bulk_create(
        Target(version=version, place=place, **target) for place, target in enumerate(told["targets"], 1)
    )
    return version


def _identity(review: ProgressReview, by: Viewer) -> dict[str, Any]:
    """The block at the head of the paper form, with the names as they are today (R57)."""
    teacher = review.induction.teacher
    pattern = review.placement.patterns.filter(starts_on__lte=review.held_on).last()
    appointed = review.placement.appointments.filter(in_force("", on=review.held_on)).select_related("user")
    names = {appointment.kind: appointment.user.name for appointment in appointed}
    return {
        "ect": teacher.name,
        "trn": teacher.trn,
        "date_of_birth": teacher.date_of_birth.isoformat(),
        "school": review.school.name,
        "body": review.body.name,
        "tutor": names.get("induction_tutor", ""),
        "mentor": names.get("mentor", ""),
        "author": by.user.name,
        "author_role": by.role_names,
        "number": review.number,
        "period_starts_on": review.period_starts_on.isoformat(),
        "days_absent": days_of(review.induction, review.period_starts_on, review.held_on),
        "fte": str(pattern.fte.normalize()) if pattern else "",
        "version": review.latest,
        "submitted_on": review.submitted_on.isoformat(),
    }


def _digest_of(version: Version) -> dict[str, Any]:
    return {"version": version.number, "sha256": version.sha256}
