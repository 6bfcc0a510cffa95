"""The ECT's pages before a decision: what they may write, writing it, and saying that they write nothing (R61)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import actions
from ..forms.representing import RepresentationsForm, WaiverForm
from ..models import Recommendation
from ..outcome.access import recommendation as received_recommendation
from ..outcome.letters import letters_context, may_write

TOO_LATE = "You can no longer write here about this recommendation."


@page(needs=Permission.READ_REPRESENTATIONS, find=received_recommendation)
def representations(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    return TemplateResponse(
        request, "assessments/outcome/representations.html", letters_context(request, recommendation)
    )


@page(needs=Permission.MAKE_REPRESENTATIONS, find=received_recommendation, methods="GET POST")
def write_representations(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    viewer = request.viewer
    if request.method == "GET" and not may_write(viewer, recommendation):
        messages.warning(request, TOO_LATE)
        return redirect("assessments:representations", recommendation.pk)
    form = RepresentationsForm(request.POST or None, draft=draft_of(request), acting=viewer, autosave=request.path)
    given = {"by": viewer, "on": viewer.on, "recommendation": recommendation}
    if form.is_valid() and form.send(actions.send_representations, **given):
        messages.success(request, "Sent to the appropriate body. Your school has not been told what you wrote.")
        return redirect("assessments:representations", recommendation.pk)
    context = letters_context(request, recommendation) | {"form": form, "title": "Write to the appropriate body"}
    return TemplateResponse(request, "assessments/outcome/represent.html", context)


@page(needs=Permission.MAKE_REPRESENTATIONS, find=received_recommendation, methods="GET POST")
def waive_representations(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    viewer = request.viewer
    if request.method == "GET" and not may_write(viewer, recommendation):
        messages.warning(request, TOO_LATE)
        return redirect("assessments:representations", recommendation.pk)
    form = WaiverForm(request.POST or None, acting=viewer)
    given = {"by": viewer, "on": viewer.on, "recommendation": recommendation}
    if form.is_valid() and form.send(actions.waive_representations, **given):
        messages.success(request, "The appropriate body has been told that it need not wait.")
        return redirect("assessments:representations", recommendation.pk)
    context = letters_context(request, recommendation) | {"form": form, "title": "Say that you write nothing more"}
    return TemplateResponse(request, "assessments/outcome/waive.html", context)
