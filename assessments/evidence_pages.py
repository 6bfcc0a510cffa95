"""What the pages of observations and mentor meetings show, and what may be done there."""

from typing import Any

from django.http import HttpRequest

from cases.access import as_at
from cases.frame import current_placement, frame, own_placement
from cases.models import Induction, Placement
from cases.people import holders
from cases.rules.observations import record_due
from cases.rules.statuses import ObservationStatus
from cases.service_access import holds_case, is_own_now
from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from .evidence_access import visible_meetings, visible_observations, visible_self_ratings, visible_visits
from .forms import CancelForm, ReadForm
from .models import Observation, SelfRating
from .third_parties import wanted_of
from .watching import Watch, watched

COLOURS = {
    ObservationStatus.PLANNED: "blue",
    ObservationStatus.SHARED: "yellow",
    ObservationStatus.ACKNOWLEDGED: "green",
    ObservationStatus.CANCELLED: "grey",
}
OBSERVERS = (Role.HEADTEACHER, Role.INDUCTION_LEAD, Role.INDUCTION_TUTOR, Role.MENTOR)
SHOWN = 25


def observations_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """The observations of a case, planned and held, those that the ECT made, and the school's own minimum."""
    viewer, may = request.viewer, request.permissions
    seen = list(visible_observations(viewer).filter(induction=induction))
    rows = [{"observation": each, "colour": COLOURS[each.state]} for each in seen]
    placement = _going_on(induction, viewer)
    return frame(request, induction) | {
        "title": "Observations",
        "planned": [row for row in reversed(rows) if row["observation"].status == "planned"],
        "rows": [row for row in rows if row["observation"].is_recorded],
        "cancelled": [row for row in rows if row["observation"].status == "cancelled"],
        "visits": list(visible_visits(viewer).filter(induction=induction)),
        "wanted": wanted_of(viewer, induction, may),
        "counted": _watch(placement, viewer).counted(placement) if placement else None,
        "writes": Permission.WRITE_OBSERVATION in may and own_goes_on(induction, viewer),
        "notes": Permission.NOTE_VISIT in may,
    }


def observation_context(request: HttpRequest, observation: Observation) -> dict[str, Any]:
    """One observation: its plan, its record, the ECT's comments, and what this viewer may do next."""
    viewer, may = request.viewer, request.permissions
    own = viewer.organisation is not None and viewer.organisation.pk == observation.school_id
    writes = Permission.WRITE_OBSERVATION in may and own and holds_case(viewer, observation.induction)
    planned = observation.state is ObservationStatus.PLANNED
    comments = Permission.COMMENT_ON_OBSERVATION in may and observation.is_recorded
    acting = {"acting": viewer, "version": observation.version}
    return frame(request, observation.induction) | {
        "title": str(observation),
        "observation": observation,
        "colour": COLOURS[observation.state],
        "comments": list(observation.comments.select_related("author")) if observation.is_recorded else [],
        "change": writes and planned,
        "record": writes and planned and observation.observed_on <= viewer.on,
        "record_by": record_due(observation.observed_on),
        "cancel": CancelForm(**acting) if writes and planned else None,
        "comment": comments,
        "read": ReadForm(**acting) if comments and observation.state is ObservationStatus.SHARED else None,
    }


def meetings_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """The mentor meetings of a case, the latest first, and a warning where the last is long ago (R46)."""
    viewer, may = request.viewer, request.permissions
    meetings = visible_meetings(viewer).filter(induction=induction).select_related("noted_by")
    found = list(meetings if "all" in request.GET else meetings[: SHOWN + 1])
    cut = len(found) > SHOWN and "all" not in request.GET
    placement = _going_on(induction, viewer)
    watch = _watch(placement, viewer) if placement else None
    return frame(request, induction) | {
        "title": "Mentor meetings",
        "meetings": found[:SHOWN] if cut else found,
        "more": cut,
        "ratings": _ratings(viewer, may, induction),
        "unmet": watch.unmet_since(watch.placements[0]) if watch else None,
        "within": watch.within if watch else 0,
        "writes": Permission.WRITE_MEETING in may and (viewer.organisation is None or own_goes_on(induction, viewer)),
    }


def _ratings(viewer: Viewer, may: frozenset[Permission], induction: Induction) -> list[SelfRating]:
    """What the ECT shared of themself, for who may read it: a mentor may not."""
    if Permission.READ_SELF_RATING not in may:
        return []
    return list(visible_self_ratings(viewer).filter(induction=induction))


def own_goes_on(induction: Induction, viewer: Viewer) -> bool:
    """Whether the ECT is at the viewer's own school, or will be."""
    placement = own_placement(induction, viewer)
    return placement is not None and is_own_now(viewer, placement) and holds_case(viewer, induction)


def staff_of(viewer: Viewer, induction: Induction, chosen: Observation | None = None) -> dict[str, User]:
    """Who at the viewer's school may be named as observer, by id; whoever is named already stays to be chosen."""
    if viewer.organisation is None:
        return {}
    found = {str(user.pk): user for user in holders(viewer.organisation.pk, *OBSERVERS, on=viewer.on)}
    if chosen and chosen.observer:
        found.setdefault(str(chosen.observer.pk), chosen.observer)
    found.pop(str(induction.teacher.user_id), None)
    return found


def _going_on(induction: Induction, viewer: Viewer) -> Placement | None:
    """The placement that the viewer sees the ECT at today; None once it is over for them."""
    placement = current_placement(induction, viewer)
    over = placement is None or as_at(viewer, induction) < viewer.on or placement.starts_on > viewer.on
    return None if over or (placement and placement.ends_on and placement.ends_on < viewer.on) else placement


def _watch(placement: Placement, viewer: Viewer) -> Watch:
    found = list(watched(Placement.objects.filter(pk=placement.pk), on=viewer.on))
    return Watch(placement.school_id, found, on=viewer.on)
