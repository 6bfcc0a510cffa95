"""The PDF of a full six-week Level 4 plan against WeasyPrint alone on the same HTML: time, and memory at its peak."""

import subprocess
import sys
from datetime import date, timedelta
from typing import Any

from .pdf import _alone as alone
from .pdf import _side_by_side as side_by_side

BEGINS = date(2026, 11, 2)
SAID = "Lessons begin from what pupils already know, and questions are planned so that everybody answers. " * 2
WEEKS = 6


def sample(level: str = "4", said: str = SAID) -> dict[str, Any]:
    """The sealed content of a full plan of six weeks with two meetings, one week of which was moved."""
    texts = ("objectives", "reason", "previous_objectives", "previous_evaluation", "risk_reasons", "extension_reasons",
             "evaluation", "next_objectives")  # fmt: skip
    ends = BEGINS + timedelta(weeks=WEEKS)
    people = {"ect": "Amara Okafor", "school": "Oakfield School", "body": "Northern Hub", "mentor": "Elspeth Muir",
              "tutor": "Ruth Adeyemi", "term": "Autumn term 2026"}  # fmt: skip
    return (
        {"level": level, "level_name": "Level 4: Cause for concern", "weeks": WEEKS, "standards": ["TS5", "TS7"]}
        | people
        | dict.fromkeys(texts, said)
        | {"early_reason": "", "met_on": "2026-10-30", "starts_on": BEGINS.isoformat(), "ends_on": ends.isoformat(),
           "ended_on": ends.isoformat(), "progress": "some", "on_track": False}
        | {"rows": [_objective(place, said) for place in (1, 2, 3)] if level == "1" else []}
        | {"by_week": [_week(number, said) for number in range(1, WEEKS + 1)]}
        | {"laid_anew": [_moved()], "meetings": [_met(said)] * 2}
    )  # fmt: skip


def _objective(place: int, said: str) -> dict[str, Any]:
    texts = dict.fromkeys(("objective", "success_criteria", "actions", "resources", "outcome"), said)
    return {"place": place, "standards": ["TS7"]} | texts


def _week(number: int, said: str) -> dict[str, Any]:
    begins = BEGINS + timedelta(weeks=number - 1)
    dates = {"starts_on": begins.isoformat(), "ends_on": (begins + timedelta(days=6)).isoformat()}
    by = {"text": said, "on": (begins + timedelta(days=4)).isoformat()}
    evaluation = by | {"by": "Ruth Adeyemi", "as": "induction_tutor"}
    comment = by | {"by": "Amara Okafor", "as": "ect"}
    texts = dict.fromkeys(("actions", "resources", "success_criteria"), said)
    return {"number": number, "evaluation": evaluation, "comment": comment} | dates | texts


def _moved() -> dict[str, Any]:
    days = [(BEGINS + timedelta(weeks=number)).isoformat() for number in range(WEEKS + 1)]
    said = {"reason": "An inspection", "by": "Ruth Adeyemi", "as": "induction_tutor", "on": "2026-11-20"}
    return {"row": 6, "was": days[:WEEKS], "became": [*days[: WEEKS - 1], days[WEEKS]]} | said


def _met(said: str) -> dict[str, Any]:
    people = "Amara Okafor (ECT), Ruth Adeyemi (Induction tutor), Elspeth Muir (Mentor), Jo Byrne (Officer)"
    return {"on": "2026-11-02", "people": people, "outline": said, "outcome": said, "added": []}


def content() -> dict[str, Any]:
    """What the template is given."""
    from support_plans.papers.drawing import context
    from support_plans.papers.filled import filled
    from support_plans.papers.form import Under

    signed = {"induction_tutor": Under("Signed: Ruth Adeyemi, 15 December 2026"),
              "ect": Under("Did not sign: Amara Okafor, 16 December 2026", SAID)}  # fmt: skip
    return context(filled(sample(), signed), fingerprint="9f86d081884c7d65" * 4)


def measure() -> dict[str, float | int | str]:
    """Seconds for one PDF, ours and by WeasyPrint alone; the memory of a process that makes one, and of one that only
    starts, in MB.
    """
    from io import BytesIO

    from pypdf import PdfReader

    from induction_portal.documents.pdf import render_pdf
    from support_plans.papers.document import TEMPLATE

    given = content()
    ours, bare = side_by_side(lambda: render_pdf(TEMPLATE, given), alone(TEMPLATE, given))
    made = render_pdf(TEMPLATE, given)
    return {
        "plan_pdf_weeks": WEEKS,
        "plan_pdf_pages": len(PdfReader(BytesIO(made)).pages),
        "plan_pdf_bytes": len(made),
        "plan_pdf_seconds": round(ours, 3),
        "plan_pdf_weasyprint_alone_seconds": round(bare, 3),
        "plan_pdf_over_weasyprint": round(ours / bare, 2),
        "plan_pdf_process_megabytes": _peak("render_pdf(TEMPLATE, content())"),
        "plan_pdf_idle_megabytes": _peak("TEMPLATE"),
    }


def _peak(does: str) -> int:
    """The most memory that a process held which did this once and ended."""
    script = (
        "import django, resource; django.setup()\n"
        "from induction_portal.documents.pdf import render_pdf\n"
        "from support_plans.papers.document import TEMPLATE\n"
        "from tests.bench.plan_pdf import content\n"
        f"{does}\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return round(int(done.stdout) / 1024)
