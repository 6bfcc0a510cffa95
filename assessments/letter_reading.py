"""What the headteacher's letter says: the words of the sealed report that the headteacher signed (SG 4.4)."""

import json
from dataclasses import dataclass
from datetime import date

from cases.rules.assessing import UNSATISFACTORY
from induction_portal.govuk.words import lower_first

from .assessment_words import day_words
from .models import HeadLetter

HEADINGS = {
    "weaknesses": "Why your progress is not satisfactory",
    "evidence": "The evidence for this",
    "objectives": "Your objectives",
    "support": "The support you will have",
    "plan": "The plan for the next period",
    "consequences": "What follows if there is too little improvement",
}
assert HEADINGS.keys() == UNSATISFACTORY.keys()  # noqa: S101 - each thing that is asked for is in the letter


@dataclass(frozen=True, slots=True)
class LetterReading:
    """A letter in its parts. `told` are the headteacher's own words, each with its heading, in the order to read."""

    title: str
    on: date
    to: str
    sender: str
    school: str
    body: str
    report: str
    held_on: str
    told: list[tuple[str, str]]
    fingerprint: str


def letter_reading(letter: HeadLetter) -> LetterReading:
    """What a letter says. `letter` came with its report."""
    version = letter.signature.version
    content = json.loads(version.content)
    report = lower_first(str(version.assessment))
    return LetterReading(
        title=f"Headteacher’s letter about your {report}",
        on=letter.signature.on,
        to=content["ect"],
        sender=letter.signature.by.name,
        school=content["school"],
        body=content["body"],
        report=report,
        held_on=day_words(content["held_on"]),
        told=[(heading, content["unsatisfactory"][name]) for name, heading in HEADINGS.items()],
        fingerprint=version.sha256,
    )
