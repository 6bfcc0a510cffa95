"""What the headteacher recommended and the body has received, at each end of an induction (R60, R62)."""

from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from cases.rules.assessing import AssessmentKind
from cases.rules.statuses import RecommendationStatus

from ..models import Recommendation, Sending

WITH_BODY = (RecommendationStatus.SENT, RecommendationStatus.DECIDED)
OF_ASSESSMENT = "signature__version__assessment"


class End(NamedTuple):
    """An end of an induction at which it is decided: of the induction itself, or of an extension by its number.

    ``place`` counts them: 1 for the induction itself.
    """

    kind: AssessmentKind
    number: int

    @property
    def place(self) -> int:
        return 1 if self.kind is AssessmentKind.FINAL else self.number + 1


def end_after(extensions: int) -> End:
    """The end that comes once so many extensions have been decided."""
    return End(AssessmentKind.EXTENSION, extensions) if extensions else End(AssessmentKind.FINAL, 1)


def received() -> QuerySet[Recommendation]:
    """Recommendations that the body has, each with the day that it, and the ECT, received it: `received_on`."""
    sent = Sending.objects.filter(
        version__assessment=OuterRef(OF_ASSESSMENT), version__number__gte=OuterRef("signature__version__number")
    )
    rows = Recommendation.objects.filter(status__in=WITH_BODY).select_related(OF_ASSESSMENT, "signature__by")
    return rows.defer("content", "signature__version__content").annotate(
        received_on=Subquery(sent.order_by("on").values("on")[:1])
    )


def received_for(keys: Collection[UUID], *besides: str) -> dict[tuple[UUID, End], Recommendation]:
    """Those of some cases, by case and end: one query, however many cases. `besides` are fetched with each report."""
    found = {}
    rows = received().select_related(*(f"{OF_ASSESSMENT}__{name}" for name in besides)) if besides else received()
    for row in rows.filter(signature__version__assessment__induction__in=keys):
        of = row.signature.version.assessment
        found[of.induction_id, End(of.which, of.number)] = row
    return found
