"""Pages of observations: of the ECT, and by the ECT of colleagues."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cases import access as cases_access
from cases.actions.versions import ChangedMeanwhile
from cases.frame import frame, own_placement
from cases.models import Induction
from cases.rules.statuses import ObservationStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.forms import PortalForm
from induction_portal.pages import page

from .. import actions
from .. import evidence_access as access
from ..evidence_pages import observation_context, observations_context, staff_of
from ..forms import CancelForm, ObservationCommentForm, PlanForm, ReadForm, RecordForm, VisitForm
from ..forms.observations import COLLEAGUE, OUTSIDE, known
from ..models import Observation, Visit

CONFLICT = (
    "Somebody else changed this since you opened the page. What you typed is still here: compare it with what is saved "
    "now, and send again if it is still right"
)


@page(needs=Permission.READ_OBSERVATION, find=cases_access.case)
def observations(request: HttpRequest, induction: Induction) -> HttpResponse:
    return TemplateResponse(request, "assessments/observations.html", observations_context(request, induction))


@page(needs=Permission.WRITE_OBSERVATION, find=access.observing, methods="GET POST")
def plan_observation(request: HttpRequest, induction: Induction) -> HttpResponse:
    form = _new(PlanForm, request, induction)
    options = {"placement": own_placement(induction, request.viewer)}
    if form.is_valid() and (planned := form.send(actions.plan_observation, **_by(request), **options)):
        messages.success(request, "Observation planned. The ECT has been told.")
        return redirect("assessments:observation", planned.pk)
    return _form_page(request, induction, form, "Plan an observation")


@page(needs=Permission.WRITE_OBSERVATION, find=access.observing, methods="GET POST")
def record_observation(request: HttpRequest, induction: Induction) -> HttpResponse:
    form = _new(RecordForm, request, induction)
    options = {"placement": own_placement(induction, request.viewer)}
    if form.is_valid() and (shared := form.send(actions.record_observation, **_by(request), **options)):
        messages.success(request, "Record shared. The ECT has been told.")
        return redirect("assessments:observation", shared.pk)
    return _form_page(request, induction, form, "Record an observation", shares=True)


@page(needs=Permission.READ_OBSERVATION, find=access.observation)
def observation(request: HttpRequest, observation: Observation) -> HttpResponse:
    return TemplateResponse(request, "assessments/observation.html", observation_context(request, observation))


@page(needs=Permission.WRITE_OBSERVATION, find=access.own_observation, methods="GET POST")
def change_plan(request: HttpRequest, observation: Observation) -> HttpResponse:
    if gone := _not_planned(request, observation):
        return gone
    form = _again(PlanForm, request, observation)
    if form.is_valid() and _done(
        form, lambda: form.send(actions.change_plan, **_by(request, form), observation=observation)
    ):
        messages.success(request, "Plan changed. The ECT has been told.")
        return redirect("assessments:observation", observation.pk)
    return _form_page(request, observation.induction, form, "Change the plan of an observation", observation)


@page(needs=Permission.WRITE_OBSERVATION, find=access.own_observation, methods="GET POST")
def write_record(request: HttpRequest, observation: Observation) -> HttpResponse:
    if gone := _not_planned(request, observation):
        return gone
    form = _again(RecordForm, request, observation)
    if form.is_valid() and _done(
        form, lambda: form.send(actions.share_record, **_by(request, form), observation=observation)
    ):
        messages.success(request, "Record shared. The ECT has been told.")
        return redirect("assessments:observation", observation.pk)
    title = "Write the record of an observation"
    return _form_page(request, observation.induction, form, title, observation, shares=True)


@page(needs=Permission.WRITE_OBSERVATION, find=access.own_observation, methods="POST")
def cancellation(request: HttpRequest, observation: Observation) -> HttpResponse:
    form = CancelForm(request.POST, acting=request.viewer, version=observation.version)
    act = {"observation": observation} | _by(request, form)
    if form.is_valid() and _done(form, lambda: form.apply(actions.cancel_observation, **act)):
        messages.success(request, "Observation cancelled. The ECT has been told.")
        return redirect("assessments:observation", observation.pk)
    return _observation_page(request, observation, form)


@page(needs=Permission.COMMENT_ON_OBSERVATION, find=access.observation, methods="GET POST")
def observation_comments(request: HttpRequest, observation: Observation) -> HttpResponse:
    options = {"draft": draft_of(request), "acting": request.viewer, "autosave": request.path}
    form = ObservationCommentForm(request.POST or None, **options)
    act = {"observation": observation} | _by(request)
    if form.is_valid() and form.apply(actions.comment_on_observation, **act):
        messages.success(request, "Comments added. Your induction tutor has been told.")
        return redirect("assessments:observation", observation.pk)
    context = frame(request, observation.induction) | {"form": form, "observation": observation}
    context["title"] = "Add comments to the record of an observation"
    return TemplateResponse(request, "assessments/observation_comment.html", context)


@page(needs=Permission.COMMENT_ON_OBSERVATION, find=access.observation, methods="POST")
def observation_read(request: HttpRequest, observation: Observation) -> HttpResponse:
    form = ReadForm(request.POST, acting=request.viewer)
    act = {"observation": observation} | _by(request)
    if form.is_valid() and form.apply(actions.acknowledge_observation, **act):
        messages.success(request, "Recorded: you have read this.")
        return redirect("assessments:observation", observation.pk)
    return _observation_page(request, observation, form)


@page(needs=Permission.NOTE_VISIT, find=cases_access.case, methods="GET POST")
def note_visit(request: HttpRequest, induction: Induction) -> HttpResponse:
    form = VisitForm(request.POST or None, draft=draft_of(request), acting=request.viewer, autosave=request.path)
    if form.is_valid() and form.apply(actions.note_visit, **_by(request), induction=induction):
        messages.success(request, "Saved.")
        return redirect("assessments:observations", induction.pk)
    return _form_page(request, induction, form, "Note a lesson that you observed")


@page(needs=Permission.NOTE_VISIT, find=access.visit, methods="GET POST")
def change_visit(request: HttpRequest, visit: Visit) -> HttpResponse:
    initial = {name: getattr(visit, name) for name in ("observed_on", "colleague", "learned", "standards")}
    options = {"acting": request.viewer, "version": visit.version, "autosave": request.path, "initial": initial}
    form = VisitForm(request.POST or None, draft=draft_of(request), **options)
    act = {"visit": visit} | _by(request, form)
    if form.is_valid() and _done(form, lambda: form.apply(actions.change_visit, **act)):
        messages.success(request, "Saved.")
        return redirect("assessments:observations", visit.induction_id)
    return _form_page(request, visit.induction, form, "Change your note of a lesson", visit)


def _by(request: HttpRequest, form: PortalForm | None = None) -> dict[str, Any]:
    """Who acts, on which day and, from a form about a row, on which version of it."""
    by = {"by": request.viewer, "on": request.viewer.on}
    return by | {"version": form.version} if form else by


def _new(form: type[PlanForm], request: HttpRequest, induction: Induction) -> PlanForm:
    staff = staff_of(request.viewer, induction)
    me = str(request.viewer.user.pk)
    initial = {"who": COLLEAGUE, "observer": me} if me in staff else {}
    if "third-party" in request.GET:
        initial = {"who": OUTSIDE, "third_party": True}
    options = {"acting": request.viewer, "staff": staff, "initial": initial, "autosave": request.path}
    return form(request.POST or None, draft=draft_of(request), **options)


def _again(form: type[PlanForm], request: HttpRequest, observation: Observation) -> PlanForm:
    staff = staff_of(request.viewer, observation.induction, observation)
    options = {"acting": request.viewer, "staff": staff, "initial": known(observation), "autosave": request.path}
    return form(request.POST or None, draft=draft_of(request), version=observation.version, **options)


def _not_planned(request: HttpRequest, observation: Observation) -> HttpResponse | None:
    """Back to its page, from a form that has nothing left to do."""
    if request.method != "GET" or observation.state is ObservationStatus.PLANNED:
        return None
    messages.warning(request, f"This observation is not planned any more. It is: {observation.state.label.lower()}.")
    return redirect("assessments:observation", observation.pk)


def _done(form: PortalForm, send: Callable[[], Any]) -> bool:
    """Whether a valid form was acted on; when somebody else was first, say so and let the form go on from there."""
    try:
        return bool(send())
    except ChangedMeanwhile as changed:
        form.blame(None, CONFLICT)
        form.version = changed.version
        return False


def _observation_page(request: HttpRequest, observation: Observation, form: PortalForm) -> HttpResponse:
    """The observation as it is now, with what went wrong with a button."""
    observation.refresh_from_db()
    context = observation_context(request, observation) | {"form": form}
    return TemplateResponse(request, "assessments/observation.html", context)


def _form_page(
    request: HttpRequest, induction: Induction, form: PortalForm, title: str, saved: Any = None, *, shares: bool = False
) -> HttpResponse:  # fmt: skip
    """A form about evidence; `saved` is the row as it is now, shown beside what was typed when somebody was first."""
    context = frame(request, induction) | {"form": form, "title": title, "shares": shares, "saved": None}
    if saved is not None and form.is_bound and form.non_field_errors():
        saved.refresh_from_db()
        context["saved"] = saved
    return TemplateResponse(request, "assessments/evidence_form.html", context)
