"""What a viewer is told of a case's dates: the timeline as they may know it, and why each deadline falls when it does.

Who has let a case go is told of it as at their own last day (R86); a school that joined, nothing of what was before it
(R85); a mentor, nothing of absence (R79).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .access import as_at
from .deadlines import (
    OF_ABSENCE,
    OF_APPEAL,
    OF_SUPPORT,
    SYSTEM,
    TELLING_OF_ABSENCE,
    label,
    state_words,
    waits_words,
    why_words,
)
from .explaining import Answer, explain
from .facts import facts_as_fetched
from .models import Deadline, Induction
from .parts import PARTS
from .rules.facts import CaseFacts
from .rules.timeline import timeline
from .rules.told import Told, as_known_on
from .sight import sight

May = frozenset[Permission]
OVERDUE = "Overdue"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that falls due: what, when, whose it is, where it stands, and why then; `waits` says what the day
    depends on while it is not known.
    """

    says: str
    due_on: date
    owner: str
    state: str
    done: bool
    why: str
    rule: str
    source: str
    waits: str = ""


def told_to(viewer: Viewer, may: May, induction: Induction) -> Told:
    """How much of a case from `access.case` this viewer may know."""
    seen = sight(viewer, induction)
    since = seen.since or date.min
    shut = [p for p in induction.placements.all() if p.starts_on < since and p not in seen.placements]
    return Told(
        names={str(placement.school_id): placement.school.name for placement in seen.placements},
        since=since,
        hidden=frozenset(str(placement.school_id) for placement in shut),
        absences=Permission.READ_ABSENCE in may,
    )


def facts_told(viewer: Viewer, induction: Induction) -> CaseFacts:
    """The facts of a case as at the day on which this viewer sees it."""
    (facts,) = facts_as_fetched([induction], as_of=viewer.on)
    on = as_at(viewer, induction)
    if on >= viewer.on:
        return facts
    decided = (each for each in induction.decision_extensions.all() if each.stands and each.decided_on <= on)
    known = [Fraction(each.terms) for each in decided]
    return replace(as_known_on(facts, on), decision_extensions=tuple(known))


def answer_for(viewer: Viewer, may: May, induction: Induction) -> Answer:
    """Where the induction stands, for this viewer: with what has happened beside the clock."""
    done = [each for part in PARTS for each in part.happenings(induction, viewer, may) if each.on]
    told = told_to(viewer, may, induction)
    return explain(timeline(facts_told(viewer, induction)), told=told, done=done, key="stands")


def steps(viewer: Viewer, may: May, induction: Induction) -> list[Step]:
    """Everything that falls or fell due, the earliest first; nothing for who has let the case go. What was left undone
    before a school's first day is not its to do.
    """
    if as_at(viewer, induction) < viewer.on:
        return []
    told, here = told_to(viewer, may, induction), getattr(induction, "since", None) or date.min
    rows = (row for row in induction.deadlines.all() if row.due_on >= (here if row.is_open else told.since))
    hidden = frozenset[str]() if Permission.READ_APPEAL in may else OF_APPEAL
    hidden |= frozenset[str]() if Permission.READ_LEVELS in may else OF_SUPPORT
    known = (row for row in rows if row.kind not in hidden)
    return [_step(row, told, viewer.on) for row in known if told.absences or row.kind not in OF_ABSENCE]


def next_steps(found: Iterable[Step], *, today: date) -> list[Step]:
    """Those that are still to be done, or still to come."""
    return [step for step in found if not step.done and (step.waits or step.due_on >= today or step.state == OVERDUE)]


def _step(row: Deadline, told: Told, today: date) -> Step:
    hushed = not told.absences
    silent = hushed and row.rule in TELLING_OF_ABSENCE
    return Step(
        says=label(row),
        due_on=row.due_on,
        owner="" if row.owner == SYSTEM else Role(row.owner).label,
        state=_state(row, today),
        done=not row.is_open,
        why=why_words(row, hushed=hushed),
        rule="" if silent else row.rule,
        source="" if silent else row.source,
        waits=waits_words(row, hushed=hushed),
    )


def _state(row: Deadline, today: date) -> str:
    if row.closed_on:
        return f"Done on {day(row.closed_on)}"
    if row.owner == SYSTEM:
        return "" if row.due_on >= today else "Passed"
    if row.waits:
        return ""
    return state_words(row, today=today)
