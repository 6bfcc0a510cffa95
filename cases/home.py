"""The home page: what this person must do, soonest first, and the ECTs they look after."""

from collections.abc import Mapping
from typing import Any

from induction_portal.accounts.models import Membership, Organisation, User
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from .access import visible_cases
from .lists import ROWS, many_schools, rows, with_details
from .reckon import fresh
from .worklist import worklist

# The sections of the page that lead elsewhere, each for who may.
ELSEWHERE = {
    "board": Permission.READ_BOARD,
    "registrations": Permission.READ_REGISTRATION,
    "registers": Permission.REGISTER_ECT,
    "moves": Permission.RELEASE_ECT,
    "calendars": Permission.READ_CALENDAR,
    "reports": Permission.READ_GENERAL_REPORT,
    "settings": Permission.READ_SETTINGS,
    "national": Permission.REPORT_NATIONALLY,
    "quality": Permission.DO_QUALITY,
    "quality_here": Permission.ANSWER_QUALITY,
}


def home_context(viewer: Viewer, query: Mapping[str, str]) -> dict[str, Any]:
    """Tasks, cases, and the general figures, each where the viewer's roles have them."""
    context: dict[str, Any] = {"title": _title(viewer), "work": worklist(viewer, query)}
    context["form"] = context["work"].form
    if viewer.may(Permission.READ_CASE):
        cases = visible_cases(viewer).order_by("teacher__sort_name", "pk")
        found = fresh(lambda: list(with_details(cases, viewer)[: ROWS + 1]))
        context |= {"rows": rows(viewer, found[:ROWS]), "more": len(found) > ROWS, "many_schools": many_schools(viewer)}
    if viewer.roles == {Role.ECT}:
        context["own"] = context["rows"][0] if context["rows"] else None
    context |= {name: viewer.may(permission) for name, permission in ELSEWHERE.items()}
    if viewer.may(Permission.READ_INSTALLATION):
        context["installation"] = installation(viewer)
    return context


def _title(viewer: Viewer) -> str:
    if viewer.roles == {Role.ECT}:
        return "Your induction"
    return viewer.organisation.name if viewer.organisation else "Home"


def installation(viewer: Viewer) -> list[tuple[str, int]]:
    """What the operator sees: counts, never a case."""
    current = Membership.objects.current(on=viewer.on)
    counts = [(kind.label, Organisation.objects.filter(kind=kind).count()) for kind in Organisation.Kind]
    return [
        *counts,
        ("People who can sign in", User.objects.filter(is_active=True).count()),
        ("Roles held today", current.count()),
    ]
