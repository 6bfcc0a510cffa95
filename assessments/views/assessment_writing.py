"""Pages on which an assessment is written, sent for comments and corrected."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from cases import access as cases_access
from cases.frame import frame, own_placement
from cases.models import Induction
from cases.rules.assessing import AssessmentKind
from cases.rules.errors import RuleBroken
from cases.rules.statuses import AssessmentStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.govuk.words import lower_first
from induction_portal.pages import page

from .. import actions, assessment_access
from ..comparing_reports import three_ways
from ..drafting import Chosen, coming, leaving, reports_of, setting_of, setting_of_new
from ..forms import AssessmentForm
from ..models import Assessment
from ..on_its_way import last_return

TO_CORRECT = (AssessmentStatus.DRAFT, AssessmentStatus.RETURNED)


@page(needs=Permission.WRITE_ASSESSMENT, find=cases_access.case, methods="GET POST")
def new_assessment(request: HttpRequest, induction: Induction) -> HttpResponse:
    return _new(request, induction, coming)


@page(needs=Permission.WRITE_ASSESSMENT, find=cases_access.case, methods="GET POST")
def new_interim(request: HttpRequest, induction: Induction) -> HttpResponse:
    return _new(request, induction, leaving)


@page(needs=Permission.WRITE_ASSESSMENT, find=assessment_access.own_assessment, methods="GET POST")
def correct_assessment(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    viewer = request.viewer
    if request.method == "GET" and assessment.state not in TO_CORRECT:
        messages.warning(request, _not_open(assessment))
        return redirect("assessments:assessment", assessment.pk)
    setting, draft = setting_of(viewer, assessment), draft_of(request)
    options = {"acting": viewer, "autosave": request.path, "version": assessment.latest, "setting": setting}
    form = AssessmentForm(request.POST or None, draft=draft, **options)
    if form.is_valid():
        try:
            done = _send_again(request, form, assessment)
        except actions.AssessmentConflict as conflict:
            return _conflict(request, form, conflict.assessment)
        if done:
            return _sent(request, done)
    context = frame(request, assessment.induction) | {"form": form, "assessment": assessment}
    context |= {"title": f"Correct the {lower_first(str(assessment))}", "returned": last_return(assessment)}
    return TemplateResponse(request, "assessments/assessment_form.html", context)


def _send_again(request: HttpRequest, form: AssessmentForm, assessment: Assessment) -> Assessment | None:
    if assessment.state not in TO_CORRECT and form.version == assessment.latest:
        form.blame(None, _not_open(assessment))
        return None
    told = {"by": request.viewer, "on": request.viewer.on, "assessment": assessment, "version": form.version}
    return form.send(actions.send_again, **told)


def _new(request: HttpRequest, induction: Induction, which: Chosen) -> HttpResponse:
    viewer, draft = request.viewer, draft_of(request)
    placement = own_placement(induction, viewer)
    assert placement is not None  # noqa: S101 - who writes reaches a case by a placement at their school
    try:
        setting = setting_of_new(viewer, placement, which, _kind_in(request))
    except RuleBroken as broken:
        title = "No interim assessment is needed" if which is leaving else "No assessment can be written now"
        return _nothing_due(request, induction, broken, title)
    form = AssessmentForm(
        request.POST or None,
        draft=draft if _is_of(draft, setting.kind) else None,
        acting=viewer,
        autosave=request.path,
        setting=setting,
    )
    if form.is_valid():
        try:
            done = form.send(actions.send_for_comments, by=viewer, on=viewer.on, placement=placement)
        except actions.AssessmentConflict as conflict:
            return _conflict(request, form, conflict.assessment)
        if done:
            return _sent(request, done)
    context = frame(request, induction) | {"form": form, "due_on": setting.row.due_on, "title": setting.kind.label}
    return TemplateResponse(request, "assessments/assessment_form.html", context)


def _kind_in(request: HttpRequest) -> AssessmentKind | None:
    """The kind that the page was made for, while nothing else has been tampered in."""
    sent = request.POST.get("kind", "")
    return AssessmentKind(sent) if sent in list(AssessmentKind) else None


def _is_of(draft: dict[str, list[str]] | None, kind: AssessmentKind) -> bool:
    """Whether a draft is of this assessment: that of an earlier one stays where it is and is not shown here."""
    return bool(draft) and draft.get("kind", [kind.value]) == [kind.value]


def _nothing_due(request: HttpRequest, induction: Induction, broken: RuleBroken, title: str) -> HttpResponse:
    seen = assessment_access.visible_assessments(request.viewer).filter(induction=induction)
    context = frame(request, induction) | {"why": broken.message, "assessments": list(seen), "title": title}
    return TemplateResponse(request, "assessments/no_assessment_due.html", context)


def _conflict(request: HttpRequest, form: AssessmentForm, known: Assessment) -> HttpResponse:
    """Somebody else was first: what differs, and the form, which goes on from theirs."""
    context = frame(request, form.setting.row.induction) | three_ways(form, known, reports_of(known))
    here = reverse("assessments:correct_assessment", args=[known.pk])
    form.autosave = form.helper.form_action = here
    context["title"] = "Somebody else has sent this assessment for comments"
    context["open"] = known.state in TO_CORRECT
    return TemplateResponse(request, "assessments/assessment_conflict.html", context, status=409)


def _sent(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    ect = assessment.induction.teacher.name
    if assessment.state is AssessmentStatus.COMMENTING:
        said = f"Sent for comments. {ect} has been told."
    else:
        said = "Saved as the next version. Nothing the ECT commented on has changed, so it goes on to be signed."
    messages.success(request, said)
    return redirect("assessments:assessment", assessment.pk)


def _not_open(assessment: Assessment) -> str:
    if assessment.state in (AssessmentStatus.COMMENTING, AssessmentStatus.SIGNING):
        return "Take the report back first: it is being commented on or signed."
    return "This report can be corrected once the appropriate body has returned it."
