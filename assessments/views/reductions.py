"""Pages of a shorter induction: what was asked for, and each side's step."""

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

from .. import actions, reducing
from ..forms import AnswerReductionForm, AskReductionForm, DecideReductionForm
from ..models import Reduction
from ..models.reductions import OPEN
from ..reduction_pages import asking_context, reduction_context, reductions_context

DECIDED = "This request is not waiting for your answer."


@page(needs=Permission.READ_REDUCTION, find=access.case)
def reductions(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "assessments/reductions.html", reductions_context(request, induction))


@page(needs=Permission.ASK_REDUCTION, find=reducing.asking, methods="GET POST")
def ask_reduction(request: HttpRequest, induction: Induction) -> HttpResponse:
    form = _form(request, AskReductionForm)
    told = {"by": request.viewer, "on": request.viewer.on, "induction": induction}
    if form.is_valid() and form.apply(actions.ask_for_reduction, **told):
        messages.success(request, "Asked. The ECT has been told, and decides for themself.")
        return redirect("assessments:reductions", induction.pk)
    context = asking_context(request, induction) | {"form": form}
    return TemplateResponse(request, "assessments/reduction_asking.html", context)


@page(needs=Permission.ANSWER_REDUCTION, find=reducing.reduction, methods="GET POST")
def answer_reduction(request: HttpRequest, reduction: Reduction) -> HttpResponse:
    done = "Your answer has been sent."
    return _step(request, reduction, AnswerReductionForm, actions.answer_reduction, "Your answer", done)


@page(needs=Permission.DECIDE_REDUCTION, find=reducing.deciding, methods="GET POST")
def decide_reduction(request: HttpRequest, reduction: Reduction) -> HttpResponse:
    done = "Decided. The ECT and the school have been told."
    return _step(
        request, reduction, DecideReductionForm, actions.decide_reduction, "Decide on a shorter induction", done
    )


def _step(
    request: HttpRequest, reduction: Reduction, kind: type[PortalForm], act: Any, title: str, done: str
) -> HttpResponse:
    if request.method == "GET" and reduction.status not in OPEN:
        messages.warning(request, DECIDED)
        return redirect("assessments:reductions", reduction.induction_id)
    form = _form(request, kind, version=reduction.version)
    told = {"by": request.viewer, "on": request.viewer.on, "reduction": reduction, "version": form.version}
    if form.is_valid() and form.apply(act, **told):
        messages.success(request, done)
        return redirect("assessments:reductions", reduction.induction_id)
    context = frame(request, reduction.induction) | reduction_context(request, reduction)
    return TemplateResponse(request, "assessments/reduction_step.html", context | {"form": form, "title": title})


def _form(request: HttpRequest, kind: type[PortalForm], version: int | None = None) -> PortalForm:
    options = {"acting": request.viewer, "version": version, "autosave": request.path}
    return kind(request.POST or None, draft=draft_of(request), **options)
