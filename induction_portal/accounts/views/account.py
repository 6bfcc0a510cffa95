"""Your account: who you are here, and the address by which an ECT keeps their record."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from ...pages import page
from .. import actions
from ..finding import personal_email_of
from ..forms import PersonalEmailForm
from ..permissions import Permission
from ..throttle import held_back
from ..work import draft_of


@page(needs=Permission.USE_PORTAL)
def account(request: HttpRequest) -> HttpResponse:
    """Name, addresses, and what can be done about them."""
    may_give = request.viewer.may(Permission.GIVE_PERSONAL_EMAIL)
    given = personal_email_of(request.user) if may_give else None
    context = {"title": "Your account", "given": given, "may_give": may_give}
    return TemplateResponse(request, "accounts/account.html", context)


@page(needs=Permission.GIVE_PERSONAL_EMAIL, methods="GET POST")
def personal_email(request: HttpRequest) -> HttpResponse:
    """Give a personal address; a link goes there."""
    viewer = request.viewer
    form = PersonalEmailForm(request.POST or None, draft=draft_of(request), acting=viewer)
    if form.is_valid():
        if wait := held_back(request, "send_link"):
            return wait
        if form.apply(actions.give_personal_email, by=viewer, on=viewer.on):
            messages.success(request, "A link is on its way to your personal address. Open it to confirm the address.")
            return redirect("accounts:account")
    context = {"form": form, "title": "Your personal email address", "back": reverse("accounts:account")}
    return TemplateResponse(request, "accounts/personal_email.html", context)
