"""Who is told of a bundle: whoever asked for it."""

from django.urls import reverse

from notifications import kinds, outbox

from ..models import CaseBundle
from .access import may_see_bundle, whose_bundles

READY, FAILED = "bundle_ready", "bundle_failed"
SUBJECTS = {
    READY: "The case bundle that you asked for is ready",
    FAILED: "The case bundle that you asked for could not be made",
}


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    kinds.register_all(SUBJECTS, "assessments/messages", may_see=may_see_bundle, about=whose_bundles)


def ready(bundle: CaseBundle) -> None:
    """It can be downloaded."""
    _tell(READY, bundle)


def failed(bundle: CaseBundle) -> None:
    """It was given up, and may be asked for again."""
    _tell(FAILED, bundle)


def _tell(kind: str, bundle: CaseBundle) -> None:
    url = reverse("assessments:bundle", args=[bundle.pk])
    outbox.queue(kind, to=[bundle.asked_by], subject_id=bundle.pk, organisation_id=bundle.body_id, url=url)
