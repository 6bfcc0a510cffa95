"""Pages of a week of a plan: evaluated by the school, commented on by the ECT."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases.frame import frame
from cases.rules.plans import LIGHT
from cases.rules.statuses import PlanStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.forms import PortalForm
from induction_portal.pages import page

from .. import actions
from ..forms import WeekCommentForm, WeekEvaluationForm
from ..models import PlanWeek
from ..plans import access
from ..plans.pages import week_context
from .plans import ENDED, attempt

P = Permission


@page(needs=P.WRITE_PLAN, find=access.week_to_evaluate, methods="GET POST")
def evaluate_week(request: HttpRequest, week: PlanWeek) -> HttpResponse:
    viewer, plan = request.viewer, week.plan
    if elsewhere := _elsewhere(request, week):
        return elsewhere
    outcomes = dict(plan.rows.values_list("place", "outcome")) if plan.level.state is LIGHT else {}
    initial = {"outcomes": {str(place): {"outcome": text} for place, text in outcomes.items()}}
    options = {"acting": viewer, "version": plan.version, "objectives": sorted(outcomes), "initial": initial}
    form = WeekEvaluationForm(request.POST or None, draft=draft_of(request), **options)
    given = {"by": viewer, "on": viewer.on, "week": week, "version": form.version}
    if attempt(form, lambda: form.send(actions.evaluate_week, **given)):
        messages.success(request, "Saved. The ECT has been told, and may comment.")
        return redirect("support_plans:plan", plan.pk)
    return _form(request, week, form, f"Evaluate week {week.number}")


@page(needs=P.COMMENT_ON_PLAN, find=access.week_to_comment, methods="GET POST")
def comment_on_week(request: HttpRequest, week: PlanWeek) -> HttpResponse:
    viewer = request.viewer
    if elsewhere := _elsewhere(request, week):
        return elsewhere
    form = WeekCommentForm(request.POST or None, draft=draft_of(request), acting=viewer)
    given = {"by": viewer, "on": viewer.on, "week": week}
    if form.is_valid() and form.apply(actions.comment_on_week, **given):
        messages.success(request, "Saved. Mentor and induction tutor have been told.")
        return redirect("support_plans:plan", week.plan_id)
    return _form(request, week, form, f"Comment on week {week.number}")


def _elsewhere(request: HttpRequest, week: PlanWeek) -> HttpResponse | None:
    if request.method != "GET" or week.plan.state is PlanStatus.GOING_ON:
        return None
    messages.warning(request, "This plan has not started yet." if week.plan.state is PlanStatus.WRITING else ENDED)
    return redirect("support_plans:plan", week.plan_id)


def _form(request: HttpRequest, week: PlanWeek, form: PortalForm, title: str) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "title": title, "plan": week.plan, "rows": week_context(week)}
    return TemplateResponse(request, "support_plans/plan_form.html", frame(request, week.plan.induction) | context)
