"""The cases that wait for a body's decision: what was recommended in each, until when, and which pass together."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.models import Deadline
from cases.reach import current_keys
from cases.reckon import freshen
from cases.rules.deciding import recommendation_status
from cases.rules.outcomes import Recommended
from cases.rules.statuses import DecisionStatus, RecommendationStatus
from induction_portal.accounts.viewer import Viewer

from ..models import Assessment, Decision, Recommendation, VersionRead
from .decision_part import DECISION
from .received import end_after, received_for
from .standing import STANDS

MOST = 100


@dataclass(frozen=True, slots=True)
class ToDecide:
    """One case that waits. `opened` says that the viewer has opened the report as it stands; `waits` what the decision
    waits for, empty where it can be made.
    """

    assessment: Assessment
    recommendation: Recommendation
    due_on: date
    opened: bool
    waits: str

    @property
    def name(self) -> str:
        return self.assessment.induction.teacher.name

    @property
    def value(self) -> str:
        """What stands for it in the form: the report and the version that was shown."""
        return f"{self.assessment.pk}:{self.assessment.latest}"

    @property
    def together(self) -> bool:
        """Whether it may be passed with others: recommended as satisfactory, and nothing to wait for."""
        return self.recommendation.outcome == Recommended.SATISFACTORY and not self.waits


def to_decide(viewer: Viewer) -> list[ToDecide]:
    """What the viewer's body has to decide, the earliest due first. As many queries for many as for one."""
    freshen(current_keys(viewer))
    due = list(Deadline.objects.filter(kind=DECISION, is_open=True, induction__in=current_keys(viewer))[:MOST])
    keys = [row.induction_id for row in due]
    known = received_for(keys)
    completed = _completed(keys)
    ends = [(row, end_after(row.number - 1)) for row in due]
    rows = [(row, end, known[row.induction_id, end]) for row, end in ends if (row.induction_id, end) in known]
    reports = _reports([each.signature.version.assessment_id for _row, _end, each in rows])
    opened, proposed = _opened(viewer, reports), _proposed(keys)
    found = []
    for row, end, recommendation in rows:
        report = reports[recommendation.signature.version.assessment_id]
        ends_on = completed.get((row.induction_id, end.kind.deadline, end.number))
        state = recommendation_status(recommendation.state, today=viewer.on, completed_on=ends_on)
        waits = _waits(report, state, proposed=row.induction_id in proposed)
        found.append(ToDecide(report, recommendation, row.due_on, (report.pk, report.latest) in opened, waits))
    return found


def _waits(report: Assessment, state: RecommendationStatus, *, proposed: bool) -> str:
    if proposed:
        return "Waiting for a second officer"
    if report.state not in STANDS:
        return "The school is correcting the report"
    return "" if state is RecommendationStatus.RECEIVED else "Received, not yet complete"


def _completed(keys: list[UUID]) -> dict[tuple[UUID, str, int], date]:
    """When each case is completed by the rules, by its end."""
    rows = Deadline.objects.filter(induction__in=keys, kind__in=["final_assessment", "extension_assessment"])
    return {(row.induction_id, row.kind, row.number): row.own_day for row in rows}


def _reports(keys: list[UUID]) -> dict[UUID, Assessment]:
    rows = Assessment.objects.filter(pk__in=keys).select_related("induction__teacher", "school")
    return {row.pk: row for row in rows}


def _opened(viewer: Viewer, reports: dict[UUID, Assessment]) -> set[tuple[UUID, int]]:
    read = VersionRead.objects.filter(by=viewer.user, version__assessment__in=reports)
    return set(read.values_list("version__assessment", "version__number").order_by())


def _proposed(keys: list[UUID]) -> set[UUID]:
    rows = Decision.objects.filter(induction__in=keys, status=DecisionStatus.PROPOSED)
    return set(rows.values_list("induction", flat=True).order_by())
