"""The page of an appeal, and those on which an officer records that one may still be made, was made, or has ended."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases import access
from cases.frame import frame
from cases.models import Induction
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.forms import PortalForm
from induction_portal.pages import page

from .. import actions
from ..forms.appeals import (
    AppealBundleForm,
    AppealOutcomeForm,
    LodgeAppealForm,
    LongerTimeForm,
    NoAppealForm,
    WithdrawAppealForm,
)
from ..models import Appeal, Decision
from ..outcome.access import decision as visible_decision
from ..outcome.access import own_decision
from ..outcome.appeal_access import own_appeal
from ..outcome.appeal_pages import appeal_context, latest_appealable, step_context
from ..outcome.appeal_standing import is_appealable, standing_of

FORM = "assessments/outcome/appeal_form.html"
NONE = "There is no decision here that may be appealed against."
THERE_IS_ONE = "An appeal against this decision has been recorded."
ENDED = "This appeal has ended, so nothing more is recorded of it."
TOLD = "The ECT and the headteacher have been told that there is something new."


@page(needs=Permission.READ_APPEAL, find=access.case)
def case_appeal(request: HttpRequest, induction: Induction) -> HttpResponse:
    """The last decision that may be appealed against: where the tasks and days of a case lead."""
    found = latest_appealable(request.viewer, induction, request.permissions)
    if found is None:
        context = frame(request, induction) | {"title": "No decision to appeal against"}
        return TemplateResponse(request, "assessments/outcome/appeal_none.html", context)
    return _shown(request, found, "The appeal")


@page(needs=Permission.READ_APPEAL, find=visible_decision)
def appeal(request: HttpRequest, decision: Decision) -> HttpResponse:
    if not is_appealable(decision):
        messages.warning(request, NONE)
        return redirect("assessments:decision", decision.pk)
    return _shown(request, decision, "Appeal")


@page(needs=Permission.DECIDE, find=own_decision, methods="GET POST")
def lodge_appeal(request: HttpRequest, decision: Decision) -> HttpResponse:
    options = {"draft": draft_of(request), "acting": request.viewer, "autosave": request.path}
    form = LodgeAppealForm(request.POST or None, **options)
    done = f"The appeal is recorded. {TOLD}"
    return _of_decision(request, decision, form, actions.lodge_appeal, "Record an appeal", done)


@page(needs=Permission.DECIDE, find=own_decision, methods="GET POST")
def allow_more_time(request: HttpRequest, decision: Decision) -> HttpResponse:
    form = LongerTimeForm(request.POST or None, acting=request.viewer)
    done = f"The new last day is recorded. {TOLD}"
    return _of_decision(request, decision, form, actions.allow_more_time, "More time to appeal", done)


@page(needs=Permission.DECIDE, find=own_decision, methods="GET POST")
def renounce_appeal(request: HttpRequest, decision: Decision) -> HttpResponse:
    form = NoAppealForm(request.POST or None, acting=request.viewer)
    return _of_decision(
        request, decision, form, actions.renounce_appeal, "The ECT will not appeal", f"Recorded. {TOLD}"
    )


@page(needs=Permission.DECIDE, find=own_decision, methods="POST")
def appeal_bundle(request: HttpRequest, decision: Decision) -> HttpResponse:
    """One click: the whole case, earlier versions too, for the Agency."""
    form = AppealBundleForm(request.POST, acting=request.viewer)
    asked = {"by": request.viewer, "on": request.viewer.on, "induction": decision.induction}
    if form.is_valid() and (made := form.apply(actions.ask_for_bundle, purpose="appeal", with_earlier=True, **asked)):
        return redirect("assessments:bundle", made.pk)
    return redirect("assessments:appeal", decision.pk)


@page(needs=Permission.DECIDE, find=own_appeal, methods="GET POST")
def withdraw_appeal(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    form = WithdrawAppealForm(request.POST or None, acting=request.viewer, version=appeal.version)
    return of_appeal(request, appeal, form, actions.withdraw_appeal, "The appeal was withdrawn", f"Recorded. {TOLD}")


@page(needs=Permission.DECIDE, find=own_appeal, methods="GET POST")
def appeal_outcome(request: HttpRequest, appeal: Appeal) -> HttpResponse:
    options = {"acting": request.viewer, "version": appeal.version, "appealed": appeal.decision.decides}
    form = AppealOutcomeForm(request.POST or None, draft=draft_of(request), autosave=request.path, **options)
    done = f"The outcome is recorded, and the dates of the induction follow it. {TOLD}"
    return of_appeal(request, appeal, form, actions.decide_appeal, "Outcome of the appeal", done)


def _shown(request: HttpRequest, decision: Decision, title: str) -> HttpResponse:
    context = appeal_context(request, decision) | {"title": title}
    if context["records"]:
        context["button"] = AppealBundleForm(acting=request.viewer)
    return TemplateResponse(request, "assessments/outcome/appeal.html", context)


def of_appeal(
    request: HttpRequest, appeal: Appeal, form: Any, act: Callable[..., Any], title: str, done: str, **besides: Any
) -> HttpResponse:
    """A page that records a step of an appeal. `besides` are what the action takes instead of the appeal, and the
    template more.
    """
    if request.method == "GET" and not appeal.made.is_open:
        messages.warning(request, ENDED)
        return redirect("assessments:appeal", appeal.decision_id)
    subject = besides or {"appeal": appeal}
    context = step_context(request, appeal.decision, form=form, title=title, **besides)
    return _recorded(request, appeal.decision, form, act, done, context, version=form.version, **subject)


def _of_decision(
    request: HttpRequest, decision: Decision, form: PortalForm, act: Callable[..., Any], title: str, done: str
) -> HttpResponse:
    if not is_appealable(decision):
        messages.warning(request, NONE)
        return redirect("assessments:decision", decision.pk)
    if request.method == "GET" and standing_of(decision).appeal:
        messages.warning(request, THERE_IS_ONE)
        return redirect("assessments:appeal", decision.pk)
    context = step_context(request, decision, form=form, title=title)
    return _recorded(request, decision, form, act, done, context, decision=decision)


def _recorded(
    request: HttpRequest, of: Decision, form: Any, act: Callable[..., Any], done: str, context: dict[str, Any],
    **subject: Any,
) -> HttpResponse:  # fmt: skip
    send, status = getattr(form, "send", form.apply), 200
    try:
        if form.is_valid() and send(act, by=request.viewer, on=request.viewer.on, **subject):
            messages.success(request, done)
            return redirect("assessments:appeal", of.pk)
    except actions.AppealConflict as conflict:
        form.blame(None, conflict.message)
        status = 409
    return TemplateResponse(request, FORM, context, status=status)
