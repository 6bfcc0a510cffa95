"""The page of one case: profile, people, dates, and what each part of the portal adds."""

from datetime import date
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk import words

from .access import as_at
from .by_hand import to_record
from .frame import current_placement, frame
from .models import BodyPeriod, Clock, Induction, Placement
from .parts import PARTS, Entry
from .people import appointments_of
from .prior import body_links, prior_rows
from .sight import Sight, sight
from .telling import answer_for, next_steps, steps
from .worded import step_words


def case_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """Everything of the page for this viewer."""
    viewer, may = request.viewer, request.permissions
    people = BodyPeriod.objects.select_related("body", "officer", "contact")
    periods = Prefetch("body_periods", people)
    prefetch_related_objects([induction], "placements__patterns", "deadlines", periods)
    bodies = list(induction.body_periods.all())
    return frame(request, induction) | {
        "title": "Overview",
        "answer": answer_for(viewer, may, induction),
        "going_on": as_at(viewer, induction) >= viewer.on,
        "profile": profile(viewer, induction, bodies, may),
        "prior": prior_rows(viewer, may, induction),
        "links": body_links(viewer, may, induction, bodies),
        "panels": [panel for part in PARTS if (panel := part.panel(induction, viewer, may))],
        "steps": next_steps(steps(viewer, may, induction), today=viewer.on),
        "timeline": timeline(viewer, may, induction, bodies),
    }


def profile(
    viewer: Viewer, induction: Induction, bodies: list[BodyPeriod], may: frozenset[Permission]
) -> list[tuple[str, str]]:
    """The facts that everybody who may open the case sees, and those of the school for who may see its settings."""
    teacher, on = induction.teacher, as_at(viewer, induction)
    goes_on = on >= viewer.on
    placement = current_placement(induction, viewer)
    body = next((p for p in bodies if p.starts_on <= on and (p.ends_on is None or p.ends_on >= on)), None)
    clock = getattr(induction, "clock", None)
    seen = sight(viewer, induction)
    started = min((p.starts_on for p in seen.placements), default=None)
    ends_on = words.day(clock.ends_on) if clock and clock.ends_on else "Not known yet"
    facts = [
        ("Teacher reference number", teacher.trn),
        ("Qualified teacher status", words.day(teacher.qts_on)),
        ("Induction started" if seen.since is None else "Placement started", words.day(started)),
        ("Induction ends, as things stand", f"{ends_on}{_assumed(clock)}" if goes_on else ""),
        ("Working pattern", pattern_words(placement, on) if placement else ""),
        *(_people(induction, placement, on) if placement else []),
        *(_school_facts(placement) if placement and Permission.READ_SETTINGS in may else []),
        ("Also serves at", also_at(seen, placement, on)),
        ("Appropriate body", body.body.name if body else "None yet"),
        ("Appropriate body officer", body.officer.name if body else ""),
        ("Named contact for concerns", body.contact.name if body and body.contact else ""),
    ]
    return [(name, value) for name, value in facts if value]


def _school_facts(placement: Placement) -> list[tuple[str, str]]:
    school = getattr(placement.school, "school", None)
    if school is None:
        return []
    since = school.special_measures_from
    required = "Yes" if school.is_relevant_school else "No"
    return [
        ("Induction required by law to teach at this school", required),
        ("School in special measures", f"Since {words.day(since)}" if since else ""),
    ]


def _assumed(clock: Clock | None) -> str:
    return f" (terms from {words.day(clock.assumed_from)} are assumed)" if clock and clock.assumed_from else ""


def also_at(seen: Sight, placement: Placement | None, on: date) -> str:
    """The other schools of now and of what is to come, by name, and which leads (R20): empty where there is one."""
    there = [p for p in (*seen.placements, *seen.beside) if p.ends_on is None or p.ends_on >= on]
    others = [p for p in there if placement and p.school_id != placement.school_id]
    named = [f"{p.school.name} (lead school)" if p.is_lead else p.school.name for p in others]
    return words.listed(named) if named else ""


def _people(induction: Induction, placement: Placement, on: date) -> list[tuple[str, str]]:
    held = [a for a in appointments_of(induction) if a.placement_id == placement.pk and a.starts_on <= on]
    names = {a.kind: a.user.name for a in held if a.ends_on is None or a.ends_on >= on}
    return [
        ("Induction tutor", names.get("induction_tutor", "None appointed")),
        ("Mentor", names.get("mentor", "None appointed")),
    ]


def pattern_words(placement: Placement, on: Any) -> str:
    """How much is worked on a day: "Full time", or "0.6 of full time: Monday, Tuesday and Wednesday"."""
    patterns = list(placement.patterns.all())
    pattern = next((p for p in reversed(patterns) if p.starts_on <= on), patterns[0] if patterns else None)
    if pattern is None:
        return ""
    return step_words(pattern.fte, pattern.days)


def dates_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """The page of every date of a case, and why it is that one."""
    viewer, may = request.viewer, request.permissions
    prefetch_related_objects([induction], "placements__patterns", "deadlines")
    return frame(request, induction) | {
        "title": "Dates and why",
        "answer": answer_for(viewer, may, induction),
        "going_on": as_at(viewer, induction) >= viewer.on,
        "steps": steps(viewer, may, induction),
        "records": bool(Permission.RECORD_DONE in may and to_record(viewer, induction)),
    }


def timeline(viewer: Viewer, may: frozenset[Permission], induction: Induction, bodies: list[BodyPeriod]) -> list[Entry]:
    """Everything dated that this viewer may see, the latest first."""
    seen, on = sight(viewer, induction), as_at(viewer, induction)
    placements = seen.placements
    entries = [Entry(p.starts_on, f"Induction started at {p.school.name}") for p in placements]
    entries += [Entry(p.ends_on, f"Left {p.school.name}") for p in placements if p.ends_on and p.ends_on <= on]
    known = [p for p in bodies if (on >= viewer.on or p.starts_on <= on) and seen.reaches(p.starts_on)]
    entries += [Entry(p.starts_on, f"{p.body.name} became the appropriate body") for p in known]
    for part in PARTS:
        entries += part.timeline(induction, viewer, may)
    return sorted(entries, key=lambda entry: entry.on, reverse=True)
