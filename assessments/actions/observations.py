"""Observations of the ECT: planned, changed, cancelled, recorded and shared, commented on, read (R56)."""

from datetime import date
from hashlib import sha256
from typing import Any

from cases.models import Induction, Placement
from cases.rules.errors import RuleBroken
from cases.rules.observations import check_plan, check_record
from cases.rules.statuses import ObservationStatus
from cases.rules.transitions import check_move
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.models import AuditEvent
from induction_portal.audit.record import canonical, case_chain, record

from .. import tell_observations as tell
from ..models import Observation, ObservationComment
from ..observed import Plan, Written
from ..serving import check_seen, origin, refuse, span

S = ObservationStatus
WRITERS = (Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD, Role.HEADTEACHER)


@action
def plan_observation(*, by: Viewer, on: date, placement: Placement, plan: Plan) -> Observation:
    """Arrange an observation and the meeting after it; the ECT is told.

    Raises RuleBroken for a day in the past or outside the placement, a meeting before the lesson, or an observer who is
    the ECT or does not hold QTS (SG 2.46, 2.47).
    """
    placement = _locked_placement(placement)
    check_move(S.DRAFT, S.PLANNED, _role(by))
    refuse(check_plan(plan.arranged(placement.induction), today=on, served=span(placement)))
    columns = plan.as_columns() | origin(placement, on=on)
    planned = Observation.objects.create(status=S.PLANNED, planned_by=by.user, planned_on=on, **columns)
    event = _record(by, on, Event.OBSERVATION_PLANNED, planned, after=_arranged(planned))
    tell.planned(planned, event)
    return planned


@action
def change_plan(*, by: Viewer, on: date, observation: Observation, plan: Plan, version: int | None) -> Observation:
    """Arrange a planned observation otherwise; the ECT is told. `version` is the one its author was looking at.

    Raises RuleBroken as `plan_observation` does, and ChangedMeanwhile when somebody else was first.
    """
    observation = _locked(observation, version)
    if observation.state is not S.PLANNED:
        raise RuleBroken("Only an observation that is planned can be changed", "observed_on")
    refuse(check_plan(plan.arranged(observation.induction), today=on, served=span(observation.placement)))
    before = _arranged(observation)
    _fill(observation, plan.as_columns() | {"version": observation.version + 1})
    event = _record(by, on, Event.OBSERVATION_REPLANNED, observation, before=before, after=_arranged(observation))
    tell.changed(observation, event)
    return observation


@action
def cancel_observation(*, by: Viewer, on: date, observation: Observation, version: int | None) -> Observation:
    """Call off a planned observation; it stays to be seen, and the ECT is told. Raises RuleBroken for one that is not
    planned, and ChangedMeanwhile when somebody else was first.
    """
    observation = _locked(observation, version)
    check_move(observation.state, S.CANCELLED, _role(by))
    _fill(observation, {"status": S.CANCELLED, "cancelled_on": on, "version": observation.version + 1})
    event = _record(by, on, Event.OBSERVATION_CANCELLED, observation, before={"status": S.PLANNED})
    tell.cancelled(observation, event)
    return observation


@action
def record_observation(*, by: Viewer, on: date, placement: Placement, plan: Plan, written: Written) -> Observation:
    """Share the record of an observation that was not planned in the portal.

    Raises RuleBroken as `share_record` does.
    """
    placement = _locked_placement(placement)
    check_move(S.DRAFT, S.SHARED, _role(by))
    _check_record(placement, plan, written, on)
    columns = plan.as_columns() | written.as_columns() | origin(placement, on=on)
    return _shared(by, on, Observation.objects.create(status=S.SHARED, shared_by=by.user, shared_on=on, **columns))


