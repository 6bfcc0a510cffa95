"""Pages of progress reviews."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases import access as cases_access
from cases.deadlines import label, next_review
from cases.frame import frame, own_placement
from cases.models import Induction
from cases.rules.statuses import ReviewStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.documents.responses import file_response
from induction_portal.pages import page

from .. import access, actions, document
from ..absent import absent_in, absent_until_now
from ..asking import asked_of, policy_for_new
from ..comparing import three_ways, typed_from
from ..forms import AcceptanceForm, AcknowledgementForm, CommentForm, ReturnForm, ReviewForm
from ..models import ProgressReview
from ..presenting import review_context, self_statements
from .preparing import being_prepared


@page(needs=Permission.WRITE_REVIEW, find=cases_access.case, methods="GET POST")
def new_review(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    placement = own_placement(induction, viewer)
    left = cases_access.as_at(viewer, induction) < viewer.on
    due = None if left else next_review(induction, since=induction.since or date.min)
    if due is None or viewer.on < due.opens_on:
        context = frame(request, induction) | {"due": due, "left": left}
        context["title"] = "No progress review to log" if left else "No progress review to log yet"
        return TemplateResponse(request, "assessments/nothing_due.html", context)
    policy = policy_for_new(placement, on=viewer.on)
    form = ReviewForm(
        request.POST or None,
        draft=draft_of(request),
        acting=viewer,
        autosave=request.path,
        asked=policy.asked,
        absent=absent_until_now(placement, viewer.on),
    )
    if form.is_valid() and (review := form.send(actions.submit, by=viewer, on=viewer.on, placement=placement)):
        messages.success(request, "Review submitted. The ECT and the appropriate body have been told.")
        return redirect("assessments:review", review.pk)
    context = frame(request, induction) | {"form": form, "title": label(due.deadline), "due": due}
    context["within_days"] = policy.review_within_days
    context["self_statements"] = self_statements(viewer, induction, due.number)
    return TemplateResponse(request, "assessments/review_form.html", context)


@page(needs=Permission.READ_REVIEW, find=access.review)
def review(request: HttpRequest, review: ProgressReview) -> HttpResponse:
    return TemplateResponse(request, "assessments/review.html", review_context(request, review))


@page(needs=Permission.WRITE_REVIEW, find=access.own_review, methods="GET POST")
def correction(request: HttpRequest, review: ProgressReview) -> HttpResponse:
    viewer = request.viewer
    if request.method == "GET" and review.state is not ReviewStatus.RETURNED:
        messages.warning(request, "Only a review that was returned can be corrected.")
        return redirect("assessments:review", review.pk)
    options = {"acting": viewer, "autosave": request.path, "version": review.latest, "initial": typed_from(review)}
    options |= {"asked": asked_of(review), "absent": absent_in(review)}
    form = ReviewForm(request.POST or None, draft=draft_of(request), **options)
    context = frame(request, review.induction) | {"form": form, "review": review}
    if form.is_valid():
        try:
            done = form.send(actions.correct, by=viewer, on=viewer.on, review=review, version=form.version)
        except actions.Conflict as conflict:
            context |= three_ways(form, conflict.review) | {"title": "Somebody else has submitted this review"}
            return TemplateResponse(request, "assessments/conflict.html", context, status=409)
        if done:
            messages.success(request, "Review submitted again. The ECT and the appropriate body have been told.")
            return redirect("assessments:review", review.pk)
    context["title"] = f"Correct {str(review).lower()}"
    context["self_statements"] = self_statements(viewer, review.induction, review.number)
    return TemplateResponse(request, "assessments/review_form.html", context)


@page(needs=Permission.COMMENT_ON_REVIEW, find=access.review, methods="GET POST")
def comments(request: HttpRequest, review: ProgressReview) -> HttpResponse:
    form = CommentForm(request.POST or None, draft=draft_of(request), acting=request.viewer, autosave=request.path)
    if form.is_valid() and form.apply(actions.comment, by=request.viewer, on=request.viewer.on, review=review):
        messages.success(request, "Comments added. Your induction tutor and the appropriate body have been told.")
        return redirect("assessments:review", review.pk)
    context = frame(request, review.induction) | {"form": form, "review": review}
    context["title"] = f"Add comments to {str(review).lower()}"
    return TemplateResponse(request, "assessments/comment.html", context)


@page(needs=Permission.COMMENT_ON_REVIEW, find=access.review, methods="POST")
def acknowledgement(request: HttpRequest, review: ProgressReview) -> HttpResponse:
    form = AcknowledgementForm(request.POST, acting=request.viewer)
    if form.is_valid() and form.apply(actions.acknowledge, by=request.viewer, on=request.viewer.on, review=review):
        messages.success(request, "Recorded: you have read this review.")
    return redirect("assessments:review", review.pk)


@page(needs=Permission.RESPOND_TO_REVIEW, find=access.own_review, methods="POST")
def acceptance(request: HttpRequest, review: ProgressReview) -> HttpResponse:
    form = AcceptanceForm(request.POST, acting=request.viewer)
    options = {"by": request.viewer, "on": request.viewer.on, "review": review, "version": form.version}
    if form.is_valid() and form.apply(actions.accept, **options):
        messages.success(request, "Review accepted. The school and the ECT have been told.")
        return redirect("assessments:review", review.pk)
    context = review_context(request, review) | {"form": form}
    return TemplateResponse(request, "assessments/review.html", context)


@page(needs=Permission.RESPOND_TO_REVIEW, find=access.own_review, methods="GET POST")
def returning(request: HttpRequest, review: ProgressReview) -> HttpResponse:
    form = ReturnForm(
        request.POST or None,
        draft=draft_of(request),
        acting=request.viewer,
        version=review.latest,
        autosave=request.path,
    )
    options = {"by": request.viewer, "on": request.viewer.on, "review": review, "version": form.version}
    if form.is_valid() and form.apply(actions.return_, **options):
        messages.success(request, "Review returned. The school has been told.")
        return redirect("assessments:review", review.pk)
    context = frame(request, review.induction) | {"form": form, "review": review}
    context["title"] = f"Return {str(review).lower()}"
    return TemplateResponse(request, "assessments/return.html", context)


@page(needs=Permission.READ_REVIEW, find=access.review)
def pdf(request: HttpRequest, review: ProgressReview) -> HttpResponse:
    issued = document.issued(review)
    if issued is None:
        document.ask_again(review)
        return being_prepared(request, review, "review", "The document is being prepared")
    return file_response(issued)
