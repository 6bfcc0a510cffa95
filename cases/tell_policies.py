"""Telling ECTs that a setting lets somebody new read their assessments (SG 2.79; R78)."""

from uuid import UUID

from django.urls import reverse

from induction_portal.accounts.models import User
from induction_portal.govuk.words import day
from notifications import kinds, outbox

from .models import BodyPeriod, BodyPolicy, Placement, SchoolPolicy
from .policies import Policies
from .querysets import in_force

MENTOR_READS = "mentor_reads_reviews"


def register_kinds() -> None:
    """Make this message known; called once, when the app starts."""
    kinds.register(
        kinds.Kind(
            name=MENTOR_READS,
            subject="Your mentor may read your progress reviews from {since}",
            template="cases/messages/mentor_reads_reviews.txt",
            context_keys=frozenset({"since"}),
            may_see=_is_own,
            statutory=True,
        )
    )


def reviews_opened_to_mentors(policy: SchoolPolicy | BodyPolicy) -> None:
    """Tell each ECT whose mentors may read reviews now that a school or body has said yes: school and body both do."""
    on = policy.starts_on
    placements = Placement.objects.filter(in_force("", on=on)).select_related("induction__teacher__user")
    if isinstance(policy, SchoolPolicy):
        placements = placements.filter(school=policy.organisation_id)
    else:
        held = BodyPeriod.objects.filter(in_force("", on=on), body=policy.organisation_id)
        placements = placements.filter(induction__body_periods__in=held)
    served = list(placements.exclude(induction__teacher__user=None))
    periods = BodyPeriod.objects.filter(in_force("", on=on), induction__in={each.induction_id for each in served})
    bodies = dict(periods.values_list("induction_id", "body_id"))
    policies = Policies(schools={each.school_id for each in served}, bodies=set(bodies.values()))
    for each in served:
        if policies.on(on, school=each.school_id, body=bodies.get(each.induction_id)).mentor_reads_reviews:
            _tell(each, policy)


def _tell(placement: Placement, policy: SchoolPolicy | BodyPolicy) -> None:
    outbox.queue(
        MENTOR_READS,
        to=placement.induction.teacher.user,
        subject_id=placement.induction_id,
        organisation_id=placement.school_id,
        url=reverse("cases:access", args=[placement.induction_id]),
        context={"since": day(policy.starts_on)},
        once=str(policy.pk),
    )


def _is_own(user: User, induction_id: UUID) -> bool:
    return Placement.objects.filter(induction=induction_id, induction__teacher__user=user).exists()
