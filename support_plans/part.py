"""What concerns and levels add to a case: a panel, its history, the day of the next step, papers, and tasks."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from cases.accessing import Viewing
from cases.deadlines import LEVEL_REVIEW, PLAN_WEEK
from cases.models import CaseRecord, Deadline, Induction
from cases.parts import (
    ABSENCE_RECORDED,
    Bundle,
    Dated,
    Entry,
    FallsDue,
    Filing,
    Panel,
    Part,
    Reckoned,
    Section,
    Task,
    Work,
)
from cases.rules.dates import say
from cases.rules.explained import Reason
from cases.rules.statuses import SupportLevel
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.govuk.words import day

from . import tell_plans
from .access import hidden_from, readable
from .due import goes_with, label_of, left_behind, url_of
from .guests import guests_of
from .ladder import levels_of
from .models import Concern, LevelChange, OwnConcern
from .own_dates import dates_of
from .pages import panel_of
from .papers.filing import Papers
from .papers.waiting import signing_of
from .plans.due import week_label, weeks_due
from .plans.filing import plan_entries, plan_sections
from .recorded import happened, sections_of
from .tasks import awaited, tasks_of
from .words import CONCERN_COLUMNS, LEVEL_COLUMNS, concern_rows, history, outcome_words, why_told

CODES = {
    SupportLevel.LIGHT_TOUCH: "D24",
    SupportLevel.SUPPORT_1: "D25",
    SupportLevel.SUPPORT_2: "D25",
    SupportLevel.CONCERN: "D26",
}
OWN_COLUMNS = ("Raised on", "About", "Where it stands", "On", "By", "What was said")


class SupportPart(Part):
    """R69 to R77, R81; D24 to D27, D29, D30."""

    is_evidence = True

    def deadlines(self, cases: Sequence[Reckoned]) -> Iterable[FallsDue]:
        keys = [each.induction.pk for each in cases]
        levels = list(LevelChange.objects.filter(induction__in=keys).select_related("placement", "plan"))
        yield from (_review_of(row) for row in levels if row.review_due)
        yield from weeks_due(keys)
        yield from goes_with(levels)

    def label(self, deadline: Deadline) -> str:
        if deadline.kind == PLAN_WEEK:
            return week_label(deadline)
        return "Decide what follows the support so far" if deadline.kind == LEVEL_REVIEW else label_of(deadline)

    def task_url(self, deadline: Deadline) -> str:
        page = {LEVEL_REVIEW: "support_plans:ladder", PLAN_WEEK: "support_plans:current_plan"}.get(deadline.kind)
        return reverse(page, args=[deadline.induction_id]) if page else url_of(deadline)

    def timeline(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Entry]:
        if Permission.READ_LEVELS not in may:
            return []
        rows, url = levels_of(viewer, induction), reverse("support_plans:ladder", args=[induction.pk])
        steps = [entry for row in rows for entry in _entries(row, rows, viewer, url)]
        return [*steps, *plan_entries(rows), *(happened(viewer, induction) if rows else [])]

    def panel(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Panel | None:
        context = panel_of(induction, viewer) if Permission.READ_LEVELS in may else None
        return Panel("support_plans/panel.html", context) if context else None

    def tasks(self, viewer: Viewer) -> Iterable[Task]:
        return self.work(viewer).tasks

    def waits(self, viewer: Viewer) -> Iterable[Task]:
        return [*awaited(viewer), *signing_of(viewer).waits]

    def work(self, viewer: Viewer) -> Work:
        signing = signing_of(viewer)
        tasks = [*tasks_of(viewer), *signing.tasks]
        return Work(tasks, [*awaited(viewer), *signing.waits])

    def guests(self, induction: Induction, viewer: Viewer) -> Iterable[Viewing]:
        return guests_of(induction, viewer)

    def dates(self, viewer: Viewer) -> Iterable[Dated]:
        return dates_of(viewer)

    def hidden_from(self, induction: Induction, viewer: Viewer) -> Collection[UUID]:
        return hidden_from(viewer, induction)

    def happened(self, event: str, subject: CaseRecord, *, by: Viewer | System, on: date) -> None:
        if event == ABSENCE_RECORDED:
            tell_plans.look_at_weeks(subject, on=on)

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        sections = [*_sections(induction, viewer, may), *_own(induction, viewer, may)]
        if Permission.READ_LEVELS not in may or not _have_plans(levels_of(viewer, induction)):
            return Bundle(sections=sections)
        papers = Papers(viewer, induction)
        return Bundle(papers.documents(), [*sections, *papers.sections()])

    def filings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
        sections = _sections(induction, viewer, may)
        return [Papers(viewer, induction).filing(sections)] if sections else []


def _review_of(row: LevelChange) -> FallsDue:
    """The end of a plan, or of monitoring; it falls due no more once the level is closed, or the ECT has left."""
    due = row.ends_by or row.opened_on
    closed_on = row.closed_on or left_behind(row.placement, due)
    length = len(row.laid_weeks) or row.weeks
    weeks = f"with a plan of {length} weeks" if length else "for a term or until the next formal assessment"
    says = f"The support that began on {say(row.opened_on)}, {weeks}, is reviewed by {say(due)}."
    return FallsDue(
        row.induction_id, CODES.get(row.state, ""), LEVEL_REVIEW, row.number, row.opened_on, due, row.owner,
        Reason("R75" if row.weeks else "R72", "S2", says), closed_on=closed_on,
    )  # fmt: skip


def _entries(row: LevelChange, rows: Sequence[LevelChange], viewer: Viewer, url: str) -> Iterator[Entry]:
    why = why_told(row, viewer)
    yield Entry(row.opened_on, f"{row} was opened: {why}" if why else f"{row} was opened", url)
    followed = any(each.number == row.number + 1 and each.opened_on == row.closed_on for each in rows)
    if row.closed_on and not followed:
        yield Entry(row.closed_on, f"{row} ended. {outcome_words(row, rows)}", url)


def _sections(induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> list[Section]:
    if Permission.READ_LEVELS not in may:
        return []
    rows = levels_of(viewer, induction)
    found = list(readable(viewer, Concern.objects.filter(induction=induction)).select_related("raised_by"))
    levels = [Section("Levels of support", LEVEL_COLUMNS, history(rows, viewer))] if rows else []
    raised = [Section("Concerns raised by the school", CONCERN_COLUMNS, concern_rows(found))] if found else []
    if not rows:
        return [*levels, *raised]
    plans = plan_sections(induction, viewer) if _have_plans(rows) else []
    return [*levels, *raised, *plans, *sections_of(viewer, induction)]


def _have_plans(rows: Sequence[LevelChange]) -> bool:
    """Whether there is anything to ask of plans: the levels were read with theirs."""
    return any(hasattr(row, "plan") for row in rows)


def _own(induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> list[Section]:
    """What the ECT wrote of their own, and what was answered: in the copy that they take along, in no other file."""
    if Permission.RAISE_OWN_CONCERN not in may:
        return []
    rows = []
    found = readable(viewer, OwnConcern.objects.filter(induction=induction)).prefetch_related("entries__by")
    for concern in found:
        said = [(concern.raised_on, "You", concern.text)]
        said += [(entry.on, entry.by.name, entry.text) for entry in concern.entries.all()]
        rows += [
            [day(concern.raised_on), concern.subject, concern.state.label, day(on), by, text] for on, by, text in said
        ]
    return [Section("Your own concerns", OWN_COLUMNS, rows)] if rows else []
