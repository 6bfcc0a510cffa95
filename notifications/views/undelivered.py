"""Mail that did not arrive, for the administrators of an organisation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import actions
from ..forms import SettleMailForm
from ..models import Undelivered
from ..undelivered import is_ours, one_page
from ..undelivered import problem as find_problem


@page(needs=Permission.MANAGE_PEOPLE)
def undelivered(request: HttpRequest) -> HttpResponse:
    """Everybody whom mail does not reach, the statutory first."""
    rows, more = one_page(request.viewer)
    context = {"title": "Mail that did not arrive", "rows": rows, "more": more}
    return TemplateResponse(request, "notifications/undelivered.html", context)


@page(needs=Permission.MANAGE_PEOPLE, find=find_problem, methods="GET POST")
def settle(request: HttpRequest, problem: Undelivered) -> HttpResponse:
    """Whom it is, why, what to do; and what was done."""
    viewer = request.viewer
    if problem.settled and request.method != "POST":
        messages.info(request, "Somebody has seen to this already")
        return redirect("notifications:undelivered")
    form = SettleMailForm(request.POST or None, draft=draft_of(request), acting=viewer)
    if form.is_valid() and form.apply(actions.settle_undelivered, by=viewer, on=viewer.on, undelivered_id=problem.pk):
        messages.success(request, f"Recorded for {problem.name}")
        return redirect("notifications:undelivered")
    context = {
        "title": f"Mail to {problem.name} did not arrive",
        "problem": problem,
        "is_ours": is_ours(viewer, problem),
        "form": form,
        "back": reverse("notifications:undelivered"),
    }
    return TemplateResponse(request, "notifications/settle.html", context)
