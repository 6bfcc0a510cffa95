"""Exact amounts: decimal strings in, fractions inside, decimal strings out. Floats nowhere."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

ZERO = Fraction(0)
ONE = Fraction(1)
LONGEST = 40
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


@lru_cache(maxsize=4096)
def parse(text: str) -> Fraction:
    """The exact value of a plain decimal such as ``0.6``. Raises ValueError for anything else, exponents included."""
    if len(text) > LONGEST or not _DECIMAL.fullmatch(text):
        raise ValueError(text)
    return Fraction(text)


def plain(amount: Fraction) -> str:
    """The exact decimal without trailing zeros: ``29.5``. Raises ValueError where there is none, as for 1/3."""
    places = 0
    while 10**places % amount.denominator:
        places += 1
        if places > amount.denominator.bit_length():
            raise ValueError(f"{amount} is no finite decimal")
    return _write(amount.numerator * 10**places // amount.denominator, places)


def rounded(amount: Fraction, places: int) -> str:
    """The decimal to so many places, half up: ``3.2703``."""
    over = amount.denominator
    return _write((2 * amount.numerator * 10**places + over) // (2 * over), places)


def spoken(amount: Fraction, places: int = 4) -> str:
    """For sentences: exact when short, else to four places; no trailing zeros."""
    text = rounded(amount, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _write(units: int, places: int) -> str:
    sign, digits = "-" if units < 0 else "", str(abs(units)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"
