"""Pages of requests for a release between appropriate bodies: sent by one, answered by the other."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import actions
from ..actions.release_requests import Sought
from ..forms.releases import AddressReleaseForm, AskReleaseForm, RefuseReleaseForm, WithdrawRequestForm
from ..models import Registration, ReleaseRequest
from ..moving import access
from ..moving.pages import request_context, requests_context
from ..registration_access import visible_registrations
from .releases import FORM, release_page

GONE = "This request does not wait for an answer any more."


@page(needs=Permission.RELEASE_ECT)
def release_requests(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "cases/moving/requests.html", requests_context(request.viewer))


@page(needs=Permission.RELEASE_ECT, methods="GET POST")
def ask_release(request: HttpRequest) -> HttpResponse:
    viewer, registration = request.viewer, _registration(request)
    known = {name: getattr(registration, name) for name in ("trn", "date_of_birth", "name")} if registration else {}
    if registration:
        known["reason"] = f"{registration.school.name} has registered this ECT with us."
    form = AskReleaseForm(
        request.POST or None, draft=draft_of(request), acting=viewer, autosave=request.path, initial=known
    )
    told = {"by": viewer, "on": viewer.on, "registration": registration}
    if form.is_valid() and (sent := form.apply(lambda **typed: actions.ask_release(sought=Sought(**typed), **told))):
        messages.success(request, "Request sent. If an appropriate body here has this ECT, it has been asked.")
        return redirect("cases:release_request", sent.pk)
    context = {"form": form, "title": "Ask for the release of an ECT", "back": reverse("cases:release_requests")}
    return TemplateResponse(request, "cases/moving/ask.html", context)


def _registration(request: HttpRequest) -> Registration | None:
    """A registration with the viewer's own body, from which the request starts."""
    try:
        key = UUID(request.GET.get("registration", ""))
    except ValueError:
        return None
    return visible_registrations(request.viewer).filter(pk=key).first()


@page(needs=Permission.RELEASE_ECT, find=access.request)
def release_request(request: HttpRequest, row: ReleaseRequest) -> HttpResponse:
    viewer = request.viewer
    buttons = {"withdraw": WithdrawRequestForm(acting=viewer), "address": AddressReleaseForm(acting=viewer)}
    return TemplateResponse(request, "cases/moving/request.html", request_context(viewer, row) | buttons)


@page(needs=Permission.RELEASE_ECT, find=access.answerable, methods="GET POST")
def answer_request(request: HttpRequest, row: ReleaseRequest) -> HttpResponse:
    if request.method == "GET" and not row.is_open:
        return _answered(request, row)
    return release_page(request, row.induction, row)


@page(needs=Permission.RELEASE_ECT, find=access.received_request, methods="POST")
def address_release(request: HttpRequest, row: ReleaseRequest) -> HttpResponse:
    form = AddressReleaseForm(request.POST, acting=request.viewer)
    return _taken(request, row, form, actions.address_release, "Released to this body, which can now take the ECT on.")


@page(needs=Permission.RELEASE_ECT, find=access.sent_request, methods="POST")
def withdraw_request(request: HttpRequest, row: ReleaseRequest) -> HttpResponse:
    form = WithdrawRequestForm(request.POST, acting=request.viewer)
    return _taken(request, row, form, actions.withdraw_request, "Request withdrawn.")


def _taken(request: HttpRequest, row: ReleaseRequest, form: Any, action: Any, done: str) -> HttpResponse:
    """A form that is a button alone: done, or the page of the request with what stands against it."""
    viewer = request.viewer
    if form.is_valid() and form.apply(action, by=viewer, on=viewer.on, request=row):
        messages.success(request, done)
        return redirect("cases:release_request", row.pk)
    messages.warning(request, " ".join(form.non_field_errors()) or GONE)
    return redirect("cases:release_request", row.pk)


@page(needs=Permission.RELEASE_ECT, find=access.received_request, methods="GET POST")
def refuse_request(request: HttpRequest, row: ReleaseRequest) -> HttpResponse:
    viewer = request.viewer
    if request.method == "GET" and not row.is_open:
        return _answered(request, row)
    form = RefuseReleaseForm(request.POST or None, draft=draft_of(request), acting=viewer, autosave=request.path)
    if form.is_valid() and form.apply(actions.refuse_release, by=viewer, on=viewer.on, request=row):
        messages.success(request, "Request refused. The body that asked has been told.")
        return redirect("cases:release_request", row.pk)
    context = {"form": form, "title": "Refuse a request for a release", "name": access.name_for(viewer, row)}
    context["cancel"] = reverse("cases:release_request", args=[row.pk])
    return TemplateResponse(request, FORM, context)


def _answered(request: HttpRequest, row: ReleaseRequest) -> HttpResponse:
    messages.warning(request, GONE)
    return redirect("cases:release_request", row.pk)
