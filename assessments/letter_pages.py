"""What the page of a headteacher's letter shows, and what of it the page of its assessment says."""

from typing import Any

from django.http import HttpRequest

from cases.frame import frame
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from .forms import AcknowledgeLetterForm
from .letter_access import REPORT, VERSION, standing_letters, visible_letters
from .letter_reading import letter_reading
from .models import Assessment, AssessmentVersion, HeadLetter


def letter_context(request: HttpRequest, letter: HeadLetter) -> dict[str, Any]:
    """The letter as it was sent, whether the ECT has acknowledged it, and the button for the ECT."""
    assessment = letter.signature.version.assessment
    stands = standing_letters(request.viewer).filter(pk=letter.pk).exists()
    acknowledged = getattr(letter, "acknowledgement", None)
    asked = stands and not acknowledged and Permission.COMMENT_ON_ASSESSMENT in request.permissions
    return frame(request, assessment.induction) | {
        "title": "Headteacher’s letter",
        "letter": letter,
        "assessment": assessment,
        "reading": letter_reading(letter),
        "stands": stands,
        "acknowledged": acknowledged,
        "acknowledge": AcknowledgeLetterForm(acting=request.viewer) if asked else None,
    }


def letter_with(viewer: Viewer, assessment: Assessment, version: AssessmentVersion) -> HeadLetter | None:
    """The letter that had been sent by a version, as its page tells of it."""
    sent = visible_letters(viewer).filter(**{REPORT: assessment, f"{VERSION}__number__lte": version.number})
    return sent.order_by(f"-{VERSION}__number").first()
