"""The headteacher's letter: sent by the headteacher's signature, and acknowledged by the ECT (SG 4.4)."""

import json
from datetime import date

from cases.rules.errors import RuleBroken
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from .. import tell_letters as tell
from ..letter_access import REPORT
from ..models import Assessment, HeadLetter, LetterAcknowledgement, Signature
from ..tasks import render_letter_later
from .writing import locked_assessment


def write_letter(by: Viewer, on: date, assessment: Assessment, signature: Signature) -> HeadLetter | None:
    """With the headteacher's signature under a report that says progress is not satisfactory, the letter goes to the
    ECT; None where the report says otherwise or its kind does not say. Called by `sign`, which has locked the case.
    """
    told = json.loads(signature.version.content)
    if not assessment.which.asks_progress or told["satisfactory"] is not False:
        return None
    letter = HeadLetter.objects.create(signature=signature)
    after = {"version": signature.version.number, "sha256": signature.sha256}
    record(by, Event.LETTER_WRITTEN, letter, chain=case_chain(assessment.induction_id), on=on, after=after)
    render_letter_later(letter)
    tell.written(letter)
    return letter


@action
def acknowledge_letter(*, by: Viewer, on: date, letter: HeadLetter) -> LetterAcknowledgement:
    """The ECT says that they have the letter. Said twice, it stands once.

    Raises RuleBroken for anybody else, and for a letter that a later report has replaced.
    """
    assessment = locked_assessment(letter.signature.version.assessment_id)
    if known := LetterAcknowledgement.objects.filter(letter=letter).first():
        return known
    if assessment.induction.teacher.user_id != by.user.pk:
        raise RuleBroken("Only the ECT to whom the letter was sent can acknowledge it")
    if not HeadLetter.objects.filter(pk=letter.pk, **{REPORT: assessment}).standing().exists():
        raise RuleBroken("The report has been corrected since this letter: it does not have to be acknowledged")
    said = LetterAcknowledgement.objects.create(letter=letter, by=by.user, on=on)
    record(by, Event.LETTER_ACKNOWLEDGED, letter, chain=case_chain(assessment.induction_id), on=on)
    tell.acknowledged(letter)
    return said
