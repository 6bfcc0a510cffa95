"""Registrations as tasks: a school corrects what came back, an appropriate body decides, a school waits meanwhile."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from .confirming import to_decide
from .models import EarlierClaim, Registration
from .national.access import to_register
from .parts import Task
from .registration_access import visible_registrations

MOST = 25


def registration_tasks(viewer: Viewer) -> Iterable[Task]:
    """What this viewer has to do about registrations."""
    yield from to_decide(viewer)
    if viewer.may(Permission.REGISTER_ECT):
        yield from (_returned(each) for each in _of_state(viewer, Registration.State.RETURNED))
        yield from (_claimed(each) for each in to_register(viewer)[:MOST])


def registrations_awaited(viewer: Viewer) -> Iterable[Task]:
    """What this viewer's school sent and the appropriate body has not decided (R2)."""
    if viewer.may(Permission.REGISTER_ECT):
        yield from (_sent(each) for each in _of_state(viewer, Registration.State.SENT))


def _of_state(viewer: Viewer, state: str) -> Iterable[Registration]:
    return visible_registrations(viewer).filter(state=state).order_by("starts_on", "pk")[:MOST]


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
