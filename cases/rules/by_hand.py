"""Steps that no fact of the portal closes: somebody records that they were done (R90)."""

from __future__ import annotations

from datetime import date

from .dates import say
from .errors import RuleBroken


def check_done(done_on: date, *, today: date, opened_on: date) -> None:
    """R90: done on a day that has come, and not before the step was there to be done. Raises RuleBroken."""
    if done_on > today:
        raise RuleBroken("The day it was done must be today or in the past", "done_on")
    if done_on < opened_on:
        raise RuleBroken(f"The day it was done must be on or after {say(opened_on)}, when it became due", "done_on")
