"""Pages of a quality assurance visit: planned, recorded and shared by the body, answered by the school."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from induction_portal import clock
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.audit.access import log_several
from induction_portal.forms import PortalForm
from induction_portal.pages import page

from .. import actions
from ..actions.versions import ChangedMeanwhile
from ..forms.quality import CallOffForm, ChangeQualityVisitForm, as_initial
from ..forms.quality_visits import (
    AnswerFindingForm,
    RecordQualityVisitForm,
    RuleOnFindingForm,
    ShareQualityVisitForm,
)
from ..models import Induction, QualityFinding, QualityVisit
from ..quality import access
from ..quality.pages import round_crumbs
from ..quality.subjects import looked_at, picks_at
from ..quality.visit_pages import asking_of, here_context, here_crumbs, initial_of, known_here, visit_context

FORM = "layouts/form.html"
CONFLICT = "Somebody else was here since you opened this page. Look at what has changed, then send this again."


@page(needs=Permission.ANSWER_QUALITY)
def quality_here(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "cases/quality/here.html", here_context(request.viewer))


@page(needs=Permission.READ_QUALITY, find=access.visit)
def quality_visit(request: HttpRequest, visit: QualityVisit) -> HttpResponse:
    context = visit_context(request.viewer, visit)
    if context["checks"]:
        _log(request, looked_at(visit.round, visit.school, visit.visited_on))
    context["share"] = ShareQualityVisitForm(acting=request.viewer, version=visit.version)
    return TemplateResponse(request, "cases/quality/visit.html", context)


@page(needs=Permission.DO_QUALITY, find=access.visit, methods="GET POST")
def change_visit(request: HttpRequest, visit: QualityVisit) -> HttpResponse:
    form = ChangeQualityVisitForm(request.POST or None, initial=as_initial(visit), **_kept(request, visit.version))

    def change(**_: Any) -> QualityVisit:
        told = {"visit": visit, "version": form.version, "arranged": form.arranged}
        return actions.change_quality_visit(by=request.viewer, on=request.viewer.on, **told)

    return _of_plan(request, visit, form, change, title="Change the plan of a visit", done="Plan saved.")


@page(needs=Permission.DO_QUALITY, find=access.visit, methods="GET POST")
def call_off(request: HttpRequest, visit: QualityVisit) -> HttpResponse:
    form = CallOffForm(request.POST or None, **_kept(request, visit.version))

    def off(**typed: Any) -> QualityVisit:
        told = {"visit": visit, "version": form.version, **typed}
        return actions.call_off_quality_visit(by=request.viewer, on=request.viewer.on, **told)

    return _of_plan(request, visit, form, off, title="Call a visit off", done="Visit called off. You can plan another.")


def _of_plan(
    request: HttpRequest, visit: QualityVisit, form: PortalForm, act: Callable[..., Any], *, title: str, done: str
) -> HttpResponse:
    """A page that is open while the visit is still a plan."""
    if request.method == "GET" and visit.state != QualityVisit.State.PLANNED:
        return _elsewhere(request, visit)
    if form.is_valid() and _done(form, act):
        messages.success(request, done)
        return redirect("cases:quality_visit", visit.pk)
    context = {"form": form, "title": title, "lead": visit.school.name, "breadcrumbs": round_crumbs(visit.round)}
    return TemplateResponse(request, FORM, context)


@page(needs=Permission.DO_QUALITY, find=access.visit, methods="GET POST")
def record(request: HttpRequest, visit: QualityVisit) -> HttpResponse:
    viewer = request.viewer
    if request.method == "GET" and visit.state not in {QualityVisit.State.PLANNED, QualityVisit.State.RECORDED}:
        return _elsewhere(request, visit)
    picks = picks_at(visit.round, visit.school)
    asking = asking_of(visit, picks)
    _log(request, looked_at(visit.round, visit.school, viewer.on))
    options = {"asking": asking, "initial": initial_of(visit, asking), **_kept(request, visit.version)}
    form = RecordQualityVisitForm(request.POST or None, **options)
    told = {"by": viewer, "on": viewer.on, "visit": visit, "version": form.version}
    if form.is_valid() and _done(form, lambda **_: actions.record_quality_visit(report=form.report, **told)):
        messages.success(request, "Visit recorded. Nobody at the school sees it before you share it.")
        return redirect("cases:quality_visit", visit.pk)
    context = {"form": form, "title": "Record a visit", "visit": visit, "known": known_here(viewer, visit, asking)}
    context["breadcrumbs"] = round_crumbs(visit.round)
    return TemplateResponse(request, "cases/quality/record.html", context)


@page(needs=Permission.DO_QUALITY, find=access.visit, methods="POST")
def share(request: HttpRequest, visit: QualityVisit) -> HttpResponse:
    viewer = request.viewer
    form = ShareQualityVisitForm(request.POST, acting=viewer, version=visit.version)
    told = {"by": viewer, "on": viewer.on, "visit": visit, "version": form.version}
    if form.is_valid() and _done(form, lambda **_: actions.share_quality_visit(**told)):
        messages.success(request, "Shared. The headteacher and the induction tutors have been told.")
    else:
        messages.warning(request, " ".join(form.non_field_errors()) or CONFLICT)
    return redirect("cases:quality_visit", visit.pk)


@page(needs=Permission.ANSWER_QUALITY, find=access.finding, methods="GET POST")
def answer_finding(request: HttpRequest, finding: QualityFinding) -> HttpResponse:
    form = AnswerFindingForm(request.POST or None, **_kept(request, finding.steps.count()))

    def answer(**typed: Any) -> Any:
        told = {"finding": finding, "version": form.version, **typed}
        return actions.answer_finding(by=request.viewer, on=request.viewer.on, **told)

    return _of_finding(request, finding, form, answer, done="Answer sent. Your appropriate body has been told.")


@page(needs=Permission.DO_QUALITY, find=access.finding, methods="GET POST")
def rule_on_finding(request: HttpRequest, finding: QualityFinding) -> HttpResponse:
    is_open = finding.state == "open"
    form = RuleOnFindingForm(request.POST or None, is_open=is_open, **_kept(request, finding.steps.count()))

    def rule(**typed: Any) -> Any:
        told = {"finding": finding, "version": form.version, **typed}
        return actions.rule_on_finding(by=request.viewer, on=request.viewer.on, **told)

    return _of_finding(request, finding, form, rule, done="Saved. The school has been told.")


def _of_finding(
    request: HttpRequest, finding: QualityFinding, form: PortalForm, act: Callable[..., Any], *, done: str
) -> HttpResponse:
    visit = finding.visit
    if request.method == "GET" and not _follows(request, finding):
        return _elsewhere(request, visit)
    if form.is_valid() and _done(form, act):
        messages.success(request, done)
        return redirect("cases:quality_visit", visit.pk)
    own = access.is_body(request.viewer)
    context = {"form": form, "title": "Follow up an action" if own else "Answer an action", "finding": finding}
    context["steps"] = list(finding.steps.select_related("by"))
    crumb = {"text": "Visit", "href": reverse("cases:quality_visit", args=[visit.pk])}
    context["breadcrumbs"] = [*(round_crumbs(visit.round) if own else here_crumbs()), crumb]
    return TemplateResponse(request, "cases/quality/finding.html", context)


def _follows(request: HttpRequest, finding: QualityFinding) -> bool:
    """Whether there is something to answer, or to rule on."""
    shared = finding.visit.state == QualityVisit.State.SHARED and finding.kind == "action"
    return shared and (access.is_body(request.viewer) or finding.state != "closed")


def _log(request: HttpRequest, cases: list[Induction]) -> None:
    """Each ECT of whom the page tells something finds it among who has opened their record (R78)."""
    log_several(request.viewer, cases, at=clock.now(), kind="cases.qualitycheck")


def _elsewhere(request: HttpRequest, visit: QualityVisit) -> HttpResponse:
    messages.warning(request, "That cannot be done any more. This page shows where the visit stands.")
    return redirect("cases:quality_visit", visit.pk)


def _done(form: PortalForm, act: Callable[..., Any]) -> bool:
    """Whether it was done; where somebody else was first, the form says so and goes on from there."""
    try:
        return form.apply(act) is not None
    except ChangedMeanwhile as changed:
        form.blame(None, CONFLICT)
        form.version = changed.version
        return False


def _kept(request: HttpRequest, version: int) -> dict[str, Any]:
    """What every form here is given."""
    return {"draft": draft_of(request), "acting": request.viewer, "autosave": request.path, "version": version}
