"""What the answers of a sealed assessment are called, and how they read."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.rules.assessing import UNSATISFACTORY, AssessmentKind
from cases.rules.signing import ECT, HEAD, TUTOR
from cases.rules.standards import Standard
from induction_portal.govuk.words import day, upper_first

ROLES = {TUTOR: "Induction tutor", HEAD: "Headteacher", ECT: "Early career teacher"}
NAMES = {
    "ect": "Early career teacher",
    "trn": "Teacher reference number",
    "date_of_birth": "Date of birth",
    "school": "School",
    "body": "Appropriate body",
    "tutor": "Induction tutor",
    "mentor": "Mentor",
    "kind": "Assessment",
    "number": "Number of its kind",
    "period_starts_on": "First day of the period",
    "held_on": "Date held",
    "fte": "Working pattern",
    "part": "Part",
    "served": "Served by then, in full-time terms",
    "required": "Terms to serve",
    "absent_in_period": "Days absent in the period",
    "absent_in_part": "Days absent in the part",
    "present": "Present",
    "others_present": "Others present",
    "satisfactory": "Progress",
    "strengths": "Strengths",
    "development": "Areas to develop",
    "support_given": "Support and monitoring",
    "sources": "Evidence drawn in",
    "stays": "Will the ECT stay?",
    "leaves_on": "Last day at the school",
    "next_school": "Next school",
}
OF_A_STANDARD = {
    "satisfactory": "judgement",
    "evidence": "evidence",
    "strengths": "strengths",
    "development": "what to develop",
    "surprise_reason": "why it comes only now",
}
DAYS = {"date_of_birth", "period_starts_on", "held_on", "leaves_on"}
PRESENT = {"ect": "the ECT", "author": "the person who carried it out", "headteacher": "the headteacher"}
SUPPORT = {True: "Support and monitoring were given", False: "Support and monitoring were not given as they should be"}
PROGRESS = {True: "Progress is satisfactory", False: "Progress is not satisfactory"}
JUDGED = {True: "Satisfactory", False: "Not satisfactory"}
YES_NO = {True: "Yes", False: "No"}


def name_of(path: str) -> str:
    """What an answer is called, by its path in a sealed content: `judged.TS4.evidence`, `unsatisfactory.plan`."""
    head, _, rest = path.partition(".")
    if head == "judged":
        standard, _, answer = rest.partition(".")
        return f"{Standard(standard).label}: {OF_A_STANDARD[answer]}"
    return upper_first(UNSATISFACTORY[rest]) if head == "unsatisfactory" else NAMES[head]


def value_of(path: str, value: Any) -> str:
    """An answer in words; empty for none."""
    head, last = path.partition(".")[0], path.rpartition(".")[2]
    if value is None or value == "" or value == []:
        return ""
    if last == "satisfactory":
        return (JUDGED if head == "judged" else PROGRESS)[value]
    if isinstance(value, bool):
        return (SUPPORT if head == "support_given" else YES_NO)[value]
    if head == "sources":
        return "\n".join(_source(each) for each in value)
    return _plain(head, value)


def _plain(head: str, value: Any) -> str:
    if head == "present":
        return upper_first(", ".join(PRESENT[key] for key in value))
    if head == "fte":
        return pattern_words(value)
    if head == "kind":
        return AssessmentKind(value).label
    return day_words(value) if head in DAYS else str(value)


def pattern_words(fte: str) -> str:
    """ "Full time", or the fraction of it; empty where no pattern is known."""
    if not fte:
        return "Not recorded"
    return "Full time" if fte == "1" else f"Part time, {fte} FTE"


def day_words(text: str) -> str:
    """A day of a sealed content."""
    return day(date.fromisoformat(text)) if text else ""


def _source(told: Mapping[str, Any]) -> str:
    return f"{told['says']} ({told['standard']})" if told["standard"] else told["says"]
