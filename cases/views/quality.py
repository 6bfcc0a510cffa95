"""Pages on which an appropriate body plans its quality assurance: questions, rounds, samples, and visits to come."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import actions
from ..forms.quality import DrawForm, PlanQualityVisitForm, PlanRoundForm, QualityQuestionForm, WordQuestionForm
from ..models import QualityRound
from ..quality import access
from ..quality.pages import (
    crumbs,
    overview,
    questions_context,
    round_context,
    round_crumbs,
    schools_to_visit,
)
from ..quality.questions import questions_of
from ..windowpage import terms_ahead

FORM = "layouts/form.html"


@page(needs=Permission.DO_QUALITY)
def quality(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "cases/quality/overview.html", overview(request.viewer))


@page(needs=Permission.DO_QUALITY, methods="GET POST")
def plan_round(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer
    asked = questions_of(viewer.organisation, viewer.on)
    form = PlanRoundForm(
        request.POST or None,
        terms=terms_ahead(viewer.on),
        questions=asked,
        initial={"questions": [each.code for each in asked]},
        **_kept(request),
    )
    if form.is_valid() and (planned := form.apply(actions.plan_round, by=viewer, on=viewer.on)):
        messages.success(request, "Round planned. Now draw whom you look at.")
        return redirect("cases:quality_round", planned.pk)
    return TemplateResponse(request, FORM, {"form": form, "title": "Plan a round", "breadcrumbs": crumbs()})


@page(needs=Permission.DO_QUALITY, find=access.round_)
def quality_round(request: HttpRequest, row: QualityRound) -> HttpResponse:
    return TemplateResponse(request, "cases/quality/round.html", round_context(request.viewer, row))


@page(needs=Permission.DO_QUALITY, find=access.round_, methods="GET POST")
def draw_sample(request: HttpRequest, row: QualityRound) -> HttpResponse:
    viewer = request.viewer
    form = DrawForm(request.POST or None, **_kept(request))
    if form.is_valid() and form.apply(actions.draw_sample, by=viewer, on=viewer.on, round_=row):
        messages.success(request, "Sample drawn. Each reason stands beside it.")
        return redirect("cases:quality_round", row.pk)
    context = {"form": form, "title": "Draw a sample", "breadcrumbs": round_crumbs(row)}
    context["lead"] = "You can draw more than once in a round: nobody is drawn twice."
    return TemplateResponse(request, FORM, context)


@page(needs=Permission.DO_QUALITY, find=access.round_, methods="GET POST")
def plan_quality_visit(request: HttpRequest, row: QualityRound) -> HttpResponse:
    viewer = request.viewer
    form = PlanQualityVisitForm(
        request.POST or None,
        schools=schools_to_visit(row),
        initial={"officer": str(viewer.user.pk), "school": request.GET.get("school", "")},
        **_kept(request),
    )
    if form.is_valid():
        told = {"by": viewer, "on": viewer.on, "round_": row, "arranged": form.arranged}
        if visit := form.apply(lambda school, **_: actions.plan_quality_visit(school=school, **told)):
            messages.success(request, "Visit planned. The portal does not tell the school: arrange it with them.")
            return redirect("cases:quality_visit", visit.pk)
    context = {"form": form, "title": "Plan a quality assurance visit", "breadcrumbs": round_crumbs(row)}
    return TemplateResponse(request, FORM, context)


@page(needs=Permission.DO_QUALITY)
def quality_questions(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "cases/quality/questions.html", questions_context(request.viewer))


@page(needs=Permission.DO_QUALITY, methods="GET POST")
def new_quality_question(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer
    form = QualityQuestionForm(request.POST or None, initial={"starts_on": viewer.on}, **_kept(request))
    if form.is_valid() and form.apply(actions.word_question, by=viewer, on=viewer.on, code=""):
        messages.success(request, "Question added. New rounds can ask it.")
        return redirect("cases:quality_questions")
    return TemplateResponse(request, FORM, {"form": form, "title": "Add a question", "breadcrumbs": _below_questions()})


@page(needs=Permission.DO_QUALITY, find=access.question, methods="GET POST")
def word_question(request: HttpRequest, asked: access.Asked) -> HttpResponse:
    viewer, now = request.viewer, asked.question
    initial = {"text": now.text, "asked_of": now.asked_of.value, "starts_on": viewer.on, "is_asked": "yes"}
    form = WordQuestionForm(request.POST or None, initial=initial, **_kept(request))
    if form.is_valid() and form.apply(actions.word_question, by=viewer, on=viewer.on, code=asked.code):
        messages.success(request, "Question saved. Rounds that were planned before keep their wording.")
        return redirect("cases:quality_questions")
    context = {"form": form, "title": "Change a question", "breadcrumbs": _below_questions()}
    return TemplateResponse(request, FORM, context)


def _below_questions() -> list[dict[str, str]]:
    return crumbs(("Questions", reverse("cases:quality_questions")))


def _kept(request: HttpRequest) -> dict[str, Any]:
    """What every form here is given."""
    return {"draft": draft_of(request), "acting": request.viewer, "autosave": request.path}
