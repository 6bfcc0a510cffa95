"""One's own dates in one's own calendar: the page about the link, and the feed behind it."""

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from induction_portal.accounts.permissions import Permission
from induction_portal.pages import page, public
from induction_portal.throttle import within_limit

from .. import actions
from ..feed.answering import ONCE, ONCE_FOR, answer_to, feed_context
from ..forms.feeds import EndFeedForm, MakeFeedForm

READS_A_MINUTE = 120
GONE = "This calendar link does not work. Open Your calendar in the Induction Portal to make a new one.\n"
WAIT = "Too many readers from this address. Try again in a minute.\n"


@page(needs=Permission.USE_PORTAL)
def feed(request: HttpRequest) -> HttpResponse:
    response = TemplateResponse(request, "cases/feed.html", feed_context(request))
    if ONCE in request.COOKIES:
        response.delete_cookie(ONCE, path=request.path)
    return response


@page(needs=Permission.USE_PORTAL, methods="POST")
def make_feed(request: HttpRequest) -> HttpResponse:
    """The secret goes to the next page in a cookie of the visitor's own, so that the portal keeps it nowhere."""
    form, viewer = MakeFeedForm(request.POST, acting=request.viewer), request.viewer
    response = redirect("cases:feed")
    if form.is_valid() and (made := form.apply(actions.make_feed, by=viewer, on=viewer.on)):
        response.set_cookie(
            ONCE, made[1], max_age=ONCE_FOR, path=reverse("cases:feed"), httponly=True, samesite="Strict",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
        messages.success(request, "Your calendar link is ready. Copy it now: it is shown only once.")
    return response


@page(needs=Permission.USE_PORTAL, methods="POST")
def end_feed(request: HttpRequest) -> HttpResponse:
    form = EndFeedForm(request.POST, acting=request.viewer)
    if form.is_valid() and form.apply(actions.end_feed, by=request.viewer, on=request.viewer.on):
        messages.success(request, "The link has ended. Calendars that used it get nothing more.")
    for problem in form.problems:
        messages.warning(request, problem.message)
    return redirect("cases:feed")


@public
@require_safe
def feed_file(request: HttpRequest, token: str) -> HttpResponse:
    """The feed itself, for a programme that knows nobody's session: the secret in the address says whose it is."""
    response: HttpResponse
    if not within_limit(request, "calendar_feed", a_minute=READS_A_MINUTE):
        response = HttpResponse(WAIT, status=429, content_type="text/plain; charset=utf-8", headers={"Retry-After": 60})
    else:
        with transaction.atomic():
            response = _answered(request, token)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _answered(request: HttpRequest, token: str) -> HttpResponse:
    answer = answer_to(token)
    if answer is None:
        kept = {"Cache-Control": "private, no-store"}
        return HttpResponse(GONE, status=404, content_type="text/plain; charset=utf-8", headers=kept)
    modified = int(answer.changed_at.timestamp())
    response = HttpResponse(answer.content, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="induction.ics"'
    response.headers["ETag"], response.headers["Last-Modified"] = answer.etag, http_date(modified)
    response.headers["Cache-Control"] = "private, no-cache"  # kept by its reader, who asks each time whether it stands
    return get_conditional_response(request, etag=answer.etag, last_modified=modified, response=response)
