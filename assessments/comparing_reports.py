"""A report that two people write at once: what it was, what it is now, and what was typed, in words."""

from typing import Any

from cases.rules.assessing import PRESENT, UNSATISFACTORY, Judged, Report
from cases.rules.standards import Standard
from induction_portal.govuk.words import day, upper_first

from .forms import AssessmentForm
from .models import Assessment
from .report import as_content, report_of

THERE = PRESENT | {"headteacher": "the headteacher"}


def three_ways(form: AssessmentForm, assessment: Assessment, reports: dict[int, Report]) -> dict[str, Any]:
    """Rows of field, typed, saved now and saved before, for what the two people left different; two ways where the
    report was begun by both. `reports` are its versions by number.

    The form goes on from the version saved now, with everything that was typed still in it.
    """
    before = reports.get(form.version or 0)
    was = _readable(before) if before else {}
    now, typed = _readable(reports[assessment.latest]), _readable(report_of(as_content(form.report())))
    rows = [
        {"field": name, "typed": typed[name], "now": now[name], "before": was.get(name, "")}
        for name in typed
        if typed[name] != now[name] or (before and now[name] != was[name])
    ]
    form.version = assessment.latest
    return {"rows": rows, "two_ways": before is None, "form": form, "assessment": assessment}


def _readable(report: Report) -> dict[str, str]:
    """Heading and words of each answer, in the order of the form."""
    told = {
        "Date held": day(report.held_on),
        "Present": ", ".join(THERE[key] for key in report.present),
        "Anybody else who was present": report.others_present,
    }
    for standard in Standard:
        told[standard.label] = _judged(report.judged[standard])
        told[f"Evidence drawn in for {standard}"] = _drawn(report, standard)
    told |= {
        "Strengths": report.strengths,
        "Areas for development": report.development,
        "Evidence drawn in for the whole": _drawn(report, None),
        "Support and monitoring given": _answer(report.support_given),
        "Progress is satisfactory": _answer(report.satisfactory),
    }
    told |= {upper_first(what): getattr(report.unsatisfactory, name) for name, what in UNSATISFACTORY.items()}
    leaves = {"Last day at this school": day(report.leaves_on), "Next school": report.next_school}
    return told | {"The ECT will stay": _answer(report.stays)} | leaves


def _judged(told: Judged) -> str:
    said = [
        ("Evidence", told.evidence),
        ("Strengths", told.strengths),
        ("Areas for development", told.development),
        ("Why only now", told.surprise_reason),
    ]
    verdict = {True: "Satisfactory", False: "Not satisfactory", None: ""}[told.satisfactory]
    return "\n".join([verdict, *(f"{heading}: {text}" for heading, text in said if text)])


def _drawn(report: Report, standard: Standard | None) -> str:
    return "\n".join(source.says for source in report.sources if source.standard == standard)


def _answer(value: bool | None) -> str:
    return {True: "Yes", False: "No", None: ""}[value]
