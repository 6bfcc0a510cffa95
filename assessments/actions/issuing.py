"""Issuing PDFs: of a review for each of its states, of an assessment once it is signed by all, of each letter of a
headteacher, of a decision; their bytes kept.
"""

from datetime import date
from uuid import UUID

from cases.rules.errors import RuleBroken
from induction_portal.accounts.viewer import System
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.pdf import render_pdf
from induction_portal.documents.store import fetch, issue

from .. import assessment_document, document, letter_document
from ..models import Decision, HeadLetter
from ..outcome import decision_document
from .submitting import locked_review
from .writing import locked_assessment


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


@action
def issue_assessment(*, by: System, on: date, assessment_id: UUID) -> IssuedDocument:
    """Render and keep the PDF of an assessment whose latest version was signed by all. Said twice, it renders once.

    Raises RuleBroken for one that was not.
    """
    assessment = locked_assessment(assessment_id)
    if known := fetch(subject_id=assessment.pk, kind=assessment_document.KIND, version=assessment.latest):
        return known
    if assessment.state not in assessment_document.COMPLETE:
        raise RuleBroken("The document of an assessment is issued once it is signed by all")
    context = assessment_document.context(assessment)
    issued = issue(
        subject_id=assessment.pk,
        kind=assessment_document.KIND,
        content=render_pdf(assessment_document.TEMPLATE, context),
        filename=assessment_document.filename(assessment),
        by=by,
        organisation_id=assessment.school_id,
        body_id=assessment.body_id,
        version=assessment.latest,
        fingerprint=context["fingerprint"],
    )
    after = {"sha256": issued.stored_id, "version": assessment.latest}
    record(by, Event.DOCUMENT_ISSUED, assessment, chain=case_chain(assessment.induction_id), on=on, after=after)
    return issued


@action
def issue_letter(*, by: System, on: date, letter_id: UUID) -> IssuedDocument:
    """Render and keep the PDF of a headteacher's letter. Said twice, it renders once."""
    letter = HeadLetter.objects.with_report().get(pk=letter_id)
    version = letter.signature.version
    assessment = locked_assessment(version.assessment_id)
    if known := letter_document.issued(letter):
        return known
    issued = issue(
        subject_id=assessment.pk,
        kind=letter_document.KIND,
        content=render_pdf(letter_document.TEMPLATE, letter_document.context(letter)),
        filename=letter_document.filename(letter),
        by=by,
        organisation_id=assessment.school_id,
        body_id=assessment.body_id,
        version=version.number,
        fingerprint=version.sha256,
    )
    after = {"sha256": issued.stored_id, "version": version.number}
    record(by, Event.DOCUMENT_ISSUED, letter, chain=case_chain(assessment.induction_id), on=on, after=after)
    return issued


@action
def issue_decision(*, by: System, on: date, decision_id: UUID) -> IssuedDocument:
    """Render and keep the PDF of a decision. Said twice, it renders once. Raises RuleBroken for a proposal."""
    locked_assessment(Decision.objects.values_list("assessment", flat=True).get(pk=decision_id))
    decision = decision_document.rows().get(pk=decision_id)
    if known := decision_document.issued(decision):
        return known
    if not decision.is_made:
        raise RuleBroken("The record of a decision is issued once it is made")
    issued = issue(
        subject_id=decision.pk,
        kind=decision_document.KIND,
        content=render_pdf(decision_document.TEMPLATE, decision_document.context(decision)),
        filename=decision_document.filename(decision),
        by=by,
        organisation_id=decision.school_id,
        body_id=decision.body_id,
        version=1,
        fingerprint=decision.sha256,
    )
    after = {"sha256": issued.stored_id, "version": 1}
    record(by, Event.DOCUMENT_ISSUED, decision, chain=case_chain(decision.induction_id), on=on, after=after)
    return issued
