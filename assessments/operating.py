"""What the operator sees of documents that the worker has still to make: how many, never whose."""

from datetime import datetime

from induction_portal.operations.figures import Figure

from . import assessment_document, document, letter_document
from .bundle.making import under_way
from .outcome import appeal_document, decision_document, notice_document

MOST = 200
KINDS = (document, assessment_document, letter_document, decision_document, notice_document, appeal_document)


def figures(now: datetime) -> list[Figure]:
    """Documents that should exist and do not, and bundles that were asked for. Seven queries."""
    waiting = sum(len(kind.without_document(MOST)) for kind in KINDS)
    counted = f"{waiting} or more" if waiting >= MOST else str(waiting)
    return [
        Figure("Documents to be made", counted, look=waiting >= MOST),
        Figure("Bundles under way", str(len(list(under_way())))),
    ]
