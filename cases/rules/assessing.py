"""Formal assessments: what a report must hold before the ECT is asked to comment (R53, R54, R58; SG 2.55-2.63, 4.4)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Self

from .dates import say
from .errors import RuleBroken
from .reviews import Objection
from .schedule import EXTENSION_ASSESSMENT, FINAL_ASSESSMENT, FIRST_ASSESSMENT
from .standards import Rating, Standard

INTERIM_ASSESSMENT = "interim_assessment"
CARRY_OUT = frozenset({"induction_tutor", "induction_lead", "headteacher"})
PRESENT = {"ect": "the ECT", "author": "the person who carried it out"}


class AssessmentKind(StrEnum):
    """R48, R54, R65: which assessment it is. ``label`` is its name; ``deadline`` the kind of deadline it meets."""

    label: str
    deadline: str

    def __new__(cls, value: str, label: str, deadline: str) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label, member.deadline = value, label, deadline
        return member

    FIRST = "first", "First formal assessment", FIRST_ASSESSMENT
    FINAL = "final", "Final formal assessment", FINAL_ASSESSMENT
    INTERIM = "interim", "Interim assessment", INTERIM_ASSESSMENT
    EXTENSION = "extension", "Assessment at the end of the extension", EXTENSION_ASSESSMENT

    @property
    def asks_progress(self) -> bool:
        """R58: whether it says outright that progress is satisfactory or not; the others carry a recommendation."""
        return self in (AssessmentKind.FIRST, AssessmentKind.INTERIM)

    @property
    def takes_recommendation(self) -> bool:
        """R53, R65: whether the headteacher recommends an outcome with it."""
        return not self.asks_progress

    @property
    def asks_stays(self) -> bool:
        """R58: whether it asks if the ECT will stay. An interim one is of an ECT who leaves."""
        return self is AssessmentKind.FIRST


@dataclass(frozen=True, slots=True)
class Judged:
    """SG 2.59: how an ECT stands against one Standard at the time, and on what evidence.

    ``surprise_reason`` says why an unfavourable judgement comes although no earlier review flagged it (SG 2.58).
    """

    satisfactory: bool | None
    evidence: str
    strengths: str = ""
    development: str = ""
    surprise_reason: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """A piece of evidence that a person chose: a record of some ``kind`` by its id, and what it says.

    ``standard`` is the Standard that it is evidence for; None when it is for the report as a whole.
    """

    kind: str
    subject_id: str
    says: str
    standard: Standard | None = None


@dataclass(frozen=True, slots=True)
class Unsatisfactory:
    """SG 4.4: what the headteacher sets out to an ECT whose progress is not satisfactory."""

    weaknesses: str = ""
    objectives: str = ""
    support: str = ""
    evidence: str = ""
    plan: str = ""
    consequences: str = ""


UNSATISFACTORY = {
    "weaknesses": "the weaknesses identified",
    "objectives": "the objectives agreed for the ECT",
    "support": "the support to be given",
    "evidence": "the evidence for the judgement",
    "plan": "the improvement plan for the next period",
    "consequences": "the consequences if there is too little improvement",
}


@dataclass(frozen=True, slots=True)
class Report:
    """R58: everything that the author of an assessment answers.

    ``present`` holds the keys of those who were there: ``ect``, ``author``, ``headteacher``. ``satisfactory`` is None
    where the kind does not ask it. ``stays`` says whether the ECT will be at the school in the next period.
    ``support_given`` confirms that support and monitoring were provided.
    """

    kind: AssessmentKind
    held_on: date | None
    present: Collection[str]
    judged: Mapping[Standard, Judged]
    strengths: str
    development: str
    support_given: bool | None
    satisfactory: bool | None = None
    stays: bool | None = None
    leaves_on: date | None = None
    next_school: str = ""
    others_present: str = ""
    unsatisfactory: Unsatisfactory = field(default_factory=Unsatisfactory)
    sources: tuple[Source, ...] = ()

    @property
    def leaves(self) -> bool:
        """Whether it is of an ECT who is to leave the school."""
        return self.kind is AssessmentKind.INTERIM or (self.kind.asks_stays and self.stays is False)


def check_report(
    report: Report, *, today: date, placed: tuple[date, date | None], flagged: Collection[Standard]
) -> list[Objection]:
    """Everything that keeps a report from going to the ECT for comments, in the order of the form.

    ``placed`` are the first and last day at the school; ``flagged`` the Standards on which an earlier review or
    assessment was unfavourable. Fields are those of ``Report``; of a Standard ``evidence_TS1``, ``satisfactory_TS1``,
    ``development_TS1``, ``surprise_reason_TS1``; of what SG 4.4 asks ``unsatisfactory_plan``.
    """
    return [
        *_held(report, today, placed),
        *(objection for standard in Standard for objection in _judged(report, standard, flagged)),
        *_summary(report),
        *_progress(report),
        *_leaving(report, placed),
    ]


def _held(report: Report, today: date, placed: tuple[date, date | None]) -> Iterator[Objection]:
    first, last = placed
    if report.held_on is None:
        yield Objection("held_on", "Enter the date the assessment was held")
    elif report.held_on > today:
        yield Objection("held_on", "The date the assessment was held must be today or in the past")
    elif report.held_on < first:
        yield Objection("held_on", f"The assessment must be held on or after {say(first)}, the first day here")
    elif last is not None and report.held_on > last and report.kind is not AssessmentKind.INTERIM:
        yield Objection("held_on", f"The assessment must be held on or before {say(last)}, the last day here")
    missing = [who for key, who in PRESENT.items() if key not in report.present]
    if missing:
        yield Objection("present", f"An assessment is a meeting: {' and '.join(missing)} must have been present")


def _judged(report: Report, standard: Standard, flagged: Collection[Standard]) -> Iterator[Objection]:
    """SG 2.59; no surprises: SG 2.58."""
    told = report.judged.get(standard)
    if told is None or told.satisfactory is None:
        yield Objection(f"satisfactory_{standard}", f"Select whether performance is satisfactory for {standard.label}")
    if told is None or not told.evidence.strip():
        yield Objection(f"evidence_{standard}", f"Enter the evidence for {standard.label}")
    if told is None or told.satisfactory is not False:
        return
    if not told.development.strip():
        yield Objection(f"development_{standard}", f"Enter what the ECT has to develop for {standard.label}")
    if standard not in flagged and not told.surprise_reason.strip():
        yield Objection(
            f"surprise_reason_{standard}",
            f"No earlier review was unfavourable on {standard.label}. An assessment should hold no surprises: say why "
            "the ECT hears of it only now",
        )


def _summary(report: Report) -> Iterator[Objection]:
    if not report.strengths.strip():
        yield Objection("strengths", "Enter the ECT’s strengths")
    if not report.development.strip():
        yield Objection("development", "Enter the areas in which the ECT has to develop")
    if report.support_given is None:
        yield Objection("support_given", "Select whether the ECT was given support and monitoring")


def _progress(report: Report) -> Iterator[Objection]:
    """R58, SG 4.2, 4.4."""
    if not report.kind.asks_progress:
        return
    if report.satisfactory is None:
        yield Objection("satisfactory", "Select whether the ECT is making satisfactory progress")
    if report.satisfactory is not False:
        return
    if all(told.satisfactory for told in report.judged.values()):
        message = "Select the Standard on which performance is not satisfactory, or say that progress is satisfactory"
        yield Objection("satisfactory", message)
    for name, what in UNSATISFACTORY.items():
        if not getattr(report.unsatisfactory, name).strip():
            yield Objection(f"unsatisfactory_{name}", f"Enter {what}")


def _leaving(report: Report, placed: tuple[date, date | None]) -> Iterator[Objection]:
    """R54, R58."""
    if report.kind.asks_stays and report.stays is None:
        yield Objection("stays", "Select whether the ECT will stay at the school")
    if not report.leaves:
        return
    earliest = report.held_on if report.kind.asks_stays and report.held_on else placed[0]
    if report.leaves_on is None:
        yield Objection("leaves_on", "Enter the ECT’s last day at the school")
    elif report.leaves_on < earliest:
        yield Objection("leaves_on", f"The ECT’s last day at the school must be on or after {say(earliest)}")


def check_carried_out_by(roles: Collection[str]) -> None:
    """R53, SG 2.55: the headteacher or the induction tutor assesses; a mentor does not, unless they are one as well.

    Raises RuleBroken.
    """
    if not CARRY_OUT & set(roles):
        raise RuleBroken(
            "An assessment is carried out by the headteacher or the induction tutor. A mentor may not carry one out, "
            "unless they are the induction tutor as well"
        )


def flagged_by_review(
    ratings: Mapping[Standard, int], statements: Mapping[Standard, str], *, on_track: bool
) -> frozenset[Standard]:
    """The Standards on which a progress review was unfavourable: rated 2 or 1, or with a statement (SG 2.58, R55).

    A review without ratings that found the ECT not on track speaks of them all.
    """
    if not ratings:
        return frozenset() if on_track else frozenset(Standard)
    low = {standard for standard, level in ratings.items() if level <= Rating.ATTENTION}
    return frozenset(low | {standard for standard, text in statements.items() if text.strip()})


def waits_words(waits: str, due_on: date) -> str:
    """R29, R51: why an assessment may not be held yet; empty when nothing holds it back."""
    if waits == "return":
        return "The ECT is away. An assessment is not made until the ECT has returned"
    if waits == "choice":
        return f"The ECT may choose until {say(due_on)} whether to extend by their leave. The assessment waits for that"
    return ""


NAMES = tuple(each.name for each in fields(Report))
