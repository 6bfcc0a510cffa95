"""Pages of formal assessments."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from cases.frame import frame
from induction_portal.accounts.permissions import Permission
from induction_portal.pages import page

from .. import actions, assessment_access
from ..models import Assessment
from ..on_its_way import next_steps
from ..report import report_of


@page(needs=Permission.READ_ASSESSMENT, find=assessment_access.assessment)
def assessment(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    versions = list(assessment_access.seen_versions(request.viewer, assessment))
    asked = request.GET.get("version", "")
    if not versions:
        raise Http404
    version = next((each for each in versions if str(each.number) == asked), versions[-1])
    actions.open_version(by=request.viewer, on=request.viewer.on, version=version)
    told = json.loads(version.content)
    context = frame(request, assessment.induction) | {
        "title": str(assessment),
        "assessment": assessment,
        "version": version,
        "versions": versions,
        "told": told,
        "report": report_of(told),
        "comment": getattr(version, "comment", None),
        "next": next_steps(request.viewer, assessment, request.permissions),
        "answers": list(version.signatures.select_related("by", "recommendation")),
    }
    return TemplateResponse(request, "assessments/assessment.html", context)
