"""Holding back whoever tries too often; the rates stand in the settings, beside those of signing in."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def held_back(request: HttpRequest, action: str) -> HttpResponse | None:
    """The page that asks for patience when this visitor, or this person, has done this too often; else None."""
    user = request.user if request.user.is_authenticated else None
    if ratelimit.consume(request, app="allauth.account", action=action, user=user, limit_get=True):
        return None
    return TemplateResponse(request, "429.html", {"title": "Too many tries"}, status=429)
