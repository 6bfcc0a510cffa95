"""When something fails: a database that cannot be reached is told as such, and what was typed comes back."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)

AWAY = (OperationalError, InterfaceError)
NEVER_ECHOED = "password"
TRY_AFTER = "30"  # seconds


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler for what nobody expected: 503 when the database is away, else 500. Asks the database nothing."""
    error = sys.exc_info()[1]
    if isinstance(error, AWAY):
        return away(request, error)
    return HttpResponse(render_to_string("500.html"), status=500)


def away(request: HttpRequest, error: Exception) -> HttpResponse:
    """The page for a database that is away.

    What a form sent stands on it in hidden inputs, passwords left out, with the token and the submission number it came
    with: one button sends it again, and it is still done only once.
    """
    logger.error("The database cannot be reached: %s", type(error).__name__)
    context = {"sent": _sent(request), "address": request.get_full_path()}
    return HttpResponse(render_to_string("503.html", context), status=503, headers={"Retry-After": TRY_AFTER})


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    """Every name and value of the form, in order."""
    return [(name, value) for name, values in request.POST.lists() for value in values if NEVER_ECHOED not in name]
