"""Where a record of a case belongs: the placement of its day, and the body then responsible."""

from datetime import date
from typing import Any

from cases.actions.versions import ChangedMeanwhile
from cases.models import Induction, Placement
from cases.policies import body_of
from cases.querysets import in_force
from cases.rules.errors import RuleBroken
from cases.rules.observations import Served
from cases.rules.reviews import Objection
from induction_portal.accounts.viewer import Viewer

from .models import MentorMeeting, Observation, Visit


def origin(placement: Placement, *, on: date) -> dict[str, Any]:
    """What a new record carries for good: its case, placement, school and body (cases.models.CaseRecord)."""
    body = body_of(placement.induction, on=on) or placement.reported_body_id
    return {"induction": placement.induction, "placement": placement, "school_id": placement.school_id, "body_id": body}


def served_on(induction: Induction, by: Viewer, day: date, field: str) -> Placement:
    """The placement at which the ECT served on a day, at the viewer's own school where they act for one; the lead
    school's where there are several. Raises RuleBroken, at a field, for a day on which there was none.
    """
    served = induction.placements.filter(in_force("", on=day)).select_related("induction__teacher")
    if by.organisation is not None:
        served = served.filter(school=by.organisation)
    placement = served.order_by("-is_lead", "starts_on").first()
    if placement is None:
        where = "there was no placement at your school" if by.organisation else "you did not serve at a school"
        raise RuleBroken(f"On this day {where}: check the date", field)
    return placement


def span(placement: Placement) -> Served:
    """The first and last day of a placement, as the rules take it."""
    return placement.starts_on, placement.ends_on


def check_seen(row: Observation | Visit | MentorMeeting, seen: int | None) -> None:
    """Compare the version that a page was made from; None comes from no page. Raises ChangedMeanwhile."""
    if seen is not None and seen != row.version:
        raise ChangedMeanwhile(row.version)


def refuse(objections: list[Objection]) -> None:
    """Raise RuleBroken with the first of some objections, if there is any."""
    if objections:
        raise RuleBroken(objections[0].message, objections[0].field)
