"""Pages of changes after registration: one small form each."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.forms import PortalForm
from induction_portal.pages import page

from .. import access, actions, service_access
from ..actions.appointments import Terms
from ..actions.service import check_step
from ..actions.versions import ChangedMeanwhile
from ..changing import effect_of_end, effect_of_pattern
from ..forms.changes import (
    AppointForm,
    ContractForm,
    EndAppointmentForm,
    IdentityForm,
    LeavingForm,
    PatternForm,
    RenameForm,
)
from ..frame import frame
from ..models import Appointment, Induction, Placement, WorkingPattern
from ..people import staff_for
from ..rules.errors import RuleBroken
from ..serving import recorded_now, service_context, weights_of

CONFLICT = (
    "Somebody else changed this since you opened the page. What is recorded now is shown above your answers: check it, "
    "and send again if your change is still right"
)


@page(needs=Permission.READ_CASE, find=access.case)
def service(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "cases/service/page.html", service_context(request, induction))


@page(needs=Permission.CHANGE_PROFILE, find=service_access.placement, methods="GET POST")
def change_pattern(request: HttpRequest, placement: Placement) -> HttpResponse:
    form = PatternForm(request.POST or None, draft=draft_of(request), acting=request.viewer, version=placement.version)
    action = partial(actions.set_pattern, placement=placement)
    if _checks_pattern(form, placement, None, request.viewer.on) and _done(request, form, action, form.typed):
        messages.success(request, "Working pattern changed. The ECT and the appropriate body have been told.")
        return redirect("cases:service", placement.induction_id)
    return _form_page(request, placement, form, "Change the working pattern")


@page(needs=Permission.CHANGE_PROFILE, find=service_access.pattern, methods="GET POST")
def correct_pattern(request: HttpRequest, pattern: WorkingPattern) -> HttpResponse:
    placement = pattern.placement
    known = {"starts_on": pattern.starts_on, "fte": format(pattern.fte.normalize(), "f")} | weights_of(pattern)
    options = {"acting": request.viewer, "version": placement.version, "initial": known}
    form = PatternForm(request.POST or None, draft=draft_of(request), **options)
    action = partial(actions.correct_pattern, pattern=pattern)
    if _checks_pattern(form, placement, pattern, request.viewer.on) and _done(request, form, action, form.typed):
        messages.success(request, "Working pattern corrected. The ECT is asked to agree it again.")
        return redirect("cases:service", placement.induction_id)
    return _form_page(request, placement, form, "Correct the working pattern")


@page(needs=Permission.CHANGE_PROFILE, find=service_access.placement, methods="GET POST")
def change_contract(request: HttpRequest, placement: Placement) -> HttpResponse:
    known = {"contract_ends_on": placement.contract_ends_on}
    options = {"acting": request.viewer, "version": placement.version, "initial": known}
    form = ContractForm(request.POST or None, draft=draft_of(request), **options)
    if form.is_valid() and _done(request, form, partial(actions.change_contract, placement=placement)):
        messages.success(request, "Contract changed. The ECT and the appropriate body have been told.")
        return redirect("cases:service", placement.induction_id)
    return _form_page(request, placement, form, "Change the contract’s end")


@page(needs=Permission.END_PLACEMENT, find=service_access.placement, methods="GET POST")
def end_placement(request: HttpRequest, placement: Placement) -> HttpResponse:
    form = LeavingForm(request.POST or None, draft=draft_of(request), acting=request.viewer, version=placement.version)
    if (
        form.is_valid()
        and _leaves_after_starting(form, placement)
        and form.confirmed(effect_of_end(placement, form.cleaned_data["last_day"]))
        and _done(request, form, partial(actions.end_placement, placement=placement))
    ):
        messages.success(request, "Placement ended. The ECT and the appropriate body have been told.")
        return redirect("cases:service", placement.induction_id)
    return _form_page(request, placement, form, "End the placement")


@page(needs=Permission.APPOINT, find=service_access.placement, methods="GET POST")
def appoint(request: HttpRequest, placement: Placement) -> HttpResponse:
    people = staff_for(placement.school_id)
    form = AppointForm(request.POST or None, draft=draft_of(request), acting=request.viewer, people=people)
    if form.is_valid() and _done(request, form, partial(actions.appoint, placement=placement), partial(_terms, form)):
        messages.success(request, "Appointed. The ECT, the appropriate body and the person appointed have been told.")
        return redirect("cases:service", placement.induction_id)
    return _form_page(request, placement, form, "Appoint a mentor or an induction tutor")


@page(needs=Permission.APPOINT, find=service_access.appointment, methods="GET POST")
def end_appointment(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    form = EndAppointmentForm(request.POST or None, draft=draft_of(request), acting=request.viewer)
    if form.is_valid() and _done(request, form, partial(actions.end_appointment, appointment=appointment)):
        messages.success(request, "Appointment ended.")
        return redirect("cases:service", appointment.induction_id)
    title = f"End the appointment of {appointment.user.name} as {appointment.get_kind_display().lower()}"
    return _form_page(request, appointment.placement, form, title)


@page(needs=Permission.CHANGE_PROFILE, find=service_access.held_case, methods="GET POST")
def rename(request: HttpRequest, induction: Induction) -> HttpResponse:
    teacher = induction.teacher
    options = {"acting": request.viewer, "version": teacher.version, "initial": {"name": teacher.name}}
    form = RenameForm(request.POST or None, draft=draft_of(request), **options)
    if form.is_valid() and _done(request, form, partial(actions.rename, induction=induction)):
        messages.success(request, "Name changed. Documents that were issued before keep the earlier name.")
        return redirect("cases:service", induction.pk)
    context = frame(request, induction) | {"form": form, "title": "Change the name"}
    return TemplateResponse(request, "cases/service/teacher_form.html", context)


@page(needs=Permission.CHANGE_PROFILE, find=service_access.body_case, methods="GET POST")
def correct_teacher(request: HttpRequest, induction: Induction) -> HttpResponse:
    teacher = induction.teacher
    known = {name: getattr(teacher, name) for name in IdentityForm.base_fields}
    options = {"acting": request.viewer, "version": teacher.version, "initial": known}
    form = IdentityForm(request.POST or None, draft=draft_of(request), **options)
    if form.is_valid() and _done(request, form, partial(actions.correct_teacher, induction=induction)):
        messages.success(request, "Details corrected. The ECT and the school have been told.")
        return redirect("cases:service", induction.pk)
    context = frame(request, induction) | {"form": form, "title": "Correct identity details"}
    return TemplateResponse(request, "cases/service/teacher_form.html", context)


def _done(
    request: HttpRequest, form: PortalForm, action: Callable[..., Any], typed: Callable[[], dict] | None = None
) -> bool:
    """Apply an action to a valid form; when somebody else was first, say so and let the form go on from there."""
    values = typed() if typed else form.cleaned_data
    by = {"by": request.viewer, "on": request.viewer.on} | ({} if form.version is None else {"version": form.version})
    try:
        return bool(form.apply(lambda **_typed: action(**values, **by)))
    except ChangedMeanwhile as changed:
        form.blame(None, CONFLICT)
        form.version = changed.version
        return False


def _checks_pattern(form: PatternForm, placement: Placement, correcting: WorkingPattern | None, on: date) -> bool:
    """Whether the effect of what was typed has been shown and confirmed; what is impossible has no effect to show."""
    if not form.is_valid():
        return False
    typed = form.typed()
    try:
        check_step(placement, correcting, on=on, **typed)
    except RuleBroken as broken:
        form.blame(broken.field, broken.message)
        return False
    return form.confirmed(effect_of_pattern(placement, **typed, correcting=correcting))


def _leaves_after_starting(form: LeavingForm, placement: Placement) -> bool:
    if form.cleaned_data["last_day"] >= placement.starts_on:
        return True
    form.blame("last_day", "The last day must be on or after the first")
    return False


def _terms(form: AppointForm) -> dict[str, Any]:
    told = dict(form.cleaned_data)
    person = {"kind": told.pop("kind"), "user": form.people[told.pop("user")], "starts_on": told.pop("starts_on")}
    return person | {"terms": Terms(**told)}


def _form_page(request: HttpRequest, placement: Placement, form: PortalForm, title: str) -> HttpResponse:
    context = frame(request, placement.induction) | {"form": form, "title": title, "placement": placement}
    context |= {"effect": getattr(form, "effect", None), "now": recorded_now(placement)}
    return TemplateResponse(request, "cases/service/form.html", context)
