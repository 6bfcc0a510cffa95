"""Who is told of an exemption: the ECT and the school. No message says why."""

from django.urls import reverse

from cases.people import headteachers, tutors
from notifications import kinds, outbox

from .exempting import may_see_exemption, whose_exemptions
from .models import Exemption

EXEMPTED = "exempted"
SUBJECTS = {EXEMPTED: "The appropriate body has decided that an ECT is exempt from induction"}


def register_kinds() -> None:
    """Make this kind of message known; called once, when the app starts."""
    kinds.register_all(
        SUBJECTS,
        "assessments/messages",
        may_see=may_see_exemption,
        about=whose_exemptions,
        statutory=SUBJECTS,
    )


def exempted(exemption: Exemption) -> None:
    """Whom it concerns."""
    people = {exemption.induction.teacher.user, *headteachers(exemption.school_id), *tutors(exemption.placement)}
    url = reverse("assessments:exemption", args=[exemption.induction_id])
    told = {"subject_id": exemption.pk, "organisation_id": exemption.school_id, "url": url}
    outbox.queue(EXEMPTED, to=[user for user in people if user], **told)
