"""Pages of registrations: a school sends, changes and withdraws them; the body that it named reads them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of, keep
from induction_portal.pages import page

from .. import registration_access as access
from ..actions import registering
from ..forms import RegistrationFilter, RegistrationForm, WithdrawalForm
from ..models import Registration
from ..national.access import filled_in
from ..registration_pages import check_page, list_page, registration_page, three_ways
from ..registrations import choices_for, typed_from
from ..rules.eligibility import Report

SEND, GO_BACK = "send", "go_back"


@page(needs=Permission.READ_REGISTRATION)
def registrations(request: HttpRequest) -> HttpResponse:
    form = RegistrationFilter(request.GET or None)
    context = list_page(request.viewer, form, after=request.GET.get("after", ""))
    return TemplateResponse(request, "cases/registrations/list.html", context)


@page(needs=Permission.REGISTER_ECT, methods="GET POST")
def new_registration(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer
    known = filled_in(viewer, request.GET.get("claim", ""))
    form = _form(request, initial={"qts_checked_by": viewer.user.name} | known)
    title = "Register an early career teacher"
    if report := _considered(request, form):
        if SEND not in request.POST:
            return _check(request, form, report)
        options = {"by": viewer, "on": viewer.on, "school": viewer.organisation}
        if registration := form.send(registering.send, **options):
            messages.success(request, f"Registration sent to {registration.body.name}.")
            return redirect("cases:registration", registration.pk)
    return TemplateResponse(request, "cases/registrations/form.html", _around(form, title))


@page(needs=Permission.READ_REGISTRATION, find=access.registration)
def registration(request: HttpRequest, registration: Registration) -> HttpResponse:
    return TemplateResponse(request, "cases/registrations/registration.html", registration_page(request, registration))


@page(needs=Permission.REGISTER_ECT, find=access.registration, methods="GET POST")
def change_registration(request: HttpRequest, registration: Registration) -> HttpResponse:
    if request.method == "GET" and not registration.is_open:
        return _decided(request, registration)
    viewer = request.viewer
    form = _form(request, registration, initial=typed_from(registration), version=registration.version)
    try:
        if report := _considered(request, form):
            if SEND not in request.POST:
                return _check(request, form, report)
            options = {"by": viewer, "on": viewer.on, "registration": registration, "version": form.version}
            if form.send(registering.change, **options):
                messages.success(request, f"Registration sent to {registration.body.name} again.")
                return redirect("cases:registration", registration.pk)
    except registering.Overtaken as overtaken:
        context = three_ways(form, overtaken.registration)
        return TemplateResponse(request, "cases/registrations/conflict.html", context, status=409)
    context = _around(form, "Change the registration", registration)
    return TemplateResponse(request, "cases/registrations/form.html", context)


@page(needs=Permission.REGISTER_ECT, find=access.registration, methods="GET POST")
def withdrawal(request: HttpRequest, registration: Registration) -> HttpResponse:
    if request.method == "GET" and not registration.is_open:
        return _decided(request, registration)
    form = WithdrawalForm(request.POST or None, acting=request.viewer, version=registration.version)
    if form.is_valid():
        viewer = request.viewer
        try:
            registering.withdraw(by=viewer, on=viewer.on, registration=registration, version=form.version or 0)
        except registering.Overtaken as overtaken:
            return _moved_on(request, overtaken.registration)
        messages.success(request, f"Registration withdrawn. {registration.body.name} has been told.")
        return redirect("cases:registration", registration.pk)
    context = _around(form, f"Withdraw the registration of {registration.name}", registration)
    return TemplateResponse(request, "cases/registrations/withdrawal.html", context)


def _form(request: HttpRequest, registration: Registration | None = None, **options: Any) -> RegistrationForm:
    """The form with what was sent, or as it was before its answers were checked, or with the draft."""
    going_back = GO_BACK in request.POST
    return RegistrationForm(
        None if going_back else request.POST or None,
        draft=request.POST if going_back else draft_of(request),
        acting=request.viewer,
        autosave=request.path,
        choices=choices_for(request.viewer, body=registration.body if registration else None),
        **options,
    )


def _considered(request: HttpRequest, form: RegistrationForm) -> Report | None:
    """What was reported, if it is complete and nothing stops it; otherwise its errors are in the form."""
    if not form.is_valid():
        return None
    viewer, report = request.viewer, form.report()
    form.blame_all(registering.what_stops(report, school=viewer.organisation, on=viewer.on))
    return None if form.problems else report


def _check(request: HttpRequest, form: RegistrationForm, report: Report) -> HttpResponse:
    """What is about to be sent, to read once more. It is kept as a draft until it is."""
    keep(request, author=request.user)
    return TemplateResponse(request, "cases/registrations/check.html", check_page(form, report))


def _decided(request: HttpRequest, registration: Registration) -> HttpResponse:
    messages.warning(request, "This registration has been decided or withdrawn, so it cannot be changed.")
    return redirect("cases:registration", registration.pk)


def _moved_on(request: HttpRequest, registration: Registration) -> HttpResponse:
    """Nothing was done: what there was to be read has changed, and is shown as it is now."""
    messages.warning(request, "This registration has changed since you opened it. Nothing was withdrawn.")
    context = registration_page(request, registration)
    return TemplateResponse(request, "cases/registrations/registration.html", context, status=409)


def _around(form: Any, title: str, registration: Registration | None = None) -> dict[str, Any]:
    back = reverse("cases:registration", args=[registration.pk]) if registration else reverse("cases:registrations")
    nobody = form.without_choice if isinstance(form, RegistrationForm) else []
    return {"form": form, "title": title, "registration": registration, "back": back, "nobody": nobody}
