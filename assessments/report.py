"""A report's content: from the rule values that a form collects to the plain JSON that is sealed, and back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from cases.rules.assessing import AssessmentKind, Judged, Report, Source, Unsatisfactory
from cases.rules.standards import Standard

__all__ = ["AssessmentKind", "Judged", "Report", "Source", "Unsatisfactory", "as_content", "report_of"]

NOT_UNSATISFACTORY = asdict(Unsatisfactory())


def as_content(report: Report) -> dict[str, Any]:
    """Plain JSON values, Standards in their order. What a kind or an answer does not ask for is left empty."""
    return {
        "kind": report.kind.value,
        "held_on": _day(report.held_on),
        "present": [key for key in ("ect", "author", "headteacher") if key in report.present],
        "others_present": report.others_present,
        "judged": {s.value: _judged(report.judged[s]) for s in Standard if s in report.judged},
        "strengths": report.strengths,
        "development": report.development,
        "support_given": report.support_given,
        "satisfactory": report.satisfactory if report.kind.asks_progress else None,
        "unsatisfactory": asdict(report.unsatisfactory) if _is_unsatisfactory(report) else NOT_UNSATISFACTORY,
        "stays": report.stays if report.kind.asks_stays else None,
        "leaves_on": _day(report.leaves_on) if report.leaves else "",
        "next_school": report.next_school if report.leaves else "",
        "sources": [asdict(source) | {"standard": source.standard or ""} for source in report.sources],
    }


def report_of(content: Mapping[str, Any]) -> Report:
    """The report that a sealed content holds, to be read or typed on from."""
    return Report(
        kind=AssessmentKind(content["kind"]),
        held_on=_date(content["held_on"]),
        present=tuple(content["present"]),
        others_present=content["others_present"],
        judged={Standard(key): Judged(**told) for key, told in content["judged"].items()},
        strengths=content["strengths"],
        development=content["development"],
        support_given=content["support_given"],
        satisfactory=content["satisfactory"],
        unsatisfactory=Unsatisfactory(**content["unsatisfactory"]),
        stays=content["stays"],
        leaves_on=_date(content["leaves_on"]),
        next_school=content["next_school"],
        sources=tuple(_source(told) for told in content["sources"]),
    )


def _is_unsatisfactory(report: Report) -> bool:
    return report.kind.asks_progress and report.satisfactory is False


def _judged(judged: Judged) -> dict[str, Any]:
    """A surprise is explained, and development required, only where the judgement is unfavourable."""
    return asdict(judged) | {"surprise_reason": "" if judged.satisfactory else judged.surprise_reason}


def _source(told: Mapping[str, Any]) -> Source:
    return Source(**dict(told) | {"standard": Standard(told["standard"]) if told["standard"] else None})


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
