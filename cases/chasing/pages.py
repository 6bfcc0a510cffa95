"""What the pages of a body's requests are given."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from ..deadlines import label
from ..frame import frame
from ..models import Chase, Induction
from ..worded import late_words
from .access import steps_told
from .asking import asked_before, overdue, people_to_ask, school_to_ask, to_ask
from .tell import ASKED, SUBJECTS


def ask_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """What would be asked for, of whom, and the words of the mail, to be looked at before it goes."""
    viewer, before = request.viewer, list(asked_before(induction))
    today = {step.kind for chase in before if chase.sent_on == viewer.on for step in chase.steps.all()}
    late = overdue(viewer, induction)
    wanted, placement = to_ask(late, today), school_to_ask(induction, viewer.on)
    crumbs = {"text": "Not sent", "href": reverse("cases:chase")}
    return frame(request, induction) | {
        "title": "Ask the school",
        "late": late,
        "wanted": [(label(d), d.due_on, late_words(d.due_on, today=viewer.on)) for d in wanted],
        "school": placement.school if placement else None,
        "people": people_to_ask(placement, wanted, viewer.on) if placement and wanted else [],
        "before": before,
        "subject": SUBJECTS[ASKED],
        "body": render_to_string("cases/messages/chase_sent.txt").strip(),
        "breadcrumbs": [{"text": "Home", "href": reverse("home")}, crumbs],
    }


def chase_context(request: HttpRequest, chase: Chase) -> dict[str, Any]:
    """One request, as far as the viewer may know of it; the officer's line for whom it can give nothing away."""
    steps = list(chase.steps.all())
    told = steps_told(steps, request.permissions)
    return frame(request, chase.induction) | {
        "title": f"{chase.body.name} asks for something that was due",
        "chase": chase,
        "steps": told,
        "line": chase.line if len(told) == len(steps) else "",
        "dates": reverse("cases:dates", args=[chase.induction_id]),
    }
