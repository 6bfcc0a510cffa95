"""What changes of circumstances add to a case page and to people's tasks."""

from collections.abc import Iterable
from itertools import islice

from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from .access import visible_records
from .agreeing import Standing, latest_by_subject, pattern_subject
from .changes import changes_of
from .file_rows import registration_filing, service_filing
from .models import Agreement, Induction, WorkingPattern
from .parts import Bundle, Filing, Panel, Part, Task
from .reach import current_keys
from .record_rows import service_sections

MOST = 50
SHOWN = 3


class ServicePart(Part):
    """The latest changes on the case page; queries as the school's tasks, steps to agree as the ECT's."""

    def panel(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Panel | None:
        changes = changes_of(viewer, induction)
        new = sum(change.is_new for change in changes)
        shown = changes[: max(SHOWN, min(new, 2 * SHOWN))]
        return Panel("cases/service/panel.html", {"changes": shown, "new": new, "induction": induction})

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        return Bundle(sections=service_sections(induction)) if Permission.TAKE_OWN_RECORD in may else Bundle()

    def filings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
        return [registration_filing(induction, viewer), service_filing(induction, viewer)]

    def tasks(self, viewer: Viewer) -> Iterable[Task]:
        if viewer.organisation is None:
            return _to_agree(viewer) if viewer.may(Permission.AGREE_SERVICE) else []
        if viewer.may(Permission.ANSWER_QUERY):
            return _to_answer(viewer)
        return []


def _to_answer(viewer: Viewer) -> Iterable[Task]:
    """Open queries at the viewer's school, of the ECTs whom a role that answers reaches, while the school has them."""
    waiting = Agreement.objects.filter(
        answer=Agreement.Answer.QUERIED, replied_by=None, school=viewer.organisation,
        induction__in=current_keys(viewer),
    ).select_related("induction__teacher")  # fmt: skip
    return [
        Task(
            on=query.on,
            says=f"Answer a query about {query.get_kind_display().lower()}",
            about=query.induction.teacher.name,
            url=reverse("cases:answer_query", args=[query.pk]),
            state="Query",
            kind="queries",
            kind_says="Queries to answer",
            case_id=query.induction_id,
            is_due=False,
        )
        for query in visible_records(viewer, waiting)[:MOST]
    ]


def _to_agree(viewer: Viewer) -> Iterable[Task]:
    """The ECT's own steps of the working pattern that they have not agreed as they are recorded now."""
    steps = WorkingPattern.objects.filter(placement__induction__teacher__user=viewer.user).select_related(
        "placement__school", "placement__induction__teacher"
    )
    said = latest_by_subject(
        Agreement.objects.filter(induction__teacher__user=viewer.user, kind=Agreement.Kind.PATTERN)
    )
    return islice((_asking(step, viewer) for step in steps if _waits(step, viewer, said)), MOST)


def _waits(step: WorkingPattern, viewer: Viewer, said: dict) -> bool:
    subject = pattern_subject(step, step.placement, viewer.on)
    return Standing(subject, said.get((subject.kind, subject.id))).waits_for_ect


def _asking(step: WorkingPattern, viewer: Viewer) -> Task:
    return Task(
        on=step.starts_on,
        says="Agree or query your working pattern",
        about=f"At {step.placement.school.name}",
        url=reverse("cases:agree_pattern", args=[step.pk]),
        is_due=False,
    )
