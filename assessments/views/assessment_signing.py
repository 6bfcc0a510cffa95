"""Pages under an assessment: the ECT's comments, signing and refusing, the signing queue, the issued document."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from cases.frame import frame
from cases.rules.signing import NAMED
from cases.rules.statuses import AssessmentStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.documents.responses import file_response
from induction_portal.govuk.words import upper_first
from induction_portal.pages import page

from .. import actions, assessment_access, assessment_document
from ..assessment_presenting import reading_context
from ..forms.signing import AssessmentCommentForm, RefusalForm, SignForm, SigningQueueForm
from ..models import Assessment
from ..signing_pages import Desk
from ..signing_queue import queue_of
from ..standing import may_add_own, turn_of
from .preparing import being_prepared

SENT = "Sent. Now the report is signed: by the induction tutor, the headteacher, and you."


@page(needs=Permission.COMMENT_ON_ASSESSMENT, find=assessment_access.own_assessment, methods="GET POST")
def assessment_comments(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    viewer = request.viewer
    first = assessment.state is AssessmentStatus.COMMENTING
    act = actions.comment_on_assessment if first else actions.add_own_comment
    if request.method == "GET" and not (first or may_add_own(assessment)):
        messages.warning(request, "This assessment does not wait for comments.")
        return redirect("assessments:assessment", assessment.pk)
    options = {"acting": viewer, "autosave": request.path, "version": assessment.latest}
    form = AssessmentCommentForm(request.POST or None, draft=draft_of(request), **options)
    given = {"by": viewer, "on": viewer.on, "assessment": assessment, "version": form.version}
    if form.is_valid() and form.send(act, **given):
        messages.success(request, SENT if first else "Sent. Those who sign the report have been told.")
        return redirect("assessments:assessment", assessment.pk)
    context = frame(request, assessment.induction) | {"form": form, "assessment": assessment}
    context["title"] = f"Comment on the {str(assessment).lower()}"
    return TemplateResponse(request, "assessments/assessment_comment.html", context)


@page(needs=Permission.SIGN_ASSESSMENT, find=assessment_access.own_assessment, methods="GET POST")
def sign_assessment(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    viewer, desk = request.viewer, Desk(request.viewer, assessment)
    if request.method == "GET" and desk.refusal:
        messages.warning(request, f"{desk.refusal}.")
        return redirect("assessments:assessment", assessment.pk)
    options = {"acting": viewer, "autosave": request.path, "version": assessment.latest, "desk": desk}
    form = SignForm(request.POST or None, draft=draft_of(request), **options)
    given = {"by": viewer, "on": viewer.on, "assessment": assessment, "version": form.version}
    if form.is_valid() and form.send(actions.sign, **given):
        messages.success(request, f"Signed as {desk.named}. {_next(assessment)}")
        return redirect("assessments:assessment", assessment.pk)
    context = frame(request, assessment.induction) | {"form": form, "assessment": assessment, "desk": desk}
    context["title"] = f"Sign the {str(assessment).lower()}"
    return TemplateResponse(request, "assessments/sign.html", context | reading_context(desk.version))


@page(needs=Permission.SIGN_ASSESSMENT, find=assessment_access.own_assessment, methods="GET POST")
def refuse_signature(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    viewer, desk = request.viewer, Desk(request.viewer, assessment)
    if request.method == "GET" and desk.refusal:
        messages.warning(request, f"{desk.refusal}.")
        return redirect("assessments:assessment", assessment.pk)
    options = {"acting": viewer, "autosave": request.path, "version": assessment.latest}
    form = RefusalForm(request.POST or None, draft=draft_of(request), **options)
    given = {"by": viewer, "on": viewer.on, "assessment": assessment, "version": form.version, "role": desk.role}
    if form.is_valid() and form.apply(actions.refuse_to_sign, **given):
        messages.success(request, "Recorded: you do not sign. The others who sign the report have been told.")
        return redirect("assessments:assessment", assessment.pk)
    context = frame(request, assessment.induction) | {"form": form, "assessment": assessment, "desk": desk}
    context["title"] = f"Say that you do not sign the {str(assessment).lower()}"
    return TemplateResponse(request, "assessments/refuse.html", context)


def _next(assessment: Assessment) -> str:
    """What comes after a signature."""
    turn = turn_of(assessment)
    return f"{upper_first(NAMED[turn])} signs next." if turn else "It has been signed by all."


@page(needs=Permission.SIGN_ASSESSMENT, methods="GET POST")
def signing_queue(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer
    rows = queue_of(viewer)
    form = SigningQueueForm(request.POST or None, rows=rows, draft=draft_of(request), acting=viewer)
    if form.is_valid() and (signed := form.send(actions.sign_several, by=viewer, on=viewer.on)):
        count = "One report has" if len(signed) == 1 else f"{len(signed)} reports have"
        messages.success(request, f"{count} been signed.")
        return redirect("assessments:signing_queue")
    crumbs = [{"text": "Home", "href": reverse("home")}]
    context = {"form": form, "rows": rows, "title": "Reports to sign", "breadcrumbs": crumbs}
    return TemplateResponse(request, "assessments/signing_queue.html", context)


@page(needs=Permission.READ_ASSESSMENT, find=assessment_access.assessment)
def assessment_pdf(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    versions = list(assessment_access.seen_versions(request.viewer, assessment))
    if not versions:
        raise Http404
    asked = request.GET.get("version", "")
    version = next((each for each in versions if str(each.number) == asked), versions[-1])
    if issued := assessment_document.issued(version):
        return file_response(issued)
    if version.number != assessment.latest or assessment.state not in assessment_document.COMPLETE:
        messages.warning(request, "The document of an assessment is issued once it has been signed by all.")
        return redirect("assessments:assessment", assessment.pk)
    assessment_document.ask_again(assessment)
    return being_prepared(request, assessment, "assessment", "The assessment’s document is being prepared")
