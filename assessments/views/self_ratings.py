"""Pages of the ECT's self-rating before a progress review."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases import access as cases_access
from cases.deadlines import next_review
from cases.frame import current_placement, frame
from cases.models import Induction
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import actions
from .. import evidence_access as access
from ..forms import SelfRatingForm
from ..models import SelfRating


@page(needs=Permission.RATE_THEMSELF, find=cases_access.case, methods="GET POST")
def rate_yourself(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer, placement = request.viewer, current_placement(induction, request.viewer)
    due = next_review(induction, since=placement.starts_on) if placement else None
    shared = access.shared_rating(induction, due.number) if due else None
    context = frame(request, induction) | {"due": due, "shared": shared, "title": "Rate yourself before a review"}
    if request.method == "GET" and (due is None or shared):
        return TemplateResponse(request, "assessments/no_self_rating.html", context)
    form = SelfRatingForm(request.POST or None, draft=draft_of(request), acting=viewer, autosave=request.path)
    if form.is_valid():
        rating = form.send(actions.share_self_rating, by=viewer, on=viewer.on, induction=induction)
        if rating:
            messages.success(request, "Self-rating shared. Your induction tutor has been told.")
            return redirect("assessments:self_rating", rating.pk)
    return TemplateResponse(request, "assessments/self_rating_form.html", context | {"form": form})


@page(needs=Permission.READ_SELF_RATING, find=access.self_rating)
def self_rating(request: HttpRequest, rating: SelfRating) -> HttpResponse:
    context = frame(request, rating.induction) | {"rating": rating, "title": str(rating)}
    context["statements"] = list(rating.statements.all())
    return TemplateResponse(request, "assessments/self_rating.html", context)
