"""Pages on which the responsible body says what was served before, who looks after a case and which school leads."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from induction_portal.accounts.permissions import Permission
from induction_portal.pages import page

from .. import access, actions
from ..actions.prior import Balance
from ..forms.prior import EarlierPlacementForm, PriorServiceForm
from ..forms.responsible import LeadForm, OfficerForm
from ..frame import frame
from ..models import Induction
from ..people import check_responsible
from ..prior import balance_of, placements_on

FORM = "cases/case_form.html"


@page(needs=Permission.DECIDE_REGISTRATION, find=access.responsible_case, methods="GET POST")
def prior(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer, known = request.viewer, balance_of(induction)
    initial = {name: getattr(known, name) for name in Balance.__slots__} if known else {}
    version = known.version if known else 0
    form = PriorServiceForm(request.POST or None, acting=viewer, version=version, initial=initial)
    if form.is_valid():
        told = {"by": viewer, "on": viewer.on, "induction": induction, "version": form.version or None}
        if form.apply(lambda **typed: actions.confirm_prior_service(balance=Balance(**typed), **told)):
            messages.success(request, "Earlier service confirmed. The dates of this induction count it now.")
            return redirect("cases:case", induction.pk)
    context = frame(request, induction) | {"form": form, "title": "Earlier service"}
    context["lead"] = "Enter what this ECT had served before the first school that is known here."
    context["instead"] = known is None
    return TemplateResponse(request, "cases/prior_form.html", context)


@page(needs=Permission.DECIDE_REGISTRATION, find=access.responsible_case, methods="GET POST")
def earlier_school(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    form = EarlierPlacementForm(request.POST or None, acting=viewer)
    told = {"by": viewer, "on": viewer.on, "induction": induction, "days": {}}
    if form.is_valid() and form.apply(actions.add_earlier_placement, **told):
        messages.success(request, "Earlier school added. The dates of this induction count it now.")
        return redirect("cases:case", induction.pk)
    context = frame(request, induction) | {"form": form, "title": "Add an earlier school"}
    return TemplateResponse(request, FORM, context)


@page(needs=Permission.NAME_OFFICER, find=access.responsible_case, methods="GET POST")
def officer(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    period = check_responsible(viewer, induction, on=viewer.on)
    now = OfficerForm.chosen(period.officer, period.contact)
    form = OfficerForm(request.POST or None, acting=viewer, version=period.version, initial=now)
    told = {"by": viewer, "on": viewer.on, "induction": induction, "version": form.version}
    if form.is_valid() and form.apply(actions.change_officer, **told):
        messages.success(request, "Saved. This page shows who looks after the case now.")
        return redirect("cases:case", induction.pk)
    context = frame(request, induction) | {"form": form, "title": "Officer and named contact"}
    return TemplateResponse(request, FORM, context)


@page(needs=Permission.DECIDE_REGISTRATION, find=access.responsible_case, methods="GET POST")
def leading(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    placements = placements_on(induction, viewer.on)
    form = LeadForm(request.POST or None, acting=viewer, placements=placements)
    if form.is_valid() and form.apply(actions.lead, by=viewer, on=viewer.on):
        messages.success(request, "The lead school has been changed.")
        return redirect("cases:case", induction.pk)
    context = frame(request, induction) | {"form": form, "title": "Lead school"}
    context["lead"] = "Its headteacher records for all of them, and makes the recommendation at the end."
    return TemplateResponse(request, FORM, context)
