"""What the pages of school calendars show."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Permission

from .actions.calendars import followers
from .forms import CalendarForm
from .models import SchoolYear
from .rules.school_year import moved_on
from .school_years import ShownYear, compared, shown_years, typed_from, years_of


def list_context(request: HttpRequest, organisation: Organisation) -> dict[str, Any]:
    """The school years of one organisation."""
    return (
        _frame(request, organisation, []) | years_of(organisation, today=request.viewer.on) | {"title": "School years"}
    )


def year_context(request: HttpRequest, shown: ShownYear) -> dict[str, Any]:
    """One school year, and what this viewer may do with it."""
    crumbs = [("School years", reverse("cases:school_years", args=[shown.organisation.pk]))]
    context = _frame(request, shown.organisation, crumbs) | {"shown": shown, "title": f"School year {shown.name}"}
    if context["may_change"]:
        context["concerned"] = followers(shown.organisation, shown.plan.first).count()
        context["before"] = shown_years(shown.organisation, [shown.plan.first - 1])[0]
    return context


def year_crumbs(request: HttpRequest, shown: ShownYear) -> dict[str, Any]:
    """The frame of a page below a school year."""
    here = [shown.organisation.pk, shown.plan.first]
    crumbs = [
        ("School years", reverse("cases:school_years", args=here[:1])),
        (shown.name, reverse("cases:school_year", args=here)),
    ]
    return _frame(request, shown.organisation, crumbs)


def _frame(request: HttpRequest, organisation: Organisation, crumbs: list[tuple[str, str]]) -> dict[str, Any]:
    home = [("Home", reverse("home"))]
    if request.viewer.organisation != organisation:
        home.append(("School calendars", reverse("cases:calendars")))
    return {
        "organisation": organisation,
        "caption": organisation.name,
        "may_change": Permission.CHANGE_CALENDAR in request.permissions,
        "breadcrumbs": [{"text": text, "href": href} for text, href in [*home, *crumbs]],
    }


def starting_point(shown: ShownYear, *, copying: bool) -> tuple[dict[str, Any], int | None]:
    """What the form begins with, and the year it was copied from: the one before, 364 days later; or what holds."""
    if not copying:
        return typed_from(shown.plan), None
    (before,) = shown_years(shown.organisation, [shown.plan.first - 1])
    return typed_from(moved_on(before.plan)), before.plan.first


def changed_meanwhile(form: CalendarForm, shown: ShownYear, now: SchoolYear | None) -> dict[str, Any]:
    """What was typed and what is saved now; the form goes on from there with all that was typed."""
    typed = form.plan(shown.plan.first)
    form.version = now.version if now else 0
    return {
        "title": "Somebody else has changed this school year",
        "rows": compared(typed, now.plan() if now else None),
        "now": now,
    }
