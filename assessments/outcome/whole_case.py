"""The page on which an officer decides: the whole case at once, the clock, and what the law requires next (R62)."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse

from cases.frame import frame
from cases.models import Induction
from cases.parts import PARTS, Panel
from cases.rules.calendar import school_year_of
from cases.rules.deciding import check_may_decide, requires_next
from cases.rules.errors import RuleBroken
from cases.rules.outcomes import Outcome
from cases.rules.statuses import DecisionStatus, RepresentationsStatus
from cases.rules.working_days import clear_days
from cases.telling import answer_for
from cases.worded import due_words
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..assessing import latest_version
from ..assessment_reading import reading_of
from ..evidence_part import seen_observations
from ..models import AssessmentVersion
from .standing import Outlook, outlook

JOURNEYS = {Outcome.PASS: "Pass", Outcome.EXTEND: "Extend", Outcome.FAIL: "Fail"}
COLOURS = {
    DecisionStatus.PROPOSED: "yellow",
    DecisionStatus.RETURNED: "orange",
    DecisionStatus.PASSED: "green",
    DecisionStatus.EXTENDED: "blue",
    DecisionStatus.FAILED: "grey",
    DecisionStatus.VARIED: "grey",
}
WRITTEN = {
    RepresentationsStatus.OPEN: "None yet. The ECT may write until {}",
    RepresentationsStatus.MADE: "Received. The ECT may add to them until {}",
    RepresentationsStatus.WAIVED: "The ECT has said that you need not wait",
    RepresentationsStatus.CLOSED: "None were made by {}",
}


@dataclass(frozen=True, slots=True)
class Journey:
    """One of the three ways to decide: its page, or why it is not open today."""

    name: str
    url: str
    refusal: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of a summary list."""

    key: str
    value: str


def seen_outlook(viewer: Viewer, induction: Induction) -> Outlook:
    """Where the case stands for an officer who has it before them."""
    prefetch_related_objects([induction], "deadlines", "body_periods", "decision_extensions")
    return outlook(induction, on=viewer.on, decides=viewer.user)


def report_of(seen: Outlook) -> AssessmentVersion | None:
    """The report that was received, in the version that the body has."""
    if seen.assessment is None:
        return None
    if seen.assessment.latest == seen.assessment.sent:
        return latest_version(seen.assessment)
    return seen.assessment.versions.get(number=seen.assessment.sent)


def whole_case(request: HttpRequest, induction: Induction, seen: Outlook) -> dict[str, Any]:
    """Everything of the page for this officer."""
    viewer, may = request.viewer, request.permissions
    prefetch_related_objects([induction], "placements__patterns")
    report = report_of(seen)
    return frame(request, induction) | {
        "title": "Decision",
        "answer": answer_for(viewer, may, induction),
        "going_on": True,
        "seen": seen,
        "clock": clock_rows(seen),
        "requires": requires_next(seen.case),
        "journeys": journeys(induction, seen),
        "report": report,
        "reading": reading_of(json.loads(report.content)) if report else None,
        "observed": observed_rows(viewer, induction),
        "absences": list(induction.absences.all()),
        "panels": panels(viewer, induction, may),
        "colours": COLOURS,
    }


def panels(viewer: Viewer, induction: Induction, may: frozenset) -> list[Panel]:
    """What the other parts of the portal show of the evidence: reviews, assessments, observations."""
    shown = (part for part in PARTS if part.is_evidence)
    return [panel for part in shown if (panel := part.panel(induction, viewer, may))]


def clock_rows(seen: Outlook) -> list[Fact]:
    """The days that the decision hangs on."""
    case = seen.case
    closes = day(case.representations_close) if case.representations_close else ""
    return [
        Fact("Induction complete", day(case.completed_on) if case.completed_on else "Not known yet"),
        Fact("Recommendation", _received(seen)),
        Fact("Representations", WRITTEN[case.representations].format(closes) if closes else "Not yet"),
        Fact("Decide by", _decide_by(seen)),
    ]


def _received(seen: Outlook) -> str:
    if seen.case.received_on is None:
        return "Not received yet"
    early = "" if seen.case.is_complete else ", before induction is complete"
    return f"Received on {day(seen.case.received_on)}{early}"


def _decide_by(seen: Outlook) -> str:
    due, today = seen.case.due_on, seen.case.today
    if due is None:
        return "20 working days after the recommendation was received and induction is complete"
    if seen.final or seen.case.decided:
        return day(due)
    left = clear_days(today, due)
    words = (
        f"{left} working {'day' if left == 1 else 'days'} after today" if today <= due else due_words(due, today=today)
    )
    return f"{day(due)} ({words})"


def journeys(induction: Induction, seen: Outlook) -> list[Journey]:
    """To pass, to extend, to fail: each with its page, or why not today."""
    return [
        Journey(name, reverse(f"assessments:{outcome}_case", args=[induction.pk]), refusal(seen, outcome))
        for outcome, name in JOURNEYS.items()
    ]


def refusal(seen: Outlook, outcome: Outcome) -> str:
    """Why an outcome cannot be decided today, in words for the officer; empty where it can."""
    try:
        check_may_decide(seen.case, outcome)
    except RuleBroken as broken:
        return broken.message.removesuffix(".")
    return ""


def observed_rows(viewer: Viewer, induction: Induction) -> list[Fact]:
    """How often the ECT was observed in each school year."""
    counted = Counter(school_year_of(each.observed_on) for each in seen_observations(viewer, induction))
    return [Fact(f"School year {year}", f"{counted[year]} recorded") for year in sorted(counted)]
