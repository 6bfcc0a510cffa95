"""The bundle of a case: asked for by its appropriate body, issued by the worker, or given up."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max

from cases.models import Induction
from induction_portal import clock
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import fetch, issue

from ..bundle import tell
from ..bundle.printing import KIND, Printed, filename
from ..models import CaseBundle
from ..tasks import make_bundle_later

ASKED, READY, FAILED = CaseBundle.Status.ASKED, CaseBundle.Status.READY, CaseBundle.Status.FAILED


@action
def ask_for_bundle(*, by: Viewer, on: date, induction: Induction, purpose: str, with_earlier: bool) -> CaseBundle:
    """Ask the worker for a bundle of the case. While one is being made, that one is given: nothing is asked twice."""
    Induction.objects.locked(induction.pk)
    whose: dict[str, Any] = {"induction": induction, "body": by.organisation}
    mine = CaseBundle.objects.filter(**whose)
    if known := mine.filter(status=ASKED).first():
        return known
    number = (mine.aggregate(last=Max("number"))["last"] or 0) + 1
    told: dict[str, Any] = {"purpose": purpose, "with_earlier": with_earlier, "number": number}
    bundle = CaseBundle.objects.create(asked_by=by.user, asked_on=on, **whose, **told)
    record(by, Event.BUNDLE_ASKED, bundle, chain=case_chain(induction.pk), on=on, after=told)
    make_bundle_later(bundle)
    return bundle


@action
def issue_bundle(*, by: System, on: date, bundle_id: UUID, printed: Printed) -> IssuedDocument | None:
    """Keep a bundle that has been put together, and tell who asked for it. Said twice, it issues once; None for one
    that was given up meanwhile.
    """
    bundle = _locked(bundle_id)
    if bundle.status != ASKED:
        return fetch(subject_id=bundle.pk, kind=KIND)
    document = issue(
        subject_id=bundle.pk,
        kind=KIND,
        content=printed.content,
        filename=filename(bundle),
        by=by,
        organisation_id=bundle.body_id,
        body_id=bundle.body_id,
        fingerprint=printed.fingerprint,
    )
    after = {"sha256": document.stored_id, "pages": printed.pages, "number": bundle.number}
    _end(bundle, READY, pages=printed.pages)
    record(by, Event.BUNDLE_ISSUED, bundle, chain=case_chain(bundle.induction_id), on=on, after=after)
    tell.ready(bundle)
    return document


@action
def give_up_bundle(*, by: System, on: date, bundle_id: UUID) -> None:
    """Say of a bundle that it could not be made, so that another may be asked for."""
    bundle = _locked(bundle_id)
    if bundle.status != ASKED:
        return
    _end(bundle, FAILED)
    record(by, Event.BUNDLE_FAILED, bundle, chain=case_chain(bundle.induction_id), on=on, after={"tries": bundle.tries})
    tell.failed(bundle)


def _locked(bundle_id: UUID) -> CaseBundle:
    """The bundle, after its case was locked."""
    induction_id = CaseBundle.objects.values_list("induction", flat=True).get(pk=bundle_id)
    Induction.objects.locked(induction_id)
    rows = CaseBundle.objects.select_for_update(of=("self",)).select_related("induction__teacher", "body", "asked_by")
    return rows.get(pk=bundle_id)


def _end(bundle: CaseBundle, status: CaseBundle.Status, *, pages: int | None = None) -> None:
    """What was kept for a worker that is killed has served: the issued file holds it."""
    bundle.status, bundle.pages, bundle.ended_at = status, pages, clock.now()
    bundle.save(update_fields=["status", "pages", "ended_at"])
    bundle.pieces.update(pdf=None, content="")
