"""The review's PDF, cold and warm, against WeasyPrint alone on the same HTML."""

import subprocess
import sys
from datetime import date
from statistics import median
from time import perf_counter
from types import SimpleNamespace
from typing import Any

from assessments.reading import AgreedTarget, RatedStandard, Reading
from cases.rules.standards import Rating, Standard

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


def measure() -> dict[str, float | int | str]:
    """Seconds for one PDF: in a new process, once warm, and by WeasyPrint alone on the same HTML and fonts."""
    from induction_portal.documents.pdf import render_pdf

    content = sample()
    ours, alone = _side_by_side(lambda: render_pdf(TEMPLATE, content), _alone(content))
    return {
        "pdf_cold_seconds": _cold(),
        "pdf_warm_seconds": round(ours, 3),
        "pdf_weasyprint_alone_seconds": round(alone, 3),
        "pdf_over_weasyprint": round(ours / alone, 2),
        "pdf_bytes": len(render_pdf(TEMPLATE, content)),
    }


def _alone(content: dict[str, Any]) -> Any:
    import weasyprint
    from django.conf import settings
    from django.template.loader import render_to_string

    html = render_to_string(TEMPLATE, content)
    static = (settings.BASE_DIR / "static").as_uri() + "/"
    return lambda: weasyprint.HTML(string=html, base_url=static).write_pdf(pdf_variant="pdf/ua-1")


def _side_by_side(*runs: Any) -> list[float]:
    """The median seconds of each, warm and by turns, so that a busy machine is unfair to none."""
    rounds = [[_seconds(run) for run in runs] for _ in range(RUNS + 1)]
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
