"""The reports that wait for one person's signature: what changed in each since they last read it (R53)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from cases.rules.signing import HEAD, NAMED
from cases.rules.statuses import AssessmentStatus
from induction_portal.accounts.viewer import Viewer

from .assessment_access import visible_assessments
from .assessment_changes import Difference, differences
from .assessment_waiting import asked_of
from .models import Assessment, AssessmentVersion, VersionRead
from .standing import standing_of, with_answers

MOST = 50


@dataclass(frozen=True, slots=True)
class Waits:
    """One report that waits for the viewer. `known` is the version they read before this one, 0 for none; `alone` says
    why it is signed on its own page, empty where it may be signed with others.
    """

    assessment: Assessment
    opened: bool
    known: int
    changes: list[Difference]
    alone: str

    @property
    def value(self) -> str:
        """What stands for it in the form: the report and the version that was shown."""
        return f"{self.assessment.pk}:{self.assessment.latest}"

    @property
    def name(self) -> str:
        return f"{self.assessment.induction.teacher.name}, {str(self.assessment).lower()}"

    @property
    def role(self) -> str:
        """The role in which it is signed, in a sentence."""
        return NAMED[self.assessment.turn]


def queue_of(viewer: Viewer) -> list[Waits]:
    """What waits for this viewer's signature, the earliest due first. As many queries for many as for one."""
    asked = visible_assessments(viewer).filter(asked_of(viewer), status=AssessmentStatus.SIGNING)
    if viewer.organisation is not None:
        asked = asked.filter(school=viewer.organisation)
    rows = list(with_answers(asked.order_by("due_on", "pk"))[:MOST])
    read, texts = _read_by(viewer, rows), _texts(rows)
    return [_waits(viewer, row, read.get(row.pk, set()), texts) for row in rows]


def _waits(viewer: Viewer, row: Assessment, read: set[int], texts: dict[tuple[UUID, int], AssessmentVersion]) -> Waits:
    known = max((number for number in read if number < row.latest), default=0)
    told = differences(texts[row.pk, known], texts[row.pk, row.latest]) if known else []
    return Waits(row, row.latest in read, known, told, _alone(viewer, row))


def _alone(viewer: Viewer, row: Assessment) -> str:
    if row.turn == HEAD and row.which.takes_recommendation:
        return "It takes your recommendation"
    other = [role for role in standing_of(row).signed_as(viewer.user) if role != row.turn]
    return f"You have signed it as {NAMED[other[0]]}" if other else ""


def _read_by(viewer: Viewer, rows: Iterable[Assessment]) -> dict[UUID, set[int]]:
    """The versions that the viewer has opened."""
    found: dict[UUID, set[int]] = {}
    mine = VersionRead.objects.filter(by=viewer.user, version__assessment__in=rows)
    for key, number in mine.values_list("version__assessment", "version__number").order_by():
        found.setdefault(key, set()).add(number)
    return found


def _texts(rows: Iterable[Assessment]) -> dict[tuple[UUID, int], AssessmentVersion]:
    """The versions of those that have more than one."""
    several = [row.pk for row in rows if row.latest > 1]
    versions = AssessmentVersion.objects.filter(assessment__in=several)
    return {(version.assessment_id, version.number): version for version in versions}
