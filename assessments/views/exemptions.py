"""Pages of an exemption where records were lost: the evidence trail, and the decision (R83)."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases import access
from cases.frame import frame
from cases.models import Induction
from cases.people import responsibility
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.forms import PortalForm
from induction_portal.pages import page

from .. import actions
from ..exemption_part import sections_of
from ..forms import ExemptForm, SearchForm


@page(needs=Permission.READ_EXEMPTION, find=access.case)
def exemption(request: HttpRequest, induction: Induction) -> HttpResponse:
    context = frame(request, induction) | _context(request, induction, "Lost records")
    decides = Permission.DECIDE_EXEMPTION in request.permissions and not context["exempt"]
    context["decides"] = decides and responsibility(request.viewer, induction, on=request.viewer.on)
    return TemplateResponse(request, "assessments/exemption.html", context)


@page(needs=Permission.DECIDE_EXEMPTION, find=access.responsible_case, methods="GET POST")
def search_trail(request: HttpRequest, induction: Induction) -> HttpResponse:
    done = "Search recorded."
    return _step(request, induction, SearchForm, actions.search_trail, "Record a search", done)


@page(needs=Permission.DECIDE_EXEMPTION, find=access.responsible_case, methods="GET POST")
def exempt(request: HttpRequest, induction: Induction) -> HttpResponse:
    done = "The ECT is exempt. The ECT and the school have been told."
    return _step(request, induction, ExemptForm, actions.exempt, "Decide on an exemption", done)


def _step(
    request: HttpRequest, induction: Induction, kind: type[PortalForm], act: Any, title: str, done: str
) -> HttpResponse:
    viewer = request.viewer
    form = kind(request.POST or None, draft=draft_of(request), acting=viewer, autosave=request.path)
    if form.is_valid() and form.apply(act, by=viewer, on=viewer.on, induction=induction):
        messages.success(request, done)
        return redirect("assessments:exemption", induction.pk)
    context = frame(request, induction) | _context(request, induction, title) | {"form": form}
    return TemplateResponse(request, "assessments/exemption_step.html", context)


def _context(request: HttpRequest, induction: Induction, title: str) -> dict[str, Any]:
    trail, decided = sections_of(induction, request.viewer)
    return {"title": title, "trail": trail, "decided": decided, "exempt": bool(decided.rows)}
