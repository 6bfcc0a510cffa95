"""Levels in words, as pages, papers and the copy that an ECT takes along say them."""

from collections.abc import Iterable, Sequence
from datetime import date

from cases.rules.statuses import PlanStatus, SupportLevel
from cases.rules.support import Carried, Outcome, direction
from cases.rules.transitions import ROLE_NAMES
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day, listed, upper_first

from .ladder import OVER, standing
from .models import Concern, LevelChange, Plan

COLOURS = {
    SupportLevel.LIGHT_TOUCH: "blue",
    SupportLevel.SUPPORT_1: "yellow",
    SupportLevel.SUPPORT_2: "yellow",
    SupportLevel.CONCERN: "orange",
    SupportLevel.AT_RISK: "red",
    SupportLevel.CAPABILITY: "red",
    SupportLevel.MONITORING: "teal",
}
LEVEL_COLUMNS = ("Level", "From", "To", "Whose it was", "Why", "Aim", "What was to be seen before less support",
                 "Opened by", "How it ended")  # fmt: skip
CONCERN_COLUMNS = ("Raised on", "By", "Teachers’ Standards", "What was seen", "What had been tried")


def brings(level: SupportLevel, found: Carried) -> str:
    """What a move brings, in a hint: whose it is, and how long the plan takes."""
    if found.owner is None:
        return ""
    owner = f"Owned by {ROLE_NAMES[found.owner]}"
    if found.weeks is None:
        return owner
    weeks = f"{found.weeks[0]} to {found.weeks[-1]}" if len(found.weeks) > 1 else f"{found.weeks[0]}"
    meets = listed([ROLE_NAMES[role] for role in found.meets])
    return f"{owner}. A plan of {weeks} weeks, begun with a meeting of {meets}"


def owner_words(row: LevelChange, names: dict[str, str]) -> str:
    """Whose a level is: "Induction tutor: Priya Nair", the role alone where nobody holds it."""
    role = Role(row.owner).label
    return f"{role}: {names[row.owner]}" if names.get(row.owner) else role


def why_told(row: LevelChange, viewer: Viewer) -> str:
    """The reason, as far as this viewer may know: of Level 6 an appropriate body knows the fact only (R79)."""
    organisation = viewer.organisation
    of_body = organisation is not None and organisation.kind == Organisation.Kind.BODY
    return "" if row.ground and of_body else row.why


def outcome_words(row: LevelChange, seen: Iterable[LevelChange]) -> str:
    """How a level ended. Who does not see the level that followed is told no more than that it ended."""
    if row.is_open:
        return ""
    followed = any(each.number == row.number + 1 for each in seen)
    if row.outcome in OVER or followed:
        return f"{Outcome(row.outcome).label}. {row.closing_reason}".strip().removesuffix(".")
    return "Ended"


def current(rows: Sequence[LevelChange], viewer: Viewer) -> LevelChange | None:
    """The level that is held, as far as this viewer sees."""
    spell = standing(rows, viewer.on)
    return spell[-1] if spell and spell[-1].is_open else None


def direction_words(rows: Sequence[LevelChange], viewer: Viewer) -> str:
    """Which way the ECT travels: "Going up"; empty without a level."""
    spell = standing(rows, viewer.on)
    return direction([row.state for row in spell]).label if spell and spell[-1].is_open else ""


def facts(
    row: LevelChange, rows: Sequence[LevelChange], viewer: Viewer, names: dict[str, str]
) -> list[tuple[str, str]]:
    """An open level, for its page."""
    carries = row.carries
    told = [
        ("Since", day(row.opened_on)),
        ("Direction of travel", direction_words(rows, viewer)),
        ("Whose it is", owner_words(row, names)),
        ("Why", why_told(row, viewer)),
        ("Aim", row.aim),
        ("Before less support, this has to be seen", row.steps_down),
        ("Plan", _plan(row, viewer.on)),
        ("Meeting at the start", _meeting(carries)),
        ("Meetings with the ECT", "Every week" if carries.contact_days else ""),
        ("Appropriate body updated", _updates(carries, row)),
        ("What comes next is decided by", day(row.ends_by) if row.ends_by else ""),
        ("Opened by", f"{row.opened_by.name}, {Role(row.opened_as).label.lower()}, in part {row.part}"),
    ]
    return [(name, value) for name, value in told if value]


def _plan(row: LevelChange, on: date) -> str:
    """How long the plan takes, and where it is."""
    if not row.weeks:
        return ""
    plan: Plan | None = getattr(row, "plan", None)
    weeks = f"{row.weeks} week{'s' if row.weeks != 1 else ''}"
    if plan is None:
        return f"{weeks}, not written yet"
    return plan_words(plan, on) or f"{weeks}. {plan.state.label}"


def plan_words(plan: Plan, on: date) -> str:
    """Where a plan that goes on is, in a line: "Week 3 of 6, until 13 December 2026"; empty for any other."""
    if plan.state is not PlanStatus.GOING_ON or plan.ends_on is None:
        return ""
    begun = sum(first <= on for first in plan.laid)
    if not begun:
        return f"Begins on {day(plan.laid[0])}"
    return f"Week {begun} of {len(plan.laid)}, until {day(plan.ends_on)}"


def _meeting(carries: Carried) -> str:
    return upper_first(listed([ROLE_NAMES[role] for role in carries.meets])) if carries.meets else ""


def _updates(carries: Carried, row: LevelChange) -> str:
    if carries.update_days:
        return "Every week"
    return "At the start and at the end" if row.weeks else "When the level changes"


def steps(rows: Sequence[LevelChange], viewer: Viewer) -> list[tuple[LevelChange, list[dict[str, str]]]]:
    """Every level, the latest first, with what its page says of it once it is past."""
    told = zip(reversed(rows), history(rows, viewer), strict=True)
    return [
        (row, [{"key": key, "value": cell} for key, cell in zip(LEVEL_COLUMNS[1:], cells[1:], strict=True) if cell])
        for row, cells in told
    ]


def history(rows: Sequence[LevelChange], viewer: Viewer) -> list[list[str]]:
    """Every level, the latest first, in the columns of `LEVEL_COLUMNS`."""
    return [
        [
            str(row), day(row.opened_on), day(row.closed_on) if row.closed_on else "Still open", Role(row.owner).label,
            why_told(row, viewer), row.aim, row.steps_down, row.opened_by.name, outcome_words(row, rows),
        ]
        for row in reversed(rows)
    ]  # fmt: skip


def concern_rows(found: Iterable[Concern]) -> list[list[str]]:
    """Concerns in the columns of `CONCERN_COLUMNS`."""
    return [
        [
            day(row.raised_on), f"{row.raised_by.name}, {Role(row.raised_as).label.lower()}",
            "; ".join(standard.label for standard in row.touches), row.seen, row.tried,
        ]
        for row in found
    ]  # fmt: skip
