"""The officer's decision page, and the three journeys from it: pass, extend, fail. And several passed together."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from cases.frame import frame
from cases.models import Induction
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import actions
from ..forms.deciding import ExtendForm, FailForm, PassForm, PassSeveralForm, RulingForm
from ..outcome.access import deciding_case
from ..outcome.to_decide import to_decide
from ..outcome.whole_case import clock_rows, refusal, report_of, seen_outlook, whole_case

TITLES = {PassForm: "Pass this ECT", ExtendForm: "Extend this induction", FailForm: "Fail this ECT"}
TEMPLATES = {
    PassForm: "assessments/outcome/pass.html",
    ExtendForm: "assessments/outcome/extend.html",
    FailForm: "assessments/outcome/fail.html",
}
MADE = "The decision is made. The ECT, the headteacher and the induction tutor have been told that there is one."
PROPOSED = "The decision is proposed. It is made when a second officer has approved it: your colleagues have been told."


@page(needs=Permission.DECIDE, find=deciding_case)
def deciding(request: HttpRequest, induction: Induction) -> HttpResponse:
    seen = seen_outlook(request.viewer, induction)
    context = whole_case(request, induction, seen)
    if context["report"]:
        actions.open_version(by=request.viewer, on=request.viewer.on, version=context["report"])
    return TemplateResponse(request, "assessments/outcome/deciding.html", context)


@page(needs=Permission.DECIDE, find=deciding_case, methods="GET POST")
def pass_case(request: HttpRequest, induction: Induction) -> HttpResponse:
    return _decide(request, induction, PassForm)


@page(needs=Permission.DECIDE, find=deciding_case, methods="GET POST")
def extend_case(request: HttpRequest, induction: Induction) -> HttpResponse:
    return _decide(request, induction, ExtendForm)


@page(needs=Permission.DECIDE, find=deciding_case, methods="GET POST")
def fail_case(request: HttpRequest, induction: Induction) -> HttpResponse:
    return _decide(request, induction, FailForm)


def _decide(request: HttpRequest, induction: Induction, kind: type[RulingForm]) -> HttpResponse:
    viewer = request.viewer
    seen = seen_outlook(viewer, induction)
    refused = refusal(seen, kind.outcome)
    if seen.assessment is None or (request.method == "GET" and refused):
        messages.warning(request, f"{refused}.")
        return redirect("assessments:deciding", induction.pk)
    options = {"acting": viewer, "version": seen.assessment.latest, "autosave": request.path, "outlook": seen}
    form = kind(request.POST or None, draft=draft_of(request), **options)
    given = {"by": viewer, "on": viewer.on, "assessment": seen.assessment, "version": form.version}
    context: dict[str, Any] = {"form": form, "title": TITLES[kind], "seen": seen, "clock": clock_rows(seen)}
    try:
        if form.is_valid() and (made := form.send(actions.decide, **given)):
            messages.success(request, MADE if made.is_made else PROPOSED)
            return redirect("assessments:decision", made.pk)
    except actions.DecisionConflict as conflict:
        form.blame(None, conflict.message)
        context["conflict"] = conflict.message
    context |= frame(request, induction) | {"report": report_of(seen)}
    return TemplateResponse(request, TEMPLATES[kind], context, status=409 if "conflict" in context else 200)


@page(needs=Permission.DECIDE, methods="GET POST")
def to_make(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer
    rows = to_decide(viewer)
    together = [row for row in rows if row.together]
    form = PassSeveralForm(request.POST or None, rows=together, draft=draft_of(request), acting=viewer)
    if form.is_valid() and (made := form.send(actions.pass_several, by=viewer, on=viewer.on)):
        done = "passed" if made[0].is_made else "proposed to pass: a second officer must approve each"
        messages.success(request, f"{len(made)} {'ECT' if len(made) == 1 else 'ECTs'} {done}.")
        return redirect("assessments:to_make")
    crumbs = [{"text": "Home", "href": reverse("home")}]
    context = {"form": form, "rows": rows, "together": together, "title": "Decisions to make", "breadcrumbs": crumbs}
    return TemplateResponse(request, "assessments/outcome/to_make.html", context)
