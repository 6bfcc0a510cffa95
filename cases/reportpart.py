"""The termly task of a headteacher: the governing body is given the general report (D31; R80, SG 2.80, 5.4)."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .parts import Part, Task
from .term_reports import terms_to_record
from .terms import ReportTerm
from .worded import due_words

BEFORE = timedelta(days=14)


class ReportPart(Part):
    """The report of the term that ends soon, or of the last one that ended; earlier ones are past asking for."""

    def tasks(self, viewer: Viewer) -> Iterable[Task]:
        if not viewer.may(Permission.GIVE_GENERAL_REPORT):
            return []
        due = [term for term in terms_to_record(viewer) if term.ends_on - BEFORE <= viewer.on]
        return [_task(term, viewer) for term in due[-1:]]


def _task(term: ReportTerm, viewer: Viewer) -> Task:
    return Task(
        on=term.ends_on,
        says="Give the governing body the general report",
        about=term.words.capitalize(),
        url=reverse("cases:report_given"),
        state=due_words(term.ends_on, today=viewer.on),
        why=f"The {term.words} ends on {day(term.ends_on)}. The governing body may ask for a general report each term.",
        kind="general_report",
        kind_says="General reports",
    )
