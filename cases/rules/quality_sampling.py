"""Which inductions, or schools, are looked at: drawn at random with a seed that is kept, or by risk with its reasons.

A draw can be repeated by anybody: each of the population is given the number that the seed and its own key make (their
SHA-256), and the lowest numbers are drawn. So the order in which the population is told is nothing, a larger sample
holds the smaller one, and whoever was not drawn could have been absent without changing it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from .errors import RuleBroken

SEED = re.compile(r"[A-Za-z0-9-]{1,40}", re.ASCII)
MOST = 200


def check_draw(size: int, seed: str, population: int) -> None:
    """What can be drawn: a seed of letters, digits and hyphens, from a population that is there. Raises RuleBroken."""
    if not SEED.fullmatch(seed):
        raise RuleBroken("The seed must be 40 letters, digits or hyphens, or fewer", "seed")
    if not 1 <= size <= MOST:
        raise RuleBroken(f"The size of the sample must be from 1 to {MOST}", "size")
    if not population:
        raise RuleBroken("There is nobody left to draw from: everybody has been drawn in this round")


def lot(seed: str, key: str) -> str:
    """The number of one of the population under a seed, as 64 hexadecimal digits."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def at_random(population: Iterable[str], size: int, seed: str) -> list[str]:
    """So many of a population, the lowest lots first; all of it where there are no more."""
    return sorted(set(population), key=lambda key: (lot(seed, key), key))[:size]


def by_risk(scores: Mapping[str, int], size: int, seed: str) -> list[str]:
    """So many of those with a score above nothing, the highest first; among equals the lot decides."""
    at_risk = [key for key, score in scores.items() if score > 0]
    return sorted(at_risk, key=lambda key: (-scores[key], lot(seed, key), key))[:size]
