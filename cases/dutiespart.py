"""The deadlines of who is responsible, besides reviews: what a body owes at the start, and what follows from an end.

D2, D3 and D23 stand while their fact is missing and close with it; D32 and D35 are dates that nobody has to meet, once
no placement goes on (R11, R83, R84, R88, R90).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.urls import reverse

from .models import BodyPeriod, Deadline, HandRecord, Placement, Teacher
from .parts import FallsDue, Part, Reckoned
from .rules.calendar import Calendar
from .rules.dates import say
from .rules.deadline_rules import RULES
from .rules.deadlines import due_on
from .rules.explained import Reason

SYSTEM = "system"
CONTACT, RETURN, LEAVER, SUPPLY, RETENTION = "named_contact", "termly_return", "leaver", "supply_limit", "retention"
CODES = {CONTACT: "D2", RETURN: "D3", LEAVER: "D23", SUPPLY: "D32", RETENTION: "D35"}
KINDS = {code: kind for kind, code in CODES.items()}
PAGES = {CONTACT: "cases:officer", RETURN: "cases:record_done", LEAVER: "cases:service"}


class Known(NamedTuple):
    """What a case's duties follow from, beside its timeline: rows by their order in the case."""

    periods: list[BodyPeriod]
    placements: list[Placement]
    done: dict[tuple[str, int], date]
    qts_on: date


class DutiesPart(Part):
    """D2, D3, D23, D32 and D35."""

    def deadlines(self, cases: Sequence[Reckoned]) -> Iterable[FallsDue]:
        known = _known([each.induction.pk for each in cases])
        for each in cases:
            facts = known(each.induction.pk)
            yield from _of_bodies(each, facts)
            yield from _of_ends(each, facts)

    def label(self, deadline: Deadline) -> str:
        return RULES[CODES[deadline.kind]].name if deadline.kind in CODES else ""

    def task_url(self, deadline: Deadline) -> str:
        return reverse(PAGES[deadline.kind], args=[deadline.induction_id]) if deadline.kind in PAGES else ""


def _known(keys: Sequence[UUID]) -> Callable[[UUID], Known]:
    """The rows of many cases in four queries."""
    periods: defaultdict[UUID, list[BodyPeriod]] = defaultdict(list)
    placements: defaultdict[UUID, list[Placement]] = defaultdict(list)
    done: defaultdict[UUID, dict[tuple[str, int], date]] = defaultdict(dict)
    for period in BodyPeriod.objects.filter(induction__in=keys).order_by("starts_on"):
        periods[period.induction_id].append(period)
    for placement in Placement.objects.filter(induction__in=keys).order_by("starts_on", "pk"):
        placements[placement.induction_id].append(placement)
    for record in HandRecord.objects.filter(induction__in=keys):
        done[record.induction_id][record.code, record.number] = record.done_on
    awarded = dict(Teacher.objects.filter(induction__in=keys).values_list("induction", "qts_on"))
    return lambda key: Known(periods[key], placements[key], done[key], awarded[key])


def _of_bodies(each: Reckoned, known: Known) -> Iterator[FallsDue]:
    """D2 and D3 of each body in turn. What a body that has let the case go never recorded is nobody's task any more."""
    for number, period in enumerate(known.periods, 1):
        gone = period.ends_on is not None
        if period.contact_named_on or not gone:
            yield _named_contact(each, number, period)
        done_on = known.done.get((CODES[RETURN], number))
        if done_on or not gone:
            yield from _termly_return(each, number, period.starts_on, done_on)


def _named_contact(each: Reckoned, number: int, period: BodyPeriod) -> FallsDue:
    says = (
        f"The appropriate body agreed to act on {say(period.agreed_on)}: from then on the ECT has a named contact who "
        "takes no part in their induction."
    )
    return _due(each, CONTACT, number, period.agreed_on, says, closed_on=period.contact_named_on)


def _termly_return(each: Reckoned, number: int, starts_on: date, done_on: date | None) -> Iterator[FallsDue]:
    """D3: on the return for the term in which the body's responsibility starts."""
    if not each.timeline.facts.placements:
        return
    ends_on = _term_end(each.timeline.facts.calendars[each.timeline.facts.placements[0].school], starts_on)
    says = (
        f"The appropriate body is responsible from {say(starts_on)} on; it reports starts on the return for the term, "
        f"which ends on {say(ends_on)}."
    )
    yield _due(each, RETURN, number, ends_on, says, opened_on=starts_on, closed_on=done_on)


def _term_end(calendar: Calendar, day: date) -> date:
    return next((term.end for term in calendar.terms_from(day)), day)


def _of_ends(each: Reckoned, known: Known) -> Iterator[FallsDue]:
    """D23 of each placement that ends; D32 and D35 once none goes on."""
    for number, placement in enumerate(known.placements, 1):
        yield from _leaver(each, number, placement)
    ends = [placement.ends_on for placement in known.placements if placement.ends_on]
    if not ends or len(ends) < len(known.placements):
        return
    last = max(ends)
    if each.timeline.ends_on is None or each.timeline.ends_on > last:
        yield from _supply(each, last, known.qts_on)
    says = f"Service ended on {say(last)} and none followed: what was recorded is kept for six years at least."
    yield _due(each, RETENTION, 0, last, says)


def _leaver(each: Reckoned, number: int, placement: Placement) -> Iterator[FallsDue]:
    """D23 opens with a placement's end, or with the end of a contract under which induction is not completed."""
    ends_on = placement.ends_on or placement.contract_ends_on
    completed = each.timeline.ends_on
    if ends_on is None or (placement.ends_on is None and completed and completed <= ends_on):
        return
    what = "A placement ended" if placement.ends_on else "A contract ends"
    says = (
        f"{what} on {say(ends_on)}: the school reports a leaver within {RULES[CODES[LEAVER]].amount} working days "
        "after, or corrects the contract’s end."
    )
    closed_on = placement.end_reported_on or placement.ends_on
    yield _due(each, LEAVER, number, ends_on, says, closed_on=closed_on)


def _supply(each: Reckoned, last: date, qts_on: date) -> Iterator[FallsDue]:
    """D32 matters between posts alone, and once only."""
    says = (
        f"Qualified teacher status was awarded on {say(qts_on)}: short-term supply without induction is allowed for "
        "five years from that day."
    )
    due = _due(each, SUPPLY, 0, qts_on, says, opened_on=last + timedelta(days=1))
    if due.due_on > last:
        yield due


def _due(
    each: Reckoned,
    kind: str,
    number: int,
    trigger: date,
    says: str,
    *,
    opened_on: date | None = None,
    closed_on: date | None = None,
) -> FallsDue:
    """A deadline of the table from the day that triggers it, which also opens it unless said otherwise."""
    rule = RULES[CODES[kind]]
    owner = SYSTEM if kind in (SUPPLY, RETENTION) else rule.responsible
    why, opened_on = Reason(rule.rule, rule.source, says), opened_on or trigger
    due = due_on(rule.code, trigger)
    return FallsDue(each.induction.pk, rule.code, kind, number, min(opened_on, due), due, owner, why, closed_on)
