"""The page of a decision, its document, and the second officer's answer to a proposed one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases.frame import frame
from cases.rules.statuses import DecisionStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.documents.responses import file_response
from induction_portal.forms import PortalForm
from induction_portal.pages import page

from .. import actions
from ..forms.deciding import ApproveDecisionForm, ReturnDecisionForm
from ..models import Decision
from ..outcome import decision_document
from ..outcome.access import decision as visible_decision
from ..outcome.access import own_decision
from ..outcome.presenting import decision_context


@page(needs=Permission.READ_DECISION, find=visible_decision)
def decision(request: HttpRequest, decision: Decision) -> HttpResponse:
    return TemplateResponse(request, "assessments/outcome/decision.html", decision_context(request, decision))


@page(needs=Permission.READ_DECISION, find=visible_decision)
def decision_pdf(request: HttpRequest, decision: Decision) -> HttpResponse:
    if not decision.is_made:
        messages.warning(request, "The record of a decision is issued once the decision is made.")
        return redirect("assessments:decision", decision.pk)
    if issued := decision_document.issued(decision):
        return file_response(issued)
    decision_document.ask_again(decision)
    context = frame(request, decision.induction) | {"decision": decision}
    context["title"] = "The record of the decision is being prepared"
    return TemplateResponse(request, "assessments/outcome/preparing.html", context, status=202)


@page(needs=Permission.DECIDE, find=own_decision, methods="GET POST")
def approve_decision(request: HttpRequest, decision: Decision) -> HttpResponse:
    form = ApproveDecisionForm(request.POST or None, acting=request.viewer)
    done = "Approved. The decision is made, and the ECT, the headteacher and the induction tutor have been told."
    return _answer(request, decision, form, actions.approve_decision, "Approve this decision", done)


@page(needs=Permission.DECIDE, find=own_decision, methods="GET POST")
def return_decision(request: HttpRequest, decision: Decision) -> HttpResponse:
    options = {"acting": request.viewer, "autosave": request.path}
    form = ReturnDecisionForm(request.POST or None, draft=draft_of(request), **options)
    done = "Returned. The officer who proposed it has been told."
    return _answer(request, decision, form, actions.return_decision, "Return this decision", done)


def _answer(
    request: HttpRequest, decision: Decision, form: PortalForm, act: Any, title: str, done: str
) -> HttpResponse:
    viewer = request.viewer
    if request.method == "GET" and decision.state is not DecisionStatus.PROPOSED:
        messages.warning(request, "This decision does not wait for a second officer.")
        return redirect("assessments:decision", decision.pk)
    context = decision_context(request, decision) | {"form": form, "title": title}
    given, conflict = {"by": viewer, "on": viewer.on, "decision": decision}, False
    try:
        if form.is_valid() and form.send(act, **given):
            messages.success(request, done)
            return redirect("assessments:decision", decision.pk)
    except actions.DecisionConflict as moved_on:
        form.blame(None, moved_on.message)
        conflict = True
    return TemplateResponse(request, "assessments/outcome/answer.html", context, status=409 if conflict else 200)
