"""Who is told of what becomes of a registration, and the words. No message names the teacher."""

from django.urls import reverse

from induction_portal import clock
from induction_portal.accounts.permissions import Role
from notifications import kinds, outbox

from .models import Registration
from .people import holders
from .registration_access import may_see_registration, whose_registrations
from .rules.mailing import Topic

SENT = "registration_sent"
CHANGED = "registration_changed"
WITHDRAWN = "registration_withdrawn"

SUBJECTS = {
    SENT: "A school has registered an ECT with you",
    CHANGED: "A school has changed a registration",
    WITHDRAWN: "A school has withdrawn a registration",
}


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    kinds.register_all(
        SUBJECTS,
        "cases/messages",
        may_see=may_see_registration,
        about=whose_registrations,
        topic=Topic.PEOPLE,
    )


def sent(registration: Registration) -> None:
    """The body's officers and administrators, when a registration waits for them."""
    _tell(SENT, registration)


def changed(registration: Registration) -> None:
    """The same, when the school says something else."""
    _tell(CHANGED, registration)


def withdrawn(registration: Registration) -> None:
    """The same, when there is nothing left to decide."""
    _tell(WITHDRAWN, registration)


def _tell(kind: str, registration: Registration) -> None:
    outbox.queue(
        kind,
        to=holders(registration.body_id, Role.BODY_OFFICER, Role.BODY_ADMIN, on=clock.today()),
        subject_id=registration.pk,
        organisation_id=registration.body_id,
        url=reverse("cases:registration", args=[registration.pk]),
        once=f"v{registration.version}",
    )
