"""The door to the files of the national service, to imports and to imported claims: a body's own, and nobody else's."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found

from ..models import EarlierClaim, ImportBatch, NationalFile, Registration
from ..models.imports import OPEN_CLAIM
from ..models.registrations import OPEN


def files_of(viewer: Viewer) -> "QuerySet[NationalFile]":
    """The files that the viewer's body made, the latest first."""
    return NationalFile.objects.filter(body=viewer.organisation).select_related("made_by", "settled_by")


def imports_of(viewer: Viewer) -> "QuerySet[ImportBatch]":
    """The imports of the viewer's body, the latest first."""
    return ImportBatch.objects.filter(body=viewer.organisation).select_related("checked_by")


def claims_of(viewer: Viewer) -> "QuerySet[EarlierClaim]":
    """The claims that the viewer's body brought along and that wait for a registration, the longest first."""
    return EarlierClaim.objects.filter(OPEN_CLAIM, body=viewer.organisation).select_related("school")


def to_register(viewer: Viewer) -> "QuerySet[EarlierClaim]":
    """Those that name the viewer's school, which has not registered the ECT yet."""
    if viewer.organisation is None or not viewer.may(Permission.REGISTER_ECT):
        return EarlierClaim.objects.none()
    sent = Registration.objects.filter(school=OuterRef("school"), trn=OuterRef("trn"), state__in=OPEN)
    claims = EarlierClaim.objects.filter(OPEN_CLAIM, ~Exists(sent), school=viewer.organisation)
    return claims.select_related("body")


def filled_in(viewer: Viewer, claim_id: str) -> dict[str, Any]:
    """What a registration begins with where the school comes from such a claim; nothing for any other address."""
    try:
        claim = to_register(viewer).filter(pk=UUID(claim_id)).first()
    except ValueError:
        claim = None
    if claim is None:
        return {}
    names = ("trn", "name", "date_of_birth", "route", "starts_on")
    return {"body": claim.body_id} | {name: getattr(claim, name) for name in names}


def file(viewer: Viewer, file_id: UUID) -> Found:
    """A file by its id. Raises Http404 for another body's."""
    return _found(viewer, files_of(viewer), file_id)


def batch(viewer: Viewer, batch_id: UUID) -> Found:
    """An import by its id. Raises Http404 for another body's."""
    return _found(viewer, imports_of(viewer), batch_id)


def claim(viewer: Viewer, claim_id: UUID) -> Found:
    """An imported claim by its id, whether it waits or not. Raises Http404 for another body's."""
    return _found(viewer, EarlierClaim.objects.filter(body=viewer.organisation), claim_id)


def _found(viewer: Viewer, rows: "QuerySet[Any]", key: UUID) -> Found:
    found = rows.filter(pk=key).first() if viewer.organisation else None
    if found is None:
        raise Http404
    return Found(found, viewer.roles)
