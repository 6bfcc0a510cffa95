"""Registrations as a body answers them: what waits, what was said beside what was confirmed, who is meant."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .matching import could_not_match
from .models import BodyPeriod, Confirmation, Induction, Registration
from .parts import Task
from .querysets import in_force
from .registration_access import visible_registrations
from .rules.confirming import BodyKind

MOST = 50
State, Outcome = Registration.State, Confirmation.Outcome


def waiting_for(viewer: Viewer) -> QuerySet[Registration]:
    """The registrations that wait for the viewer's body."""
    found = visible_registrations(viewer).filter(state=State.SENT, body=viewer.organisation)
    return found if viewer.may(Permission.DECIDE_REGISTRATION) else found.none()


def to_decide(viewer: Viewer) -> Iterable[Task]:
    """A task for each of them, the one that starts soonest first: the body has to agree before it starts (R2)."""
    if not viewer.may(Permission.DECIDE_REGISTRATION):
        return []
    return [
        Task(
            on=registration.starts_on,
            says="Confirm a registration",
            about=f"{registration.name}, {registration.school.name}, to start",
            url=reverse("cases:registration", args=[registration.pk]),
            state="Overdue" if registration.starts_on < viewer.on else "",
            why="An induction may not start before you have agreed to be its appropriate body (R2).",
            kind="registrations",
            kind_says="Registrations",
        )
        for registration in waiting_for(viewer).order_by("starts_on", "pk")[:MOST]
    ]


def needs_identity(registration: Registration) -> bool:
    """Whether a record here says otherwise of who the teacher is, as things stand now (R12)."""
    return could_not_match(trn=registration.trn, name=registration.name, date_of_birth=registration.date_of_birth)


def own_record(viewer: Viewer, registration: Registration) -> Induction | None:
    """The case of the viewer's own body that a registration may mean; nothing of any other body's (R12, R79)."""
    same = Q(teacher__trn=registration.trn) | Q(
        teacher__sort_name=registration.sort_name, teacher__date_of_birth=registration.date_of_birth
    )
    responsible = BodyPeriod.objects.filter(in_force("", on=viewer.on), body=viewer.organisation)
    return Induction.objects.filter(same, body_periods__in=responsible).select_related("teacher").first()


def answer_page(request: HttpRequest, registration: Registration) -> dict[str, Any]:
    """What the page of a registration adds for both sides: the answers, and for the body what it may do."""
    answers = list(registration.answers.select_related("decided_by", "officer", "contact", "body"))
    decides = Permission.DECIDE_REGISTRATION in request.permissions and registration.state == State.SENT
    unsure = decides and needs_identity(registration)
    confirmed = next((answer for answer in answers if answer.outcome == Outcome.CONFIRMED), None)
    return {
        "answers": [answer for answer in answers if answer.outcome != Outcome.CONFIRMED],
        "confirmed": confirmed,
        "compared": compared(registration, confirmed) if confirmed else [],
        "may_decide": decides,
        "check_identity": unsure,
        "own_record": own_record(request.viewer, registration) if unsure else None,
    }


def compared(registration: Registration, answer: Confirmation) -> list[dict[str, Any]]:
    """What the school said beside what the body confirmed, with the differences marked."""
    if answer.starts_on is None or answer.qts_on is None or answer.officer is None or answer.contact is None:
        raise ValueError("A confirmation holds what it confirms")
    kind = BodyKind(answer.acts_as).label
    rows = [
        ("Qualified teacher status awarded", day(registration.qts_on), day(answer.qts_on)),
        ("Induction starts", day(registration.starts_on), day(answer.starts_on)),
    ]
    said = [{"key": key, "said": said, "confirmed": sure, "differs": said != sure} for key, said, sure in rows]
    only = [
        ("A suitable post", "The school confirmed all statements", "Suitable"),
        ("Appropriate body", registration.body.name, f"{answer.body.name}: {kind}, with no conflict of interest"),
        ("Agreed to act on", "", day(answer.decided_on)),
        ("Officer", "", answer.officer.name),
        ("Named contact for concerns", "", answer.contact.name),
    ]
    return [*said, *({"key": key, "said": said, "confirmed": sure, "differs": False} for key, said, sure in only)]
