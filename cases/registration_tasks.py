"""Registrations as tasks: a school corrects what came back, an appropriate body decides, a school waits meanwhile."""

from urllib.parse import urlencode

from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from .confirming import to_decide
from .models import EarlierClaim, Registration
from .national.access import to_register
from .parts import Task, Work
from .registration_access import visible_registrations

MOST = 25
State = Registration.State


def registration_work(viewer: Viewer) -> Work:
    """What this viewer has to do about registrations; what their school sent and the body has not decided (R2)."""
    decided = list(to_decide(viewer))
    if not viewer.may(Permission.REGISTER_ECT):
        return Work(decided)
    open_ones = visible_registrations(viewer).filter(state__in=[State.RETURNED, State.SENT])
    # What came back first: it is the school's to do.
    found = list(open_ones.order_by("state", "starts_on", "pk")[: 2 * MOST])
    returned = [_returned(each) for each in found if each.state == State.RETURNED]
    claimed = [_claimed(each) for each in to_register(viewer)[:MOST]]
    return Work([*decided, *returned, *claimed], [_sent(each) for each in found if each.state == State.SENT])


def _returned(registration: Registration) -> Task:
    return Task(
        on=registration.starts_on,
        says="Correct a returned registration",
        about=registration.name,
        url=reverse("cases:registration", args=[registration.pk]),
        state=f"Returned by {registration.body.name}",
        why="The appropriate body has to agree before induction starts.",
        kind="registrations",
        kind_says="Registrations",
    )


def _claimed(claim: EarlierClaim) -> Task:
    return Task(
        on=claim.starts_on,
        says="Register an ECT whom your appropriate body has already",
        about=claim.name or f"TRN {claim.trn}",
        url=f"{reverse('cases:new_registration')}?{urlencode({'claim': claim.pk})}",
        state=f"With {claim.body.name}",
        why="The appropriate body had agreed to act before it used this portal, and needs the post from you.",
        kind="registrations",
        kind_says="Registrations",
        is_due=False,
    )


def _sent(registration: Registration) -> Task:
    return Task(
        on=registration.starts_on,
        says=f"{registration.body.name} decides on a registration",
        about=registration.name,
        url=reverse("cases:registration", args=[registration.pk]),
        why="The appropriate body has to agree before induction starts.",
        kind="registrations",
        kind_says="Registrations",
    )
