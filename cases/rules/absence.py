"""Absence and the extension it brings (R26-R39)."""

from __future__ import annotations

from fractions import Fraction

from .amounts import ZERO

THRESHOLD = Fraction(30)


def extension_days(counting: Fraction) -> Fraction:
    """R26: all the counting absence of a part once it reaches 30 days, below that none (Reg 8(1); SG 3.6)."""
    return counting if counting >= THRESHOLD else ZERO
