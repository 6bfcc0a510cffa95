"""Pages of an appropriate body: its statutory board, and whom to chase."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.pages import page

from .. import board as boards
from ..chase import chase_file, chase_filter, chase_page

HOME = {"text": "Home", "href": "/"}


@page(needs=Permission.READ_BOARD)
def board(request: HttpRequest) -> HttpResponse:
    context = {"title": "Board", "breadcrumbs": [HOME]} | boards.board(request.viewer, request.GET)
    return TemplateResponse(request, "cases/board.html", context)


@page(needs=Permission.READ_BOARD)
def chase(request: HttpRequest) -> HttpResponse:
    form = chase_filter(request.viewer, request.GET)
    crumbs = [HOME, {"text": "Board", "href": reverse("cases:board")}]
    context = {"title": "Not sent", "form": form, "breadcrumbs": crumbs}
    context |= chase_page(request.viewer, form, after=request.GET.get("after", ""))
    return TemplateResponse(request, "cases/chase.html", context)


@page(needs=Permission.READ_BOARD)
def chase_csv(request: HttpRequest) -> HttpResponse:
    form = chase_filter(request.viewer, request.GET)
    response = HttpResponse(chase_file(request.viewer, form), content_type="text/csv; charset=utf-8-sig")
    response["Content-Disposition"] = f'attachment; filename="not-sent-{request.viewer.on.isoformat()}.csv"'
    return response
