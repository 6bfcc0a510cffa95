"""What the calculator's pages say of what was found."""

from datetime import date
from typing import Any

from induction_portal.govuk.words import day, weekday

from .explaining import explain
from .rules.told import Told

USUAL_TERMS = "The school keeps England’s usual terms, with a week’s half-term in each."


def timeline_words(form: Any) -> dict[str, Any]:
    """The answer to when induction ends, from a valid TimelineForm."""
    names = {school: f"School {school}" if len(school) < 3 else school for school in form.found.facts.calendars}
    assumed = [] if form.cleaned_data["calendar"] == "own" else [USUAL_TERMS]
    return {"answer": explain(form.found, told=Told(names), assumed=assumed)}


def deadline_words(form: Any) -> dict[str, Any]:
    """The last day of a deadline, from a valid DeadlineForm."""
    what = dict(form.fields["deadline"].choices)[form.cleaned_data["deadline"]]
    return {
        "headline": f"The last day is {weekday(date.fromisoformat(form.found['due_on']))}",
        "says": f"{what}: counted from {day(form.cleaned_data['trigger'])}.",
        "because": form.found["because"],
        "why": "Why this day",
    }


def timetable_words(form: Any) -> dict[str, Any]:
    """The most that an ECT may teach, from a valid TimetableForm."""
    unit, found = form.cleaned_data["unit"], form.found
    verdict = {True: "The timetable given complies.", False: "The timetable given is too full.", None: ""}
    return {
        "headline": f"At most {found['cap']:,} {unit}",
        "says": verdict[found["complies"]],
        "because": found["because"],
        "why": "Why this much",
    }
