"""What goes with a level of support: its meetings, the updates to the body, and what the body does (R70-R72, R75)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from .dates import say
from .errors import RuleBroken
from .escalation import UPDATE_WITHIN, WEEKLY_UPDATES
from .statuses import SupportLevel
from .support import Audience, Outcome, audience_of, carried, names_of
from .working_days import wd_excl

CONTACT_WITHIN = 5  # working days after Level 2 was opened (D30)
PLAN_AHEAD = timedelta(days=366)
WEEK = timedelta(days=7)
TUTORS = frozenset({"induction_tutor", "induction_lead"})
BODY = frozenset({"body_officer", "body_admin"})
L = SupportLevel
# The levels to which a meeting at another may lead, with the appropriate body at the table (R70, R72)
LEADS_TO: dict[SupportLevel, tuple[SupportLevel, ...]] = {
    L.SUPPORT_1: (L.CONCERN,),
    L.SUPPORT_2: (L.CONCERN,),
    L.CONCERN: (L.AT_RISK,),
}
Served = tuple[date, date | None]


# Meetings


def must_meet(level: SupportLevel) -> tuple[str, ...]:
    """R70: the roles that have to be at a meeting of a level; none where the source names none."""
    return carried(level).meets


def may_miss(level: SupportLevel) -> frozenset[str]:
    """R70: who of them may be missing with a reason: at Level 3 the body comes "as appropriate", elsewhere nobody."""
    return frozenset({"body_officer"}) if level is L.SUPPORT_2 else frozenset()


def meeting_levels(now: SupportLevel) -> list[SupportLevel]:
    """What a meeting may be about while a level is open: that level, or one to which the ECT may go on from there."""
    return [] if now in (L.NONE, L.CAPABILITY) else [now, *LEADS_TO.get(now, ())]


def may_hold(level: SupportLevel, roles: Collection[str]) -> bool:
    """R70, R79: whether somebody in these roles arranges and records the meetings of a level: the mentor at Level 1
    alone, the induction tutor or lead, and the appropriate body's officer, who joins them.
    """
    return bool(TUTORS & set(roles) or BODY & set(roles) or (level is L.LIGHT_TOUCH and "mentor" in roles))


def check_arranged(on: date, where: str, *, today: date, served: Served) -> None:
    """Raise RuleBroken, at the field, unless a meeting is arranged for a day to come at the school, with its place."""
    if on < today:
        raise RuleBroken("The date of a meeting to come must be today or later", "meets_on")
    if on > today + PLAN_AHEAD:
        raise RuleBroken("The date of a meeting to come must be within a year", "meets_on")
    _within(on, served, "meets_on")
    if not where.strip():
        raise RuleBroken("Enter at what time and where", "where")


@dataclass(frozen=True, slots=True)
class Minutes:
    """What is recorded of a meeting. ``present`` are the roles that were there, ``others`` whoever else, in words;
    ``missing`` says who could not meet, and why.
    """

    on: date
    present: Collection[str]
    outline: str
    outcome: str
    others: str = ""
    missing: str = ""


def check_minutes(level: SupportLevel, minutes: Minutes, *, today: date, served: Served) -> None:
    """R70: raise RuleBroken, at the field, for a meeting to come, one without somebody who must attend (with a reason
    where the level allows it), or one that says neither what was discussed nor what came of it.
    """
    if minutes.on > today:
        raise RuleBroken("The date of the meeting must be today or in the past", "meets_on")
    _within(minutes.on, served, "meets_on")
    _check_present(level, minutes)
    if not minutes.outline.strip():
        raise RuleBroken("Enter what was discussed", "outline")
    if not minutes.outcome.strip():
        raise RuleBroken("Enter the outcome of the meeting", "outcome")


def _within(on: date, served: Served, field: str) -> None:
    first, last = served
    if on < first:
        raise RuleBroken(f"The date must be on or after {say(first)}, when the ECT started at the school", field)
    if last is not None and on > last:
        raise RuleBroken(f"The date must be on or before {say(last)}, when the ECT left the school", field)


def _check_present(level: SupportLevel, minutes: Minutes) -> None:
    if not minutes.present:
        raise RuleBroken("Select who was at the meeting", "present")
    absent = [role for role in must_meet(level) if role not in minutes.present]
    excused = may_miss(level)
    if any(role not in excused for role in absent):
        who = names_of(must_meet(level))
        gone = names_of(role for role in absent if role not in excused)
        says = f"A meeting of Level {level} is held with {who}. Without {gone} it is not that meeting: arrange another"
        raise RuleBroken(says, "present")
    if absent and not minutes.missing.strip():
        gone = names_of(role for role in absent)
        raise RuleBroken(f"Enter why {gone} could not meet", "missing")


# Updates to the body


@dataclass(frozen=True, slots=True)
class Expected:
    """R75: an update that the body is to have: which of its level, by when, and from which day on it can be written."""

    number: int
    due_on: date
    opens_on: date


def updates_expected(
    level: SupportLevel,
    dues: Sequence[date],
    *,
    opened_on: date,
    ends_on: date | None,
    closed_on: date | None = None,
    outcome: str = "",
) -> list[Expected]:
    """D27, D29: the updates of a level, by the days that its plan gives (``dues``); what its closing leaves of them.

    Each weekly one can be written in the week before its day; at Levels 1 to 3 the first from the start, the last once
    the plan has ended (``ends_on``). A closing tells the body by itself: what was not sent by then is expected no more.
    Only where support ends after Levels 1 to 3 does the last remain, five working days after the closing.
    """
    if closed_on is None:
        opens = [opened_on, *dues[:-1]] if level in WEEKLY_UPDATES else [opened_on, ends_on or opened_on]
        return [Expected(*each) for each in zip(range(1, len(dues) + 1), dues, opens, strict=False)]
    if not dues or level in WEEKLY_UPDATES or outcome != Outcome.ON_TRACK:
        return []
    return [Expected(len(dues), wd_excl(closed_on, UPDATE_WITHIN), closed_on)]


def is_weekly(level: SupportLevel) -> bool:
    """Whether the body is updated every week (D27), or at the start and the end (D29)."""
    return level in WEEKLY_UPDATES


def check_update(expected: Expected, *, progress: str, today: date) -> None:
    """Raise RuleBroken for an update that is written before its time, or says nothing."""
    if today < expected.opens_on:
        says = f"The next update is due on {say(expected.due_on)}, and can be written from {say(expected.opens_on)}"
        raise RuleBroken(says)
    if not progress.strip():
        raise RuleBroken("Enter what was done and what progress was seen", "progress")


# The body's own part


class Did(StrEnum):
    """What an appropriate body does for an ECT on support, beside agreeing and answering (D30; S2)."""

    label: str

    def __new__(cls, value: str, label: str) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        return member

    ECT = "ect", "Contact with the ECT"
    SCHOOL = "school", "Contact with the school"
    JOINT = "joint", "Joint observation"
    NOTE = "note", "Note"


@dataclass(frozen=True, slots=True)
class Done:
    """What an officer tells of it. ``how`` and the two answers of the ECT, that they are clear on the reasons and
    content with the support, are of a contact; ``agreed`` says whether the judgements of a joint observation agreed.
    """

    did: Did
    on: date
    text: str
    shared: bool
    how: str = ""
    with_whom: str = ""
    clear: bool | None = None
    content: bool | None = None
    agreed: bool | None = None


def contact_due(opened_on: date) -> date:
    """D30: the day by which the body has spoken to an ECT whose Level 2 was opened."""
    return wd_excl(opened_on, CONTACT_WITHIN)


def check_done(done: Done, *, today: date, served: Served) -> None:
    """Raise RuleBroken, at the field, for what is still to come, or lacks what its kind needs."""
    if done.on > today:
        raise RuleBroken("The date must be today or in the past", "done_on")
    _within(done.on, served, "done_on")
    if done.did in (Did.ECT, Did.SCHOOL) and not done.how:
        raise RuleBroken("Select how you were in contact", "how")
    if done.did is Did.ECT and done.clear is None:
        raise RuleBroken("Select yes if the ECT is clear on the reasons", "clear")
    if done.did is Did.ECT and done.content is None:
        raise RuleBroken("Select yes if the ECT is content with the support", "content")
    if done.did in (Did.SCHOOL, Did.JOINT) and not done.with_whom.strip():
        raise RuleBroken("Enter with whom", "with_whom")
    if done.did is Did.JOINT and done.agreed is None:
        raise RuleBroken("Select yes if the judgements agreed", "agreed")
    if not done.text.strip():
        raise RuleBroken("Enter what was said, agreed or noted", "text")


def heard_by(done: Done, level: SupportLevel) -> Audience:
    """R78, R79: who reads it. The ECT always; the school where the officer says so, and then of a judgement, and at
    Level 6, no mentor.
    """
    if not done.shared:
        return Audience.BODY
    return Audience.ASSESSED if done.did is Did.JOINT else audience_of(level)
