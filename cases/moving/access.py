"""The doors to releases, requests for one, and records handed over: the two bodies between whom they pass, alone.

Before a release a body that asks knows nothing but that it asked; the case itself has its own door (`cases.access`).
"""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, When
from django.http import Http404

from induction_portal import clock
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Permission, permissions_of
from induction_portal.accounts.viewer import Viewer, options
from induction_portal.pages import Finder, Found
from notifications.kinds import Names

from ..access import case
from ..models import RecordBundle, Release, ReleaseRequest


def _of_a_body(viewer: Viewer) -> bool:
    return viewer.organisation is not None and viewer.organisation.kind == Organisation.Kind.BODY


def visible_releases(viewer: Viewer) -> QuerySet[Release]:
    """Every release that the viewer's body made, and those that stand, unclaimed or claimed by it, and name it."""
    found = Release.objects.select_related("body", "to", "induction__teacher", "placement__school")
    if not _of_a_body(viewer):
        return found.none()
    to_us = Q(to=viewer.organisation, undone_on=None) & (Q(claim=None) | Q(claim__body=F("to")))
    return found.filter(Q(body=viewer.organisation) | to_us)


def visible_requests(viewer: Viewer) -> QuerySet[ReleaseRequest]:
    """Every request that the viewer's body made, or was asked."""
    found = ReleaseRequest.objects.select_related("asker", "asked_by", "answered_by", "induction__teacher", "release")
    if not _of_a_body(viewer):
        return found.none()
    received = Q(holder=viewer.organisation) & ~Q(state=ReleaseRequest.State.WITHDRAWN)
    return found.filter(Q(asker=viewer.organisation) | received)


def visible_bundles(viewer: Viewer) -> QuerySet[RecordBundle]:
    """Every record that the viewer's body handed over or received."""
    found = RecordBundle.objects.select_related(
        "body", "to", "induction__teacher", "acknowledged_by", "school", "release__body", "release__induction__teacher"
    )
    if not _of_a_body(viewer):
        return found.none()
    return found.filter(Q(body=viewer.organisation) | Q(to=viewer.organisation))


def release(viewer: Viewer, release_id: UUID) -> Found:
    """A release by its id. Raises Http404 for one that the viewer may not know of."""
    return _one(viewer, visible_releases(viewer), release_id)


def own_release(viewer: Viewer, release_id: UUID) -> Found:
    """A release that the viewer's body made: nobody else takes it back or reports it."""
    found = release(viewer, release_id)
    return _only_if(found.subject.body == viewer.organisation, found)


def release_to_us(viewer: Viewer, release_id: UUID) -> Found:
    """A release that names the viewer's body: nobody else claims by it."""
    found = release(viewer, release_id)
    return _only_if(found.subject.to == viewer.organisation, found)


def request(viewer: Viewer, request_id: UUID) -> Found:
    """A request by its id. Raises Http404 for one that the viewer's body neither made nor was asked."""
    return _one(viewer, visible_requests(viewer), request_id)


def sent_request(viewer: Viewer, request_id: UUID) -> Found:
    """A request that the viewer's body made."""
    found = request(viewer, request_id)
    return _only_if(found.subject.asker == viewer.organisation, found)


def received_request(viewer: Viewer, request_id: UUID) -> Found:
    """A request that the viewer's body was asked."""
    found = request(viewer, request_id)
    return _only_if(found.subject.asker != viewer.organisation, found)


def answerable(viewer: Viewer, request_id: UUID) -> Found:
    """A request that the viewer's body was asked, with its case as the case's own door gives it."""
    found = received_request(viewer, request_id)
    if found.roles:
        found.subject.induction = case(viewer, found.subject.induction_id).subject
    return found


def bundle(viewer: Viewer, record_id: UUID) -> Found:
    """A record that was handed over, by its id. Raises Http404 for one of other bodies."""
    return _one(viewer, visible_bundles(viewer), record_id)


def _one(viewer: Viewer, rows: QuerySet, row_id: UUID) -> Found:
    found = rows.filter(pk=row_id).first()
    if found is None:
        raise Http404
    return Found(found, viewer.roles)


def _only_if(ours: bool, found: Found) -> Found:
    """The same for who it is for; the other side may know of it, and has no role in it."""
    return found if ours else Found(found.subject, frozenset())


def may_see(find: Finder) -> "MaySee":
    """Whether a user may open such a thing today in any of their capacities: asked before a message is delivered."""
    return MaySee(find)


class MaySee:
    """The question for the things behind one door."""

    def __init__(self, find: Finder) -> None:
        self._find = find

    def __call__(self, user: User, row_id: UUID) -> bool:
        return any(self._opens(viewer, row_id) for viewer in options(user, on=clock.today()))

    def _opens(self, viewer: Viewer, row_id: UUID) -> bool:
        try:
            return Permission.RELEASE_ECT in permissions_of(self._find(viewer, row_id).roles)
        except Http404:
            return False


def whose(viewer: Viewer, keys: Collection[UUID]) -> Names:
    """The ECT's name for each of these requests, releases and records, as far as the viewer may know of them.

    A request's is the name that the asking body typed or, for the body that was asked, that of its own record.
    """
    held = When(holder=viewer.organisation, then=F("induction__teacher__name"))
    requests = visible_requests(viewer).annotate(about=Case(held, default=F("name")))
    known = [
        requests.filter(pk__in=keys).order_by().values_list("pk", "about"),
        *(
            rows.filter(pk__in=keys).order_by().values_list("pk", "induction__teacher__name")
            for rows in (visible_releases(viewer), visible_bundles(viewer))
        ),
    ]
    return known[0].union(*known[1:])


def name_for(viewer: Viewer, row: ReleaseRequest) -> str:
    """Whom a request is about, as this side knows them."""
    held = row.induction and row.holder_id == (viewer.organisation.pk if viewer.organisation else None)
    return row.induction.teacher.name if held and row.induction else row.name
