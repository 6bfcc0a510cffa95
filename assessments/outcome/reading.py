"""A decision's sealed content in words, for its page and its document."""

from datetime import date
from typing import Any, NamedTuple

from cases.rules.amounts import parse, spoken
from cases.rules.outcomes import Outcome
from induction_portal.govuk.words import day, upper_first

from ..models.decisions import GROUNDS, OUTCOMES
from ..models.signatures import RECOMMENDED


class Row(NamedTuple):
    """A line of a decision: what, and its value."""

    key: str
    value: str


class Reading(NamedTuple):
    """What a decision says: who it is about, what was decided and why, and what it rests on."""

    about: list[Row]
    decided: str
    extension: list[Row]
    reasons: str
    rests_on: list[Row]


def reading_of(told: dict[str, Any]) -> Reading:
    """The content of a decision that was made."""
    return Reading(
        about=[
            Row("Early career teacher", told["ect"]),
            Row("Teacher reference number (TRN)", told["trn"]),
            Row("Date of birth", _day(told["date_of_birth"])),
            Row("School", told["school"]),
            Row("Appropriate body", told["body"]),
        ],
        decided=dict(OUTCOMES)[told["outcome"]],
        extension=_extension(told),
        reasons=told["reasons"],
        rests_on=[
            Row("Induction completed on", _day(told["completed_on"])),
            Row("Recommendation received on", _day(told["received_on"])),
            Row("Headteacher’s recommendation", f"{dict(RECOMMENDED)[told['recommended']]} ({told['recommended_by']})"),
            Row("Report", f"Version {told['report_version']}"),
            Row("ECT’s representations", _letters(told["representations"])),
            *_officers(told),
            Row("Decision made on", _day(told["made_on"])),
        ],
    )


def terms_words(terms: str) -> str:
    """ "1 full-time term", "1.5 full-time terms"."""
    amount = spoken(parse(terms), 1)
    return f"{amount} full-time {'term' if amount == '1' else 'terms'}"


def _extension(told: dict[str, Any]) -> list[Row]:
    if told["outcome"] != Outcome.EXTEND:
        return []
    return [
        Row("Extended by", terms_words(told["terms"])),
        Row("Ground", dict(GROUNDS)[told["ground"]]),
        Row("Assessment during the extension", told["assessments"]),
    ]


def _officers(told: dict[str, Any]) -> list[Row]:
    if not told["approved_by"]:
        return [Row("Decided by", told["decided_by"])]
    proposed = f"{told['decided_by']}, {_day(told['decided_on'])}"
    return [Row("Proposed by", proposed), Row("Approved by", told["approved_by"])]


def _letters(letters: list[dict[str, Any]]) -> str:
    if not letters:
        return "None were made"
    said = [f"{'waived' if each['waives'] else 'received'} on {_day(each['on'])}" for each in letters]
    return upper_first("; ".join(said))


def _day(text: str) -> str:
    return day(date.fromisoformat(text)) if text else "Not known"
