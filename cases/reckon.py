"""Writes what the rules make of a case's facts."""

from .models import Induction


def reckon(induction: Induction) -> None:
    """Write the clock and the deadlines of a case, in the transaction that changed its facts."""
