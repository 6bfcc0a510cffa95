"""Pages on which a school asks colleagues for input, and reads it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases import access as cases_access
from cases.frame import frame, own_placement
from cases.models import Induction
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.throttle import held_back
from induction_portal.accounts.work import draft_of
from induction_portal.forms import PortalForm
from induction_portal.pages import page

from .. import actions, evidence_access
from .. import input_access as access
from ..forms import AskAgainForm, AskColleagueForm, InputReadForm, WithdrawInputForm
from ..input_pages import input_context, inputs_context
from ..models import InputRequest


@page(needs=Permission.READ_INPUT, find=cases_access.case)
def input_of_colleagues(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "assessments/inputs.html", inputs_context(request, induction))


@page(needs=Permission.ASK_FOR_INPUT, find=evidence_access.observing, methods="GET POST")
def ask_colleague(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    form = AskColleagueForm(request.POST or None, draft=draft_of(request), acting=viewer, autosave=request.path)
    options = {"by": viewer, "on": viewer.on, "placement": own_placement(induction, viewer)}
    if form.is_valid() and held_back(request, "send_link"):
        form.blame(None, "You have sent very many emails within an hour: wait a while, then send this again")
    elif form.is_valid() and (asked := form.apply(actions.ask_colleague, **options)):
        messages.success(request, f"{asked.name} has been asked. The email is on its way, and the ECT has been told.")
        return redirect("assessments:input_request", asked.pk)
    context = frame(request, induction) | {"form": form, "title": "Ask a colleague for input"}
    return TemplateResponse(request, "assessments/ask_colleague.html", context)


@page(needs=Permission.READ_INPUT, find=access.input_request)
def input_request(request: HttpRequest, asked: InputRequest) -> HttpResponse:
    return TemplateResponse(request, "assessments/input_request.html", input_context(request, asked))


@page(needs=Permission.ASK_FOR_INPUT, find=access.own_input, methods="POST")
def ask_again(request: HttpRequest, asked: InputRequest) -> HttpResponse:
    if wait := held_back(request, "send_link"):
        return wait
    return _done(request, asked, AskAgainForm, actions.ask_again, "The email is on its way, with a new link.")


@page(needs=Permission.ASK_FOR_INPUT, find=access.own_input, methods="POST")
def withdraw_request(request: HttpRequest, asked: InputRequest) -> HttpResponse:
    return _done(request, asked, WithdrawInputForm, actions.withdraw_request, "Withdrawn. The link does not work.")


@page(needs=Permission.ASK_FOR_INPUT, find=access.own_input, methods="POST")
def input_read(request: HttpRequest, asked: InputRequest) -> HttpResponse:
    return _done(request, asked, InputReadForm, actions.read_input, "Noted that you have read it.")


def _done(request: HttpRequest, asked: InputRequest, kind: type[PortalForm], act: Any, says: str) -> HttpResponse:
    """A button was pressed: do it and say so, or show why not above the page as it stands."""
    form = kind(request.POST, acting=request.viewer)
    if form.is_valid() and form.apply(act, by=request.viewer, on=request.viewer.on, asked=asked):
        messages.success(request, says)
        return redirect("assessments:input_request", asked.pk)
    asked.refresh_from_db()
    context = input_context(request, asked) | {"form": form}
    return TemplateResponse(request, "assessments/input_request.html", context)
