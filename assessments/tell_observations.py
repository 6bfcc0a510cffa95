"""Who is told of observations, and the words (R56). No message says what was seen."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from cases.people import tutors
from cases.rules.mailing import Topic
from induction_portal.accounts.models import User
from induction_portal.audit.models import AuditEvent
from notifications import kinds, outbox

from .evidence_access import may_see_observation, whose_observations
from .models import Observation

PLANNED = "observation_planned"
CHANGED = "observation_changed"
CANCELLED = "observation_cancelled"
SHARED = "observation_shared"
COMMENTED = "observation_commented"

SUBJECTS = {
    PLANNED: "An observation has been planned",
    CHANGED: "The plan of an observation has changed",
    CANCELLED: "An observation has been cancelled",
    SHARED: "The record of an observation has been shared",
    COMMENTED: "An ECT has added comments to the record of an observation",
}


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    kinds.register_all(
        SUBJECTS,
        "assessments/messages",
        may_see=may_see_observation,
        about=whose_observations,
        topic=Topic.REVIEWS,
    )


def planned(observation: Observation, event: AuditEvent) -> None:
    """The ECT, and a colleague who is to observe and may know of the case."""
    _tell(PLANNED, observation, _both(observation), once=str(event.pk), but=event.actor_id)


def changed(observation: Observation, event: AuditEvent) -> None:
    """The same people, when it was arranged otherwise."""
    _tell(CHANGED, observation, _both(observation), once=str(event.pk), but=event.actor_id)


def cancelled(observation: Observation, event: AuditEvent) -> None:
    """The same people, when it was called off."""
    _tell(CANCELLED, observation, _both(observation), once=str(event.pk), but=event.actor_id)


def shared(observation: Observation, event: AuditEvent) -> None:
    """The ECT, and the tutor where somebody else wrote it."""
    people = {observation.induction.teacher.user, *tutors(observation.placement)}
    _tell(SHARED, observation, people, once=str(event.pk), but=event.actor_id)


def commented(observation: Observation, comment_id: UUID) -> None:
    """Who wrote the record, and the tutor."""
    _tell(COMMENTED, observation, {observation.shared_by, *tutors(observation.placement)}, once=str(comment_id))


def _both(observation: Observation) -> set[User | None]:
    return {observation.induction.teacher.user, observation.observer}


def _tell(
    kind: str, observation: Observation, people: Iterable[User | None], *, once: str, but: UUID | None = None
) -> None:
    to = [user for user in people if user is not None and user.pk != but and may_see_observation(user, observation.pk)]
    url = reverse("assessments:observation", args=[observation.pk])
    outbox.queue(kind, to=to, subject_id=observation.pk, organisation_id=observation.school_id, url=url, once=once)
