"""The ECT agrees or queries what is recorded of their service; the school answers a query (SG 5.2)."""

from datetime import date
from uuid import UUID

from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record

from .. import tell_changes as tell
from ..agreeing import Subject, absence_subject, main_placement, pattern_subject, total_subject
from ..models import Absence, Agreement, Induction, WorkingPattern
from ..querysets import in_force
from ..rules.errors import RuleBroken
from .versions import ChangedMeanwhile


@action
def agree(
    *, by: Viewer, on: date, induction: Induction, kind: str, subject_id: UUID, version: int | None = None
) -> Agreement:
    """The ECT agrees a step of the working pattern, an absence, or the service in all up to `on`, as recorded.

    Raises RuleBroken when they have agreed the same already or their query is open; ChangedMeanwhile when `version` is
    not the mark of what is recorded now.
    """
    subject, latest = _asked(induction, kind, subject_id, on, version)
    if latest and latest.answer == Agreement.Answer.AGREED and latest.digest == subject.digest:
        raise RuleBroken("You have agreed this already")
    agreement = _say(by, on, subject, Agreement.Answer.AGREED, "")
    after = {"kind": kind, "subject": subject_id, "digest": subject.digest}
    record(by, Event.SERVICE_AGREED, agreement, chain=case_chain(induction.pk), on=on, after=after)
    return agreement


@action
def query(
    *, by: Viewer, on: date, induction: Induction, kind: str, subject_id: UUID, text: str, version: int | None = None
) -> Agreement:
    """The ECT says what they think is wrong; it is the school's task until they answer.

    Raises RuleBroken without a text, or while an earlier query is open; ChangedMeanwhile as `agree` does.
    """
    if not text.strip():
        raise RuleBroken("Say what you think is wrong", "text")
    subject, _ = _asked(induction, kind, subject_id, on, version)
    agreement = _say(by, on, subject, Agreement.Answer.QUERIED, text.strip())
    after = {"kind": kind, "subject": subject_id, "digest": subject.digest}
    event = record(by, Event.SERVICE_QUERIED, agreement, chain=case_chain(induction.pk), on=on, after=after)
    tell.queried(agreement, event)
    return agreement


@action
def answer(*, by: Viewer, on: date, agreement: Agreement, reply: str, corrected: bool) -> Agreement:
    """The school answers a query, and says whether it has corrected what was recorded. The ECT may query again.

    Raises RuleBroken without an answer, or when somebody has answered already.
    """
    if not reply.strip():
        raise RuleBroken("Enter your answer", "reply")
    Induction.objects.locked(agreement.induction_id)
    agreement = Agreement.objects.select_related("placement", "induction__teacher__user").get(pk=agreement.pk)
    if not agreement.is_open:
        raise RuleBroken("Somebody else has answered this query since you opened the page: nothing of yours was sent")
    agreement.reply, agreement.corrected = reply.strip(), corrected
    agreement.replied_by, agreement.replied_on = by.user, on
    agreement.save(update_fields=["reply", "corrected", "replied_by", "replied_on"])
    chain, after = case_chain(agreement.induction_id), {"corrected": corrected}
    event = record(by, Event.QUERY_ANSWERED, agreement, chain=chain, on=on, after=after)
    tell.answered(agreement, event)
    return agreement


def _asked(
    induction: Induction, kind: str, subject_id: UUID, on: date, version: int | None
) -> tuple[Subject, Agreement | None]:
    """The subject as it is recorded now, its case locked, and the last that was said of it."""
    induction = Induction.objects.locked(induction.pk)
    subject = subject_of(induction, kind, subject_id, on)
    if version is not None and version != subject.mark:
        raise ChangedMeanwhile(subject.mark)
    latest = Agreement.objects.filter(kind=kind, subject_id=subject_id).order_by("at", "id").last()
    if latest and latest.is_open:
        raise RuleBroken("You have queried this, and the school has still to answer")
    return subject, latest


def subject_of(induction: Induction, kind: str, subject_id: UUID, on: date) -> Subject:
    """What may be agreed, by its kind and id, as it is recorded now."""
    if kind == Agreement.Kind.SERVED_TOTAL:
        return total_subject(induction, main_placement(induction, on), on)
    if kind == Agreement.Kind.ABSENCE:
        absences = Absence.objects.filter(withdrawn_on=None).select_related("placement__school")
        return absence_subject(absences.get(pk=subject_id, induction=induction), on)
    pattern = WorkingPattern.objects.select_related("placement__school").get(
        pk=subject_id, placement__induction=induction
    )
    return pattern_subject(pattern, pattern.placement, on)


def _say(by: Viewer, on: date, subject: Subject, said: str, text: str) -> Agreement:
    placement = subject.placement
    period = placement.induction.body_periods.filter(in_force("", on=on)).first()
    return Agreement.objects.create(
        induction_id=placement.induction_id,
        placement=placement,
        school_id=placement.school_id,
        body_id=period.body_id if period else placement.reported_body_id,
        kind=subject.kind,
        subject_id=subject.id,
        digest=subject.digest,
        stated=subject.stated,
        as_at=subject.as_at,
        answer=said,
        text=text,
        by=by.user,
        on=on,
    )
