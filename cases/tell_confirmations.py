"""Who is told what a body made of a registration, and the words. No message names the teacher or says why."""

from django.urls import reverse

from induction_portal import clock
from induction_portal.accounts.permissions import Role
from notifications import kinds, outbox

from .models import Confirmation, Registration
from .people import holders
from .registration_access import may_see_registration, whose_registrations

SUBJECTS = {
    "registration_confirmed": "The appropriate body has confirmed a registration",
    "registration_returned": "The appropriate body has returned a registration",
    "registration_refused": "The appropriate body has refused a registration",
}


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    kinds.register_all(
        SUBJECTS,
        "cases/messages",
        may_see=may_see_registration,
        about=whose_registrations,
        statutory=SUBJECTS,
    )


def answered(registration: Registration, answer: Confirmation) -> None:
    """Whoever may register at the school, when the body has answered."""
    at_school = holders(registration.school_id, Role.HEADTEACHER, Role.SCHOOL_ADMIN, on=clock.today())
    outbox.queue(
        f"registration_{answer.outcome}",
        to=at_school,
        subject_id=registration.pk,
        organisation_id=registration.school_id,
        url=reverse("cases:registration", args=[registration.pk]),
        once=f"v{answer.version}",
    )
