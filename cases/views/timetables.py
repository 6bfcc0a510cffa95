"""Pages of the reduced timetable."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import access, actions, service_access
from ..actions.timetables import check_timetable
from ..actions.versions import ChangedMeanwhile
from ..forms.timetables import TimetableForm
from ..frame import frame
from ..models import Induction, Placement
from ..rules.errors import RuleBroken
from ..timetabling import preview, recorded_now, timetable_context
from .changes import CONFLICT


@page(needs=Permission.READ_TIMETABLE, find=access.case)
def timetable(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "cases/timetable/page.html", timetable_context(request, induction))


@page(needs=Permission.CHANGE_TIMETABLE, find=service_access.placement, methods="GET POST")
def record_timetable(request: HttpRequest, placement: Placement) -> HttpResponse:
    options = {"acting": request.viewer, "version": placement.version}
    form = TimetableForm(request.POST or None, draft=draft_of(request), **options)
    if form.is_valid() and _confirmed(form, placement, request) and _recorded(form, placement, request):
        messages.success(request, "Timetable recorded.")
        return redirect("cases:timetable", placement.induction_id)
    context = frame(request, placement.induction) | {
        "form": form,
        "placement": placement,
        "title": "Record a timetable",
    }
    context |= {"preview": form.effect, "now": recorded_now(placement)}
    return TemplateResponse(request, "cases/timetable/form.html", context)


def _confirmed(form: TimetableForm, placement: Placement, request: HttpRequest) -> bool:
    """Whether how it stands to the cap has been shown and confirmed; what cannot be has nothing to show."""
    typed = form.cleaned_data
    try:
        check_timetable(placement, on=request.viewer.on, **typed)
    except RuleBroken as broken:
        form.blame(broken.field, broken.message)
        return False
    shown = preview(placement, **{name: typed[name] for name in ("starts_on", "unit", "reference", "taught")})
    return form.confirmed(shown)  # type: ignore[arg-type]  # this form confirms a preview


def _recorded(form: TimetableForm, placement: Placement, request: HttpRequest) -> bool:
    """Record it; when somebody else changed the placement meanwhile, say so and let the form go on from there."""
    by = {"by": request.viewer, "on": request.viewer.on, "placement": placement, "version": form.version}
    try:
        return form.apply(actions.record_timetable, **by) is not None
    except ChangedMeanwhile as changed:
        form.blame(None, CONFLICT)
        form.version = changed.version
        return False
