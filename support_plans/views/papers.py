"""Papers of support plans: blank forms to be filled in by hand."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from cases import access as case_access
from cases.models import Induction
from induction_portal.accounts.permissions import Permission
from induction_portal.documents.responses import drawn_response
from induction_portal.pages import page

from ..papers.drawing import draw
from ..papers.pages import asked_form, form_for, forms_context


@page(needs=Permission.READ_LEVELS, find=case_access.case)
def blank_forms(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "support_plans/blank_forms.html", forms_context(request, induction))


@page(needs=Permission.READ_LEVELS, find=asked_form)
def blank_form(request: HttpRequest, induction: Induction) -> HttpResponse:
    blank = induction.asked_form
    return drawn_response(draw(form_for(request.viewer, induction, blank)), f"support-plan-{blank.key}.pdf")
