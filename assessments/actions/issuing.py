"""Issuing the PDF of a review: rendered once for each state, its bytes kept."""

from datetime import date
from uuid import UUID

from induction_portal.accounts.viewer import System
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.pdf import render_pdf
from induction_portal.documents.store import fetch, issue

from .. import document
from .submitting import locked_review


@action
def issue_review(*, by: System, on: date, review_id: UUID) -> IssuedDocument:
    """Render and keep the PDF of a review as it stands. Said twice, it renders once."""
    review = locked_review(review_id)
    if known := fetch(subject_id=review.pk, kind=document.KIND, version=review.revision):
        return known
    context = document.context(review)
    issued = issue(
        subject_id=review.pk,
        kind=document.KIND,
        content=render_pdf("pdf/progress_review.html", context),
        filename=document.filename(review),
        by=by,
        organisation_id=review.school_id,
        body_id=review.body_id,
        version=review.revision,
        fingerprint=context["fingerprint"],
    )
    after = {"sha256": issued.stored_id, "revision": review.revision}
    record(by, Event.DOCUMENT_ISSUED, review, chain=case_chain(review.induction_id), on=on, after=after)
    return issued
