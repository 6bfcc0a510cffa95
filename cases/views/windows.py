"""Pages of a body's submission windows, and of the general report."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import access, actions
from ..actions.windows import windows_version
from ..forms.windows import GivenForm, TermFilter, WindowForm, choice_of
from ..frame import frame
from ..models import Induction
from ..reports import report_on
from ..term_reports import asked_term, given_crumbs, term_report, terms_to_record
from ..terms import begun_terms
from ..windowpage import body, form_crumbs, starting_point, terms_ahead, windows_context


@page(needs=Permission.READ_SETTINGS, find=body)
def windows(request: HttpRequest, body: Organisation) -> HttpResponse:
    context = windows_context(request.viewer, request.permissions, body)
    return TemplateResponse(request, "cases/windows.html", context)


@page(needs=Permission.CHANGE_SETTINGS, find=body, methods="GET POST")
def change_window(request: HttpRequest, body: Organisation) -> HttpResponse:
    viewer, terms = request.viewer, terms_ahead(request.viewer.on)
    form = WindowForm(
        request.POST or None,
        terms=terms,
        initial=starting_point(body, terms, request.GET.get("term", "")),
        draft=draft_of(request),
        acting=viewer,
        autosave=request.path,
        version=windows_version(body),
    )
    options = {"by": viewer, "on": viewer.on, "body": body, "version": form.version}
    if form.is_valid() and form.apply(actions.set_window, **options):
        messages.success(request, "Saved. Due dates of your ECTs are worked out again: this can take a minute.")
        return redirect("cases:windows", body.pk)
    # Whoever was second has now been told: the next sending counts.
    form.version = windows_version(body)
    context = {"form": form, "title": "Change a submission window", "caption": body.name}
    return TemplateResponse(request, "layouts/form.html", context | {"breadcrumbs": form_crumbs(viewer, body)})


@page(needs=Permission.READ_GENERAL_REPORT)
def report(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer
    terms = begun_terms(viewer)
    form = TermFilter(request.GET if "term" in request.GET else None, terms=[term.key for term in terms])
    term = asked_term(form, terms)
    form.initial = {"term": choice_of(term.key)}
    context = {"title": "General report", "form": form} | term_report(viewer, term)
    return TemplateResponse(request, "cases/report.html", context)


@page(needs=Permission.GIVE_GENERAL_REPORT, methods="GET POST")
def report_given(request: HttpRequest) -> HttpResponse:
    viewer, terms = request.viewer, terms_to_record(request.viewer)
    form = GivenForm(
        request.POST or None,
        terms=[term.key for term in terms],
        initial={"term": choice_of(terms[-1].key) if terms else "", "given_on": viewer.on},
        draft=draft_of(request),
        acting=viewer,
        autosave=request.path,
    )
    options = {"by": viewer, "on": viewer.on, "school": viewer.organisation}
    if form.is_valid() and form.apply(actions.record_given_report, **options):
        messages.success(request, "Recorded: the governing body has been given the general report.")
        return redirect("cases:report")
    context = {"form": form, "title": "Record that you gave the general report", "breadcrumbs": given_crumbs()}
    template = "layouts/form.html" if terms or form.is_bound else "cases/report_nothing_to_record.html"
    return TemplateResponse(request, template, context)


@page(needs=Permission.READ_GENERAL_REPORT, find=access.case)
def report_on_one(request: HttpRequest, induction: Induction) -> HttpResponse:
    context = frame(request, induction) | {"title": "General report"} | report_on(request.viewer, induction)
    return TemplateResponse(request, "cases/report_on_one.html", context)
