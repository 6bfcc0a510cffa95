"""Pages of settings: of a school, of a trust's schools, of an appropriate body."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import access, actions
from ..forms.policies import FORMS, SchoolFactsForm, WithdrawSettingsForm
from ..models import BodyPolicy, SchoolPolicy
from ..policypage import breadcrumbs, latest_number, rows_of, settings_context, trust_context, values_now

SETTINGS = "cases:settings_of"


@page(needs=Permission.READ_SETTINGS)
def own_settings(request: HttpRequest) -> HttpResponse:
    own = request.viewer.organisation
    if own.kind != Organisation.Kind.TRUST:
        return redirect(SETTINGS, own.pk)
    return TemplateResponse(request, "cases/settings_of_schools.html", trust_context(request.viewer))


@page(needs=Permission.READ_SETTINGS, find=access.settings)
def settings(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    context = settings_context(request.viewer, request.permissions, organisation)
    return TemplateResponse(request, "cases/settings.html", context)


@page(needs=Permission.CHANGE_SETTINGS, find=access.settings, methods="GET POST")
def change_settings(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    viewer, rows = request.viewer, rows_of(organisation)
    form = FORMS[organisation.kind](
        request.POST or None,
        now=values_now(organisation, rows, viewer.on),
        initial={"starts_on": viewer.on},
        draft=draft_of(request),
        acting=viewer,
        autosave=request.path,
        version=latest_number(rows),
    )
    options = {"by": viewer, "on": viewer.on, "organisation": organisation, "version": form.version}
    if form.is_valid() and (policy := form.send(actions.set_policy, **options)):
        messages.success(request, f"Settings saved. They hold {policy.from_when(viewer.on)}.")
        return redirect(SETTINGS, organisation.pk)
    # Whoever was second has now been told, and sees what holds beside what they typed: the next sending counts.
    form.version = latest_number(rows)
    context = {"form": form, "title": "Change settings", "caption": organisation.name}
    context["breadcrumbs"] = breadcrumbs(viewer, organisation)
    return TemplateResponse(request, "layouts/form.html", context)


@page(needs=Permission.CHANGE_SETTINGS, find=access.policy, methods="POST")
def withdraw_settings(request: HttpRequest, policy: SchoolPolicy | BodyPolicy) -> HttpResponse:
    viewer = request.viewer
    form = WithdrawSettingsForm(request.POST, acting=viewer, policy=policy)
    if form.is_valid() and form.apply(actions.withdraw_policy, by=viewer, on=viewer.on, policy=policy):
        messages.success(request, "Withdrawn. What holds today goes on.")
        return redirect(SETTINGS, policy.organisation_id)
    context = settings_context(viewer, request.permissions, policy.organisation) | {"form": form}
    return TemplateResponse(request, "cases/settings.html", context)


@page(needs=Permission.CHANGE_SCHOOL_FACTS, find=access.settings, methods="GET POST")
def school_facts(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    viewer, school = request.viewer, organisation.school
    form = SchoolFactsForm(
        request.POST or None,
        initial={name: getattr(school, name) for name in SchoolFactsForm.base_fields},
        draft=draft_of(request),
        acting=viewer,
        autosave=request.path,
        version=school.facts_version,
    )
    options = {"by": viewer, "on": viewer.on, "school": school, "version": form.version}
    if form.is_valid() and form.apply(actions.change_school_facts, **options):
        messages.success(request, "Details saved.")
        return redirect(SETTINGS, organisation.pk)
    form.version = school.facts_version
    context = {"form": form, "title": "Change the school’s induction details", "caption": organisation.name}
    context["breadcrumbs"] = breadcrumbs(viewer, organisation)
    return TemplateResponse(request, "layouts/form.html", context)
