"""The doors to observations, to what the ECT observed, and to mentor meetings (R79).

Each is among the records of visible cases: of the viewer's own side, or handed over to it.
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from cases import access
from cases.frame import own_placement
from cases.models import Induction
from cases.service_access import NOBODY, holds_case, is_own_now
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Permission, permissions_of
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found
from notifications.kinds import Names

from .models import MentorMeeting, Observation, SelfRating, Visit


def permissions_on(viewer: Viewer, induction: Induction) -> frozenset[Permission]:
    """What the viewer's roles may do in a case that came from `cases.access`, without what a mentor's school adds."""
    return permissions_of(access.roles_on(viewer, induction))


def visible_observations(viewer: Viewer) -> QuerySet[Observation]:
    """Every observation that this viewer may know exists; reading one takes the permission as well."""
    return access.visible_records(viewer, _observations())


def visible_visits(viewer: Viewer) -> QuerySet[Visit]:
    """Every note of an ECT on a lesson of a colleague that this viewer may know exists."""
    return access.visible_records(viewer, Visit.objects.all())


def visible_meetings(viewer: Viewer) -> QuerySet[MentorMeeting]:
    """Every mentor meeting that this viewer may know exists."""
    return access.visible_records(viewer, MentorMeeting.objects.all())


def visible_self_ratings(viewer: Viewer) -> QuerySet[SelfRating]:
    """Every shared self-rating that this viewer may know exists."""
    return access.visible_records(viewer, SelfRating.objects.all())


def shared_rating(induction: Induction, number: int) -> SelfRating | None:
    """What the ECT shared before a review, of a case that came from `cases.access`, for the ECT."""
    return SelfRating.objects.filter(induction=induction, number=number).first()


def self_rating(viewer: Viewer, rating_id: UUID) -> Found:
    """A shared self-rating. Raises Http404 as `observation` does."""
    return access.record(viewer, SelfRating.objects.all(), rating_id)


def observation(viewer: Viewer, observation_id: UUID) -> Found:
    """An observation by its id. Raises Http404 for one that the viewer may not know of."""
    return access.record(viewer, _observations(), observation_id)


def own_observation(viewer: Viewer, observation_id: UUID) -> Found:
    """An observation that the viewer's school may still plan anew or record: its own, while the ECT is there."""
    found, roles, besides = observation(viewer, observation_id)
    own = viewer.organisation is not None and viewer.organisation.pk == found.school_id
    return Found(found, roles if own and holds_case(viewer, found.induction) else NOBODY, besides)


def observing(viewer: Viewer, case_id: UUID) -> Found:
    """A case at whose own placement the viewer's school may plan and record observations."""
    found, roles, besides = access.case(viewer, case_id)
    placement = own_placement(found, viewer)
    own = placement is not None and is_own_now(viewer, placement) and holds_case(viewer, found)
    return Found(found, roles if own else NOBODY, besides)


def visit(viewer: Viewer, visit_id: UUID) -> Found:
    """A note of the ECT on a lesson of a colleague. Raises Http404 as `observation` does."""
    return access.record(viewer, Visit.objects.select_related("placement"), visit_id)


def meeting(viewer: Viewer, meeting_id: UUID) -> Found:
    """A mentor meeting. Raises Http404 as `observation` does."""
    return access.record(viewer, MentorMeeting.objects.select_related("placement"), meeting_id)


def meeting_mentor(viewer: Viewer, case_id: UUID) -> Found:
    """A case whose mentor meetings the viewer may note: the ECT's own, and the mentor's while the placement goes on."""
    return access.case(viewer, case_id) if viewer.organisation is None else observing(viewer, case_id)


def own_meeting(viewer: Viewer, meeting_id: UUID) -> Found:
    """A meeting whose note the viewer may put right: an ECT their own, a mentor one at their own school."""
    found, roles, besides = meeting(viewer, meeting_id)
    held = viewer.organisation is None or (is_own_now(viewer, found.placement) and holds_case(viewer, found.induction))
    return Found(found, roles if held else NOBODY, besides)


def may_see_observation(user: User, observation_id: UUID) -> bool:
    """Whether a user may read an observation today in any of their capacities: asked before a message is delivered."""
    return access.may_read(user, observation_id, find=observation, needs=Permission.READ_OBSERVATION)


def whose_observations(viewer: Viewer, observation_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these observations that the viewer may know of."""
    observations = visible_observations(viewer).filter(pk__in=observation_ids)
    return observations.values_list("pk", "induction__teacher__name")


def whose_self_ratings(viewer: Viewer, rating_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these self-ratings that the viewer may know of."""
    ratings = visible_self_ratings(viewer).filter(pk__in=rating_ids)
    return ratings.values_list("pk", "induction__teacher__name")


def _observations() -> QuerySet[Observation]:
    return Observation.objects.select_related("induction__teacher", "placement", "school", "observer", "shared_by")
