"""The page of whoever operates the installation."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from .. import clock
from ..accounts.permissions import Permission
from ..pages import page
from .figures import sections


@page(needs=Permission.READ_INSTALLATION)
def operations(request: HttpRequest) -> HttpResponse:
    found = sections(clock.now())
    looks = sum(figure.look for figures in found.values() for figure in figures)
    context = {"title": "Operations", "sections": found, "looks": looks}
    context["breadcrumbs"] = [{"text": "Home", "href": "/"}]
    return TemplateResponse(request, "operations/page.html", context)