@action
def share_record(
    *, by: Viewer, on: date, observation: Observation, plan: Plan, written: Written, version: int | None
) -> Observation:
    """Write the record of a planned observation and share it with the ECT. After that it stands.

    Raises RuleBroken for a day to come or outside the placement, a record without Standards, strengths or development,
    an observer who is the ECT or does not hold QTS; ChangedMeanwhile when somebody else was first.
    """
    observation = _locked(observation, version)
    check_move(observation.state, S.SHARED, _role(by))
    _check_record(observation.placement, plan, written, on)
    if observation.planned_on and plan.observed_on < observation.planned_on:
        observation.planned_by = observation.planned_on = None
    columns = plan.as_columns() | written.as_columns() | {"version": observation.version + 1}
    _fill(observation, columns | {"status": S.SHARED, "shared_by": by.user, "shared_on": on})
    return _shared(by, on, observation)


@action
def comment_on_observation(*, by: Viewer, on: date, observation: Observation, text: str) -> ObservationComment:
    """The ECT says something about the record; who wrote it and the tutor are told. Raises RuleBroken for an empty
    comment, or before there is a record.
    """
    observation = _locked(observation)
    if not observation.is_recorded:
        raise RuleBroken("You can comment once the record of the observation has been shared with you", "text")
    if not text.strip():
        raise RuleBroken("Enter your comments", "text")
    said = ObservationComment.objects.create(observation=observation, author=by.user, text=text.strip(), on=on)
    _record(by, on, Event.OBSERVATION_COMMENTED, observation, after={"id": said.pk})
    tell.commented(observation, said.pk)
    return said


@action
def acknowledge_observation(*, by: Viewer, on: date, observation: Observation) -> Observation:
    """The ECT has read the record; said twice, it stands once. Raises RuleBroken before it is shared."""
    observation = _locked(observation)
    if observation.state is S.ACKNOWLEDGED:
        return observation
    check_move(observation.state, S.ACKNOWLEDGED, Role.ECT)
    _fill(observation, {"status": S.ACKNOWLEDGED, "acknowledged_on": on, "version": observation.version + 1})
    _record(by, on, Event.OBSERVATION_ACKNOWLEDGED, observation, before={"status": S.SHARED})
    return observation


def _check_record(placement: Placement, plan: Plan, written: Written, on: date) -> None:
    told = written.as_columns()
    arranged = plan.arranged(placement.induction)
    refuse(check_record(arranged, today=on, served=span(placement), **told))


def _shared(by: Viewer, on: date, observation: Observation) -> Observation:
    """Tell of a record that has just been written: the trail keeps its digest, never its words."""
    words = {"strengths": observation.strengths, "development": observation.development}
    digest = sha256(canonical(words).encode()).hexdigest()
    after = _arranged(observation) | {"standards": observation.standards, "sha256": digest}
    event = _record(by, on, Event.OBSERVATION_SHARED, observation, after=after)
    tell.shared(observation, event)
    return observation


def _locked_placement(placement: Placement) -> Placement:
    """The placement, after its case was locked."""
    Induction.objects.locked(placement.induction_id)
    return Placement.objects.select_related("induction__teacher__user").get(pk=placement.pk)


def _locked(observation: Observation, version: int | None = None) -> Observation:
    """The observation, after its case was locked. Raises ChangedMeanwhile when `version` is no longer its own."""
    Induction.objects.locked(observation.induction_id)
    known = Observation.objects.select_related("placement", "induction__teacher__user", "shared_by")
    found = known.get(pk=observation.pk)
    check_seen(found, version)
    return found


def _role(by: Viewer) -> str:
    """The role in which a school's writer acts; none of them for anybody else."""
    return next((role for role in WRITERS if role in by.roles), next(iter(sorted(by.roles))))


def _fill(observation: Observation, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(observation, name, value)
    observation.save()


def _arranged(observation: Observation) -> dict[str, Any]:
    names = ("observed_on", "meeting_on", "observer_id", "observer_has_qts", "third_party")
    return {name: getattr(observation, name) for name in names}


def _record(by: Viewer, on: date, event: Event, observation: Observation, **told: Any) -> AuditEvent:
    return record(by, event, observation, chain=case_chain(observation.induction_id), on=on, **told)
