"""The page of a formal assessment."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from induction_portal.accounts.permissions import Permission
from induction_portal.pages import page

from .. import actions, assessment_access
from ..assessment_presenting import assessment_context
from ..models import Assessment
from ..on_its_way import next_steps


@page(needs=Permission.READ_ASSESSMENT, find=assessment_access.assessment)
def assessment(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    context = assessment_context(request, assessment)
    context["further"] = next_steps(request.viewer, assessment, request.permissions)
    actions.open_version(by=request.viewer, on=request.viewer.on, version=context["version"])
    return TemplateResponse(request, "assessments/assessment.html", context)
