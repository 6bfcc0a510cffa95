"""A form filled from the sealed content of a plan (R76)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cases.rules.signing import ECT, TUTOR
from cases.rules.standards import Standard
from cases.rules.statuses import SupportLevel
from induction_portal.accounts.permissions import Role
from induction_portal.govuk.words import day

from .form import Met, ObjectiveBoxes, PlanForm, Under, WeekBoxes

Content = Mapping[str, Any]
NOBODY_YET: Mapping[str, Under] = {}


def filled(content: Content, under: Mapping[str, Under] = NOBODY_YET, *, mark: str = "") -> PlanForm:
    """The form of a sealed plan. `under` is what stands where the tutor and the ECT sign, by role."""
    standards = _standards(content["standards"])
    return PlanForm(
        level=SupportLevel(content["level"]),
        **{name: content[name] for name in ("ect", "school", "term", "mentor", "previous_objectives",
                                            "previous_evaluation", "reason", "evaluation", "next_objectives")},
        dates=_dates(content),
        met_on=_day(content["met_on"]),
        standards=standards,
        objectives=_linked(content["objectives"], standards),
        risk=_linked(content["risk_reasons"], standards),
        extension=content["extension_reasons"],
        rows=tuple(_row(row) for row in content["rows"]),
        weeks=tuple(_week(week) for week in content["by_week"]),
        moved=tuple(_moved(row) for row in content["laid_anew"]),
        meetings=tuple(_met(row) for row in content["meetings"]) or (Met(),),
        ended_on=_ended(content),
        on_track=content["on_track"],
        tutor=under.get(TUTOR, Under()),
        ect_signed=under.get(ECT, Under()),
        mark=mark,
    )  # fmt: skip


def _dates(content: Content) -> str:
    if not content["starts_on"]:
        return ""
    weeks = f"{content['weeks']} week{'s' if content['weeks'] != 1 else ''}"
    first = next((week["starts_on"] for week in content["by_week"]), "") or content["starts_on"]
    return f"{_day(first)} to {_day(content['ends_on'])} ({weeks})"


def _ended(content: Content) -> str:
    why = content["early_reason"]
    return f"{_day(content['ended_on'])}{f'. Before its last week: {why}' if why else ''}"


def _linked(text: str, standards: str) -> str:
    """A text that the form asks to be linked to Standards, with them."""
    return f"{text}\n\n{standards}" if text and standards else text


def _standards(codes: Sequence[str]) -> str:
    return "\n".join(Standard(code).label for code in codes)


def _row(row: Content) -> ObjectiveBoxes:
    names = ("success_criteria", "actions", "resources", "outcome")
    objective = f"{row['objective']} ({', '.join(row['standards'])})" if row["standards"] else row["objective"]
    return ObjectiveBoxes(objective=objective, **{name: row[name] for name in names})


def _week(week: Content) -> WeekBoxes:
    dates = f"{_short(week['starts_on'])} to {_short(week['ends_on'])}" if week["starts_on"] else ""
    return WeekBoxes(
        week["number"],
        dates,
        **{name: week[name] for name in ("actions", "resources", "success_criteria")},
        evaluation=week["evaluation"]["text"],
        evaluated_by=_by(week["evaluation"]),
        comment=week["comment"]["text"],
        commented_by=_by(week["comment"]),
    )


def _by(said: Content) -> str:
    return f"{said['by']}, {_day(said['on'])}" if said["text"] else ""


def _moved(row: Content) -> str:
    """That weeks were laid anew; not why: a reason may be about somebody's health."""
    first = row["row"] - 1
    was, became = row["was"][first], row["became"][first]
    return f"On {_day(row['on'])} week {row['row']} was moved from {_day(was)} to {_day(became)}, by {row['by']}."


def _met(row: Content) -> Met:
    added = [f"Added on {_day(e['on'])} by {e['by']}, {Role(e['as']).label}: {e['text']}" for e in row["added"]]
    held = f"{_day(row['on'])}\nPresent: {row['people']}"
    return Met(held, row["outline"], "\n\n".join([row["outcome"], *added]))


def _day(iso: str) -> str:
    return day(date.fromisoformat(iso)) if iso else ""


def _short(iso: str) -> str:
    on = date.fromisoformat(iso)
    return f"{on.day} {on:%b}"
