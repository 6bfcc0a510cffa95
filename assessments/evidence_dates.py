"""Planned observations and the meetings after them, for a person's calendar feed."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F, Q
from django.urls import reverse

from cases.parts import Dated
from cases.reach import ANY, visible_keys
from cases.rules.statuses import ObservationStatus
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import GRANTS, Permission, Role
from induction_portal.accounts.viewer import Viewer

from .evidence_access import visible_observations

BACK, MOST = timedelta(days=28), 200
READ_OBSERVATION = frozenset(role for role in ANY if Permission.READ_OBSERVATION in GRANTS[role])


def dates_of(viewer: Viewer) -> Iterator[Dated]:
    """For the ECT, for the school's people who may read observations of the case, and for a mentor who observes. An
    appropriate body takes no part in them, and none takes place once the ECT has left. What is looked at stays in the
    portal. One query.
    """
    own = viewer.organisation
    if not viewer.roles & (READ_OBSERVATION | {Role.MENTOR}) or (own and own.kind != Organisation.Kind.SCHOOL):
        return
    may = Q(observer=viewer.user) | Q(induction__in=visible_keys(viewer, READ_OBSERVATION))
    there = Q(placement__ends_on=None) | Q(placement__ends_on__gte=F("observed_on"))
    planned = visible_observations(viewer).filter(
        may, there, status=ObservationStatus.PLANNED.value, meeting_on__gte=viewer.on - BACK
    )
    rows = planned.order_by("observed_on", "pk").values_list(
        "pk", "observed_on", "meeting_on", "induction__teacher__name"
    )
    for pk, observed_on, meeting_on, name in rows[:MOST]:
        url = reverse("assessments:observation", args=[pk])
        about = "" if viewer.roles == {Role.ECT} else name
        yield Dated(f"observation:{pk}", observed_on, "Lesson observation", url, about)
        yield Dated(f"observation:{pk}:meeting", meeting_on, "Meeting after the observation", url, about)
