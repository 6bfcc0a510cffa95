"""Writing the report of an assessment: sent to the ECT for comments, taken back, and sent again as its next version."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from cases.models import Induction, Placement
from cases.reckon import reckon
from cases.rules.assessing import AssessmentKind, Report, check_carried_out_by, check_report
from cases.rules.errors import RuleBroken
from cases.rules.signing import changes, digests_of
from cases.rules.statuses import AssessmentStatus
from cases.rules.transitions import check_move
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import case_chain, record, seal
from support_plans.actions import propose

from .. import tell_assessments as tell
from ..assessing import (
    Place,
    check_assesses,
    coming_assessment,
    flagged,
    identity,
    interim_assessment,
    latest_version,
    period_start,
    receiving_body,
)
from ..found import of_assessment
from ..models import Assessment, AssessmentVersion, DrawnFrom, Judgement
from ..report import as_content
from ..served import served_until
from ..standing import standing_of
from .moving import move

UNSENT = (AssessmentStatus.DRAFT, AssessmentStatus.COMMENTING, AssessmentStatus.SIGNING, AssessmentStatus.SIGNED)


class AssessmentConflict(Exception):  # noqa: N818 - nothing is wrong: somebody else was first
    """Another version was sealed, or the assessment was begun, while this one was being written."""

    def __init__(self, assessment: Assessment) -> None:
        super().__init__(f"{assessment} has moved on")
        self.assessment = assessment


@action
def send_for_comments(*, by: Viewer, on: date, placement: Placement, report: Report) -> Assessment:
    """Seal the first version of a report and ask the ECT for comments (R53). Until now it was its author's draft.

    Raises AssessmentConflict when somebody else has sent one in the meantime, and RuleBroken when the report is
    incomplete (R58), when none is due (R48, R54), while the ECT is away or has still to choose (R29, R51), and when
    no body could receive it.
    """
    induction = Induction.objects.locked(placement.induction_id)
    check_carried_out_by(by.roles)
    if known := _under_way(placement, report.kind):
        raise AssessmentConflict(known)
    check_assesses(placement, report.kind, on=on)
    if induction.stale:
        reckon(induction)
    placement.induction = induction
    place = _place_of(placement, report.kind, on)
    if place.kind is not report.kind:
        raise RuleBroken(f"The {place.kind.label.lower()} comes first")
    assessment = Assessment(
        induction=induction,
        placement=placement,
        school_id=placement.school_id,
        body=receiving_body(induction, placement, on=on).body,
        kind=place.kind,
        number=place.number,
        status=AssessmentStatus.DRAFT,
        due_on=place.due_on,
    )
    version = _seal(assessment, by, on, _write(assessment, by, on, report))
    move(assessment, AssessmentStatus.COMMENTING, Role.INDUCTION_TUTOR)
    after = _digest_of(version) | {"status": assessment.status}
    record(by, Event.ASSESSMENT_WRITTEN, assessment, chain=case_chain(induction.pk), on=on, after=after)
    _propose(by, on, assessment, report)
    reckon(induction)
    tell.ready(assessment)
    return assessment


@action
def send_again(*, by: Viewer, on: date, assessment: Assessment, version: int, report: Report) -> Assessment:
    """Seal the next version of a report that was taken back or returned. `version` is the one its author looked at.

    The ECT is asked for comments again, and each signatory for a signature, only where what touches them has changed
    (ADR 0071). Raises AssessmentConflict when somebody else has sealed a version since, RuleBroken when the report is
    incomplete, is not open to be corrected, or says what it said before.
    """
    assessment = locked_assessment(assessment.pk)
    check_carried_out_by(by.roles)
    if assessment.latest != version:
        raise AssessmentConflict(assessment)
    before = {"version": assessment.latest, "status": assessment.status}
    if assessment.state is not AssessmentStatus.RETURNED:
        check_move(assessment.state, AssessmentStatus.COMMENTING, Role.INDUCTION_TUTOR)
    last = latest_version(assessment)
    assessment.latest += 1
    content = _write(assessment, by, on, report)
    if not changes(json.loads(last.content), json.loads(seal(content)[0])):
        raise RuleBroken("Nothing has changed since the last version: correct the report before you send it again")
    if assessment.state is AssessmentStatus.RETURNED:
        move(assessment, AssessmentStatus.DRAFT, Role.INDUCTION_TUTOR)
    sealed = _seal(assessment, by, on, content)
    move(assessment, AssessmentStatus.COMMENTING, Role.INDUCTION_TUTOR)
    if standing_of(assessment).was_commented:
        move(assessment, AssessmentStatus.SIGNING, "system")
    after = _digest_of(sealed) | {"status": assessment.status}
    chain = case_chain(assessment.induction_id)
    record(by, Event.ASSESSMENT_CORRECTED, assessment, chain=chain, on=on, before=before, after=after)
    _propose(by, on, assessment, report)
    reckon(assessment.induction)
    tell.ready(assessment) if assessment.state is AssessmentStatus.COMMENTING else tell.turn(assessment)
    return assessment


@action
def withdraw_assessment(*, by: Viewer, on: date, assessment: Assessment, version: int) -> Assessment:
    """Take a report back to correct it, before it is signed by all. Its versions, comments and signatures are kept.

    Raises AssessmentConflict when there is a later version, RuleBroken when it is a draft, signed or with the body.
    """
    assessment = locked_assessment(assessment.pk)
    check_carried_out_by(by.roles)
    if assessment.latest != version:
        raise AssessmentConflict(assessment)
    before = {"status": assessment.status}
    move(assessment, AssessmentStatus.DRAFT, Role.INDUCTION_TUTOR)
    chain, after = case_chain(assessment.induction_id), {"status": assessment.status}
    record(by, Event.ASSESSMENT_WITHDRAWN, assessment, chain=chain, on=on, before=before, after=after)
    tell.taken_back(assessment)
    return assessment


def locked_assessment(assessment_id: UUID) -> Assessment:
    """An assessment, after its case was locked."""
    rows = Assessment.objects.select_related("placement", "school", "body", "induction__teacher")
    induction_id = rows.values_list("induction", flat=True).get(pk=assessment_id)
    Induction.objects.locked(induction_id)
    return rows.get(pk=assessment_id)


def _under_way(placement: Placement, kind: AssessmentKind) -> Assessment | None:
    """One of the same kind that somebody at the school has begun and not yet sent to the body."""
    begun = Assessment.objects.filter(school=placement.school_id, induction=placement.induction_id, kind=kind)
    return begun.filter(status__in=UNSENT).first()


def _write(assessment: Assessment, by: Viewer, on: date, report: Report) -> dict[str, Any]:
    """The content of the next version, and what of it the assessment itself holds; nothing is saved yet."""
    _check(assessment, report, on)
    held_on = report.held_on
    assert held_on is not None  # noqa: S101 - `_check` refuses a report without a day
    again = assessment if assessment.latest > 1 else None
    assessment.period_starts_on = period_start(assessment.placement, held_on, but=again)
    assessment.held_on, assessment.written_by = held_on, by.user
    assessment.leaves_on = report.leaves_on if report.leaves else None
    return _content(assessment, by, on, report)


def _seal(assessment: Assessment, by: Viewer, on: date, content: dict[str, Any]) -> AssessmentVersion:
    """Save the assessment with a new, immutable version of its report."""
    assessment.save()
    text, digest = seal(content)
    parts = digests_of(content)
    version = AssessmentVersion.objects.create(
        assessment=assessment,
        number=assessment.latest,
        content=text,
        sha256=digest,
        tutor_part=parts["induction_tutor"],
        head_part=parts["headteacher"],
        ect_part=parts["ect"],
        sealed_by=by.user,
        sealed_on=on,
    )
    Judgement.objects.bulk_create(
        Judgement(version=version, standard=standard, **told) for standard, told in content["judged"].items()
    )
    DrawnFrom.objects.bulk_create(
        DrawnFrom(version=version, place=place, **source) for place, source in enumerate(content["sources"], 1)
    )
    return version


def _content(assessment: Assessment, by: Viewer, on: date, report: Report) -> dict[str, Any]:
    """What was answered, who it is about, what the clock says, and who seals it."""
    served = served_until(
        assessment.placement,
        assessment.held_on,
        kind=assessment.which,
        number=assessment.number,
        period_starts_on=assessment.period_starts_on,
    )
    sealing = {
        "version": assessment.latest,
        "author": by.user.name,
        "author_role": by.role_names,
        "sealed_on": on.isoformat(),
    }
    return as_content(report) | identity(assessment) | served.as_content() | sealing


def _check(assessment: Assessment, report: Report, on: date) -> None:
    placement = assessment.placement
    if report.kind is not assessment.which:
        raise RuleBroken(f"This is the {assessment.which.label.lower()}: its kind cannot be changed")
    known = flagged(assessment, before=report.held_on or on)
    objections = check_report(report, today=on, placed=(placement.starts_on, placement.ends_on), flagged=known)
    if objections:
        raise RuleBroken(objections[0].message, objections[0].field)


def _place_of(placement: Placement, kind: AssessmentKind, on: date) -> Place:
    """Which assessment it would be."""
    interim = kind is AssessmentKind.INTERIM
    return interim_assessment(placement) if interim else coming_assessment(placement, on=on)


def _propose(by: Viewer, on: date, assessment: Assessment, report: Report) -> None:
    """A concern, where the report gives cause for one (R69)."""
    finding = of_assessment(assessment, report)
    propose(by=by, on=on, placement=assessment.placement, body_id=assessment.body_id, finding=finding)


def _digest_of(version: AssessmentVersion) -> dict[str, Any]:
    return {"version": version.number, "sha256": version.sha256}
