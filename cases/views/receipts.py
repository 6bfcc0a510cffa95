"""Pages on which the next body takes an ECT on, says that the record has come, and decides about the new school."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import access, actions
from ..forms.releases import ClaimForm, NewSchoolForm, ReceiptForm
from ..frame import frame
from ..models import Induction, RecordBundle, Release
from ..moving import access as moving
from ..moving.listing import shown
from ..moving.new_school import new_school_of
from ..moving.pages import receiving_school, released_rows, started_from

CLAIMED = "This ECT is yours from that day on. Their record has been handed over: check it, and acknowledge it."


@page(needs=Permission.RELEASE_ECT, find=moving.release_to_us, methods="GET POST")
def claim(request: HttpRequest, release: Release) -> HttpResponse:
    viewer = request.viewer
    if request.method == "GET" and release.claim_id:
        messages.warning(request, "You have taken this ECT on already.")
        return redirect("cases:case", release.induction_id)
    form = ClaimForm(
        request.POST or None, draft=draft_of(request), acting=viewer, autosave=request.path,
        initial=started_from(viewer, release),
    )  # fmt: skip
    told = {"by": viewer, "on": viewer.on, "released": release}
    if form.is_valid() and form.apply(lambda **_typed: actions.claim(claimed=form.claimed(), **told)):
        messages.success(request, CLAIMED)
        return redirect("cases:case", release.induction_id)
    context = {"form": form, "title": "Take on an ECT", "rows": released_rows(release)}
    context["back"] = reverse("cases:release_requests")
    return TemplateResponse(request, "cases/moving/claim.html", context)


@page(needs=Permission.RELEASE_ECT, find=moving.bundle, methods="GET POST")
def record_bundle(request: HttpRequest, bundle: RecordBundle) -> HttpResponse:
    viewer = request.viewer
    form = ReceiptForm(
        request.POST or None, draft=draft_of(request), acting=viewer, autosave=request.path,
        school=receiving_school(viewer, bundle),
    )  # fmt: skip
    told = {"by": viewer, "on": viewer.on, "bundle": bundle}
    if form.is_valid() and form.apply(actions.acknowledge_record, **told):
        messages.success(request, "Record acknowledged. The body that handed it over has been told.")
        return redirect("cases:record_bundle", bundle.pk)
    waits = bundle.to == viewer.organisation and bundle.acknowledged_on is None
    told_now = shown(bundle, waits_for=viewer if waits else None)
    context = {"bundle": bundle, "title": "Record handed over", "told": told_now, "waits": waits or form.errors}
    context |= {"form": form, "is_complete": viewer.on > bundle.release.last_day, "back": reverse("home")}
    return TemplateResponse(request, "cases/moving/bundle.html", context)


@page(needs=Permission.RELEASE_ECT, find=access.responsible_case, methods="GET POST")
def new_school(request: HttpRequest, induction: Induction) -> HttpResponse:
    viewer, known = request.viewer, new_school_of(induction, request.viewer)
    if known is None:
        messages.warning(request, "This ECT has not come to a new school in the course of an extension.")
        return redirect("cases:move", induction.pk)
    decided = known.decided
    initial = {"terms": decided.terms, "reason": decided.reason} if decided else {"terms": known.least}
    version = decided.version if decided else 0
    form = NewSchoolForm(request.POST or None, acting=viewer, version=version, initial=initial)
    told = {"by": viewer, "on": viewer.on, "induction": induction, "version": form.version}
    if form.is_valid() and form.apply(actions.set_new_school_minimum, **told):
        messages.success(request, "Saved.")
        return redirect("cases:move", induction.pk)
    context = frame(request, induction) | {"form": form, "title": "Extension at the new school", "known": known}
    return TemplateResponse(request, "cases/moving/new_school.html", context)
