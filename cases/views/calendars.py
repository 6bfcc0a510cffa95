"""Pages of school calendars."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.work import draft_of
from induction_portal.pages import page

from .. import calendar_access as access
from ..actions import CalendarConflict, remove_calendar, set_calendar
from ..calendar_access import Keeper
from ..calendar_pages import changed_meanwhile, list_context, starting_point, year_context, year_crumbs
from ..forms import CalendarForm, RemoveCalendarForm
from ..school_years import ShownYear


@page(needs=Permission.READ_CALENDAR)
def calendars(request: HttpRequest) -> HttpResponse:
    known = list(access.visible_organisations(request.viewer))
    if len(known) == 1:
        return redirect("cases:school_years", known[0].pk)
    crumbs = [{"text": "Home", "href": reverse("home")}]
    context = {"title": "School calendars", "known": known, "breadcrumbs": crumbs}
    return TemplateResponse(request, "cases/calendars.html", context)


@page(needs=Permission.READ_CALENDAR, find=access.organisation)
def school_years(request: HttpRequest, keeper: Keeper) -> HttpResponse:
    return TemplateResponse(request, "cases/school_years.html", list_context(request, keeper.organisation))


@page(needs=Permission.READ_CALENDAR, find=access.year)
def school_year(request: HttpRequest, shown: ShownYear) -> HttpResponse:
    return TemplateResponse(request, "cases/school_year.html", year_context(request, shown))


@page(needs=Permission.CHANGE_CALENDAR, find=access.year, methods="GET POST")
def change(request: HttpRequest, shown: ShownYear) -> HttpResponse:
    viewer, first = request.viewer, shown.plan.first
    start, copied_from = starting_point(shown, copying="copy" in request.GET)
    form = CalendarForm(
        request.POST or None, draft=draft_of(request), acting=viewer, version=shown.version, initial=start
    )
    options = {"by": viewer, "on": viewer.on, "organisation": shown.organisation, "copied_from": copied_from}
    context = year_crumbs(request, shown) | {"form": form, "shown": shown, "copied_from": copied_from}
    if form.is_valid():
        try:
            done = form.send(set_calendar, first_year=first, version=form.version, **options)
        except CalendarConflict as conflict:
            context |= changed_meanwhile(form, shown, conflict.year)
            return TemplateResponse(request, "cases/calendar_conflict.html", context, status=409)
        if done:
            messages.success(request, "School year saved. The dates of its ECTs follow from it at once.")
            return redirect("cases:school_year", shown.organisation.pk, first)
    context["title"] = f"Terms and closures of {shown.name}"
    return TemplateResponse(request, "cases/calendar_form.html", context)


@page(needs=Permission.CHANGE_CALENDAR, find=access.year, methods="GET POST")
def remove(request: HttpRequest, shown: ShownYear) -> HttpResponse:
    back, viewer = ("cases:school_year", shown.organisation.pk, shown.plan.first), request.viewer
    if request.method == "GET" and shown.own is None:
        messages.warning(request, "There is nothing to remove: these terms were not set here.")
        return redirect(*back)
    form = RemoveCalendarForm(request.POST or None, acting=viewer, version=shown.version)
    options = {"organisation": shown.organisation, "first_year": shown.plan.first, "version": form.version}
    if form.is_valid():
        try:
            remove_calendar(by=viewer, on=viewer.on, **options)
            messages.success(request, "Removed. The dates of its ECTs follow from that at once.")
        except CalendarConflict:
            messages.warning(request, "Somebody else has changed this school year meanwhile: nothing was removed.")
        return redirect(*back)
    context = year_crumbs(request, shown) | {"form": form, "shown": shown, "title": f"Remove {shown.name}"}
    return TemplateResponse(request, "cases/calendar_remove.html", context)
