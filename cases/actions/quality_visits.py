"""An officer plans a visit, records what was found, and shares it with the school (SG 5.11; R81)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import organisation_chain, record

from ..models import QualityAnswer, QualityCheck, QualityFinding, QualityRound, QualityVisit, RoundQuestion
from ..quality import tell
from ..quality.known import known_of, of_school
from ..quality.subjects import check_officers, looked_at, picks_at
from ..rules.errors import RuleBroken
from ..rules.quality import (
    AskedOf,
    Audience,
    FindingKind,
    FindingState,
    audience_of,
    check_finding,
    check_recorded,
    check_visit_day,
)
from .quality_rounds import own_body
from .versions import ChangedMeanwhile

State = QualityVisit.State


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What is arranged of a visit: when, in which way, and who goes."""

    visited_on: date
    kind: str
    officer: User
    second: User | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """One question answered: of a school, or of one ECT."""

    question: RoundQuestion
    judgement: str
    note: str = ""
    audience: Audience = Audience.BODY
    induction_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """The officer's judgement of the two checks of records, of one ECT or of the school as a whole."""

    fidelity: str
    timetable: str
    note: str = ""
    induction_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One finding; `row` is the row's name in its form, for what is wrong with it."""

    kind: FindingKind
    text: str
    owner: str = ""
    due_on: date | None = None
    induction_id: UUID | None = None
    row: str = "findings"


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that an officer records of a visit."""

    visited_on: date
    kind: str
    met: str
    answers: Sequence[Answered]
    checks: Sequence[Checked]
    findings: Sequence[Found]


@action
def plan_quality_visit(
    *, by: Viewer, on: date, round_: QualityRound, school: Organisation, arranged: Arrangement
) -> QualityVisit:
    """Plan a visit to a school of the sample. Raises RuleBroken for a school that was not drawn or is being visited
    already, for a day far away, and for an officer who stands too near (R81).
    """
    body = own_body(by)
    round_ = QualityRound.objects.select_for_update().get(pk=round_.pk, body=body)
    if not picks_at(round_, school):
        raise RuleBroken("Nobody at this school was drawn in this round", "school")
    if round_.visits.filter(school=school).exclude(state=State.CALLED_OFF).exists():
        raise RuleBroken("A visit to this school is planned in this round already", "school")
    _check_arranged(arranged, round_, school, on)
    visit = QualityVisit.objects.create(
        round=round_,
        body=body,
        school=school,
        kind=arranged.kind,
        visited_on=arranged.visited_on,
        officer=arranged.officer,
        second=arranged.second,
        planned_by=by.user,
        planned_on=on,
    )
    record(by, Event.QUALITY_VISIT_PLANNED, visit, chain=organisation_chain(body.pk), on=on, after=visit)
    return visit


def _check_arranged(arranged: Arrangement, round_: QualityRound, school: Organisation, on: date) -> None:
    check_visit_day(arranged.visited_on, on=on)
    if arranged.second == arranged.officer:
        raise RuleBroken("Select somebody else, or leave this empty", "second")
    check_officers([arranged.officer], round_, school, on, "officer")
    check_officers([arranged.second], round_, school, on, "second")


@action
def change_quality_visit(
    *, by: Viewer, on: date, visit: QualityVisit, version: int | None, arranged: Arrangement
) -> QualityVisit:
    """Arrange a planned visit otherwise. Raises RuleBroken as `plan_quality_visit` and once it was recorded, and
    ChangedMeanwhile for a version that is not the latest.
    """
    visit = _own(by, visit, version, {State.PLANNED})
    _check_arranged(arranged, visit.round, visit.school, on)
    before = {"kind": visit.kind, "visited_on": visit.visited_on, "officer": visit.officer_id}
    visit.kind, visit.visited_on = arranged.kind, arranged.visited_on
    visit.officer, visit.second = arranged.officer, arranged.second
    _save(visit)
    after = {"kind": visit.kind, "visited_on": visit.visited_on, "officer": visit.officer_id}
    _record(by, Event.QUALITY_VISIT_CHANGED, visit, on, after, before)
    return visit


@action
def call_off_quality_visit(
    *, by: Viewer, on: date, visit: QualityVisit, version: int | None, reason: str
) -> QualityVisit:
    """A planned visit does not take place; another can be planned. Raises as `change_quality_visit` does."""
    visit = _own(by, visit, version, {State.PLANNED})
    if not reason.strip():
        raise RuleBroken("Say why the visit does not take place", "reason")
    visit.state, visit.reason = State.CALLED_OFF, reason.strip()
    _save(visit)
    _record(by, Event.QUALITY_VISIT_CALLED_OFF, visit, on, {"state": visit.state})
    return visit


@action
def record_quality_visit(
    *, by: Viewer, on: date, visit: QualityVisit, version: int | None, report: Report
) -> QualityVisit:
    """Record what was found; until it is shared it may be recorded again, which replaces what stood there.

    What the portal knew of programme, mentor and timetable is kept with each check. Raises RuleBroken before the visit
    has taken place, for a finding that is not whole, once the school has it, and for an officer who stands too near
    (R81); ChangedMeanwhile for a version that is not the latest.
    """
    visit = _own(by, visit, version, {State.PLANNED, State.RECORDED})
    check_officers([by.user], visit.round, visit.school, on)
    check_recorded(report.visited_on, on=on)
    for found in report.findings:
        told = {"visited_on": report.visited_on, "owner": found.owner, "row": found.row}
        check_finding(found.kind, found.text, found.due_on, **told)  # type: ignore[arg-type]  # each by its name
    visit.visited_on, visit.kind, visit.met = report.visited_on, report.kind, report.met.strip()
    visit.state, visit.recorded_by, visit.recorded_on = State.RECORDED, by.user, on
    _save(visit)
    _replace(visit, report, on)
    told_of = {"answers": len(report.answers), "checks": len(report.checks), "findings": len(report.findings)}
    _record(by, Event.QUALITY_VISIT_RECORDED, visit, on, {"visited_on": visit.visited_on, **told_of})
    return visit


def _replace(visit: QualityVisit, report: Report, on: date) -> None:
    """The rows of a draft: nobody but the body has seen them."""
    for rows in (visit.answers, visit.checks, visit.findings):
        rows.all().delete()
    QualityAnswer.objects.bulk_create(
        QualityAnswer(
            visit=visit,
            question=each.question,
            induction_id=each.induction_id,
            judgement=each.judgement,
            note=each.note.strip(),
            audience=audience_of(AskedOf(each.question.asked_of), each.audience),
        )
        for each in report.answers
    )
    cases = looked_at(visit.round, visit.school, on)
    known = known_of(cases, visit.school, visit.visited_on)
    whole = of_school(cases, known)
    QualityCheck.objects.bulk_create(
        QualityCheck(
            visit=visit,
            induction_id=each.induction_id,
            known=known.get(each.induction_id, []) if each.induction_id else whole,
            fidelity=each.fidelity,
            timetable=each.timetable,
            note=each.note.strip(),
        )
        for each in report.checks
    )
    QualityFinding.objects.bulk_create(_finding(visit, place, each) for place, each in enumerate(report.findings, 1))


def _finding(visit: QualityVisit, place: int, each: Found) -> QualityFinding:
    acts = each.kind is FindingKind.ACTION
    return QualityFinding(
        visit=visit,
        position=place,
        induction_id=each.induction_id,
        kind=each.kind,
        text=each.text.strip(),
        audience=each.kind.audience,
        owner=each.owner if acts else "",
        due_on=each.due_on if acts else None,
        state=FindingState.OPEN if acts else FindingState.NOTED,
    )


@action
def share_quality_visit(*, by: Viewer, on: date, visit: QualityVisit, version: int | None) -> QualityVisit:
    """Share what was found with the school: from now on it stands, and the headteacher and the tutors are told.

    Raises RuleBroken before it was recorded and for an officer who stands too near (R81); ChangedMeanwhile for a
    version that is not the latest: somebody recorded it again.
    """
    visit = _own(by, visit, version, {State.RECORDED})
    check_officers([by.user], visit.round, visit.school, on)
    visit.state, visit.shared_by, visit.shared_on = State.SHARED, by.user, on
    _save(visit)
    _record(by, Event.QUALITY_SHARED, visit, on, {"state": visit.state, "findings": visit.findings.count()})
    tell.shared(visit)
    return visit


def _own(by: Viewer, visit: QualityVisit, version: int | None, states: set[State]) -> QualityVisit:
    """A visit of the viewer's body, locked, in one of these states."""
    rows = QualityVisit.objects.select_for_update(of=("self",)).select_related("round__body", "school", "officer")
    found = rows.get(pk=visit.pk)
    if by.organisation is None or found.body_id != by.organisation.pk:
        raise RuleBroken("Only the appropriate body that does this quality assurance can do this")
    if found.state not in states:
        raise RuleBroken(f"This visit is {found.get_state_display().lower()}: look at it again")
    if version is not None and version != found.version:
        raise ChangedMeanwhile(found.version)
    return found


def _save(visit: QualityVisit) -> None:
    visit.version += 1
    visit.save()


def _record(
    by: Viewer,
    event: Event,
    visit: QualityVisit,
    on: date,
    after: dict[str, object],
    before: dict[str, object] | None = None,
) -> None:
    record(by, event, visit, chain=organisation_chain(visit.body_id), on=on, before=before, after=after)
