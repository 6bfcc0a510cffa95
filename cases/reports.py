"""General reports: figures without a name, a rating or a word about anybody (R80; SG 2.80)."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer

from .deadlines import PROGRESS_REVIEW
from .models import Deadline, Induction, Placement
from .querysets import in_force
from .reckon import freshen


def general_report(viewer: Viewer) -> dict[str, Any]:
    """For each school of the viewer's: how many ECTs, in which part, and how many reviews are late or sent."""
    schools = _schools(viewer)
    freshen(Induction.objects.filter(Exists(Placement.objects.filter(school__in=schools, induction=OuterRef("pk")))))
    return {"schools": [_figures(school, viewer) for school in schools], "on": viewer.on}


def _schools(viewer: Viewer) -> list[Organisation]:
    if Role.TRUST_OFFICER in viewer.roles:
        return list(viewer.organisation.schools.order_by("name"))
    return [viewer.organisation]


def _figures(school: Organisation, viewer: Viewer) -> dict[str, Any]:
    serving = Placement.objects.filter(in_force("", on=viewer.on), school=school, induction=OuterRef("pk"))
    cases = Induction.objects.filter(Exists(serving))
    late = Deadline.objects.filter(induction=OuterRef("pk"), kind=PROGRESS_REVIEW, is_open=True, due_on__lt=viewer.on)
    second = Q(clock__part_2_starts_on__lte=viewer.on)
    return {"school": school} | cases.annotate(late=Exists(late)).aggregate(
        ects=Count("pk"),
        part_2=Count("pk", filter=second),
        part_1=Count("pk") - F("part_2"),
        with_a_late_review=Count("pk", filter=Q(late=True)),
        ending_this_year=Count("pk", filter=Q(clock__ends_on__range=(viewer.on, _in_a_year(viewer)))),
    )


def _in_a_year(viewer: Viewer) -> Any:
    return viewer.on.replace(year=viewer.on.year + 1, day=min(viewer.on.day, 28))
