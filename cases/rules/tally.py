"""Exact running totals of terms. Kept over one common denominator, so that a step is a few whole-number operations."""

from __future__ import annotations

from fractions import Fraction
from math import gcd
from typing import NamedTuple


class Rate(NamedTuple):
    """``units`` / ``per`` terms a day, both positive."""

    units: int
    per: int

    @classmethod
    def of(cls, amount: Fraction) -> Rate:
        """The rate of so many terms a day."""
        return cls(amount.numerator, amount.denominator)


class Tally:
    """A total of terms to which days at a rate are added."""

    __slots__ = ("_per", "_units")

    def __init__(self, start: Fraction) -> None:
        self._units, self._per = start.numerator, start.denominator

    @property
    def total(self) -> Fraction:
        """The exact total."""
        return Fraction(self._units, self._per)

    def add(self, days: int, rate: Rate) -> None:
        """Add so many days at ``rate``."""
        units, per = rate
        if self._per % per:
            self._share(per)
        self._units += days * units * (self._per // per)

    def _share(self, per: int) -> None:
        """Make the denominator one that ``per`` divides."""
        scale = per // gcd(self._per, per)
        self._units *= scale
        self._per *= scale

    def days_to(self, target: Fraction | int, rate: Rate) -> int:
        """How many days at ``rate`` it takes until the total reaches ``target``; 0 or less when it has."""
        units, per = rate
        if self._per % per:
            self._share(per)
        over = target.denominator
        missing = target.numerator * self._per - self._units * over
        return -(-missing // (units * over * (self._per // per)))

    def serve(self, target: Fraction, rate: Rate, most: int) -> tuple[int, bool]:
        """Add days at ``rate`` until the total reaches ``target``, at least one and at most ``most``.

        How many they were, and whether the target was reached.
        """
        days = self.days_to(target, rate)
        reached = days <= most
        if not reached:
            days = most
        elif days < 1:
            days = 1
        units, per = rate
        self._units += days * units * (self._per // per)
        return days, reached
