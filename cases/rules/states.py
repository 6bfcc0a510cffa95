"""Draws ``docs/states.md`` from the tables of ``transitions``: ``python -m cases.rules.states > docs/states.md``."""

from __future__ import annotations

from .statuses import Status
from .transitions import ROLE_NAMES, TABLES, Moves

_HEAD = """# Statuses and their moves

Drawn from `cases/rules/transitions.py`; do not edit. Beside each arrow stands who may make the move; "the portal" is a
day that has come or a fact that was recorded. A status with an arrow to the final point ends there.
"""


def drawn() -> str:
    """The whole page: for each noun its meaning and a Mermaid diagram."""
    return _HEAD + "".join(_section(kind, moves) for kind, moves in TABLES.items())


def _section(kind: type[Status], moves: Moves) -> str:
    meaning = (kind.__doc__ or "").strip().splitlines()[0]
    title = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind.__name__).strip()
    lines = ["stateDiagram-v2", *(f"    {_key(status)}: {status.label.replace(':', ' –')}" for status in kind)]
    lines.append(f"    [*] --> {_key(next(iter(kind)))}")
    for status in kind:
        for to, roles in moves.get(status, {}).items():
            lines.append(f"    {_key(status)} --> {_key(to)}: {_who(roles)}")
        if not moves.get(status):
            lines.append(f"    {_key(status)} --> [*]")
    diagram = "\n".join(lines)
    return f"\n## {title.capitalize()}\n\n{meaning}\n\n```mermaid\n{diagram}\n```\n"


def _key(status: Status) -> str:
    return status.name.lower()


def _who(roles: frozenset[str]) -> str:
    return ", ".join(ROLE_NAMES[role].removeprefix("the ") for role in ROLE_NAMES if role in roles)


if __name__ == "__main__":  # pragma: no cover - the module run by hand
    import sys

    sys.stdout.write(drawn())
