"""Figures held against their goals. A goal that is missed is told beside the figures, and fails nothing: machines
differ.
"""

import sys
from collections.abc import Mapping


def missed(figures: Mapping[str, float | int | str], goals: Mapping[str, float]) -> list[str]:
    """The names of the figures that are above their goal, each told on standard error."""
    above = [name for name, most in goals.items() if float(figures[name]) > most]
    for name in above:
        print(f"bench: {name} is {figures[name]}, the goal at most {goals[name]}", file=sys.stderr)
    return above
