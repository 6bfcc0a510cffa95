"""A body's own wording of its letters: which placeholders it may hold, and how they are filled."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .errors import RuleBroken

PLACEHOLDERS = {
    "ect": "the ECT’s name",
    "school": "the school’s name",
    "body": "your organisation’s name",
    "decided_on": "the day of the decision",
    "addressee": "whom the letter is to",
}
PARAGRAPHS = {
    "pass_opening": "Opening of the letter to an ECT who passes",
    "pass_closing": "Closing of the letter to an ECT who passes",
    "extend_opening": "Opening of the letter to an ECT whose induction is extended",
    "extend_closing": "Closing of the letter to an ECT whose induction is extended",
    "fail_opening": "Opening of the letter to an ECT who fails",
    "fail_closing": "Closing of the letter to an ECT who fails",
    "others_opening": "Opening of the letters to the headteacher, the employer and the Teaching Regulation Agency",
}
_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")


def check_wording(name: str, text: str) -> None:
    """Raises RuleBroken, beside the paragraph's field, for a placeholder that is not one of ``PLACEHOLDERS`` and for a
    brace that belongs to none.
    """
    for found in _BRACES.finditer(text):
        if found[1] not in PLACEHOLDERS:
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS)
            raise RuleBroken(f"“{found[0]}” is no placeholder. You can use {known}", name)


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with each placeholder replaced by its value; the values themselves are not looked into."""
    return _BRACES.sub(lambda found: values[found[1]], text)
