"""Pages of absences: what is recorded, and recording, changing, ending and withdrawing it."""

from collections.abc import Callable
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

from .. import absence_access, access, actions
from ..absence_pages import absences_context
from ..absences import check_record, effect_of_record, effect_of_withdrawal, in_words
from ..actions.versions import ChangedMeanwhile
from ..forms.absences import AbsenceForm, AbsenceReturnForm, WithdrawAbsenceForm
from ..forms.changes import CheckedForm
from ..frame import frame, own_placement
from ..models import Absence, Induction, Placement
from ..rules.errors import RuleBroken

CONFLICT = (
    "Somebody else changed this absence since you opened the page. What is recorded now is shown above your answers: "
    "check it, and send again if your change is still right"
)


@page(needs=Permission.READ_ABSENCE, find=access.case)
def absences(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "cases/absences/page.html", absences_context(request, induction))


@page(needs=Permission.RECORD_ABSENCE, find=absence_access.recording, methods="GET POST")
def record_absence(request: HttpRequest, induction: Induction) -> HttpResponse:
    placement = own_placement(induction, request.viewer)
    form = AbsenceForm(request.POST or None, draft=draft_of(request), acting=request.viewer)
    action = partial(actions.record_absence, placement=placement)
    if form.is_valid() and _checked(form, placement, None, form.typed()) and _done(request, form, action, form.typed()):
        messages.success(request, "Absence recorded. The ECT is asked to agree it.")
        return redirect("cases:absences", induction.pk)
    return _form_page(request, induction, form, "Record an absence")


@page(needs=Permission.RECORD_ABSENCE, find=absence_access.own_absence, methods="GET POST")
def change_absence(request: HttpRequest, absence: Absence) -> HttpResponse:
    known = {"kind": absence.kind, "starts_on": absence.starts_on, "ends_on": absence.ends_on}
    known["fraction"] = None if absence.day_fraction == 1 else format(absence.day_fraction.normalize(), "f")
    form = AbsenceForm(request.POST or None, draft=draft_of(request), **_options(request, absence), initial=known)
    action = partial(actions.change_absence, absence=absence)
    valid = form.is_valid() and _checked(form, absence.placement, absence, form.typed())
    if valid and _done(request, form, action, form.typed()):
        messages.success(request, "Absence changed. The ECT is asked to agree it again.")
        return redirect("cases:absences", absence.induction_id)
    return _form_page(request, absence.induction, form, "Change an absence", absence)


@page(needs=Permission.RECORD_ABSENCE, find=absence_access.own_absence, methods="GET POST")
def record_return(request: HttpRequest, absence: Absence) -> HttpResponse:
    form = AbsenceReturnForm(request.POST or None, draft=draft_of(request), **_options(request, absence))
    action = partial(actions.change_absence, absence=absence)
    if form.is_valid():
        typed = _as_recorded(absence) | form.cleaned_data
        if _checked(form, absence.placement, absence, typed) and _done(request, form, action, typed):
            messages.success(request, "Return recorded. The ECT is asked to agree it.")
            return redirect("cases:absences", absence.induction_id)
    return _form_page(request, absence.induction, form, "Record the return", absence)


@page(needs=Permission.RECORD_ABSENCE, find=absence_access.own_absence, methods="GET POST")
def withdraw_absence(request: HttpRequest, absence: Absence) -> HttpResponse:
    form = WithdrawAbsenceForm(request.POST or None, **_options(request, absence))
    action = partial(actions.withdraw_absence, absence=absence)
    if form.is_valid() and _done(request, form, action, {}):
        messages.success(request, "Absence withdrawn. It counts for nothing now, and stays in the list to be seen.")
        return redirect("cases:absences", absence.induction_id)
    context = {} if absence.withdrawn_on else {"effect": effect_of_withdrawal(absence, on=request.viewer.on)}
    return _form_page(request, absence.induction, form, "Withdraw an absence", absence, **context)


def _options(request: HttpRequest, absence: Absence) -> dict[str, Any]:
    return {"acting": request.viewer, "version": absence.version}


def _as_recorded(absence: Absence) -> dict[str, Any]:
    return {"kind": absence.what, "starts_on": absence.starts_on, "fraction": absence.day_fraction}


def _checked(form: CheckedForm, placement: Placement, changing: Absence | None, typed: dict[str, Any]) -> bool:
    """Whether the effect of what was typed has been shown and confirmed; what cannot be has no effect to show."""
    told = {"on": form.acting.on, **typed}
    try:
        check_record(placement, changing, **told)
    except RuleBroken as broken:
        form.blame(broken.field, broken.message)
        return False
    return form.confirmed(effect_of_record(placement, changing, **told))


def _done(request: HttpRequest, form: PortalForm, action: Callable[..., Any], typed: dict[str, Any]) -> bool:
    """Apply an action to a valid form; when somebody else was first, say so and let the form go on from there."""
    by = {"by": request.viewer, "on": request.viewer.on} | ({} if form.version is None else {"version": form.version})
    try:
        return bool(form.apply(lambda **_cleaned: action(**typed, **by)))
    except ChangedMeanwhile as changed:
        form.blame(None, CONFLICT)
        form.version = changed.version
        return False


def _form_page(
    request: HttpRequest, induction: Induction, form: PortalForm, title: str, absence: Absence | None = None,
    **context: Any,
) -> HttpResponse:  # fmt: skip
    context = {"effect": getattr(form, "effect", None)} | context | {"form": form, "title": title}
    context["now"] = in_words(absence) if absence else ""
    return TemplateResponse(request, "cases/absences/form.html", frame(request, induction) | context)
