"""How a person wants to be mailed: on their page, or by the link in a mail, without signing in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cases.rules.errors import RuleBroken
from induction_portal import clock
from induction_portal.accounts.following import shut
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.throttle import held_back
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page, public

from .. import actions
from ..forms import EmailSettingsForm, UnsubscribeForm
from ..planning import chosen_by
from ..unsubscribing import read_link


@page(needs=Permission.USE_PORTAL, methods="GET POST")
def settings(request: HttpRequest) -> HttpResponse:
    """A pace for each topic."""
    viewer = request.viewer
    form = EmailSettingsForm(
        request.POST or None, initial=chosen_by(request.user), draft=draft_of(request), acting=viewer
    )
    if form.is_valid() and form.apply(actions.set_email_choices, by=viewer, on=viewer.on):
        messages.success(request, "Your email settings are saved")
        return redirect("notifications:inbox")
    context = {"form": form, "title": "Email settings", "back": reverse("notifications:inbox")}
    return TemplateResponse(request, "notifications/settings.html", context)


# The link is the proof: a mail program sends this form by itself, with neither session nor token (RFC 8058).
@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """A button, so that a mail scanner that opens the link turns nothing off."""
    if wait := held_back(request, "answer_link"):
        return wait
    asked = read_link(token)
    context = {"title": "Stop emails", "asked": asked, "form": UnsubscribeForm()}
    if asked is None:
        return _plain(request, context | {"title": "This link does not work"}, "unsubscribe_unknown", status=404)
    if request.method != "POST":
        return _plain(request, context, "unsubscribe")
    try:
        actions.unsubscribe(on=clock.today(), asked=asked)
    except RuleBroken:
        return _plain(request, context | {"title": "This link does not work"}, "unsubscribe_unknown", status=410)
    return _plain(request, context | {"title": "You will get no more of these emails"}, "unsubscribed")


def _plain(request: HttpRequest, context: dict[str, object], name: str, *, status: int = 200) -> HttpResponse:
    response = TemplateResponse(request, f"notifications/{name}.html", context, status=status)
    # Whoever follows a link from here does not take the signed address along.
    response.headers["Referrer-Policy"] = "no-referrer"
    return shut(response)
