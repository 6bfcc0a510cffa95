"""Pages on which a school or body invites an ECT to their own record, sends the invitation again or withdraws it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from induction_portal.accounts.forms import ResendForm, WithdrawForm
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.throttle import held_back
from induction_portal.accounts.work import draft_of
from induction_portal.forms import PortalForm
from induction_portal.pages import page

from .. import actions, service_access
from ..forms.own_access import InviteEctForm
from ..frame import frame
from ..models import Induction
from ..own_access import own_access_of


@page(needs=Permission.INVITE_ECT, find=service_access.held_case, methods="GET POST")
def own_access(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    form = InviteEctForm(request.POST or None, draft=draft_of(request), acting=viewer)
    if form.is_valid():
        if wait := held_back(request, "send_link"):
            return wait
        if form.apply(actions.invite_ect_at, by=viewer, on=viewer.on, induction_id=induction.pk):
            messages.success(request, f"Invitation to {form.cleaned_data['email']} is on its way.")
            return redirect("cases:own_access", induction.pk)
    context = frame(request, induction) | {"title": "The ECT’s own access", "form": form}
    context |= {"access": own_access_of(induction, viewer.on)}
    context |= {"resend": ResendForm(acting=viewer), "withdraw": WithdrawForm(acting=viewer)}
    return TemplateResponse(request, "cases/service/own_access.html", context)


@page(needs=Permission.INVITE_ECT, find=service_access.held_case, methods="POST")
def resend_to_ect(request: HttpRequest, induction: Induction) -> HttpResponse:
    form = ResendForm(request.POST, acting=request.viewer)
    if wait := held_back(request, "send_link"):
        return wait
    return _done(request, induction, form, actions.resend_to_ect, "Invitation sent again. The earlier link is dead.")


@page(needs=Permission.INVITE_ECT, find=service_access.held_case, methods="POST")
def withdraw_from_ect(request: HttpRequest, induction: Induction) -> HttpResponse:
    form = WithdrawForm(request.POST, acting=request.viewer)
    return _done(request, induction, form, actions.withdraw_from_ect, "Invitation withdrawn. Its link is dead.")


def _done(
    request: HttpRequest, induction: Induction, form: PortalForm, action: Callable[..., Any], says: str
) -> HttpResponse:
    if form.is_valid() and form.apply(action, by=request.viewer, on=request.viewer.on, induction_id=induction.pk):
        messages.success(request, says)
    for problem in form.problems:
        messages.warning(request, problem.message)
    return redirect("cases:own_access", induction.pk)
