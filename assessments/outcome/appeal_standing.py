"""Where the right to appeal against a decision stands: the rows, as the rules take them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases.models import Placement
from cases.rules.appeals import Made, Time, dismissal_from, status_of
from cases.rules.notices import APPEALABLE, Told, appeal_until
from cases.rules.outcomes import Outcome
from cases.rules.statuses import AppealStatus, DecisionStatus

from ..models import Appeal, AppealTime, Decision, Notice


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision that may be appealed against, with the notice of it to the ECT, the time to appeal, and the appeal."""

    decision: Decision
    notice: Notice | None
    row: AppealTime | None
    appeal: Appeal | None

    @property
    def time(self) -> Time:
        """As the rules take it: the Agency's longer time comes before the notice's."""
        own = appeal_until(self.notice.given) if self.notice else None
        if self.row is None:
            return Time(own)
        return Time(self.row.until or own, self.row.renounced_on, self.row.closed_on)

    @property
    def decided_on(self) -> date:
        """The day of the decision."""
        assert self.decision.made_on  # noqa: S101 - nothing else is appealed against
        return self.decision.made_on

    @property
    def made(self) -> Made | None:
        return self.appeal.made if self.appeal else None

    def status(self, today: date) -> AppealStatus:
        """Where it stands on a day."""
        return status_of(self.time, self.made, today=today)

    @property
    def dismissal_from(self) -> date | None:
        """R67: the day from which the end of employment is counted, after a fail that stands."""
        failed = self.decision.state is DecisionStatus.FAILED
        return dismissal_from(self.time, self.made) if failed else None


def standing_of(decision: Decision) -> Standing:
    """Asked afresh: three questions."""
    notice = Notice.objects.filter(decision=decision, to=Told.ECT.value).defer("content").first()
    row = AppealTime.objects.filter(decision=decision).first()
    appeal = Appeal.objects.filter(decision=decision).select_related("by").first()
    return Standing(decision, notice, row, appeal)


def last_day(notice: Notice) -> date | None:
    """The last day to appeal, of the notice to the ECT; the Agency's longer time comes first. None before it began."""
    kept = getattr(notice.decision, "appeal_time", None)
    return kept.until if kept and kept.until else appeal_until(notice.given)


def is_appealable(decision: Decision) -> bool:
    """Whether it was made, and is one to extend or to fail (R66)."""
    return decision.is_made and Outcome(decision.outcome) in APPEALABLE


def still_running() -> list[UUID]:
    """Fails of which it was not noted yet that the time to appeal has passed, but for those under appeal."""
    open_appeals = Appeal.objects.exclude(status=AppealStatus.WITHDRAWN).values("decision")
    failed = Decision.objects.filter(status=DecisionStatus.FAILED, notices__to=Told.ECT.value)
    failed = failed.exclude(appeal_time__closed_on__isnull=False).exclude(pk__in=open_appeals)
    return list(failed.order_by("pk").values_list("pk", flat=True))


def relevant_placements(case_ids: object, since: date | None = None) -> list[Placement]:
    """Where these ECTs are, or were since a day, employed in schools that must end it after a fail (R67)."""
    rows = Placement.objects.filter(induction__in=case_ids, school__school__is_relevant_school=True)
    rows = rows.exclude(ends_on__lt=since) if since else rows
    return list(rows.select_related("school").order_by("starts_on"))
