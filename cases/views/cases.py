"""Pages of cases."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from induction_portal.accounts.permissions import Permission
from induction_portal.pages import page

from .. import access
from ..accessing import history_of, register_of
from ..casepage import case_context
from ..frame import frame
from ..home import home_context
from ..lists import case_filter, one_page
from ..models import Induction


@page(needs=Permission.USE_PORTAL)
def home(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "cases/home.html", home_context(request.viewer, request.GET))


@page(needs=Permission.READ_CASE)
def cases(request: HttpRequest) -> HttpResponse:
    form = case_filter(request.viewer, request.GET)
    found = one_page(request.viewer, form, after=request.GET.get("after", ""))
    context = {"title": "All ECTs", "form": form} | found
    return TemplateResponse(request, "cases/list.html", context)


@page(needs=Permission.READ_CASE, find=access.case)
def case(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "cases/case.html", case_context(request, induction))


@page(needs=Permission.READ_ACCESS_REGISTER, find=access.case)
def access_register(request: HttpRequest, induction: Induction) -> HttpResponse:
    context = frame(request, induction) | register_of(request.viewer, induction)
    return TemplateResponse(request, "cases/access.html", context | {"title": "Who can see this record"})


@page(needs=Permission.READ_ACCESS_REGISTER, find=access.case)
def history(request: HttpRequest, induction: Induction) -> HttpResponse:
    context = frame(request, induction) | history_of(request, induction)
    return TemplateResponse(request, "cases/history.html", context | {"title": "History"})
