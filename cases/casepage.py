"""The page of one case: profile, people, dates, and what each part of the portal adds."""

from typing import Any

from django.http import HttpRequest

from induction_portal.govuk import words

from .deadlines import label
from .frame import current_placement, frame
from .models import BodyPeriod, Induction, Placement
from .parts import PARTS, Entry
from .querysets import in_force
from .worded import due_words


def case_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """Everything of the page for this viewer."""
    viewer, may = request.viewer, request.permissions
    panels = [panel for part in PARTS if (panel := part.panel(induction, viewer, may))]
    return frame(request, induction) | {
        "title": "Overview",
        "profile": profile(request, induction),
        "placements": list(induction.placements.select_related("school").prefetch_related("patterns")),
        "panels": panels,
        "steps": steps(request, induction),
        "timeline": timeline(request, induction),
    }


def profile(request: HttpRequest, induction: Induction) -> list[tuple[str, str]]:
    """The facts that everybody who may open the case sees."""
    teacher, on = induction.teacher, request.viewer.on
    placement = current_placement(induction, request.viewer)
    body = BodyPeriod.objects.filter(in_force("", on=on), induction=induction).select_related("body", "officer").first()
    clock = getattr(induction, "clock", None)
    facts = [
        ("Teacher reference number", teacher.trn),
        ("Qualified teacher status", words.day(teacher.qts_on)),
        ("Induction started", words.day(first.starts_on) if (first := induction.placements.first()) else ""),
        ("Induction ends, as things stand", words.day(clock.ends_on) if clock and clock.ends_on else "Not known yet"),
        ("Working pattern", pattern_words(placement, on) if placement else ""),
        *(_people(placement, on) if placement else []),
        ("Appropriate body", body.body.name if body else "None yet"),
        ("Appropriate body officer", body.officer.name if body else ""),
    ]
    return [(name, value) for name, value in facts if value]


def _people(placement: Placement, on: Any) -> list[tuple[str, str]]:
    held = placement.appointments.filter(in_force("", on=on)).select_related("user").order_by("kind")
    names = {appointment.kind: appointment.user.name for appointment in held}
    return [
        ("Induction tutor", names.get("induction_tutor", "None appointed")),
        ("Mentor", names.get("mentor", "None appointed")),
    ]


DAY_NAMES = {"mon": "Monday", "tue": "Tuesday", "wed": "Wednesday", "thu": "Thursday", "fri": "Friday"}


def pattern_words(placement: Placement, on: Any) -> str:
    """How much is worked on a day: "Full time", or "0.6 of full time: Monday, Tuesday and Wednesday"."""
    patterns = list(placement.patterns.all())
    pattern = next((p for p in reversed(patterns) if p.starts_on <= on), patterns[0] if patterns else None)
    if pattern is None:
        return ""
    share = "Full time" if pattern.fte == 1 else f"{format(pattern.fte.normalize(), 'f')} of full time"
    days = [name for day, name in DAY_NAMES.items() if pattern.days and getattr(pattern, day)]
    return f"{share}: {words.listed(days)}" if days and len(days) < len(DAY_NAMES) else share


def steps(request: HttpRequest, induction: Induction) -> list[dict[str, Any]]:
    """What falls due and when, by the rules, and whether it has been done."""
    today = request.viewer.on
    return [
        {
            "says": label(deadline),
            "due_on": deadline.due_on,
            "state": "Sent" if not deadline.is_open else due_words(deadline.due_on, today=today),
        }
        for deadline in induction.deadlines.all()
        if not deadline.is_open or deadline.due_on >= today or deadline.kind == "progress_review"
    ]


def timeline(request: HttpRequest, induction: Induction) -> list[Entry]:
    """Everything dated that this viewer may see, the latest first."""
    entries = [
        Entry(placement.starts_on, f"Induction started at {placement.school.name}")
        for placement in induction.placements.select_related("school")
    ]
    entries += [
        Entry(placement.ends_on, f"Left {placement.school.name}")
        for placement in induction.placements.select_related("school").exclude(ends_on=None)
    ]
    entries += [
        Entry(period.starts_on, f"{period.body.name} became the appropriate body")
        for period in induction.body_periods.select_related("body")
    ]
    for part in PARTS:
        entries += part.timeline(induction, request.viewer, request.permissions)
    return sorted(entries, key=lambda entry: entry.on, reverse=True)
