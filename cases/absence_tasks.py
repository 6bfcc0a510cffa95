"""Who has to do something about an absence: the school a warning or the notice, the ECT a choice, the body a reply."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from .agreeing import Standing, absence_subject, latest_by_subject
from .deadlines import ABSENCE_NOTICE, ABSENCE_WARNING, LEAVE_CHOICE, label
from .models import Absence, AbsenceNotice, Agreement, Deadline
from .parts import Task
from .reach import current_keys
from .worded import due_words

MOST = 50


def tasks_of(viewer: Viewer) -> Iterable[Task]:
    """Everything about absences that waits for this viewer."""
    if viewer.organisation is None:
        if viewer.may(Permission.CHOOSE_EXTENSION):
            yield from _of_deadlines(viewer, [LEAVE_CHOICE])
            yield from _to_agree(viewer)
    elif viewer.may(Permission.CONFIRM_CHOICE):
        yield from _to_acknowledge(viewer)
        yield from _to_confirm(viewer)
    elif viewer.may(Permission.ANSWER_ABSENCE_NOTICE):
        heads = viewer.may(Permission.WRITE_ABSENCE_REASON)
        yield from _of_deadlines(viewer, [ABSENCE_WARNING, *([ABSENCE_NOTICE] if heads else [])])


def _of_deadlines(viewer: Viewer, kinds: list[str]) -> Iterator[Task]:
    """What is open in the cases that the viewer has to do with today. The page has reckoned the stale ones before, or
    says that they are left out.
    """
    found = Deadline.objects.filter(
        induction__in=current_keys(viewer), induction__stale=False, kind__in=kinds, is_open=True
    )
    for deadline in found.select_related("induction__teacher").order_by("due_on")[:MOST]:
        yield Task(
            on=deadline.due_on,
            says=label(deadline),
            about=deadline.induction.teacher.name,
            url=reverse("cases:absences", args=[deadline.induction_id]),
            state="" if deadline.kind == ABSENCE_WARNING else due_words(deadline.due_on, today=viewer.on),
        )


def _to_acknowledge(viewer: Viewer) -> Iterator[Task]:
    """The notices of 30 days that the body has not acknowledged."""
    waiting = AbsenceNotice.objects.filter(
        body=viewer.organisation, figure=30, acknowledged_on=None, withdrawn_on=None,
        induction__in=current_keys(viewer),
    ).select_related("induction__teacher")  # fmt: skip
    for notice in waiting.order_by("raised_on")[:MOST]:
        says = f"Acknowledge 30 days’ absence in part {notice.part}"
        yield _task(viewer, notice, notice.raised_on, says, "cases:absence_notice")


def _to_confirm(viewer: Viewer) -> Iterator[Task]:
    """The choices about statutory leave that the body has not confirmed: it must grant them (R29)."""
    waiting = Absence.objects.filter(
        body=viewer.organisation, elected__isnull=False, confirmed_on=None, withdrawn_on=None,
        induction__in=current_keys(viewer),
    ).select_related("induction__teacher")  # fmt: skip
    for absence in waiting.order_by("elected_on")[:MOST]:
        yield _task(
            viewer, absence, absence.elected_on, "Confirm the choice about statutory leave", "cases:confirm_leave"
        )


def _task(viewer: Viewer, row: Absence | AbsenceNotice, on: date, says: str, name: str) -> Task:
    return Task(on=on, says=says, about=row.induction.teacher.name, url=reverse(name, args=[row.pk]), state="New")


def _to_agree(viewer: Viewer) -> Iterator[Task]:
    """The ECT's own absences that they have not agreed as they are recorded now."""
    own = Absence.objects.filter(induction__teacher__user=viewer.user, withdrawn_on=None)
    found = list(own.select_related("placement__school").order_by("-starts_on")[:MOST])
    said = latest_by_subject(
        Agreement.objects.filter(induction__teacher__user=viewer.user, kind=Agreement.Kind.ABSENCE)
    )
    for row in found:
        subject = absence_subject(row, viewer.on)
        if Standing(subject, said.get((subject.kind, subject.id))).waits_for_ect:
            yield Task(
                on=row.starts_on,
                says="Agree or query an absence",
                about=f"At {row.placement.school.name}",
                url=reverse("cases:agree_absence", args=[row.pk]),
            )
