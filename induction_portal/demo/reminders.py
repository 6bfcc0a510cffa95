"""What the portal said of the story's deadlines in the last fortnight."""

from datetime import date, timedelta

from cases.reminding.actions import say_batch

from .history import past_messages

DAYS = 14


def remind(today: date) -> None:
    """Say what falls due, and what is late, day by day up to today, as the nightly sweep would have."""
    for days_ago in reversed(range(DAYS)):
        on, after = today - timedelta(days=days_ago), 0
        while done := say_batch(on=on, after=after):
            after = done.last
        past_messages(on=on, today=today)
