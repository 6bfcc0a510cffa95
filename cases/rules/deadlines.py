"""Deadlines: facts in, dates out (D1-D35, R60-R68, R89, R90)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .bank_holidays import BANK_HOLIDAYS
from .dates import ONE_DAY, add_years, say
from .deadline_rules import RULES, Count, DeadlineRule
from .explained import Explained, Reason
from .working_days import clear_days, is_working_day, wd_before, wd_excl, wd_incl

# the kinds of ``calculate deadline``
KINDS = {
    "final_report": "D8",
    "recommendation": "D9",
    "representations": "D10",
    "decision": "D11",
    "decision_notice": "D12",
    "appeal": "D14",
    "appeal_reply": "D15",
    "dismissal": "D18",
    "review_to_body": "D5",
}
DEEMED_RECEIVED = timedelta(days=2)
REMINDERS_BEFORE = (5, 2)
REMINDERS_AFTER = (1, 3)


@dataclass(frozen=True, slots=True)
class Opened:
    """A fact that opens a deadline: its code, the day, whose it is (a row's id), and the day it was met if it was."""

    code: str
    on: date
    subject: str = ""
    met_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline with its last day."""

    rule: DeadlineRule
    opened: Opened
    due_on: date

    def is_overdue(self, today: date) -> bool:
        """A deadline expires at the end of its day (R94); one that was met is never overdue."""
        return self.opened.met_on is None and today > self.due_on

    def days_left(self, today: date) -> int:
        """Working days after ``today`` up to the last day; 0 on it and past it."""
        return clear_days(today, self.due_on)


def due_on(code: str, trigger: date, *, weeks: int | None = None) -> date:
    """The last day for deadline ``code`` opened on ``trigger``.

    A plan's deadlines (D24-D28) take its ``weeks``; the weekly ones give the first of them. Raises RuleBroken where
    bank holidays are not known.
    """
    rule = RULES[code]
    match rule.count:
        case Count.SAME_DAY:
            return trigger
        case Count.DAY_BEFORE:
            return trigger - ONE_DAY
        case Count.WEEKS:
            return trigger + timedelta(weeks=weeks or rule.amount) - ONE_DAY
        case Count.EVERY_WEEK:
            return trigger + timedelta(weeks=1)
        case Count.YEARS:
            return add_years(trigger, rule.amount)
        case Count.LAST_DAY_OF_YEARS:
            return add_years(trigger, rule.amount) - ONE_DAY
        case _:
            return _in_working_days(rule, trigger)


def _in_working_days(rule: DeadlineRule, trigger: date) -> date:
    match rule.count:
        case Count.EXCLUSIVE:
            return wd_excl(trigger, rule.amount)
        case Count.WORKING_DAYS_BEFORE:
            return wd_before(trigger, rule.amount)
        case _:
            return wd_incl(counted_from(rule, trigger), rule.amount)


def counted_from(rule: DeadlineRule, trigger: date) -> date:
    """R66: an e-mailed notice is deemed received on the second day after it was sent (Reg 18)."""
    return trigger + DEEMED_RECEIVED if rule.count is Count.AFTER_RECEIPT else trigger


def deadlines(opened: Iterable[Opened]) -> list[Due]:
    """Every deadline the facts open, the earliest first."""
    found = [Due(RULES[fact.code], fact, due_on(fact.code, fact.on)) for fact in opened]
    return sorted(found, key=lambda due: (due.due_on, due.rule.code, due.opened.subject))


def final_paperwork_due(meeting: date, completed: date) -> date:
    """R89: the earlier of the final report (D8, from the meeting) and the recommendation (D9, from completion)."""
    return min(due_on("D8", meeting), due_on("D9", completed))


def reminders(due: Due, opened_on: date) -> list[date]:
    """R90: 5 and 2 working days before, on the day, then 1 and 3 after; days before it opened are dropped."""
    before = [wd_before(due.due_on, days) for days in REMINDERS_BEFORE]
    after = [wd_excl(due.due_on, days) for days in REMINDERS_AFTER]
    return [day for day in (*before, due.due_on, *after) if day >= opened_on]


def deadline(kind: str, trigger: date) -> Explained[date]:
    """A statutory deadline by the name ``calculate deadline`` gives it, explained."""
    rule = RULES[KINDS[kind]]
    due = due_on(rule.code, trigger)
    return Explained(due, lambda: _why(rule, trigger, due))


def _why(rule: DeadlineRule, trigger: date, due: date) -> Iterator[Reason]:
    first = counted_from(rule, trigger)
    if first != trigger:
        yield Reason(
            rule.rule, rule.source,
            f"The notice was e-mailed on {say(trigger)} and counts as received on the second day after, {say(first)}.",
        )  # fmt: skip
    beginning = f"after {say(first)}" if rule.count is Count.EXCLUSIVE else f"beginning with {say(first)}"
    yield Reason(
        rule.rule, rule.source,
        f"{rule.name}: within {rule.amount} working days {beginning}, so by {say(due)} ({rule.opened_by}: "
        f"{say(trigger)}).",
    )  # fmt: skip
    start = first + ONE_DAY if rule.count is Count.EXCLUSIVE else first
    if not is_working_day(start):
        says = f"{say(start)} is no working day, so counting starts on {say(wd_incl(start, 1))}."
        yield Reason("R93", "Reg 11: “beginning with”", says)
    if skipped := [say(day) for day in BANK_HOLIDAYS if start <= day <= due]:
        yield Reason("R94", "gov.uk bank holidays", f"Bank holidays are not counted: {', '.join(skipped)}.")
    says = "Working days are Monday to Friday other than bank holidays; school holidays count."
    yield Reason("R91", "TRA appeals page", says)
