"""Finished plans that lack a signature: whose task it is, and who waits for it. It holds nothing else up."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse

from cases.parts import Task
from cases.reach import current_keys, reviewed_keys
from cases.rules.signing import ECT
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from ..access import readable
from ..models import Plan, PlanVersion
from .standing import unsigned

MOST = 50
KIND, KIND_SAYS = "plan_to_sign", "Support plans to sign"


@dataclass(slots=True)
class Signing:
    """What a viewer has to sign, and what they wait for others to sign."""

    tasks: list[Task] = field(default_factory=list)
    waits: list[Task] = field(default_factory=list)


def signing_of(viewer: Viewer) -> Signing:
    """The plans without a signature among a viewer's cases. One query, none for who signs no plans."""
    if not viewer.may(Permission.SIGN_PLAN):
        return Signing()
    found, own = Signing(), viewer.organisation is None
    for version in _rows(viewer):
        mine, theirs = (version.lacks_ect, version.lacks_tutor) if own else (version.lacks_tutor, version.lacks_ect)
        if mine:
            found.tasks.append(_task(version, own=own))
        if theirs and not own:
            found.waits.append(_wait(version))
    return found


def _rows(viewer: Viewer) -> Iterable[PlanVersion]:
    plans = readable(viewer, Plan.objects.all())
    if viewer.organisation is None:
        plans = plans.filter(induction__in=current_keys(viewer))
    else:
        plans = plans.filter(school=viewer.organisation, induction__in=reviewed_keys(viewer))
    rows = unsigned(plans).select_related("plan__level", "plan__induction__teacher", "plan__school")
    return rows.order_by("sealed_on", "pk")[:MOST]


def _task(version: PlanVersion, *, own: bool) -> Task:
    plan = version.plan
    return Task(
        on=version.sealed_on,
        says="Read a support plan that has ended, and sign it or say why not" if own else "Sign a support plan",
        about=plan.school.name if own else plan.induction.teacher.name,
        url=reverse("support_plans:sign_plan", args=[plan.pk]),
        state=plan.level.state.label,
        kind=KIND,
        kind_says=KIND_SAYS,
        case_id=plan.induction_id,
        is_due=False,
    )


def _wait(version: PlanVersion) -> Task:
    plan = version.plan
    return Task(
        on=version.sealed_on,
        says="The ECT’s signature under a support plan",
        about=plan.induction.teacher.name,
        url=reverse("support_plans:plan", args=[plan.pk]),
        state=plan.level.state.label,
        kind=f"{KIND}_{ECT}",
        kind_says="Signatures of ECTs under support plans",
        case_id=plan.induction_id,
        is_due=False,
    )
