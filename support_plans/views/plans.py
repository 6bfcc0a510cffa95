"""Pages of a support plan: read, written and started, changed while it goes on, moved, ended."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases import access as case_access
from cases.actions.versions import ChangedMeanwhile
from cases.frame import frame
from cases.models import Induction
from cases.rules.plans import LIGHT, check_start
from cases.rules.statuses import PlanStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.forms import PortalForm
from induction_portal.pages import page

from .. import actions
from ..forms import PlanChangeForm, PlanFinishForm, PlanLayingForm, SupportPlanForm
from ..ladder import levels_of
from ..models import LevelChange, Plan
from ..papers.pages import papers_of
from ..plans import access
from ..plans.comparing import differing
from ..plans.laying import LATEST_START, proposed
from ..plans.pages import may_of, plan_context
from ..plans.previous import filled_in, last_ended, plan_before, rows_as_typed
from ..words import current

P = Permission
CONFLICT = "Somebody else has written on this plan since you opened the page. Look at what has changed, then save again"
ENDED = "This plan has ended: nothing more is written on it."
FORM = "support_plans/plan_form.html"


@page(needs=P.READ_LEVELS, find=access.plan)
def plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    context = plan_context(request, plan)
    context["papers"] = papers_of(request, plan, context["may"])
    return TemplateResponse(request, "support_plans/plan.html", context)


@page(needs=P.READ_LEVELS, find=case_access.case)
def current_plan(request: HttpRequest, induction: Induction) -> HttpResponse:
    """The plan of the level that is open: where a reminder leads."""
    now = current(levels_of(request.viewer, induction), request.viewer)
    found = getattr(now, "plan", None)
    return redirect("support_plans:plan", found.pk) if found else redirect("support_plans:ladder", induction.pk)


@page(needs=P.WRITE_PLAN, find=access.level_to_plan, methods="GET POST")
def write_plan(request: HttpRequest, level: LevelChange) -> HttpResponse:
    viewer, found = request.viewer, getattr(level, "plan", None)
    if request.method == "GET" and (not level.is_open or (found and found.state is not PlanStatus.WRITING)):
        messages.warning(request, "This plan has started, or its level is closed.")
        return redirect("support_plans:ladder", level.induction_id)
    form = _plan_form(request, level, found)
    given = {"by": viewer, "on": viewer.on, "level": level, "version": form.version}
    done = attempt(form, lambda: form.send(actions.write_plan, actions.start_plan, **given))
    if done:
        messages.success(request, "Started. Everybody of the case has been told." if form.starts else "Kept.")
        return redirect("support_plans:plan", done.pk)
    context = {"form": form, "title": f"Plan for {level}", "before": None if found else plan_before(level)}
    if request.method == "POST" and found and CONFLICT in form.non_field_errors():
        context["differs"] = differing(form, filled_in(level, found))
    return TemplateResponse(request, FORM, frame(request, level.induction) | context)


def _plan_form(request: HttpRequest, level: LevelChange, found: Plan | None) -> SupportPlanForm:
    on = request.viewer.on

    def objections(written: Any) -> Any:
        told = {"opened_on": level.opened_on, "last_ended": last_ended(level), "latest": on + LATEST_START}
        return check_start(level.state, written, today=on, **told)

    options = {"acting": request.viewer, "version": found.version if found else 0, "initial": filled_in(level, found)}
    draft = draft_of(request)
    return SupportPlanForm(request.POST or None, draft=draft, level=level.state, objections=objections, **options)


@page(needs=P.WRITE_PLAN, find=access.plan_to_write, methods="GET POST")
def change_plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    viewer, light, first = request.viewer, plan.level.state is LIGHT, plan.evaluated + 1
    if elsewhere := _elsewhere(request, plan, nothing=not light and first > len(plan.laid)):
        return elsewhere
    options = {"first": first, "last": len(plan.laid), "light": light, "initial": rows_as_typed(plan, first)}
    form = PlanChangeForm(request.POST or None, draft=draft_of(request), **_shown(request, plan), **options)
    given = {"by": viewer, "on": viewer.on, "plan": plan, "version": form.version}
    if attempt(form, lambda: form.send(actions.change_plan, **given)):
        messages.success(request, "Saved. The ECT has been told.")
        return redirect("support_plans:plan", plan.pk)
    return _form(request, plan, form, "Change what lies ahead")


@page(needs=P.WRITE_PLAN, find=access.plan_to_lay, methods="GET POST")
def lay_plan_again(request: HttpRequest, plan: Plan) -> HttpResponse:
    viewer = request.viewer
    if elsewhere := _elsewhere(request, plan, nothing=plan.evaluated >= len(plan.laid)):
        return elsewhere
    found = proposed(plan, viewer.on) if may_of(request, plan).knows_absence else None
    initial = {"row": found[0], "starts_on": found[1].starts[found[0] - 1]} if found else {}
    form = PlanLayingForm(request.POST or None, plan=plan, initial=initial, **_shown(request, plan))
    given = {"by": viewer, "on": viewer.on, "plan": plan, "version": form.version}
    if attempt(form, lambda: form.apply(actions.lay_plan_again, **given)):
        messages.success(request, "The weeks have been moved. Everybody of the case has been told.")
        return redirect("support_plans:plan", plan.pk)
    return _form(request, plan, form, "Move the weeks")


@page(needs=P.WRITE_PLAN, find=access.plan_to_write, methods="GET POST")
def finish_plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    viewer = request.viewer
    if elsewhere := _elsewhere(request, plan):
        return elsewhere
    initial = {"ended_on": min(viewer.on, plan.ends_on or viewer.on)}
    form = PlanFinishForm(request.POST or None, draft=draft_of(request), initial=initial, **_shown(request, plan))
    given = {"by": viewer, "on": viewer.on, "plan": plan, "version": form.version}
    if attempt(form, lambda: form.send(actions.finish_plan, **given)):
        messages.success(request, "The plan has ended. Decide what comes next.")
        return redirect("support_plans:plan", plan.pk)
    return _form(request, plan, form, "End the plan")


# Shared by the pages of a plan that goes on


def _shown(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    return {"acting": request.viewer, "version": plan.version}


def attempt(form: PortalForm, act: Any) -> Any:
    """What an action gave for a form that is filled in; None where something is wrong, or somebody was first."""
    if not form.is_valid():
        return None
    try:
        return act()
    except ChangedMeanwhile as changed:
        form.version = changed.version
        form.add_error(None, CONFLICT)
    return None


def _elsewhere(request: HttpRequest, plan: Plan, *, nothing: bool = False) -> HttpResponse | None:
    """Back to the plan where it does not go on, or there is nothing left to do of this kind."""
    if request.method != "GET" or (plan.state is PlanStatus.GOING_ON and not nothing):
        return None
    started = "This plan has not started yet." if plan.state is PlanStatus.WRITING else ENDED
    messages.warning(request, "Every week of this plan has been evaluated." if nothing and plan.laid else started)
    return redirect("support_plans:plan", plan.pk)


def _form(request: HttpRequest, plan: Plan, form: PortalForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "plan": plan}
    return TemplateResponse(request, FORM, frame(request, plan.induction) | context)
