"""What notices add to a case: the days to give it, its history, and who has to do something."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from uuid import UUID

from django.urls import reverse

from cases.models import Deadline, Induction
from cases.parts import Bundle, Entry, FallsDue, Filing, Panel, Part, Reckoned, Task
from cases.rules.dates import say
from cases.rules.deadline_rules import RULES
from cases.rules.deadlines import due_on
from cases.rules.explained import Reason
from cases.rules.notices import APPEALABLE, Given, Told, all_told_on
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from ..models import Decision, Notice
from .appeal_standing import last_day
from .notice_access import visible_notices
from .notice_papers import bundle_of, filings_of
from .notice_tasks import tasks_of, to_see_to
from .received import End

NOTICE = "decision_notice"
SAID = {NOTICE: "Notice of the decision to everybody who must have it"}
PANEL = "assessments/outcome/notice_panel.html"


class NoticesPart(Part):
    """D12 of each decision, and the letters given."""

    def deadlines(self, cases: Sequence[Reckoned]) -> Iterable[FallsDue]:
        return _falling_due([each.induction.pk for each in cases])

    def label(self, deadline: Deadline) -> str:
        return SAID.get(deadline.kind, "")

    def task_url(self, deadline: Deadline) -> str:
        return reverse("assessments:notices", args=[deadline.induction_id]) if deadline.kind == NOTICE else ""

    def timeline(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Entry]:
        if not _decided(induction):
            return []
        return [
            Entry(day, f"{row.named_for(viewer.user)} went out", reverse("assessments:notice", args=[row.pk]))
            for row in _readable(induction, viewer, may)
            if (day := row.given.on)
        ]

    def panel(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Panel | None:
        if not _decided(induction):
            return None
        own = [row for row in _readable(induction, viewer, may) if row.recipient_id == viewer.user.pk and row.given.on]
        decides = Permission.DECIDE in may
        rows = [{"notice": row, "until": _until(row)} for row in own]
        return Panel(PANEL, {"rows": rows, "decides": decides, "induction": induction}) if rows or decides else None

    def tasks(self, viewer: Viewer) -> Iterable[Task]:
        return tasks_of(viewer)

    def board(self, viewer: Viewer) -> Iterable[Task]:
        return to_see_to(viewer)

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        return bundle_of(_readable(induction, viewer, may))

    def filings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
        return filings_of(_readable(induction, viewer, may))


def _decided(induction: Induction) -> bool:
    """Whether there is anything to give notice of, which the case's deadlines tell without another question."""
    return any(row.code == "D12" for row in induction.deadlines.all())


def _readable(induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> list[Notice]:
    """The notices of a visible case that this viewer may read; a page that asks several times reads them once."""
    if Permission.READ_DECISION not in may:
        return []
    if not hasattr(induction, "seen_notices"):
        induction.seen_notices = list(visible_notices(viewer).filter(induction=induction).order_by("at"))
    return induction.seen_notices


def _until(row: Notice) -> object:
    return last_day(row) if row.decision.decides in APPEALABLE and row.who is Told.ECT else None


def _falling_due(keys: Collection[UUID]) -> Iterator[FallsDue]:
    """Those of every decision that was made: two queries, however many cases."""
    given: dict[UUID, dict[Told, Given]] = defaultdict(dict)
    for notice in Notice.objects.filter(induction__in=keys).defer("content"):
        given[notice.decision_id][notice.who] = notice.given
    made = Decision.objects.filter(induction__in=keys, made_on__isnull=False).select_related("assessment")
    for decision in made.defer("content", "reasons"):
        yield _notice(decision, given[decision.pk])


def _notice(decision: Decision, given: dict[Told, Given]) -> FallsDue:
    made_on = decision.made_on
    says = (
        f"The decision was made on {say(made_on)}: three working days, that day included, to give notice of it end on "
        f"{say(due_on('D12', made_on))}."
    )
    told_on = all_told_on(decision.decides, given, made_on=made_on)
    rule, due = RULES["D12"], due_on("D12", made_on)
    why = Reason(rule.rule, rule.source, says)
    number, owner = _place(decision), Role.BODY_OFFICER
    return FallsDue(
        decision.induction_id, "D12", NOTICE, number, made_on, due, owner, why, closed_on=told_on, after_end=True
    )


def _place(decision: Decision) -> int:
    return End(decision.assessment.which, decision.assessment.number).place
