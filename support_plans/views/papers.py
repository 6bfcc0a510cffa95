"""Papers of support plans: blank forms, signing, correcting, the document and its preview."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases import access as case_access
from cases.frame import frame
from cases.models import Induction
from cases.rules.escalation import Progress
from cases.rules.signing import ECT
from cases.rules.statuses import PlanStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.documents.responses import drawn_response, file_response
from induction_portal.pages import page

from .. import actions
from ..forms import PlanCorrectionForm, PlanOwnSignForm, PlanSignForm
from ..models import Plan
from ..papers import document
from ..papers.access import plan_to_sign
from ..papers.drawing import draw
from ..papers.pages import asked_form, form_for, forms_context, refusal_of, signing_context
from ..papers.standing import answers_of, is_complete, latest_version, signs_as
from ..plans import access
from ..rendering import render_plan_later
from .plans import attempt

P = Permission
SIGNED = "Signed. Those who need to know have been told."
NOT_SIGNED = "Recorded: you do not sign. Your school has been told. It holds nothing up."
NOT_YET = "The document of a plan is issued once the induction tutor and the ECT have answered."
ENDS = ("ended_on", "early_reason", "evaluation", "next_objectives")


@page(needs=P.READ_LEVELS, find=case_access.case)
def blank_forms(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "support_plans/blank_forms.html", forms_context(request, induction))


@page(needs=P.READ_LEVELS, find=asked_form)
def blank_form(request: HttpRequest, induction: Induction) -> HttpResponse:
    blank = induction.asked_form
    return drawn_response(draw(form_for(request.viewer, induction, blank)), f"support-plan-{blank.key}.pdf")


@page(needs=P.SIGN_PLAN, find=plan_to_sign, methods="GET POST")
def sign_plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    viewer, version = request.viewer, latest_version(plan)
    refusal = refusal_of(viewer, plan, version)
    if version is None or (request.method == "GET" and refusal):
        messages.warning(request, refusal)
        return redirect("support_plans:plan", plan.pk)
    if request.method == "GET":
        actions.open_plan_version(by=viewer, on=viewer.on, version=version)
    kind = PlanOwnSignForm if signs_as(viewer, plan) == ECT else PlanSignForm
    form = kind(request.POST or None, draft=draft_of(request), acting=viewer, version=version.number)
    given = {"by": viewer, "on": viewer.on, "plan": plan, "version": form.version}
    if form.is_valid() and (answer := form.send(actions.sign_plan, actions.decline_plan, **given)):
        messages.success(request, SIGNED if answer.is_signed else NOT_SIGNED)
        return redirect("support_plans:plan", plan.pk)
    context = signing_context(request, plan, version) | {"form": form}
    return TemplateResponse(request, "support_plans/sign_plan.html", context)


@page(needs=P.WRITE_PLAN, find=access.plan_to_write, methods="GET POST")
def correct_plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    viewer = request.viewer
    if request.method == "GET" and plan.state is not PlanStatus.FINISHED:
        messages.warning(request, "A plan can be corrected once it has ended, until the ECT is moved on.")
        return redirect("support_plans:plan", plan.pk)
    initial = {name: getattr(plan, name) for name in ENDS} | {"progress": Progress(plan.progress or "none")}
    options = {"acting": viewer, "version": plan.version, "initial": initial}
    form = PlanCorrectionForm(request.POST or None, draft=draft_of(request), **options)
    given = {"by": viewer, "on": viewer.on, "plan": plan, "version": form.version}
    if attempt(form, lambda: form.send(actions.correct_plan, **given)):
        messages.success(request, "Corrected. The induction tutor and the ECT have been asked to sign the new version.")
        return redirect("support_plans:plan", plan.pk)
    context = {"form": form, "title": "Correct the end of the plan", "plan": plan}
    return TemplateResponse(request, "support_plans/correct_plan.html", frame(request, plan.induction) | context)


@page(needs=P.READ_LEVELS, find=access.plan)
def plan_document(request: HttpRequest, plan: Plan) -> HttpResponse:
    versions, asked = list(plan.versions.all()), request.GET.get("version", "")
    version = next((each for each in versions if str(each.number) == asked), versions[-1] if versions else None)
    if version is None:
        raise Http404
    if found := document.issued(version):
        return file_response(found)
    if version != versions[-1] or not is_complete(version, answers_of(version)):
        messages.warning(request, NOT_YET)
        return redirect("support_plans:plan", plan.pk)
    render_plan_later(plan.pk)
    context = frame(request, plan.induction) | {"title": "The plan’s document is being prepared", "plan": plan}
    return TemplateResponse(request, "support_plans/plan_preparing.html", context, status=202)


@page(needs=P.READ_LEVELS, find=access.plan)
def plan_preview(request: HttpRequest, plan: Plan) -> HttpResponse:
    viewer, version = request.viewer, latest_version(plan)
    if version and is_complete(version, answers_of(version)):
        return redirect("support_plans:plan_document", plan.pk)
    name = f"preview-{document.filename(plan)}"
    return drawn_response(document.preview(plan, version, viewer.on), name)
