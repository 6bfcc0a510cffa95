"""The door to calendars: a school's for its people, a trust's and its schools' for the trust, and for a body those of
the schools at which it is or was responsible for somebody.
"""

from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found

from .calendars import first_year_of
from .reach import served_for
from .school_years import shown_years

YEARS_BACK, YEARS_ON = 10, 5
KEPT_BY = (Organisation.Kind.SCHOOL, Organisation.Kind.TRUST)


def visible_organisations(viewer: Viewer) -> QuerySet[Organisation]:
    """The schools, and the trust, whose calendars this viewer may know."""
    own = viewer.organisation
    if own is None:
        return Organisation.objects.none()
    known = Organisation.objects.select_related("trust").order_by("kind", "name")
    if own.kind == Organisation.Kind.BODY:
        return known.filter(pk__in=served_for(own).values("school"))
    return known.filter(Q(pk=own.pk) | Q(trust=own), kind__in=KEPT_BY)


def organisation(viewer: Viewer, organisation_id: UUID) -> Found:
    """An organisation with a calendar. Raises Http404 for one that the viewer has nothing to do with."""
    found = visible_organisations(viewer).filter(pk=organisation_id).first()
    if found is None:
        raise Http404
    return Found(Keeper(found), viewer.roles)


def year(viewer: Viewer, organisation_id: UUID, first_year: int) -> Found:
    """A school year as it holds for an organisation, whoever set it. Raises Http404 as `organisation` does, and for a
    year far away from this one.
    """
    keeper, roles, _ = organisation(viewer, organisation_id)
    this = first_year_of(viewer.on)
    if not this - YEARS_BACK <= first_year <= this + YEARS_ON:
        raise Http404
    return Found(shown_years(keeper.organisation, [first_year])[0], roles)


class Keeper:
    """A school or a trust, as the keeper of a calendar: opening one is no reading of a record, and is not logged."""

    def __init__(self, organisation: Organisation) -> None:
        self.organisation = organisation
