"""Who has to answer something about an absence: the ECT what was recorded, the body a notice or a choice."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from .agreeing import Standing, absence_subject, latest_by_subject
from .models import Absence, AbsenceNotice, Agreement
from .parts import Task
from .reach import current_keys

MOST = 50


def tasks_of(viewer: Viewer) -> Iterable[Task]:
    """What waits for this viewer about absences, beside the deadlines."""
    if viewer.organisation is None:
        if viewer.may(Permission.CHOOSE_EXTENSION):
            yield from _to_agree(viewer)
    elif viewer.may(Permission.CONFIRM_CHOICE):
        yield from _to_acknowledge(viewer)
        yield from _to_confirm(viewer)


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
