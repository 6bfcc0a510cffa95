"""The home page: what this person must do, soonest first, and the ECTs they look after."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from induction_portal.accounts.models import Membership, Organisation, User
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from .access import first_days, reviewed_cases, visible_cases
from .confirming import to_decide
from .deadlines import PROGRESS_REVIEW, label
from .lists import ROWS, many_schools, rows, with_details
from .models import Deadline, Registration
from .parts import PARTS, Task, task_url
from .reckon import fresh, freshen
from .registration_access import visible_registrations
from .worded import due_words

LOOK_AHEAD = timedelta(days=42)


def home_context(viewer: Viewer) -> dict[str, Any]:
    """Tasks, cases, and the general figures, each where the viewer's roles have them."""
    context: dict[str, Any] = {"title": _title(viewer), "tasks": tasks_of(viewer)}
    if viewer.may(Permission.READ_CASE):
        cases = visible_cases(viewer).order_by("teacher__sort_name", "pk")
        found = fresh(lambda: list(with_details(cases, viewer)[: ROWS + 1]))
        context |= {"rows": rows(viewer, found[:ROWS]), "more": len(found) > ROWS, "many_schools": many_schools(viewer)}
    if viewer.roles == {Role.ECT}:
        context["own"] = context["rows"][0] if context["rows"] else None
    context["registrations"] = viewer.may(Permission.READ_REGISTRATION)
    context["registers"] = viewer.may(Permission.REGISTER_ECT)
    context["calendars"] = viewer.may(Permission.READ_CALENDAR)
    context["reports"] = viewer.may(Permission.READ_GENERAL_REPORT)
    context["settings"] = viewer.may(Permission.READ_SETTINGS)
    if viewer.may(Permission.READ_INSTALLATION):
        context["installation"] = installation(viewer)
    return context


def _title(viewer: Viewer) -> str:
    if viewer.roles == {Role.ECT}:
        return "Your induction"
    return viewer.organisation.name if viewer.organisation else "Home"


def tasks_of(viewer: Viewer) -> list[Task]:
    """Everything that waits for this viewer, soonest first."""
    found = [*_reviews_to_log(viewer), *_registrations_to_correct(viewer), *to_decide(viewer)]
    for part in PARTS:
        found += part.tasks(viewer)
    return sorted(found, key=lambda task: (task.on, task.about))


def _reviews_to_log(viewer: Viewer) -> Iterable[Task]:
    """The next progress review of each ECT whose tutor this viewer is, once it can be logged or is near."""
    if not viewer.may(Permission.WRITE_REVIEW):
        return []
    freshen(reviewed_cases(viewer))
    mine = Deadline.objects.filter(due_on__gte=Subquery(first_days(viewer, OuterRef("induction"))))
    earlier = mine.filter(
        induction=OuterRef("induction"), kind=PROGRESS_REVIEW, is_open=True, number__lt=OuterRef("number")
    )
    due = mine.filter(
        ~Exists(earlier),
        induction__in=reviewed_cases(viewer).values("pk"),
        kind=PROGRESS_REVIEW,
        is_open=True,
        due_on__lte=viewer.on + LOOK_AHEAD,
    ).select_related("induction__teacher")
    return [_task(viewer, deadline) for deadline in due.order_by("due_on")[: 2 * ROWS]]


def _task(viewer: Viewer, deadline: Deadline) -> Task:
    return Task(
        on=deadline.due_on,
        says=f"Log {label(deadline).lower()}",
        about=deadline.induction.teacher.name,
        url=task_url(deadline),
        state=due_words(deadline.due_on, today=viewer.on),
    )


def _registrations_to_correct(viewer: Viewer) -> Iterable[Task]:
    """The registrations that came back to the viewer's school, to be changed or withdrawn."""
    if not viewer.may(Permission.REGISTER_ECT):
        return []
    returned = visible_registrations(viewer).filter(state=Registration.State.RETURNED)
    return [
        Task(
            on=registration.starts_on,
            says="Correct a returned registration",
            about=registration.name,
            url=reverse("cases:registration", args=[registration.pk]),
            state=f"Returned by {registration.body.name}",
        )
        for registration in returned.order_by("starts_on")[:ROWS]
    ]


def installation(viewer: Viewer) -> list[tuple[str, int]]:
    """What the operator sees: counts, never a case."""
    current = Membership.objects.current(on=viewer.on)
    counts = [(kind.label, Organisation.objects.filter(kind=kind).count()) for kind in Organisation.Kind]
    return [
        *counts,
        ("People who can sign in", User.objects.filter(is_active=True).count()),
        ("Roles held today", current.count()),
    ]
