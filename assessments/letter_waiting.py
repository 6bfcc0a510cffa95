"""Headteachers' letters that wait for their ECT: a task of the ECT's, and of the school to know. Nothing is held up."""

from collections.abc import Iterable

from django.urls import reverse

from cases.parts import Task
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import lower_first

from .letter_access import REPORT, standing_letters
from .models import HeadLetter

MOST = 50


def to_acknowledge(viewer: Viewer) -> Iterable[Task]:
    """The ECT's own letters that they have not acknowledged."""
    if viewer.organisation is not None:
        return []
    return _tasks(viewer, "Acknowledge the headteacher’s letter about the {}")


def letters_awaited(viewer: Viewer) -> Iterable[Task]:
    """Those that an ECT of the viewer's school has not acknowledged."""
    if viewer.organisation is None:
        return []
    return _tasks(viewer, "The ECT acknowledges the headteacher’s letter about the {}")


def _tasks(viewer: Viewer, says: str) -> list[Task]:
    waiting = standing_letters(viewer).filter(acknowledgement=None).order_by("signature__on", "pk")
    if viewer.organisation is not None:
        waiting = waiting.filter(**{f"{REPORT}__school": viewer.organisation})
    return [_task(each, says) for each in waiting[:MOST]]


def _task(letter: HeadLetter, says: str) -> Task:
    report = letter.signature.version.assessment
    return Task(
        on=letter.signature.on,
        says=says.format(lower_first(str(report))),
        about=report.induction.teacher.name,
        url=reverse("assessments:letter", args=[letter.pk]),
        kind="letters",
        kind_says="Headteachers’ letters",
        case_id=report.induction_id,
        is_due=False,
    )
