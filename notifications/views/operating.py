"""The operator's page of messages that were not sent."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.template.response import TemplateResponse

from cases.rules.errors import RuleBroken
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import sign_acting_as
from induction_portal.pages import page

from .. import operating
from ..forms import WhichMessage, WhichPage


@page(needs=Permission.READ_INSTALLATION)
def outbox(request: HttpRequest) -> HttpResponse:
    asked = WhichPage(request.GET)
    if not asked.is_valid():
        raise Http404("No such page of messages")
    shown, last = operating.troubled(before=asked.cleaned_data["before"])
    crumbs = [{"text": "Home", "href": "/"}, {"text": "Operations", "href": resolve_url("operations:operations")}]
    context = {"title": "Messages that were not sent", "shown": shown, "breadcrumbs": crumbs}
    context |= {"older": f"?before={last}" if last else None, "acting_as": sign_acting_as(request.viewer)}
    return TemplateResponse(request, "notifications/outbox.html", context)


@page(needs=Permission.OPERATE, methods="POST")
def send_again(request: HttpRequest) -> HttpResponse:
    return _done(request, operating.requeue, "The message goes out again.")


@page(needs=Permission.OPERATE, methods="POST")
def set_aside(request: HttpRequest) -> HttpResponse:
    return _done(request, operating.park, "The message is set aside and tried no more.")


def _done(request: HttpRequest, act: Callable[..., None], says: str) -> HttpResponse:
    asked = WhichMessage(request.POST)
    if not asked.is_valid():
        raise Http404("No such message")
    try:
        act(by=request.viewer, on=request.viewer.on, message_id=asked.cleaned_data["message"])
    except RuleBroken as broken:
        messages.warning(request, f"{broken.message}.")
    else:
        messages.success(request, says)
    return redirect("notifications:outbox")
