"""Pages of a case's dates: why they are as they are, what a change would do, and what somebody records as done."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from induction_portal.accounts.permissions import Permission
from induction_portal.pages import page

from .. import access, actions
from ..by_hand import choices, to_record
from ..casepage import dates_context
from ..forms.by_hand import RecordDoneForm
from ..forms.what_if import WhatIfForm
from ..frame import frame
from ..models import Induction
from ..service_access import going_on
from ..telling import told_to
from ..whatif import compared, facts_now


@page(needs=Permission.READ_CASE, find=access.case)
def dates(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "cases/dates.html", dates_context(request, induction))


@page(needs=Permission.READ_CASE, find=going_on)
def what_if(request: HttpRequest, induction: Induction) -> HttpResponse:
    told = told_to(request.viewer, request.permissions, induction)
    form = WhatIfForm(request.GET, facts=facts_now(induction, on=request.viewer.on), told=told)
    context = frame(request, induction) | {"title": "What if", "form": form}
    if form.settled.is_valid():
        context["answers"] = compared(form.settled, told)
    return TemplateResponse(request, "cases/what_if.html", context)


@page(needs=Permission.RECORD_DONE, find=access.responsible_case, methods="GET POST")
def record_done(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    found = to_record(viewer, induction)
    hints = {key: row.why for key, row in zip(choices(found), found, strict=True)}
    form = RecordDoneForm(request.POST or None, acting=viewer, steps=choices(found), hints=hints)
    told = {"by": viewer, "on": viewer.on, "induction": induction}
    if form.is_valid() and form.apply(actions.record_done, **told):
        messages.success(request, "Recorded. The step is closed.")
        return redirect("cases:dates", induction.pk)
    context = frame(request, induction) | {"form": form, "title": "Record that a step was done", "found": found}
    return TemplateResponse(request, "cases/record_done.html", context)
