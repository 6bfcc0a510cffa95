"""Pages on which an appropriate body asks for the bundle of a case, sees it being made, and downloads it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases import access
from cases.models import Induction
from induction_portal.accounts.permissions import Permission
from induction_portal.documents.responses import file_response
from induction_portal.documents.store import fetch
from induction_portal.pages import page

from .. import actions
from ..bundle.access import bundle as find_bundle
from ..bundle.pages import bundle_context, bundles_context
from ..bundle.printing import KIND
from ..forms import BundleForm
from ..models import CaseBundle


@page(needs=Permission.MAKE_BUNDLE, find=access.case, methods="GET POST")
def bundles(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer = request.viewer
    form = BundleForm(request.POST or None, acting=viewer, initial={"purpose": "appeal", "with_earlier": False})
    told = {"by": viewer, "on": viewer.on, "induction": induction}
    if form.is_valid() and (asked := form.apply(actions.ask_for_bundle, **told)):
        return redirect("assessments:bundle", asked.pk)
    context = bundles_context(request, induction) | {"form": form}
    return TemplateResponse(request, "assessments/bundles.html", context)


@page(needs=Permission.MAKE_BUNDLE, find=find_bundle)
def bundle(request: HttpRequest, bundle: CaseBundle) -> HttpResponse:
    return TemplateResponse(request, "assessments/bundle.html", bundle_context(request, bundle))


@page(needs=Permission.MAKE_BUNDLE, find=find_bundle)
def bundle_pdf(request: HttpRequest, bundle: CaseBundle) -> HttpResponse:
    issued = fetch(subject_id=bundle.pk, kind=KIND)
    return file_response(issued) if issued else redirect("assessments:bundle", bundle.pk)
