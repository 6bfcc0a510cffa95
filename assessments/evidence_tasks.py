"""What observations and mentor meetings ask of somebody: a record to write or read, a plan, a meeting."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse

from cases.models import Induction, Placement
from cases.parts import Task
from cases.querysets import in_force
from cases.reach import Keys, reviewed_keys, visible_keys
from cases.rules.observations import record_due
from cases.worded import due_words
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .evidence_access import visible_observations
from .models import Observation
from .watching import Watch, watched

MOST = 100
MENTORS = frozenset({Role.MENTOR})


def tasks_of(viewer: Viewer) -> Iterable[Task]:
    """Everything about observations and meetings that waits for this viewer."""
    if viewer.organisation is None:
        return _to_read(viewer) if viewer.may(Permission.COMMENT_ON_OBSERVATION) else []
    writes, meets = viewer.may(Permission.WRITE_OBSERVATION), viewer.may(Permission.READ_MEETING)
    return _of_school(viewer) if writes or meets else []


def _to_read(viewer: Viewer) -> Iterator[Task]:
    """The ECT's own: records that they have not confirmed having read."""
    for each in visible_observations(viewer).filter(status="shared").order_by("shared_on")[:MOST]:
        says = f"Read the record of the observation on {day(each.observed_on)}"
        yield _task(each.induction, each.shared_on or each.observed_on, says, _page(each), is_due=False)


def _of_school(viewer: Viewer) -> Iterator[Task]:
    reviewed, mentored = (_served(viewer, keys) for keys in (reviewed_keys(viewer), visible_keys(viewer, MENTORS)))
    both = {each.pk: each for each in (*reviewed, *mentored)}
    if viewer.organisation is None or not both:
        return
    watch = Watch(viewer.organisation.pk, list(both.values()), on=viewer.on)
    for placement in reviewed:
        yield from _to_observe(watch, placement, viewer.on)
    for placement in both.values():
        if since := watch.unmet_since(placement):
            yield _meeting(placement, since, watch.within)


def _served(viewer: Viewer, keys: Keys) -> list[Placement]:
    """The placements at the viewer's school of some cases, where they go on today."""
    placed = Placement.objects.filter(in_force("", on=viewer.on), school=viewer.organisation, induction__in=keys)
    return list(watched(placed, on=viewer.on).select_related("induction__teacher").order_by("starts_on", "pk")[:MOST])


def _to_observe(watch: Watch, placement: Placement, on: date) -> Iterator[Task]:
    induction = placement.induction
    for each in watch.observations[placement.pk]:
        if each.status == "planned" and each.observed_on <= on:
            says = f"Write the record of the observation on {day(each.observed_on)}"
            due = record_due(each.observed_on)
            yield _task(induction, due, says, _page(each), state=due_words(due, today=on))
    told = watch.counted(placement)
    if told.since and told.behind > watch.ahead(placement):
        says = f"Plan an observation: {told.held} held this school year, where {told.expected} were expected by now"
        url = reverse("assessments:plan_observation", args=[induction.pk])
        yield _task(induction, told.since, says, url, is_due=False)


def _meeting(placement: Placement, since: date, within: int) -> Task:
    return Task(
        on=since,
        says=f"Hold a mentor meeting: none is noted since {day(since)}",
        about=placement.induction.teacher.name,
        url=reverse("assessments:meetings", args=[placement.induction_id]),
        why=f"The school asks for one at least every {within} school days, not counting absence.",
        is_due=False,
        kind="mentor_meetings",
        kind_says="Mentor meetings",
        case_id=placement.induction_id,
    )


def _page(observation: Observation) -> str:
    return reverse("assessments:observation", args=[observation.pk])


def _task(induction: Induction, on: date, says: str, url: str, *, state: str = "", is_due: bool = True) -> Task:
    return Task(
        on=on, says=says, about=induction.teacher.name, url=url, state=state, kind="observations",
        kind_says="Observations", case_id=induction.pk, is_due=is_due,
    )  # fmt: skip
