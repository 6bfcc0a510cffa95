"""Pages of papers: the blank forms that a case offers, what is signed of a plan, and what stands under it."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from cases import access as case_access
from cases.frame import current_placement, frame
from cases.models import Appointment, Induction
from cases.querysets import in_force
from cases.rules.plan_papers import SIGNS, Stage, waits_for
from cases.rules.signing import NAMED
from cases.rules.statuses import PlanStatus
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day, listed, upper_first
from induction_portal.pages import Found

from ..models import Plan, PlanSignature, PlanVersion
from ..plans.pages import May
from .access import signing_roles
from .blank import Blank, blank_form, blank_named, blanks
from .document import issued
from .filled import filled
from .form import PlanForm
from .reading import parts_of
from .standing import answers_of, is_complete, signs_as

NOT_ENDED = "This plan has not ended: it is signed once it says how the ECT progressed, and whether they are on track."


def asked_form(viewer: Viewer, case_id: UUID, form_key: str) -> Found:
    """A case, for which a blank form is asked. Raises Http404 for a form that there is not, as for a case."""
    found = case_access.case(viewer, case_id)
    blank = blank_named(form_key)
    if blank is None:
        raise Http404
    found.subject.asked_form = blank
    return found


def forms_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """The page that lists the blank forms, one table row for each."""
    rows = [(blank, blank.without_names) for blank in blanks()]
    return frame(request, induction) | {"title": "Blank forms for a support plan", "rows": rows}


def form_for(viewer: Viewer, induction: Induction, blank: Blank) -> PlanForm:
    """A blank form for an ECT, as far as this viewer knows where they serve and who mentors them."""
    placement = current_placement(induction, viewer)
    held = Appointment.objects.filter(in_force("", on=viewer.on), placement=placement, kind=Role.MENTOR.value)
    mentors = ", ".join(held.values_list("user__name", flat=True)) if placement else ""
    school = placement.school.name if placement else ""
    return blank_form(blank, ect=induction.teacher.name, school=school, mentor=mentors)


def signing_context(request: HttpRequest, plan: Plan, version: PlanVersion) -> dict[str, Any]:
    """The page on which a finished plan is signed: all that the version says, and what the others have answered."""
    form = filled(json.loads(version.content))
    answers = answers_of(version)
    return frame(request, plan.induction) | {
        "title": "Read and sign the plan",
        "plan": plan,
        "version": version,
        "parts": parts_of(form),
        "answers": [_answer(answers[role]) for role in SIGNS if role in answers],
    }


def refusal_of(viewer: Viewer, plan: Plan, version: PlanVersion | None) -> str:
    """Why a viewer, who signs plans like this, has nothing to sign now; empty where they have."""
    if version is None or version.sealed_as is not Stage.FINISHED:
        return NOT_ENDED
    if signs_as(viewer, plan) not in waits_for(version.sealed_as, answers_of(version)):
        return "You have answered under this plan already."
    return ""


def papers_of(request: HttpRequest, plan: Plan, may: May) -> dict[str, Any] | None:
    """The part of a plan's page about what was sealed and signed; None before the plan has started. A few queries."""
    versions = list(plan.versions.select_related("sealed_by"))
    if not versions:
        return None
    viewer, version = request.viewer, versions[-1]
    answers = answers_of(version)
    complete = is_complete(version, answers)
    waiting = waits_for(version.sealed_as, answers)
    reached = signing_roles(viewer, plan, frozenset(viewer.roles))
    signs = Permission.SIGN_PLAN in request.permissions and bool(reached) and signs_as(viewer, plan) in waiting
    return {
        "plan": plan,
        "answers": [_answer(answers[role]) for role in SIGNS if role in answers],
        "waiting": upper_first(listed([NAMED[role] for role in waiting])) if waiting else "",
        "sign": signs,
        "correct": may.write and plan.state is PlanStatus.FINISHED,
        "complete": complete,
        "corrections": [each for each in versions if each.correction],
        "earlier": [each for each in versions[:-1] if issued(each)] if len(versions) > 2 else [],
    }


def _answer(answer: PlanSignature) -> dict[str, str]:
    did = "Signed" if answer.is_signed else "Did not sign"
    words = f"\n{answer.words}" if answer.words else ""
    return {"key": upper_first(NAMED[answer.role]), "value": f"{did}: {answer.by.name}, {day(answer.on)}{words}"}
