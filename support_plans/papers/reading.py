"""A form as a page shows it: its boxes as rows under headings, those that are empty left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .form import PlanForm, WeekBoxes

Pairs = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a form: its heading, and its boxes that hold something, for a summary list."""

    heading: str
    rows: list[dict[str, str]]


def parts_of(form: PlanForm) -> list[Part]:
    """The parts of a form in its order, but for those in which there is nothing."""
    found = (Part(heading, _rows(pairs)) for heading, pairs in _parts(form))
    return [part for part in found if part.rows]


def _rows(pairs: Pairs) -> list[dict[str, str]]:
    return [{"key": name, "value": text} for name, text in pairs if text]


def _parts(form: PlanForm) -> Iterator[tuple[str, Pairs]]:
    yield "The plan", _about(form)
    for number, row in enumerate(form.rows, 1):
        yield f"Objective {number}", [
            ("Objective", row.objective), ("Success criteria", row.success_criteria),
            ("Actions to be taken, and by whom", row.actions), ("Resources/support required", row.resources),
            ("Outcome from observation", row.outcome),
        ]  # fmt: skip
    for week in form.weeks:
        yield f"Week {week.number}", _week(week)
    for met in form.meetings if form.meets_body else ():
        told = [("Outline of meeting", met.outline), ("Outcome", met.outcome)]
        yield "Meeting with the appropriate body", [("Date of meeting", met.held), *told]
    on_track = {True: "Yes", False: "No", None: ""}[form.on_track]
    yield "At the end", [
        ("Evaluation of progress", form.evaluation), ("Next objectives", form.next_objectives),
        ("End of the plan", form.ended_on), ("Is the ECT on track at end date?", on_track),
    ]  # fmt: skip


def _about(form: PlanForm) -> Pairs:
    light = [("Mentor", form.mentor), ("Date of meeting", form.met_on)] if form.is_light_touch else []
    standards = [("Related Teachers’ Standards", form.standards)] if form.is_light_touch else []
    return [
        *light, ("School", form.school), ("Dates of plan", form.dates), ("Term", form.term),
        ("Previous objectives", form.previous_objectives),
        ("Evaluation of progress on them", form.previous_evaluation), *standards,
        ("Reason for light touch support", form.reason), ("Objectives", form.objectives),
        ("Reasons for risk of failing", form.risk), ("Possible reasons for extension to induction", form.extension),
        ("Weeks that were moved", "\n".join(form.moved)),
    ]  # fmt: skip


def _week(week: WeekBoxes) -> Pairs:
    return [
        ("Dates", week.dates), ("Action to be taken and by whom", week.actions),
        ("Resources required", week.resources), ("Success criteria", week.success_criteria),
        ("Evaluation of progress", _said(week.evaluation, week.evaluated_by)),
        ("ECT’s comment on progress", _said(week.comment, week.commented_by)),
    ]  # fmt: skip


def _said(text: str, by: str) -> str:
    return f"{text}\n({by})" if text else ""
