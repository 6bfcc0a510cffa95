"""A sealed review as people read it: the same words on the page and in the PDF."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from cases.rules.standards import Rating, Standard
from induction_portal.govuk.words import day

from .models import ProgressReview, Version


@dataclass(frozen=True, slots=True)
class RatedStandard:
    """One row of the ratings."""

    standard: Standard
    rating: Rating
    statement: str


@dataclass(frozen=True, slots=True)
class AgreedTarget:
    """One target, as agreed."""

    text: str
    standard: Standard
    due_on: date
    success_criteria: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything of one version, in the order of the form."""

    identity: list[tuple[str, str]]
    meeting: list[tuple[str, str]]
    on_track: bool
    reasons: list[tuple[str, str]]
    ratings: list[RatedStandard]
    targets: list[AgreedTarget]
    stands: list[tuple[str, str]] = field(default_factory=list)

    @property
    def has_statements(self) -> bool:
        """Whether any Standard has a written statement."""
        return any(row.statement for row in self.ratings)


def reading_of(review: ProgressReview, version: Version) -> Reading:
    """What a version says, from its sealed content alone."""
    told = json.loads(version.content)
    return Reading(
        identity=_identity(told),
        meeting=_meeting(told),
        on_track=told["on_track"],
        reasons=_reasons(told),
        ratings=[RatedStandard(Standard(r["standard"]), Rating(r["level"]), r["statement"]) for r in told["ratings"]],
        targets=[
            AgreedTarget(t["text"], Standard(t["standard"]), date.fromisoformat(t["due_on"]), t["success_criteria"])
            for t in told["targets"]
        ],
        stands=_stands(told.get("stands")),
    )


def _identity(told: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        ("Early career teacher", told["ect"]),
        ("Teacher reference number", told["trn"]),
        ("Date of birth", _date(told["date_of_birth"])),
        ("School", told["school"]),
        ("Appropriate body", told["body"]),
        ("Induction tutor", told["tutor"] or "Not recorded"),
        ("Mentor", told["mentor"] or "Not recorded"),
        ("Review", f"Progress review {told['number']}"),
        ("Period", f"{_date(told['period_starts_on'])} to {_date(told['held_on'])}"),
        ("Working pattern", "Full time" if told["fte"] == "1" else f"Part time, {told['fte']} FTE"),
    ]


def _meeting(told: dict[str, Any]) -> list[tuple[str, str]]:
    there = {"ect": f"{told['ect']} (ECT)", "reviewer": f"{told['author']} ({told['author_role'].lower()})"}
    present = [there[key] for key in told["present"] if key in there]
    return [
        ("Date held", _date(told["held_on"])),
        ("Present", ", ".join(present + ([told["others_present"]] if told["others_present"] else []))),
        ("Days absent in the period", told["days_absent"]),
        ("Submitted by", f"{told['author']}, {told['author_role'].lower()}"),
        ("Submitted on", _date(told["submitted_on"])),
    ]


def _reasons(told: dict[str, Any]) -> list[tuple[str, str]]:
    said = [
        ("Evidence", told["evidence"]),
        ("Progress against earlier targets", told["previous_targets"]),
        ("Why the ECT is on track", told["no_concern_reason"]),
        ("Outline of the support plan", told["support_outline"]),
    ]
    return [(heading, text) for heading, text in said if text]


def _stands(told: dict[str, Any] | None) -> list[tuple[str, str]]:
    """Where induction stood when the version was sealed; nothing in one that was sealed before this was kept."""
    if told is None:
        return []
    ends_on = _date(told["ends_on"]) if told["ends_on"] else "Not reached in the service known"
    said = [("Induction ends", ends_on), ("Being served", told["part"]), ("Served", told["says"]), ("Why", told["why"])]
    return [(name, text) for name, text in said if text]


def _date(text: str) -> str:
    return day(date.fromisoformat(text))


def last_said(reviews: QuerySet[ProgressReview]) -> tuple[bool, date] | None:
    """Whether the latest of some reviews found the ECT on track, and when it was held."""
    review = reviews.order_by("-number").first()
    if review is None:
        return None
    version = review.versions.get(number=review.latest)
    return json.loads(version.content)["on_track"], review.held_on


def not_on_track(reviews: QuerySet[ProgressReview]) -> dict[UUID, date]:
    """The inductions whose latest of these reviews did not find the ECT on track, and when it was held."""
    latest = reviews.order_by("induction_id", "-number").distinct("induction_id").values("pk")
    sealed = Version.objects.filter(review__in=latest, number=F("review__latest"))
    told = sealed.values_list("review__induction", "review__held_on", "content")
    return {case_id: held_on for case_id, held_on, content in told if not json.loads(content)["on_track"]}
