"""Pages of the ladder: where an ECT stands, moving them, and an appropriate body's part in it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from cases import access as case_access
from cases.frame import frame
from cases.models import Induction
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import access, actions
from ..escalated import board
from ..forms import LevelAgreementForm, LevelForm
from ..pages import agreeable, ladder_context, moves_of

NOTHING = "There is no move that you can make now: the page says why."


@page(needs=Permission.READ_LEVELS, find=case_access.case)
def ladder(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "support_plans/ladder.html", ladder_context(request, induction))


@page(needs=Permission.MOVE_LEVEL, find=access.supporting, methods="GET POST")
def move_level(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer, moves = request.viewer, moves_of(request.viewer, induction, request.roles)
    if request.method == "GET" and not moves.may:
        messages.warning(request, NOTHING)
        return redirect("support_plans:ladder", induction.pk)
    options = {"acting": viewer, "version": moves.state, "offers": moves.may, "begins": moves.begins}
    options |= {"answered": moves.answer is not None, "initial": moves.proposed}
    form = LevelForm(request.POST or None, draft=draft_of(request), **options)
    given = {"by": viewer, "on": viewer.on, "induction": induction, "state": form.version}
    if form.is_valid() and form.send(actions.move_level, **given):
        messages.success(request, "Saved. The ECT, the school and the appropriate body have been told.")
        return redirect("support_plans:ladder", induction.pk)
    context = frame(request, induction) | {"title": "Move between levels of support", "form": form, "moves": moves}
    return TemplateResponse(request, "support_plans/move.html", context)


@page(needs=Permission.AGREE_TO_LEVEL, find=case_access.responsible_case, methods="GET POST")
def agree_to_level(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    levels, state = agreeable(viewer, induction)
    form = LevelAgreementForm(request.POST or None, acting=viewer, version=state, levels=levels)
    given = {"by": viewer, "on": viewer.on, "induction": induction, "state": form.version}
    if form.is_valid() and form.apply(actions.agree_to_level, **given):
        messages.success(request, "Agreed. The school has been told, and makes the move.")
        return redirect("support_plans:ladder", induction.pk)
    context = frame(request, induction) | {"title": "Agree to a move", "form": form}
    return TemplateResponse(request, "support_plans/agree.html", context)


@page(needs=Permission.READ_BOARD)
def escalated(request: HttpRequest) -> HttpResponse:
    context = board(request.viewer, request.GET) | {"breadcrumbs": [{"text": "Home", "href": reverse("home")}]}
    return TemplateResponse(request, "support_plans/escalated.html", context)
