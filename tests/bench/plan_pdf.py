"""The PDF of a full six-week Level 4 plan against WeasyPrint alone on the same HTML: time, and memory at its peak; and
what blank forms and previews cost the web process that draws them.

BENCH_RUNS sets how often each is drawn (7). Goal: no more than a tenth over WeasyPrint.
"""

import gc
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median
from typing import Any

from tests.bench._goals import missed
from tests.bench._memory import kilobytes
from tests.bench._sizes import size

from .pdf import RUNS
from .pdf import _alone as alone
from .pdf import _seconds as seconds
from .pdf import _side_by_side as side_by_side

BEGINS = date(2026, 11, 2)
SAID = "Lessons begin from what pupils already know, and questions are planned so that everybody answers. " * 2
WEEKS = 6
GOALS = {"plan_pdf_over_weasyprint": 1.1}


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
    """Seconds for one PDF, ours and by WeasyPrint alone; the most memory of a process before it makes one and after, in
    MB; and what a web process holds that draws blank forms and previews.
    """
    from io import BytesIO

    from pypdf import PdfReader

    from induction_portal.documents.pdf import render_pdf
    from support_plans.papers.document import TEMPLATE

    given = content()
    ours, bare = side_by_side(lambda: render_pdf(TEMPLATE, given), alone(TEMPLATE, given))
    made = render_pdf(TEMPLATE, given)
    figures: dict[str, float | int | str] = {
        "plan_pdf_weeks": WEEKS,
        "plan_pdf_pages": len(PdfReader(BytesIO(made)).pages),
        "plan_pdf_bytes": len(made),
        "plan_pdf_seconds": round(ours, 3),
        "plan_pdf_weasyprint_alone_seconds": round(bare, 3),
        "plan_pdf_over_weasyprint": round(ours / bare, 2),
    }
    for which, drawing in {"process": draw_one, "web": draw_in_the_web}.items():
        figures |= {f"plan_pdf_{which}_{name}": value for name, value in _elsewhere(drawing).items()}
    missed(figures, GOALS)
    return figures


def _elsewhere(drawing: Callable[[], None]) -> dict[str, float]:
    """What a function of this module tells, in a process of its own that has just started."""
    name = drawing.__name__
    script = f"import django; django.setup()\nfrom tests.bench.plan_pdf import {name}\n{name}()"
    done = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def draw_one() -> None:
    """In a process of its own, as a worker's: one full plan."""
    from induction_portal.documents.pdf import render_pdf
    from support_plans.papers.document import TEMPLATE

    before = _megabytes("VmHWM")
    render_pdf(TEMPLATE, content())
    print(json.dumps({"before_megabytes": before, "peak_megabytes": _megabytes("VmHWM")}))


def draw_in_the_web() -> None:
    """In a process of its own, started as the web's and its addresses known: blank forms, then full plans."""
    from django.urls import reverse

    from cases.rules.statuses import SupportLevel
    from induction_portal import wsgi
    from induction_portal.documents.pdf import render_pdf
    from support_plans.papers.blank import Blank, blank_form
    from support_plans.papers.drawing import TEMPLATE, draw

    assert wsgi.application
    assert reverse("home")
    form, full, runs = blank_form(Blank(SupportLevel.CONCERN, WEEKS)), content(), range(size("RUNS", RUNS))
    before = _resident()
    first = seconds(lambda: draw(form))
    more = [seconds(lambda: draw(form)) for _ in runs]
    told = {"before_megabytes": before, "form_first_seconds": round(first, 3), "form_seconds": round(median(more), 3)}
    told["forms_keep_megabytes"] = _resident() - before
    for _ in runs:
        render_pdf(TEMPLATE, full)
    print(json.dumps(told | {"previews_keep_megabytes": _resident() - before}))


def _resident() -> int:
    """The memory that this process holds, in MB, once what is done with has gone."""
    gc.collect()
    return _megabytes("VmRSS")


def _megabytes(which: str) -> int:
    return round(kilobytes(which) / 1024)
