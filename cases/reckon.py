"""Writes what the rules make of a case's facts: its clock and its deadlines. The only writer of both."""

from collections import Counter

from induction_portal import clock

from .deadlines import OWNERS
from .facts import facts_of
from .models import Clock, Deadline, Induction
from .parts import PARTS
from .rules.timeline import Timeline, timeline


def reckon(induction: Induction) -> None:
    """Write the clock and the deadlines of a case, in the transaction that changed its facts."""
    reckoned = timeline(facts_of(induction, as_of=clock.today()))
    second = next((part.starts_on for part in reckoned.parts if part.plan.number == 2), None)
    dates = {"ends_on": reckoned.ends_on, "part_2_starts_on": second, "assumed_from": reckoned.assumed_from}
    Clock.objects.update_or_create(induction=induction, defaults=dates)
    Deadline.objects.filter(induction=induction).delete()
    Deadline.objects.bulk_create(_deadlines(induction, reckoned))
    Induction.objects.filter(pk=induction.pk, stale=True).update(stale=False)


def _deadlines(induction: Induction, reckoned: Timeline) -> list[Deadline]:
    closed = {each for part in PARTS for each in part.closed(induction)}
    seen: Counter[str] = Counter()
    found = []
    for event in reckoned.events:
        seen[event.kind] += 1
        number = event.number or seen[event.kind]
        found.append(
            Deadline(
                induction=induction,
                kind=event.kind,
                number=number,
                due_on=event.due_on,
                owner=OWNERS[event.kind],
                is_open=(event.kind, number) not in closed,
            )
        )
    return found
