"""Says what is due: a batch of deadlines in one transaction, rows and messages together, or neither.

A reminder is nobody's record, as no message is: saying it leaves no trail. What was said, and when, its row tells.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.urls import reverse

from induction_portal.govuk.words import day
from notifications import outbox
from notifications.outbox import Telling

from ..deadlines import PROGRESS_REVIEW
from ..duties import OF_SCHOOLS
from ..models import Reminder
from ..rules.reminders import Step, said, step_to_say, steps
from .finding import Falls, Scope, falling, may_be_due, reviews_before, said_of, still_holds
from .tell import KINDS, kind_of
from .whom import Ladders, People, Side, Whom, sides, whom


class Batch(NamedTuple):
    """What came of a batch: the last row it looked at, how many deadlines that were, and what was said."""

    last: int
    looked_at: int
    reminders: int
    messages: int


class Say(NamedTuple):
    """A step of a deadline that has to be said, and to whom."""

    falls: Falls
    step: Step
    whom: list[Whom]


@transaction.atomic
def say_batch(*, on: date, after: int = 0, scope: Scope | None = None) -> Batch | None:
    """Say what has to be said of the next thousand deadlines; None when there are no more.

    Sweeps wait here for each other, so that each sees what the other said; a step that is said twice all the same is
    refused by the database, and the whole batch with it. A batch whose process was killed left nothing.
    Raises RuleBroken for a day of which bank holidays are not known.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('reminders', 3))")
    found = falling(on=on, after=after, scope=scope or Scope())
    if not found:
        return None
    # A row holds its case until the end: cases are held in the order of their ids, as everybody locks them.
    spoken = sorted(_to_say(found, on), key=lambda each: each.falls.case_id)
    rows = [
        Reminder(
            induction_id=each.falls.case_id,
            kind=each.falls.kind,
            number=each.falls.number,
            due_on=each.falls.due_on,
            step=each.step.number,
            said_on=on,
        )
        for each in spoken
    ]
    Reminder.objects.bulk_create(rows)
    tellings = [telling for each, row in zip(spoken, rows, strict=True) for telling in _tellings(each, row.pk)]
    return Batch(found[-1].pk, len(found), len(rows), outbox.queue_many(tellings))


@transaction.atomic
def withdraw_passed() -> int:
    """Take back what was said and not sent yet of deadlines that were met, moved, or of which more was said since."""
    return outbox.withdraw(KINDS, Reminder.objects.exclude(still_holds()))


def _to_say(found: list[Falls], on: date) -> Iterator[Say]:
    spoken = said_of(found)
    due = may_be_due(found, on=on, said=spoken)
    if not due:
        return
    where = sides({each.case_id for each in due}, on=on)
    ladders, people, reviews = Ladders(where.values(), on=on), People(where, on=on), reviews_before(due)
    for each in due:
        side = where.get(each.case_id)
        if side is None or _is_anothers(each, side, reviews.get(each.case_id, [])):
            continue
        ladder = ladders.of(each.owner, side)
        step = step_to_say(steps(each.opened_on, each.due_on, ladder), on=on, said=spoken.get(each.which))
        if step and (hearers := whom(each, step, ladder, people)):
            yield Say(each, step, hearers)


def _is_anothers(each: Falls, side: Side, reviews: list[tuple[int, date]]) -> bool:
    """What fell due before the school's first day was another school's; a review waits for the one before it."""
    if each.owner in OF_SCHOOLS and each.due_on < side.since:
        return True
    if each.kind != PROGRESS_REVIEW:
        return False
    return any(number < each.number and due_on >= side.since for number, due_on in reviews)


def _tellings(say: Say, reminder_id: UUID) -> Iterator[Telling]:
    url = reverse("cases:case", args=[say.falls.case_id])
    context = {"due": day(say.falls.due_on), "what": said(say.falls.code)}
    for one in say.whom:
        yield Telling(kind_of(say.falls.code, one.put), one.user_id, reminder_id, one.organisation_id, url, context)
