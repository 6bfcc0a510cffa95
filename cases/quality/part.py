"""What quality assurance adds to tasks, to the register of who sees a record, and to what an ECT takes along."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..accessing import Viewing
from ..models import FindingStep, Induction, QualityFinding, QualityPick, QualityVisit
from ..parts import Bundle, Dated, Part, Section, Task
from ..reach import visible_keys
from ..rules.quality import FindingState
from .access import is_body

MOST = 50
KIND, KIND_SAYS = "quality", "Quality assurance"
State = QualityVisit.State


class QualityPart(Part):
    """Quality assurance by an appropriate body."""

    def tasks(self, viewer: Viewer) -> Iterable[Task]:
        if viewer.may(Permission.DO_QUALITY) and is_body(viewer):
            return list(_of_body(viewer))
        return list(_at_school(viewer)) if viewer.may(Permission.ANSWER_QUALITY) else []

    def dates(self, viewer: Viewer) -> Iterable[Dated]:
        """The planned visits of an officer who goes there; the school knows of none before it is shared."""
        if not viewer.may(Permission.DO_QUALITY) or not is_body(viewer):
            return
        going = Q(officer=viewer.user) | Q(second=viewer.user)
        found = QualityVisit.objects.filter(going, body=viewer.organisation, state=State.PLANNED)
        for pk, on, school in found.order_by("visited_on", "pk").values_list("pk", "visited_on", "school__name")[:MOST]:
            url = reverse("cases:quality_visit", args=[pk])
            yield Dated(f"quality_visit:{pk}", on, f"Quality assurance visit to {school}", url)

    def guests(self, induction: Induction, viewer: Viewer) -> Iterable[Viewing]:
        """A sample opens the record to nobody else, but the ECT is told of it (R78)."""
        return [
            Viewing(
                name=each.draw.round.body.name,
                role="Quality assurance",
                organisation=each.draw.round.body.name,
                reason="This record was drawn into a sample",
                since=each.draw.drawn_on,
                sees="The programme, the mentor’s and tutor’s time and the timetable",
            )
            for each in _samples(induction, viewer)
        ]

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        if Permission.TAKE_OWN_RECORD not in may:
            return Bundle()
        return Bundle(sections=_sections(induction, viewer))


def _sections(induction: Induction, viewer: Viewer) -> Iterable[Section]:
    drawn = [[day(e.draw.drawn_on), e.draw.round.body.name, e.school.name] for e in _samples(induction, viewer)]
    if drawn:
        yield Section("Samples for quality assurance", ("Drawn on", "By", "School"), drawn)


def _samples(induction: Induction, viewer: Viewer) -> list[QualityPick]:
    """The samples into which an induction was drawn, as far as the viewer's side has to do with them."""
    found = QualityPick.objects.filter(induction=induction).select_related("draw__round__body", "school")
    if viewer.organisation is not None:
        found = found.filter(Q(school=viewer.organisation) | Q(draw__round__body=viewer.organisation))
    return list(found.order_by("draw__drawn_at"))


def _at_school(viewer: Viewer) -> Iterable[Task]:
    """Actions that this person has to do: the headteacher's, and of an induction tutor's those about their ECTs."""
    mine = Q(pk__in=[])
    if Role.HEADTEACHER in viewer.roles:
        mine |= Q(owner=Role.HEADTEACHER)
    if viewer.roles & {Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD}:
        mine |= Q(owner=Role.INDUCTION_TUTOR) & (Q(induction=None) | Q(induction__in=visible_keys(viewer)))
    shared = {"visit__school": viewer.organisation, "visit__state": State.SHARED, "state": FindingState.OPEN}
    found = QualityFinding.objects.filter(mine, **shared).select_related("visit__body").order_by("due_on", "pk")
    for each in found[:MOST]:
        assert each.due_on is not None  # noqa: S101 - every action has a day
        url = reverse("cases:answer_finding", args=[each.pk])
        yield _task(each.due_on, "Answer an action of quality assurance", each.visit.body.name, url, is_due=True)


def _of_body(viewer: Viewer) -> Iterable[Task]:
    """Visits to record and to share, answers to read, and actions whose day has passed. One query."""
    followed = Q(findings__state=FindingState.ANSWERED) | Q(
        findings__state=FindingState.OPEN, findings__due_on__lt=viewer.on
    )
    waiting = Q(state=State.PLANNED, visited_on__lte=viewer.on) | Q(state=State.RECORDED)
    last = FindingStep.objects.filter(finding=OuterRef("findings__pk")).order_by("-at").values("on")[:1]
    found = QualityVisit.objects.filter(waiting | Q(state=State.SHARED) & followed, body=viewer.organisation)
    rows = found.order_by("visited_on", "pk", "findings__position").values_list(
        "pk", "state", "visited_on", "recorded_on", "school__name",
        "findings__pk", "findings__state", "findings__due_on", Subquery(last),
    )  # fmt: skip
    seen = set[UUID]()
    for pk, state, visited_on, recorded_on, school, finding, standing, due_on, said_on in rows[: 4 * MOST]:
        if state == State.SHARED:
            yield _follow_up(finding, standing, school, due_on, said_on)
        elif pk not in seen:
            seen.add(pk)
            yield _to_write(pk, state, school, visited_on, recorded_on)


def _follow_up(finding: UUID, state: str, school: str, due_on: date, said_on: date | None) -> Task:
    url = reverse("cases:rule_on_finding", args=[finding])
    if state == FindingState.ANSWERED:
        return _task(said_on or due_on, "Read what a school says of an action", school, url)
    return _task(due_on, "Follow up an action that is not answered", school, url, is_due=True)


def _to_write(visit: UUID, state: str, school: str, visited_on: date, recorded_on: date | None) -> Task:
    if state == State.PLANNED:
        url = reverse("cases:record_quality_visit", args=[visit])
        return _task(visited_on, "Record a quality assurance visit", school, url, is_due=True)
    url = reverse("cases:quality_visit", args=[visit])
    return _task(recorded_on or visited_on, "Share the findings of a visit with the school", school, url)


def _task(on: date, says: str, about: str, url: str, *, is_due: bool = False) -> Task:
    return Task(on, says, about, url, kind=KIND, kind_says=KIND_SAYS, is_due=is_due)
