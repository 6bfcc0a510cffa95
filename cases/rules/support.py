"""Concerns and the ladder as rows: whom a row is for, what a level carries, which moves are offered (R70-R77, R81)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from .errors import RuleBroken
from .escalation import PLAN_WEEKS, WEEKLY_UPDATES, Move, Progress, Ruling, move, owner_of, plan
from .statuses import SupportLevel
from .transitions import ROLE_NAMES, moves_from

WEEK = 7
MONITORED_FOR = timedelta(weeks=13)  # a term, where no formal assessment comes first (R72)
_SCHOOL = ("ect", "induction_tutor", "induction_lead", "headteacher")
_BODY = ("body_officer", "body_admin")


class Audience(StrEnum):
    """For whom a row of support is (R79). ``roles`` are all who may know of it, where they reach its case."""

    roles: frozenset[str]

    def __new__(cls, value: str, *roles: str) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.roles = value, frozenset(roles)
        return member

    CASE = "case", *_SCHOOL, "mentor", *_BODY
    ASSESSED = "assessed", *_SCHOOL, *_BODY  # what follows from an assessment, and Level 6: never a mentor's
    WITH_TRUST = "with_trust", *_SCHOOL, "mentor", "trust_officer"
    PASSED_ON = "passed_on", *_SCHOOL, "mentor", *_BODY, "trust_officer"
    SCHOOL = "school", *_SCHOOL
    SCHOOL_AND_TRUST = "school_and_trust", *_SCHOOL, "trust_officer"
    CONTACT = "contact", "ect", "body_contact"  # in confidence
    SHARED = "shared", *_SCHOOL, "body_contact"
    EVERY_STEP = "every_step", *_SCHOOL, "trust_officer", "body_contact"
    BODY = "body", "ect", *_BODY  # what the body notes for itself: never unread by the ECT (R78)


def audiences_of(role: str) -> frozenset[Audience]:
    """The rows that somebody in a role may know of."""
    return frozenset(audience for audience in Audience if role in audience.roles)


class Outcome(StrEnum):
    """How a level was closed: by which move, or because the ECT left the school."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member

    UP = "up", "More support was needed"
    AGAIN = "again", "Another plan at the same level"
    DOWN = "down", "Less support was needed"
    MONITORING = "monitoring", "To monitoring"
    ON_TRACK = "on_track", "On track: no more extra support"
    LEFT = "left", "The ECT left the school"


class Ground(StrEnum):
    """R77: why a headteacher goes to Level 6. Fixed words, because details belong to the employer's own file."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member

    NOT_ENOUGH = "not_enough", "Earlier support has not brought enough progress"
    SERIOUS = "serious", "The concerns are too serious to wait for earlier levels"


@dataclass(frozen=True, slots=True)
class Carried:
    """R70: what a level brings by itself.

    ``weeks`` a plan may take, None where there is no plan; ``contact_days`` how often mentor or tutor meets the ECT,
    ``update_days`` how often the body is updated, None where only a change is told; ``meets`` who meets at its start.
    """

    owner: str | None
    weeks: range | None
    contact_days: int | None
    update_days: int | None
    meets: tuple[str, ...]


_MEETS = {
    SupportLevel.LIGHT_TOUCH: ("mentor", "ect"),
    SupportLevel.SUPPORT_1: ("induction_tutor", "ect"),
    SupportLevel.SUPPORT_2: ("body_officer", "induction_tutor", "ect"),
    SupportLevel.CONCERN: ("body_officer", "induction_tutor", "mentor", "ect"),
    SupportLevel.AT_RISK: ("body_officer", "ect", "induction_tutor", "mentor"),
}
_CONTACT_NOT_STATED = {SupportLevel.SUPPORT_2}
_FIRST_THE_MEETING = {(SupportLevel.SUPPORT_2, SupportLevel.CONCERN)}
WAITS_FOR_MEETING = {now for now, _ in _FIRST_THE_MEETING}


def carried(level: SupportLevel) -> Carried:
    """R70: what a level brings, as one row of the source's table."""
    has_plan = level in PLAN_WEEKS
    return Carried(
        owner=owner_of(level),
        weeks=PLAN_WEEKS.get(level),
        contact_days=WEEK if has_plan and level not in _CONTACT_NOT_STATED else None,
        update_days=WEEK if level in WEEKLY_UPDATES else None,
        meets=_MEETS.get(level, ()),
    )


