"""Pages on which a body answers a registration: three journeys, never one form."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import registration_access as access
from ..actions import confirming
from ..actions.registering import Overtaken
from ..confirming import needs_identity, own_record
from ..confirming_pages import confirm_page, moved_on, started_from
from ..forms.confirming import ConfirmRegistrationForm, RefuseRegistrationForm, ReturnRegistrationForm
from ..models import Registration

WAITS = Registration.State.SENT
FORM = "cases/registrations/answer.html"
DONE = {"Return": "returned", "Refuse": "refused"}


@page(needs=Permission.DECIDE_REGISTRATION, find=access.registration, methods="GET POST")
def confirm(request: HttpRequest, registration: Registration) -> HttpResponse:
    viewer = request.viewer
    if request.method == "GET" and registration.state != WAITS:
        return _answered(request, registration)
    unsure = needs_identity(registration)
    form = ConfirmRegistrationForm(
        request.POST or None,
        draft=draft_of(request),
        acting=viewer,
        autosave=request.path,
        version=registration.version,
        needs_identity=unsure,
        initial=started_from(viewer, registration),
    )
    own = own_record(viewer, registration) if unsure else None
    told = {"by": viewer, "on": viewer.on, "registration": registration, "version": form.version or 0}
    try:
        if form.is_valid() and form.send(confirming.confirm, **told):
            messages.success(request, "Registration confirmed. The school has been told, and the ECT is invited.")
            return redirect("cases:registration", registration.pk)
    except Overtaken as overtaken:
        return _overtaken(request, form, overtaken.registration)
    return TemplateResponse(request, FORM, confirm_page(form, registration, own))


@page(needs=Permission.DECIDE_REGISTRATION, find=access.registration, methods="GET POST")
def returning(request: HttpRequest, registration: Registration) -> HttpResponse:
    return _decline(request, registration, ReturnRegistrationForm, confirming.return_, "Return")


@page(needs=Permission.DECIDE_REGISTRATION, find=access.registration, methods="GET POST")
def refusal(request: HttpRequest, registration: Registration) -> HttpResponse:
    return _decline(request, registration, RefuseRegistrationForm, confirming.refuse, "Refuse")


def _decline(request: HttpRequest, registration: Registration, form_class: Any, action: Any, verb: str) -> HttpResponse:
    viewer = request.viewer
    if request.method == "GET" and registration.state != WAITS:
        return _answered(request, registration)
    form = form_class(
        request.POST or None,
        draft=draft_of(request),
        acting=viewer,
        autosave=request.path,
        version=registration.version,
    )
    told = {"by": viewer, "on": viewer.on, "registration": registration, "version": form.version or 0}
    try:
        if form.is_valid() and form.apply(action, **told):
            messages.success(request, f"Registration {DONE[verb]}. The school has been told.")
            return redirect("cases:registration", registration.pk)
    except Overtaken as overtaken:
        return _overtaken(request, form, overtaken.registration)
    back = reverse("cases:registration", args=[registration.pk])
    context = {"form": form, "title": f"{verb} the registration of {registration.name}", "back": back}
    return TemplateResponse(request, FORM, context)


def _overtaken(request: HttpRequest, form: Any, registration: Registration) -> HttpResponse:
    context = moved_on(form, registration)
    return TemplateResponse(request, "cases/registrations/moved_on.html", context, status=409)


def _answered(request: HttpRequest, registration: Registration) -> HttpResponse:
    messages.warning(request, "This registration does not wait for you any more. Read where it stands now.")
    return redirect("cases:registration", registration.pk)
