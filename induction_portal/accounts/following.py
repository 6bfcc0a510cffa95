"""Following a link that was mailed.

The address with the secret only puts the secret's digest in the session and leads on: no page, form, sign-in or
`Referer` carries it, and a mail scanner that opens it answers nothing.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from ..pages import public
from .models.invitations import digest
from .throttle import held_back


def shut(response: HttpResponse) -> HttpResponse:
    """Kept by no cache, told to no other site."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def opener(key: str, onward: str) -> Any:
    """The view of the address with the secret: its digest goes in the session under `key`, the visitor to `onward`."""

    @public
    @require_http_methods(["GET", "HEAD"])
    def open_link(request: HttpRequest, token: str) -> HttpResponse:
        if wait := held_back(request, "open_link"):
            return wait
        request.session[key] = digest(token)
        response = shut(redirect(onward))
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return open_link