def audience_of(level: SupportLevel) -> Audience:
    """R79: everybody of the case knows of Levels 1 to 5 and of monitoring; Level 6 is no mentor's affair."""
    return Audience.ASSESSED if level is SupportLevel.CAPABILITY else Audience.CASE


def review_due(level: SupportLevel, opened_on: date, weeks: int | None, next_assessment: date | None) -> date | None:
    """The day by which somebody decides what comes next: the end of the plan (R75); of monitoring, a term later or the
    next formal assessment, whichever is first (R72); None at Level 6, which is the employer's.

    Raises RuleBroken, at ``weeks``, for a length that R70 does not allow.
    """
    if level is SupportLevel.CAPABILITY:
        return None
    if level is SupportLevel.MONITORING:
        term_later = opened_on + MONITORED_FOR
        return min(term_later, next_assessment) if next_assessment and next_assessment >= opened_on else term_later
    if weeks is None:
        allowed = PLAN_WEEKS[level]
        raise RuleBroken(f"Select how many weeks the plan takes: {_range(allowed)} at Level {level}", "weeks")
    return plan(level, opened_on, weeks).value.ends_on


def _range(weeks: range) -> str:
    return f"{weeks[0]} to {weeks[-1]}" if len(weeks) > 1 else f"{weeks[0]}"


def updates_due(level: SupportLevel, opened_on: date, weeks: int | None) -> tuple[date, ...]:
    """R75: when the body is updated of a level that was opened with a plan of so many weeks; none without a plan."""
    if weeks is None or level not in PLAN_WEEKS:
        return ()
    return plan(level, opened_on, weeks).value.body_updates_due


def closing(now: SupportLevel, to: SupportLevel) -> Outcome:
    """How a level is closed by a move."""
    if to is SupportLevel.NONE:
        return Outcome.ON_TRACK
    if now is to:
        return Outcome.AGAIN
    if to is SupportLevel.MONITORING:
        return Outcome.MONITORING
    return Outcome.UP if _height(to) > _height(now) else Outcome.DOWN


def _height(level: SupportLevel) -> int:
    """Monitoring stands between no support and Level 1."""
    return 1 if level is SupportLevel.MONITORING else 2 * int(level)


class Direction(StrEnum):
    """Which way an ECT travels on the ladder, as the last two levels tell."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member

    NEW = "new", "New"
    UP = "up", "Going up"
    SAME = "same", "Staying"
    DOWN = "down", "Coming down"


def direction(levels: Sequence[SupportLevel]) -> Direction:
    """Which way the last of some levels, the earliest first, lies from the one before it. Raises IndexError for none.

    A level that was opened when nothing else was is new: the caller gives the levels of one spell.
    """
    if len(levels) == 1:
        return Direction.NEW
    before, now = _height(levels[-2]), _height(levels[-1])
    return Direction.SAME if before == now else Direction.UP if now > before else Direction.DOWN


@dataclass(frozen=True, slots=True)
class Climb:
    """Where an ECT stands and who wants to move them: what every offer of a move depends on.

    ``before`` are the levels of this spell up to now, the earliest first, empty for none; ``by`` the roles of who asks;
    ``agreed`` the levels to which the body has agreed, its overriding included; ``met`` those about which the meeting
    that comes first was held while the present level was open.
    """

    before: tuple[SupportLevel, ...]
    part: int
    by: frozenset[str]
    agreed: frozenset[SupportLevel] = frozenset()
    met: frozenset[SupportLevel] = frozenset()

    @property
    def now(self) -> SupportLevel:
        """The level that is open."""
        return self.before[-1] if self.before else SupportLevel.NONE


def ask(climb: Climb, to: SupportLevel, progress: Progress, reason: str) -> Ruling:
    """R72: whether somebody may make a move, in whichever of their roles; else why not, in the words of the rule."""
    if objection := _again_twice(climb, to):
        return Ruling(objection)
    rulings = [
        move(
            Move(
                climb.now,
                to,
                climb.part,
                role,
                progress,
                reason,
                body_override=to in climb.agreed,
                body_agreed=to in climb.agreed,
            )
        ).value
        for role in _by_weight(climb.by)
    ]
    nobody = Ruling("Only the school’s mentor, induction tutor or headteacher can move an ECT on the ladder.")
    found = next((ruling for ruling in rulings if ruling.allowed), rulings[0] if rulings else nobody)
    objection = "" if to in climb.met else meet_first(climb.now, to)
    return Ruling(objection) if found.allowed and objection else found


def meet_first(now: SupportLevel, to: SupportLevel) -> str:
    """R72: why a move waits until a meeting is recorded; empty where it does not."""
    if (now, to) not in _FIRST_THE_MEETING:
        return ""
    return f"Record the meeting of {names_of(carried(to).meets)} first."


def names_of(roles: Iterable[str]) -> str:
    """Some roles in words: "the mentor and the ECT"."""
    *most, last = (ROLE_NAMES[role] for role in roles)
    return f"{', '.join(most)} and {last}" if most else last


def _by_weight(roles: Iterable[str]) -> list[str]:
    weight = ("headteacher", "induction_tutor", "induction_lead", "mentor")
    return sorted((role for role in roles if role in weight), key=weight.index)


def _again_twice(climb: Climb, to: SupportLevel) -> str:
    twice = climb.before[-2:] == (SupportLevel.LIGHT_TOUCH,) * 2
    return "Level 1 is repeated once only." if twice and to is SupportLevel.LIGHT_TOUCH else ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A level as a move to it stands: ``objection`` says why it cannot be made now, empty where it can."""

    to: SupportLevel
    objection: str = ""


