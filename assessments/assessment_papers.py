"""What there is of an ECT's assessments to take along (R83): the issued documents, and what was said in rows."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Max
from django.urls import reverse

from cases.models import Induction
from cases.parts import Bundle, Paper, Section
from induction_portal.accounts.viewer import Viewer
from induction_portal.documents.models import IssuedDocument
from induction_portal.govuk.words import day

from .assessment_access import visible_assessments
from .assessment_document import COMPLETE, KIND
from .letter_access import visible_letters
from .letter_document import paper_of
from .models import (
    Assessment,
    AssessmentComment,
    AssessmentVersion,
    HeadLetter,
    LetterAcknowledgement,
    PaperComment,
    Signature,
)
from .paper_words import comments_say, recorded_by, signature_says

ACKNOWLEDGED = "You acknowledged the headteacher’s letter"


def bundle_of(viewer: Viewer, induction: Induction) -> Bundle:
    """The documents of what was signed by all, and rows of everything, signed or not."""
    rows = list(visible_assessments(viewer).filter(induction=induction))
    issued = _issued(rows)
    sealed = _sealed(rows)
    papers = [paper for row in rows if (paper := _paper(row, issued.get(row.pk), sealed))]
    return Bundle([*papers, *_letters(viewer, induction)], _said(induction, rows))


def _letters(viewer: Viewer, induction: Induction) -> list[Paper]:
    """The headteacher's last letter with each report; its document has those before it as earlier versions."""
    mine = visible_letters(viewer).filter(signature__version__assessment__induction=induction)
    last: dict[UUID, HeadLetter] = {}
    for letter in mine.order_by("signature__version__number"):
        last[letter.signature.version.assessment_id] = letter
    return [paper_of(letter, reverse("assessments:letter", args=[letter.pk])) for letter in last.values()]


def _issued(rows: list[Assessment]) -> dict[UUID, int]:
    """The latest version of each that was issued as a document."""
    found = IssuedDocument.objects.filter(kind=KIND, subject_id__in=[row.pk for row in rows])
    return dict(found.values("subject_id").annotate(last=Max("version")).values_list("subject_id", "last"))


def _sealed(rows: list[Assessment]) -> dict[tuple[UUID, int], str]:
    """The SHA-256 of every version's sealed content."""
    found = AssessmentVersion.objects.filter(assessment__in=rows)
    return {(row, number): sha for row, number, sha in found.values_list("assessment", "number", "sha256")}


def _paper(row: Assessment, issued: int | None, sealed: dict[tuple[UUID, int], str]) -> Paper | None:
    """Of one that is being corrected, the document that was signed last stands; of one never signed there is none."""
    version = row.latest if row.state in COMPLETE else issued
    if version is None:
        return None
    url = reverse("assessments:assessment", args=[row.pk])
    return Paper(KIND, row.pk, str(row), row.held_on, row.school.name, version, url, sealed.get((row.pk, version), ""))


def _said(induction: Induction, rows: list[Assessment]) -> Iterator[Section]:
    held = [[str(row), day(row.held_on), row.school.name, row.state.label] for row in rows]
    yield Section("Formal assessments", ("Assessment", "Held on", "School", "Where it stands"), held)
    mine = {"version__assessment__induction": induction}
    comments = AssessmentComment.objects.filter(**mine).select_related("version__assessment")
    said = [(each.at, each.version, each.on, each.text or "No comments") for each in comments]
    answers = Signature.objects.filter(**mine, role="ect").select_related("version__assessment", "by", "on_paper")
    said += [(each.at, each.version, each.on, _answered(each)) for each in answers]
    papers = PaperComment.objects.filter(**mine).select_related("version__assessment", "by")
    said += [(each.at, each.version, each.on, _recorded(comments_say(each), each, each.text)) for each in papers]
    had = LetterAcknowledgement.objects.filter(letter__signature__version__assessment__induction=induction)
    for each in had.select_related("letter__signature__version__assessment"):
        said.append((each.at, each.letter.signature.version, each.on, ACKNOWLEDGED))
    told = sorted(said, key=lambda each: each[0])
    cells = [[str(version.assessment), str(version), day(on), text] for _, version, on, text in told]
    yield Section("What you said of assessments", ("Assessment", "Of", "On", "What you said"), cells)


def _answered(answer: Signature) -> str:
    if hasattr(answer, "on_paper"):
        return _recorded(signature_says(answer.on_paper), answer, answer.reason)
    return f"You did not sign: {answer.reason}" if answer.reason else "You signed"


def _recorded(says: str, said: PaperComment | Signature, text: str) -> str:
    """What a colleague recorded for the ECT."""
    return " ".join(part for part in (recorded_by(said), says, text) if part)
