"""Where an induction stands between schools and appropriate bodies, in plain words for each side (R84, R85)."""

from datetime import date

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..frame import own_placement
from ..models import BodyPeriod, Induction


def body_on(induction: Induction, on: date) -> BodyPeriod | None:
    """The period in force on a day, of a case whose body periods may have been fetched."""
    periods = induction.body_periods.all()
    return next((p for p in periods if p.starts_on <= on and (p.ends_on is None or p.ends_on >= on)), None)


def last_before(induction: Induction, on: date) -> BodyPeriod | None:
    """The latest period that has ended by a day."""
    ended = [p for p in induction.body_periods.all() if p.ends_on is not None and p.ends_on < on]
    return max(ended, key=lambda p: p.ends_on or date.min, default=None)


def latest_school(induction: Induction) -> Organisation:
    """The school where induction goes on, or will."""
    return max(induction.placements.select_related("school"), key=lambda p: p.starts_on).school


def standing_words(viewer: Viewer, induction: Induction, on: date) -> list[str]:
    """Who is responsible, or what it means that nobody is."""
    if period := body_on(induction, on):
        said = f"{period.body.name} has been the appropriate body since {day(period.starts_on)}."
        if period.starts_on > viewer.on:
            said = f"{period.body.name} is the appropriate body from {day(period.starts_on)} on."
        ends = f"It has released the ECT: its last day is {day(period.ends_on)}." if period.ends_on else ""
        return [said, ends] if ends and on >= viewer.on else [said]
    last = last_before(induction, on)
    if last is None:
        return ["No appropriate body has taken this induction on yet."]
    serves = any(p.starts_on <= on and (p.ends_on is None or p.ends_on >= on) for p in induction.placements.all())
    return _paused(viewer, last, serves=serves)


ELSEWHERE = (
    "What you have served counts, and stays counted. There is no time limit: you can go on with induction when you "
    "start at a school that offers it. That school registers you with an appropriate body."
)
HERE = (
    "What you have served counts, and stays counted. You go on at your school, but days without an appropriate body "
    "do not count: ask your headteacher which body takes over, and from when."
)


def _paused(viewer: Viewer, last: BodyPeriod, *, serves: bool) -> list[str]:
    """R84: a gap has no time limit, and nothing is lost in it."""
    let_go = f"{last.body.name} let this induction go on {day(last.ends_on)}"
    if viewer.organisation is None:
        return [
            f"Your induction is paused: {last.body.name} was responsible until {day(last.ends_on)}, and no appropriate "
            "body has taken over yet.",
            HERE if serves else ELSEWHERE,
            f"Your record stays yours. {last.body.name} and your school keep what they have for at least six years, "
            "and the next appropriate body is given the reviews and assessments when it takes you on.",
        ]
    return [
        f"Induction is paused: {let_go}, and nobody has taken over yet.",
        "What was served counts, and a gap has no time limit.",
    ]


def what_next(viewer: Viewer, induction: Induction, on: date) -> list[str]:
    """For a school whose ECT leaves: what happens next, and whose it is."""
    school = viewer.organisation
    if school is None or school.kind != Organisation.Kind.SCHOOL:
        return []
    placement = own_placement(induction, viewer)
    if placement is None or placement.ends_on is None:
        return []
    held = body_on(induction, min(on, placement.ends_on))
    body = held.body.name if held else "the appropriate body"
    return [
        f"The last day here is {day(placement.ends_on)}. {body} was told when you recorded it.",
        "If the ECT served a term or more here since the last assessment, an interim assessment is due before they "
        "leave. It is among your tasks until it is sent.",
        f"{body} releases the ECT and reports the terms served.",
        "The ECT’s next school registers them with its appropriate body. That body is given the reviews and "
        "assessments that were sent to yours; you keep what you have as it was on the last day.",
    ]
