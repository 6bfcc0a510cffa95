"""A sealed assessment, as its page and its document show it. Read from the sealed content, never from the live rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.rules.assessing import UNSATISFACTORY, AssessmentKind
from cases.rules.standards import Standard
from induction_portal.govuk.words import upper_first

from .assessment_words import JUDGED, NAMES, PRESENT, PROGRESS, SUPPORT, day_words, pattern_words

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DrawnIn:
    """One source that the author chose: what it says, and which record it is."""

    says: str
    standard: str
    kind: str
    subject_id: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class JudgedStandard:
    """How the ECT stands against one Standard, and on what evidence."""

    standard: Standard
    satisfactory: bool
    told: Pairs
    sources: list[DrawnIn]

    @property
    def verdict(self) -> str:
        """Satisfactory or not."""
        return JUDGED[self.satisfactory]


@dataclass(frozen=True, slots=True)
class AssessmentReading:
    """Everything of one version, in the order of the page. `verdict` is empty where the kind states no progress."""

    verdict: str
    identity: Pairs
    meeting: Pairs
    served: Pairs
    standards: list[JudgedStandard]
    summary: Pairs
    unsatisfactory: Pairs
    sources: list[DrawnIn]

    @property
    def satisfactory_in(self) -> int:
        """Against how many Standards performance is satisfactory."""
        return sum(row.satisfactory for row in self.standards)


def reading_of(told: Mapping[str, Any], urls: Mapping[tuple[str, str], str] | None = None) -> AssessmentReading:
    """What a sealed content says. `urls` are the pages of sources that the reader may open, by kind and id."""
    drawn = [_drawn(source, urls or {}) for source in told["sources"]]
    return AssessmentReading(
        verdict=PROGRESS.get(told["satisfactory"], ""),
        identity=_identity(told),
        meeting=_meeting(told),
        served=_served(told),
        standards=[_judged(each, told["judged"][each], drawn) for each in Standard if each in told["judged"]],
        summary=_summary(told),
        unsatisfactory=_unsatisfactory(told["unsatisfactory"]),
        sources=[source for source in drawn if not source.standard],
    )


def _identity(told: Mapping[str, Any]) -> Pairs:
    return [
        (NAMES["ect"], told["ect"]),
        (NAMES["trn"], told["trn"]),
        (NAMES["date_of_birth"], day_words(told["date_of_birth"])),
        (NAMES["school"], told["school"]),
        (NAMES["body"], told["body"]),
        (NAMES["tutor"], told["tutor"] or "Not recorded"),
        (NAMES["mentor"], told["mentor"] or "Not recorded"),
        (NAMES["kind"], AssessmentKind(told["kind"]).label),
    ]


def _meeting(told: Mapping[str, Any]) -> Pairs:
    said = [
        (NAMES["held_on"], day_words(told["held_on"])),
        (NAMES["present"], _present(told)),
        ("Report written by", f"{told['author']}, {told['author_role'].lower()}"),
        ("Sealed on", day_words(told["sealed_on"])),
        (NAMES["stays"], {True: "Yes", False: "No"}.get(told["stays"], "")),
        (NAMES["leaves_on"], day_words(told["leaves_on"])),
        (NAMES["next_school"], told["next_school"]),
    ]
    return [(name, text) for name, text in said if text]


def _present(told: Mapping[str, Any]) -> str:
    """Who wrote the first version carried the assessment out; a later one may be another's work."""
    author = f"{told['author']} ({told['author_role'].lower()})" if told["version"] == 1 else PRESENT["author"]
    there = PRESENT | {"ect": f"{told['ect']} (ECT)", "author": author}
    return upper_first(", ".join(filter(None, [*(there[key] for key in told["present"]), told["others_present"]])))


def _served(told: Mapping[str, Any]) -> Pairs:
    """R58: served and absent, as the clock had it on the day the assessment was held."""
    part = told["part"] or "the part"
    return [
        ("Period", f"{day_words(told['period_starts_on'])} to {day_words(told['held_on'])}"),
        (NAMES["fte"], pattern_words(told["fte"])),
        ("Served by then", f"{_plain(told['served'])} of {told['required']} full-time terms"),
        ("Absent in the period", _days(told["absent_in_period"])),
        (f"Absent in {part[0].lower()}{part[1:]}", _days(told["absent_in_part"])),
    ]


def _plain(amount: str) -> str:
    """A decimal without the zeros that say nothing."""
    return amount.rstrip("0").rstrip(".") if "." in amount else amount


def _days(amount: str) -> str:
    return "1 day" if amount == "1" else f"{amount} days"


def _judged(standard: Standard, told: Mapping[str, Any], drawn: list[DrawnIn]) -> JudgedStandard:
    said = [
        ("Evidence", told["evidence"]),
        ("Strengths", told["strengths"]),
        ("To develop", told["development"]),
        ("Why it comes only now", told["surprise_reason"]),
    ]
    sources = [source for source in drawn if source.standard == standard]
    return JudgedStandard(standard, told["satisfactory"], [(n, text) for n, text in said if text], sources)


def _summary(told: Mapping[str, Any]) -> Pairs:
    return [
        (NAMES["strengths"], told["strengths"]),
        (NAMES["development"], told["development"]),
        (NAMES["support_given"], SUPPORT.get(told["support_given"], "")),
    ]


def _unsatisfactory(told: Mapping[str, str]) -> Pairs:
    """SG 4.4; nothing where progress is satisfactory."""
    return [(upper_first(name), told[key]) for key, name in UNSATISFACTORY.items() if told[key]]


def _drawn(told: Mapping[str, Any], urls: Mapping[tuple[str, str], str]) -> DrawnIn:
    kind, subject_id = told["kind"], str(told["subject_id"])
    return DrawnIn(told["says"], told["standard"], kind, subject_id, urls.get((kind, subject_id), ""))
