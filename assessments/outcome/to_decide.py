"""The cases that wait for a body's decision: what was recommended in each, until when, and which pass together."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.models import Deadline
from cases.reach import current_keys
from cases.reckon import freshen
from cases.rules.deciding import recommendation_status
from cases.rules.outcomes import Recommended
from cases.rules.schedule import EXTENSION_ASSESSMENT, FINAL_ASSESSMENT
from cases.rules.statuses import DecisionStatus, RecommendationStatus
from induction_portal.accounts.viewer import Viewer

from ..models import Assessment, Decision, Recommendation, VersionRead
from .decision_part import DECISION
from .received import end_after, received_for
from .standing import STANDS

MOST = 100
ENDS = (FINAL_ASSESSMENT, EXTENSION_ASSESSMENT)


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
    due, completed = _deadlines(viewer)
    known = received_for([row.induction_id for row in due], "induction__teacher", "school")
    ends = [(row, end_after(row.number - 1)) for row in due]
    found = [(row, end, known[row.induction_id, end]) for row, end in ends if (row.induction_id, end) in known]
    reports = [each.signature.version.assessment for _row, _end, each in found]
    opened, proposed = _opened(viewer, reports), _proposed(reports)
    told = []
    for (row, end, recommendation), report in zip(found, reports, strict=True):
        ends_on = completed.get((row.induction_id, end.kind.deadline, end.number))
        state = recommendation_status(recommendation.state, today=viewer.on, completed_on=ends_on)
        waits = _waits(report, state, proposed=report.pk in proposed)
        told.append(ToDecide(report, recommendation, row.due_on, (report.pk, report.latest) in opened, waits))
    return told


def _deadlines(viewer: Viewer) -> tuple[list[Deadline], dict[tuple[UUID, str, int], date]]:
    """The decisions that are due, and when each end of those cases is completed by the rules."""
    standing = Deadline.objects.filter(kind=DECISION, is_open=True, induction__in=current_keys(viewer))
    rows = Deadline.objects.filter(induction__in=standing.values("induction"), kind__in=[DECISION, *ENDS])
    due = [row for row in rows if row.kind == DECISION and row.is_open][:MOST]
    return due, {(row.induction_id, row.kind, row.number): row.own_day for row in rows if row.kind in ENDS}


def _waits(report: Assessment, state: RecommendationStatus, *, proposed: bool) -> str:
    if proposed:
        return "Waiting for a second officer"
    if report.state not in STANDS:
        return "The school is correcting the report"
    return "" if state is RecommendationStatus.RECEIVED else "Received, not yet complete"


def _opened(viewer: Viewer, reports: list[Assessment]) -> set[tuple[UUID, int]]:
    read = VersionRead.objects.filter(by=viewer.user, version__assessment__in=reports)
    return set(read.values_list("version__assessment", "version__number").order_by())


def _proposed(reports: list[Assessment]) -> set[UUID]:
    rows = Decision.objects.filter(assessment__in=reports, status=DecisionStatus.PROPOSED)
    return set(rows.values_list("assessment", flat=True).order_by())
