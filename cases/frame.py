"""What every page of a case shows around its content: whose it is, where it stands, and where else to go."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .access import as_at
from .models import Induction, Placement
from .sight import sight
from .worded import part_of

PAGES = [
    ("cases:case", "Overview", Permission.READ_CASE),
    ("cases:dates", "Dates and why", Permission.READ_CASE),
    ("cases:service", "Service and changes", Permission.READ_CASE),
    ("cases:absences", "Absence", Permission.READ_ABSENCE),
    ("cases:report_on_one", "General report", Permission.READ_GENERAL_REPORT),
    ("cases:timetable", "Timetable", Permission.READ_TIMETABLE),
    ("support_plans:ladder", "Support", Permission.READ_LEVELS),
    ("support_plans:own_concerns", "The ECT’s own concerns", Permission.READ_OWN_CONCERN),
    ("cases:move", "Moving", Permission.READ_MOVE),
    ("cases:access", "Who can see this record", Permission.READ_ACCESS_REGISTER),
    ("cases:history", "History", Permission.READ_ACCESS_REGISTER),
    ("assessments:bundles", "Case bundle", Permission.MAKE_BUNDLE),
    ("cases:own_record", "Download my record", Permission.TAKE_OWN_RECORD),
]


def frame(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """Header, navigation and breadcrumbs of a page of this case."""
    here = request.resolver_match.view_name
    links = [
        (name, text, reverse(name, args=[induction.pk])) for name, text, need in PAGES if need in request.permissions
    ]
    return {
        "case_header": header(request.viewer, induction),
        "case_nav": [{"text": text, "href": href, "current": name == here} for name, text, href in links],
        "breadcrumbs": breadcrumbs(request, induction),
        "induction": induction,
    }


def header(viewer: Viewer, induction: Induction) -> dict[str, Any]:
    """Whose case it is, at which school, and which part of induction is being served today."""
    placement, on = current_placement(induction, viewer), as_at(viewer, induction)
    gone = on < viewer.on
    over = _over(induction)
    return {
        "name": induction.teacher.name,
        "school": placement.school.name if placement else "",
        "part": part_of(induction, on) if placement and placement.starts_on <= on and not gone and not over else "",
        "status": over or _status(induction, placement, on, gone=gone),
    }


def _status(induction: Induction, placement: Placement | None, on: date, *, gone: bool) -> str:
    """Between two appropriate bodies induction is paused, whether the ECT serves or not (R84, R14)."""
    if gone:
        return f"Left on {day(on)}"
    if getattr(induction, "is_paused", False):
        return "Paused"
    return "In progress" if placement and placement.ends_on is None else ""


def _over(induction: Induction) -> str:
    """The teacher's status once induction has ended for good; empty before."""
    clock = getattr(induction, "clock", None)
    return clock.over_as if clock else ""


def breadcrumbs(request: HttpRequest, induction: Induction) -> list[dict[str, str]]:
    """Home, then the case, unless this page is the case's own."""
    crumbs = [{"text": "Home", "href": reverse("home")}]
    if request.resolver_match.view_name != "cases:case":
        crumbs.append({"text": induction.teacher.name, "href": reverse("cases:case", args=[induction.pk])})
    return crumbs


def seen_placements(induction: Induction, viewer: Viewer) -> list[Placement]:
    """The placements that the viewer may know of: not those begun after their organisation let the case go, nor those
    of another school before their own.
    """
    return list(sight(viewer, induction).placements)


def own_placement(induction: Induction, viewer: Viewer) -> Placement | None:
    """The latest placement at the viewer's own school."""
    own = [p for p in induction.placements.all() if viewer.organisation and p.school_id == viewer.organisation.pk]
    return max(own, key=lambda p: p.starts_on, default=None)


def current_placement(induction: Induction, viewer: Viewer) -> Placement | None:
    """The placement in force as the viewer sees the case: their own school's first, else the lead school's, else the
    latest until then.
    """
    on = as_at(viewer, induction)
    placements = sorted(seen_placements(induction, viewer), key=lambda p: p.starts_on, reverse=True)
    today = [p for p in placements if p.starts_on <= on and (p.ends_on is None or p.ends_on >= on)]
    own = [p for p in today or placements if viewer.organisation and p.school_id == viewer.organisation.pk]
    return next(iter(own or sorted(today, key=lambda p: not p.is_lead) or placements), None)