def offers(climb: Climb) -> list[Offer]:
    """R72: every level, with what keeps this person from moving there whatever they answer; empty where some answer is
    accepted. The level that is open is left out where it is never repeated.
    """
    stays = climb.now not in moves_from(climb.now)
    return [Offer(to, _objection(climb, to)) for to in SupportLevel if not (stays and to is climb.now)]


def _objection(climb: Climb, to: SupportLevel) -> str:
    rulings = [ask(climb, to, progress, "a reason") for progress in _likely(climb.now, to)]
    return "" if any(ruling.allowed for ruling in rulings) else rulings[0].message or ""


def _likely(now: SupportLevel, to: SupportLevel) -> tuple[Progress, ...]:
    goes_down = _height(to) < _height(now)
    return (Progress.ON_TRACK, Progress.SOME, Progress.NONE) if goes_down else (Progress.NONE, Progress.SOME)


def needs_body(climb: Climb) -> list[SupportLevel]:
    """The moves that the school cannot make unless the body agrees or overrides (R72)."""
    everyone = frozenset({"headteacher", "induction_tutor", "mentor"})
    alone = Climb(climb.before, climb.part, everyone)
    found = []
    for offer in offers(alone):
        with_body = Climb(climb.before, climb.part, everyone, frozenset({offer.to}))
        if offer.objection and not _objection(with_body, offer.to):
            found.append(offer.to)
    return found


def check_opened(level: SupportLevel, *, reason: str, aim: str, steps_down: str, ground: str) -> None:
    """Raise RuleBroken, at the field, for what a level cannot be opened without. Level 6 holds fixed words (R77)."""
    if level is SupportLevel.CAPABILITY:
        if ground not in {each.value for each in Ground}:
            raise RuleBroken("Select why the school goes to Level 6", "ground")
        return
    if not reason.strip():
        raise RuleBroken("Enter the reason", "reason")
    if level is SupportLevel.NONE:
        return
    if not aim.strip():
        raise RuleBroken("Enter what the support is to achieve", "aim")
    if level is not SupportLevel.MONITORING and not steps_down.strip():
        raise RuleBroken("Enter what has to be seen before support is reduced", "steps_down")


def check_concern(*, standards: Collection[str], seen: str, tried: str) -> None:
    """Raise RuleBroken, at the field, unless a concern says which Standards, what was seen and what was tried."""
    if not standards:
        raise RuleBroken("Select the Teachers’ Standards that the concern touches", "standards")
    if not seen.strip():
        raise RuleBroken("Enter what was seen", "seen")
    if not tried.strip():
        raise RuleBroken("Enter what has been tried already, or that nothing has", "tried")
