"""The review's PDF, cold and warm, and a full assessment's, against WeasyPrint alone on the same HTML."""

import subprocess
import sys
from datetime import date
from statistics import median
from time import perf_counter
from types import SimpleNamespace
from typing import Any

from assessments.assessment_document import TEMPLATE as ASSESSMENT
from assessments.assessment_reading import reading_of
from assessments.reading import AgreedTarget, RatedStandard, Reading
from assessments.report import AssessmentKind, Judged, Report, Source, Unsatisfactory, as_content
from cases.rules.standards import Rating, Standard
from tests.bench._sizes import size

TEMPLATE = "pdf/progress_review.html"
RUNS = 7


def sample() -> dict[str, Any]:
    """A full review: every Standard with a statement, five targets."""
    said = "Lessons begin from what pupils already know, and questions are planned so that everybody answers. " * 2
    return {
        "title": "Progress review 2: Amara Okafor",
        "organisation": "Oakfield School",
        "fingerprint": "9f86d081884c7d65" * 4,
        "reading": Reading(
            identity=[("Early career teacher", "Amara Okafor"), ("School", "Oakfield School"), ("Review", "Two")],
            meeting=[("Held on", "9 January 2026"), ("Present", "Amara Okafor (ECT)\nRuth Adeyemi (induction tutor)")],
            on_track=True,
            reasons=[("Evidence", said * 4)],
            ratings=[RatedStandard(standard, next(iter(Rating)), said) for standard in Standard],
            targets=[AgreedTarget(said, next(iter(Standard)), date(2026, 2, 13), said)] * 5,
        ),
        "comments": [SimpleNamespace(text=said, author=SimpleNamespace(name="Amara Okafor"), at=None)],
        "read": None,
        "responses": [],
    }


def assessment_sample(kind: AssessmentKind = AssessmentKind.FIRST) -> dict[str, Any]:
    """A full assessment: all that is asked of each Standard, sources, what SG 4.4 asks, comments, signatures."""
    said = "Lessons begin from what pupils already know, and questions are planned so that everybody answers. " * 2
    sound, low = Judged(True, said * 2, said, said), Judged(False, said * 2, "", said, said)
    unsatisfactory = kind.asks_progress
    report = Report(
        kind=kind,
        held_on=date(2026, 7, 10),
        present=("ect", "author", "headteacher"),
        judged=dict.fromkeys(Standard, sound) | ({Standard.TS7: low} if unsatisfactory else {}),
        strengths=said * 2,
        development=said * 2,
        support_given=True,
        satisfactory=False if unsatisfactory else None,
        stays=True if kind.asks_stays else None,
        others_present="Elspeth Muir, mentor",
        unsatisfactory=Unsatisfactory(*[said] * 6),
        sources=tuple(Source("review", "1", "Progress review 2, held on 9 January 2026", each) for each in Standard),
    )
    people = {"ect": "Amara Okafor", "tutor": "Ruth Adeyemi", "mentor": "Elspeth Muir", "author": "Ruth Adeyemi"}
    about = {"trn": "1234567", "date_of_birth": "2001-02-03", "school": "Oakfield School", "body": "Northern Hub"}
    clock = {"fte": "0.8", "part": "Part 1", "served": "3.00", "required": "6", "absent_in_period": "4.5",
             "absent_in_part": "4.5", "period_starts_on": "2025-09-01", "number": 1}  # fmt: skip
    sealing = {"version": 1, "author_role": "Induction tutor", "sealed_on": "2026-07-14"}
    return {
        "title": kind.label,
        "organisation": "Oakfield School",
        "fingerprint": "9f86d081884c7d65" * 4,
        "reading": reading_of(as_content(report) | people | about | clock | sealing),
        "comment": SimpleNamespace(text=said, by=SimpleNamespace(name="Amara Okafor"), on=date(2026, 7, 15)),
        "signatures": [
            _signed("Induction tutor", "Ruth Adeyemi"),
            _signed("Headteacher", "Jo Byrne"),
            _signed("Early career teacher", "Amara Okafor"),
        ],
        "recommendation": None if unsatisfactory else _recommended(said),
    }


def _signed(role: str, name: str) -> SimpleNamespace:
    told = {"status": "signed", "version": SimpleNamespace(number=1), "on": date(2026, 7, 16)}
    return SimpleNamespace(get_role_display=role, by=SimpleNamespace(name=name), **told)


def _recommended(reason: str) -> SimpleNamespace:
    outcome = "The induction period should be extended"
    return SimpleNamespace(get_outcome_display=outcome, length="1.5 full-time terms", reason=reason)


def measure() -> dict[str, float | int | str]:
    """Seconds for one PDF: in a new process, once warm, and by WeasyPrint alone on the same HTML and fonts."""
    from induction_portal.documents.pdf import render_pdf

    content, full = sample(), assessment_sample()
    ours, alone = _side_by_side(lambda: render_pdf(TEMPLATE, content), _alone(TEMPLATE, content))
    assessed, bare = _side_by_side(lambda: render_pdf(ASSESSMENT, full), _alone(ASSESSMENT, full))
    return {
        "pdf_cold_seconds": _cold(),
        "pdf_warm_seconds": round(ours, 3),
        "pdf_weasyprint_alone_seconds": round(alone, 3),
        "pdf_over_weasyprint": round(ours / alone, 2),
        "pdf_bytes": len(render_pdf(TEMPLATE, content)),
        "pdf_assessment_seconds": round(assessed, 3),
        "pdf_assessment_weasyprint_alone_seconds": round(bare, 3),
        "pdf_assessment_over_weasyprint": round(assessed / bare, 2),
    }


def _alone(template: str, content: dict[str, Any]) -> Any:
    import weasyprint
    from django.conf import settings
    from django.template.loader import render_to_string

    html = render_to_string(template, content)
    static = (settings.BASE_DIR / "static").as_uri() + "/"
    return lambda: weasyprint.HTML(string=html, base_url=static).write_pdf(pdf_variant="pdf/ua-1")


def _side_by_side(*runs: Any) -> list[float]:
    """The median seconds of each, warm and by turns, so that a busy machine is unfair to none."""
    rounds = [[_seconds(run) for run in runs] for _ in range(size("RUNS", RUNS) + 1)]
    return [median(taken) for taken in zip(*rounds[1:], strict=True)]


def _seconds(run: Any) -> float:
    begun = perf_counter()
    run()
    return perf_counter() - begun


def _cold() -> float:
    """The first PDF of a worker that has just started: Django is up, WeasyPrint not yet imported."""
    script = (
        "import django; django.setup()\n"
        "from tests.bench.pdf import TEMPLATE, _seconds, sample\n"
        "from induction_portal.documents.pdf import render_pdf\n"
        "content = sample()\n"
        "print(_seconds(lambda: render_pdf(TEMPLATE, content)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return round(float(done.stdout), 3)
