"""The sweeps that remind: everything each hour of the day, and every few minutes what falls due at once."""

from datetime import date, timedelta

from induction_portal.sweeps.recording import Facts, swept
from notifications import outbox

from ..models import Induction
from ..reckon import reckon_batch
from .actions import say_batch, withdraw_passed
from .finding import Scope

# As the timetable calls them.
REMINDERS, AT_ONCE = "send reminders", "remind at once"
# Batches of stale cases that a sweep reckons itself: what is stale after that has its turn in the next.
MOST_RECKONED = 25
ONE_DAY = timedelta(days=1)


def send_reminders(*, on: date) -> Facts:
    """Say every step that has come by a day and was not said; what was done, in numbers.

    Running it again says nothing again. Raises RuleBroken for a day of which bank holidays are not known.
    """
    with swept(REMINDERS) as facts:
        for _ in range(MOST_RECKONED):
            if not reckon_batch():
                break
        facts["stale"] = Induction.objects.filter(stale=True).count()
        _say_all(facts, on=on, scope=Scope())
    return facts


def remind_at_once(*, on: date) -> Facts:
    """The same for what has opened since yesterday: what is due at once does not wait for the hour."""
    with swept(AT_ONCE) as facts:
        _say_all(facts, on=on, scope=Scope(opened_since=on - ONE_DAY))
    return facts


def _say_all(facts: Facts, *, on: date, scope: Scope) -> None:
    facts |= {"looked_at": 0, "reminders": 0, "messages": 0}
    after = 0
    while done := say_batch(on=on, after=after, scope=scope):
        after = done.last
        facts["looked_at"] += done.looked_at
        facts["reminders"] += done.reminders
        facts["messages"] += done.messages
    # Last, so that what a later step has replaced in this very sweep goes as well.
    facts["withdrawn"] = withdraw_passed()
    if facts["messages"]:
        outbox.wake()
