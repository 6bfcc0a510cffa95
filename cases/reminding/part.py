"""Who cannot be reached, as a task of whoever can mend it: reminders go to the next who is responsible meanwhile."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.urls import reverse

from induction_portal.accounts.models import Membership, Organisation
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from ..duties import OWNS
from ..models import Appointment, BodyPeriod, Placement
from ..parts import Part, Task
from ..querysets import in_force
from .whom import can_be_reached

MOST = 50
WHY = "Reminders of what falls due go to the next who is responsible until this is put right."


class RemindingPart(Part):
    """Tasks of a school, or of a body's administrators, whose people have left or cannot sign in."""

    def tasks(self, viewer: Viewer) -> list[Task]:
        return list(_unreached(viewer))


def _unreached(viewer: Viewer) -> Iterator[Task]:
    """One query for who can mend it, none for anybody else."""
    if viewer.organisation is None:
        return
    if viewer.may(Permission.APPOINT):
        for case_id, name, role in _of_school(viewer).union(_headless(viewer), all=True)[:MOST]:
            yield _nobody_leads(viewer) if role == Role.HEADTEACHER else _appoint(viewer, case_id, name, role)
    elif viewer.may(Permission.NAME_OFFICER):
        for case_id, name in _of_body(viewer).values_list("induction", "induction__teacher__name")[:MOST]:
            yield Task(
                on=viewer.on,
                says="Name another officer: the one who was named cannot be reached",
                about=name,
                url=reverse("cases:officer", args=[case_id]),
                why=WHY,
                kind="people",
                kind_says="People to name",
                case_id=case_id,
                is_due=False,
            )


def _appoint(viewer: Viewer, case_id, name: str, kind: str) -> Task:
    return Task(
        on=viewer.on,
        says=f"Appoint another {Role(kind).label.lower()}: the one appointed cannot be reached",
        about=name,
        url=reverse("cases:case", args=[case_id]),
        why=WHY,
        kind="people",
        kind_says="People to appoint",
        case_id=case_id,
        is_due=False,
    )


def _nobody_leads(viewer: Viewer) -> Task:
    return Task(
        on=viewer.on,
        says="Invite a headteacher: nobody who is can be reached",
        about=viewer.organisation.name if viewer.organisation else "",
        url=reverse("accounts:people"),
        why=WHY,
        kind="people",
        kind_says="People to appoint",
        is_due=False,
    )


def _of_school(viewer: Viewer) -> QuerySet:
    """ECTs of the school whose mentor or tutor today has left, or may not sign in."""
    held = Appointment.objects.filter(in_force("", on=viewer.on), school=viewer.organisation)
    gone = Q(kind=Role.MENTOR) & ~_there(viewer, Role.MENTOR) | Q(kind=Role.INDUCTION_TUTOR) & ~_there(
        viewer, Role.INDUCTION_TUTOR
    )
    return held.filter(gone).order_by().values_list("induction", "induction__teacher__name", "kind")


def _of_body(viewer: Viewer) -> QuerySet:
    """Cases of the body whose officer today has left, or may not sign in."""
    held = BodyPeriod.objects.filter(in_force("", on=viewer.on), body=viewer.organisation)
    return held.exclude(_there(viewer, Role.BODY_OFFICER, user="officer")).order_by("induction__teacher__sort_name")


def _there(viewer: Viewer, role: Role, *, user: str = "user") -> Q:
    """Whether who is named can be reached, and holds a role by which they meet what is due."""
    roles = [held for held, owns in OWNS.items() if role in owns]
    members = Membership.objects.filter(
        can_be_reached("user__"), user=OuterRef(user), organisation=viewer.organisation, role__in=roles
    )
    return Q(Exists(members.current(on=viewer.on)))


def _headless(viewer: Viewer) -> QuerySet:
    """The school itself, if an ECT serves there and nobody who is its headteacher can be reached."""
    heads = Membership.objects.filter(
        can_be_reached("user__"), organisation=OuterRef("pk"), role=Role.HEADTEACHER
    ).current(on=viewer.on)
    served = Placement.objects.filter(in_force("", on=viewer.on), school=OuterRef("pk"))
    own = Organisation.objects.filter(Exists(served), ~Exists(heads), pk=getattr(viewer.organisation, "pk", None))
    return own.order_by().values_list("pk", "name", Value(Role.HEADTEACHER.value))
