"""Who a teacher is: a new name, and the body's corrections."""

from datetime import date
from typing import Any

from django.db.models import Min

from induction_portal.accounts.models import User
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.models import AuditEvent
from induction_portal.audit.record import case_chain, record

from .. import tell_changes as tell
from ..models import Induction, Teacher
from ..models.people import fold
from ..reckon import reckon
from ..rules.changes import check_identity
from ..rules.errors import RuleBroken
from ..rules.registration import check_trn
from .versions import check_version, next_version


@action
def rename(*, by: Viewer | System, on: date, induction: Induction, name: str, version: int | None = None) -> Teacher:
    """Change a teacher's name (SG 2.74). What was sealed keeps the name that held then.

    Raises RuleBroken without a name or when it is the same; ChangedMeanwhile when `version` is not the teacher's.
    """
    induction = Induction.objects.locked(induction.pk)
    teacher = induction.teacher
    check_version(teacher, version)
    name = " ".join(name.split())
    if not name:
        raise RuleBroken("Enter the teacher’s name", "name")
    if name == teacher.name:
        raise RuleBroken("This is the name that is recorded already", "name")
    event = _write(by, on, induction, Event.TEACHER_RENAMED, {"name": name})
    tell.teacher_changed(induction, event)
    return teacher


@action
def correct_teacher(
    *,
    by: Viewer | System,
    on: date,
    induction: Induction,
    trn: str,
    date_of_birth: date,
    qts_on: date,
    name: str = "",
    version: int | None = None,
) -> Teacher:
    """The body puts a teacher's identity right: TRN, date of birth, day of QTS and, if given, the name (R1, R12).

    Raises RuleBroken when they are impossible together, the TRN is another teacher's, or nothing is different;
    ChangedMeanwhile when `version` is no longer the teacher's.
    """
    check_trn(trn)
    induction = Induction.objects.locked(induction.pk)
    teacher = induction.teacher
    check_version(teacher, version)
    told: dict[str, Any] = {"trn": trn, "date_of_birth": date_of_birth, "qts_on": qts_on, "name": name or teacher.name}
    first_served = induction.placements.aggregate(first=Min("starts_on"))["first"]
    check_identity(name=told["name"], date_of_birth=date_of_birth, qts_on=qts_on, first_served=first_served)
    if Teacher.objects.filter(trn=trn).exclude(pk=teacher.pk).exists():
        raise RuleBroken(
            "This teacher reference number cannot be used: check it with the Teaching Regulation Agency", "trn"
        )
    new = {field: value for field, value in told.items() if getattr(teacher, field) != value}
    if not new:
        raise RuleBroken("This is what is recorded already: change what was wrong", "trn")
    event = _write(by, on, induction, Event.TEACHER_CORRECTED, new)
    reckon(induction)
    tell.teacher_changed(induction, event)
    return teacher


def _write(by: Viewer | System, on: date, induction: Induction, event: Event, new: dict[str, Any]) -> AuditEvent:
    """Write new details of a teacher, and their sign-in's name where it was the same."""
    teacher = induction.teacher
    before = {field: getattr(teacher, field) for field in new}
    for field, value in new.items():
        setattr(teacher, field, value)
    teacher.sort_name = fold(teacher.name)
    teacher.save(update_fields=[*new, "sort_name"])
    next_version(teacher)
    if "name" in new and teacher.user_id:
        User.objects.filter(pk=teacher.user_id, name=before["name"]).update(name=new["name"])
    return record(by, event, teacher, chain=case_chain(induction.pk), on=on, before=before, after=new)
