"""The log of reads: who opened what, once an hour (R78)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Model

from ..accounts.viewer import Viewer
from .models import AccessLog


def log_access(viewer: Viewer, subject: Model, *, at: datetime, refused: bool = False, kind: str = "") -> None:
    """Record that the viewer opened, or was refused, an object. A second time in one hour adds nothing.

    `kind` says what of the object was opened, where that is more than its page.
    """
    row = _row(viewer, subject, at, refused=refused, kind=kind)
    AccessLog.objects.bulk_create([row], ignore_conflicts=True)


def log_several(viewer: Viewer, subjects: Iterable[Model], *, at: datetime, kind: str) -> None:
    """The same for each of several objects of which one page shows something: `kind` says what."""
    rows = [_row(viewer, subject, at, kind=kind) for subject in subjects]
    AccessLog.objects.bulk_create(rows, ignore_conflicts=True)


def _row(viewer: Viewer, subject: Model, at: datetime, *, refused: bool = False, kind: str = "") -> AccessLog:
    return AccessLog(
        user_id=viewer.user.pk,
        organisation_id=viewer.organisation.pk if viewer.organisation else None,
        acted_as=",".join(sorted(viewer.roles)),
        subject_kind=kind or subject._meta.label_lower,
        subject_id=subject.pk,
        case_id=case_of(subject),
        refused=refused,
        hour=at.replace(minute=0, second=0, microsecond=0),
    )


def case_of(subject: Model) -> UUID | None:
    """The case that an object belongs to: every child of a case carries `induction_id`; the case is itself."""
    return getattr(subject, "induction_id", None) or (subject.pk if subject._meta.model_name == "induction" else None)
