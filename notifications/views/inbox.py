"""The inbox."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.template.response import TemplateResponse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer, options, sign_acting_as
from induction_portal.pages import page

from .. import actions
from ..forms import WhichMessage, WhichPage
from ..inbox import messages_of, one_page
from ..models import Message
from ..undelivered import without_mail


@page(needs=Permission.USE_PORTAL)
def inbox(request: HttpRequest) -> HttpResponse:
    asked = WhichPage(request.GET)
    if not asked.is_valid():
        raise Http404("No such page of messages")
    before = asked.cleaned_data["before"]
    shown, last = one_page(request.viewer, before=before)
    context = {
        "title": "Messages",
        "shown": shown,
        "older": f"?before={last}" if last else None,
        "back": resolve_url("notifications:inbox") if before else None,
        "acting_as": sign_acting_as(request.viewer),
        "no_mail": bool(without_mail([request.user.pk])),
    }
    return TemplateResponse(request, "notifications/inbox.html", context)


@page(needs=Permission.USE_PORTAL, methods="POST")
def open_message(request: HttpRequest) -> HttpResponse:
    asked = WhichMessage(request.POST)
    if not asked.is_valid():
        raise Http404("No such message")
    message = get_object_or_404(messages_of(request.viewer), pk=asked.cleaned_data["message"])
    actions.mark_read(message)
    return redirect(_way_to(message, request.viewer))


@page(needs=Permission.USE_PORTAL, methods="POST")
def read_all(request: HttpRequest) -> HttpResponse:
    count = actions.mark_all_read(request.viewer)
    messages.success(request, f"{count} messages marked as read" if count != 1 else "1 message marked as read")
    return redirect("notifications:inbox")


def _way_to(message: Message, viewer: Viewer) -> str:
    """Straight to the subject; by way of choosing when it concerns another organisation of the viewer's."""
    others = {way.organisation.pk for way in options(viewer.user, on=viewer.on) if way.organisation}
    here = viewer.organisation.pk if viewer.organisation else None
    if message.organisation_id in others - {here}:
        return f"{resolve_url('accounts:choose')}?{urlencode({'next': message.url})}"
    return message.url
