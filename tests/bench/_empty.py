"""The portal's addresses and one more: a signed-in page with nothing on it, the yardstick of the others."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from induction_portal.accounts.permissions import Permission
from induction_portal.pages import page
from induction_portal.urls import handler403
from induction_portal.urls import urlpatterns as portal

__all__ = ["handler403", "urlpatterns"]


@page(needs=Permission.USE_PORTAL)
def empty(request: HttpRequest) -> HttpResponse:
    """The header, a heading and the footer."""
    return TemplateResponse(request, "layouts/page.html", {"title": "Nothing"})


urlpatterns = [path("empty/", empty, name="empty"), *portal]
