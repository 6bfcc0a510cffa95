"""Pages of an ECT's own concerns: raised, read by whom it is addressed to, answered, taken further."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases import access as case_access
from cases.frame import frame
from cases.models import Induction
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import access, actions
from ..forms import OwnAnswerForm, OwnConcernForm, OwnNextForm
from ..forms.own import BODY, CLOSE, SHARE, TRUST
from ..models import OwnConcern
from ..own_pages import concern_context, list_context, may_answer, open_steps

NEXT = {
    TRUST: actions.take_to_trust,
    BODY: actions.take_to_body,
    SHARE: actions.share_with_school,
    CLOSE: actions.close_own_concern,
}


@page(needs=Permission.READ_OWN_CONCERN, find=case_access.case)
def own_concerns(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "support_plans/own_concerns.html", list_context(request, induction))


@page(needs=Permission.RAISE_OWN_CONCERN, find=case_access.case, methods="GET POST")
def raise_own_concern(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    form = OwnConcernForm(request.POST or None, draft=draft_of(request), acting=viewer)
    if form.is_valid() and form.send(actions.raise_own_concern, by=viewer, on=viewer.on, induction=induction):
        messages.success(request, "Sent to whom you chose, and to nobody else.")
        return redirect("support_plans:own_concerns", induction.pk)
    context = frame(request, induction) | {"title": "Raise a concern of your own", "form": form}
    return TemplateResponse(request, "support_plans/own_form.html", context)


@page(needs=Permission.READ_OWN_CONCERN, find=access.own_concern)
def own_concern(request: HttpRequest, concern: OwnConcern) -> HttpResponse:
    in_case = Permission.READ_CASE in request.permissions
    template = "support_plans/own_concern.html" if in_case else "support_plans/own_concern_passed.html"
    return TemplateResponse(request, template, concern_context(request, concern))


@page(needs=Permission.ANSWER_OWN_CONCERN, find=access.own_concern, methods="GET POST")
def answer_own_concern(request: HttpRequest, concern: OwnConcern) -> HttpResponse:
    viewer = request.viewer
    if request.method == "GET" and not may_answer(viewer, concern, request.permissions):
        messages.warning(request, "This concern does not wait for your answer.")
        return redirect("support_plans:own_concern", concern.pk)
    form = OwnAnswerForm(request.POST or None, draft=draft_of(request), acting=viewer, version=concern.version)
    given = {"by": viewer, "on": viewer.on, "concern": concern, "version": form.version}
    if form.is_valid() and form.apply(actions.answer_own_concern, **given):
        messages.success(request, "Sent to the ECT.")
        return redirect("support_plans:own_concern", concern.pk)
    context = concern_context(request, concern) | {"form": form, "title": "Answer"}
    in_case = Permission.READ_CASE in request.permissions
    template = "support_plans/own_answer.html" if in_case else "support_plans/own_answer_passed.html"
    return TemplateResponse(request, template, context)


@page(needs=Permission.RAISE_OWN_CONCERN, find=access.own_concern, methods="GET POST")
def own_concern_next(request: HttpRequest, concern: OwnConcern) -> HttpResponse:
    viewer, steps = request.viewer, open_steps(request.viewer, concern)
    if request.method == "GET" and not steps:
        messages.warning(request, "This concern is closed.")
        return redirect("support_plans:own_concern", concern.pk)
    form = OwnNextForm(request.POST or None, acting=viewer, version=concern.version, steps=steps)
    given = {"by": viewer, "on": viewer.on, "concern": concern, "version": form.version}
    if form.is_valid() and form.send(NEXT, **given):
        messages.success(request, "Done.")
        return redirect("support_plans:own_concern", concern.pk)
    context = frame(request, concern.induction) | {"form": form, "title": "What next?", "concern": concern}
    return TemplateResponse(request, "support_plans/own_form.html", context)
