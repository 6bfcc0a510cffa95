"""The headteacher's letter as a document: rendered once for each letter, under the number of the version signed."""

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from cases.parts import Paper
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import fetch

from .letter_access import REPORT, VERSION
from .letter_reading import letter_reading
from .models import HeadLetter
from .tasks import render_letter_later

KIND = "head_letter"
TEMPLATE = "letters/head.html"


def without_document(limit: int = 200) -> QuerySet:
    """Ids of letters whose document has not been issued."""
    issued = IssuedDocument.objects.filter(kind=KIND, subject_id=OuterRef(REPORT), version=OuterRef("number"))
    letters = HeadLetter.objects.annotate(number=F(f"{VERSION}__number"))
    return letters.filter(~Exists(issued)).order_by("pk").values_list("pk", flat=True)[:limit]


def issued(letter: HeadLetter) -> IssuedDocument | None:
    """The document of a letter, if the worker has made it."""
    version = letter.signature.version
    return fetch(subject_id=version.assessment_id, kind=KIND, version=version.number)


def ask_again(letter: HeadLetter) -> None:
    """Ask the worker for a document that somebody is waiting for."""
    render_letter_later(letter)


def context(letter: HeadLetter) -> dict[str, Any]:
    """What the letter's template is given."""
    reading = letter_reading(letter)
    return {
        "title": reading.title,
        "organisation": reading.school,
        "on": reading.on,
        "to": reading.to,
        "sender": reading.sender,
        "sender_role": "Headteacher",
        "reading": reading,
        "fingerprint": reading.fingerprint,
    }


def filename(letter: HeadLetter) -> str:
    """A name that files itself: no TRN, no other detail than the name on it."""
    assessment = letter.signature.version.assessment
    name = "-".join(assessment.induction.teacher.sort_name.split())
    return f"headteachers-letter-{assessment.kind}-assessment-{name}.pdf"


def paper_of(letter: HeadLetter, url: str) -> Paper:
    """What the ECT takes along of it (R83)."""
    version = letter.signature.version
    report = version.assessment
    title = f"Headteacher’s letter: {report}"
    return Paper(KIND, report.pk, title, letter.signature.on, report.school.name, version.number, url)
