"""Pages of an appropriate body: its statutory board, what each day asks of it, whom to chase, and the asking."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import access, actions
from .. import board as boards
from ..chase import chase_file, chase_filter, chase_page
from ..chasing.access import chase as find_chase
from ..chasing.pages import ask_context, chase_context
from ..forms.chases import ChaseForm
from ..models import Chase, Induction
from ..workload import workload_context

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


@page(needs=Permission.CHASE, find=access.responsible_case, methods="GET POST")
def send_chase(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    form = ChaseForm(request.POST or None, draft=draft_of(request), acting=viewer)
    if form.is_valid() and form.apply(actions.send_chase, by=viewer, on=viewer.on, induction=induction):
        messages.success(request, f"The school has been asked for what is overdue of {induction.teacher.name}.")
        return redirect("cases:chase")
    context = ask_context(request, induction) | {"form": form}
    return TemplateResponse(request, "cases/chasing/ask.html", context)


@page(needs=Permission.READ_CHASE, find=find_chase)
def chase_sent(request: HttpRequest, chase: Chase) -> HttpResponse:
    return TemplateResponse(request, "cases/chasing/asked.html", chase_context(request, chase))


@page(needs=Permission.READ_BOARD)
def workload(request: HttpRequest) -> HttpResponse:
    crumbs = [HOME, {"text": "Board", "href": reverse("cases:board")}]
    context = {"title": "Work by day", "breadcrumbs": crumbs} | workload_context(request.viewer, request.GET)
    return TemplateResponse(request, "cases/workload.html", context)
