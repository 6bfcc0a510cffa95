"""What the pages of absences show: the total of each part against 30 days, every row, and who may do what."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk import words

from . import absence_access
from .absences import choices, in_words, status_of
from .access import as_at, visible_records
from .agreeing import Standing, absence_subject, latest_by_subject
from .facts import facts_of
from .frame import frame, own_placement
from .models import Absence, AbsenceNotice, Agreement, Induction
from .rules.absence import THRESHOLD
from .rules.absence_kinds import Effect
from .rules.amounts import ZERO, spoken
from .rules.explained import Reason
from .rules.stages import Stage
from .rules.statuses import ElectionStatus
from .rules.timeline import Timeline, timeline
from .rules.timetable import CAP_PERCENT
from .service_access import holds_case, is_own_now
from .sight import sight

COLOURS = {
    ElectionStatus.AWAITING_RETURN: "grey",
    ElectionStatus.AWAITING_ELECTION: "yellow",
    ElectionStatus.EXTEND: "blue",
    ElectionStatus.NOT_EXTEND: "blue",
}
ASSESSMENTS = {
    "first_assessment": "First formal assessment",
    "final_assessment": "Final formal assessment",
    "extension_assessment": "Assessment at the end of the extension",
}
RULES = {"R26", "R29", "R30", "R32", "R34", "R36"}


@dataclass(frozen=True, slots=True)
class PartTotal:
    """The absence of one part: days that count, in words and as a share of 30, and what follows from them."""

    number: int
    days: str
    share: str
    says: str
    extension: str
    cap: int
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """One absence as the page shows it."""

    absence: Absence
    says: str
    effect: str
    choice: ElectionStatus
    colour: str
    standing: Standing
    actions: list[tuple[str, str]] = field(default_factory=list)


def absences_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """Everything of the page for this viewer."""
    viewer, may = request.viewer, request.permissions
    page = AbsencePage(viewer, may, induction)
    context = frame(request, induction) | {"title": "Absence", "rows": page.rows(), "notices": page.notices()}
    placement = own_placement(induction, viewer)
    records = Permission.RECORD_ABSENCE in may and page.holds and placement and is_own_now(viewer, placement)
    context["record_url"] = reverse("cases:record_absence", args=[induction.pk]) if records else ""
    context["reads_texts"] = bool({Permission.AGREE_SERVICE, Permission.ANSWER_QUERY, Permission.CHANGE_PROFILE} & may)
    if as_at(viewer, induction) >= viewer.on:
        told = timeline(facts_of(induction, as_of=viewer.on))
        since = sight(viewer, induction).since
        shown = [part for part in told.parts if since is None or part.ends_on is None or part.ends_on >= since]
        context |= {"parts": [part_total(part) for part in shown], "because": reasons_of_absence(told)}
    return context


def part_total(stage: Stage) -> PartTotal:
    """A part's days against 30, in words."""
    counting, longer = stage.absent.counting, stage.plan.extension(stage.absent)
    name, missing = f"part {stage.plan.number}", THRESHOLD - counting
    if stage.plan.automatic(stage.absent):
        says = f"The total has reached 30 days, so {name} is extended by all of them."
        if counting < THRESHOLD:
            says = f"By your appropriate body’s pro-rata reading, {name} is extended."
    else:
        days = spoken(missing, 2)
        says = f"{days} more {'day' if days == '1' else 'days'} would extend {name} by all of the days together."
    return PartTotal(
        stage.plan.number, spoken(counting, 2), spoken(min(counting, THRESHOLD), 2), says,
        f"{spoken(longer, 2)} days" if longer else "", CAP_PERCENT[stage.plan.number], stage.ends_on,
    )  # fmt: skip


def reasons_of_absence(told: Timeline) -> tuple[Reason, ...]:
    """Why absence has moved a date, or has not."""
    return tuple(reason for reason in told.because if reason.rule in RULES)


class AbsencePage:
    """The rows of the page, read once: absences, what the ECT said of them, and what was noted."""

    def __init__(self, viewer: Viewer, may: frozenset[Permission], induction: Induction) -> None:
        self.viewer, self.may, self.induction = viewer, may, induction
        self.holds = viewer.organisation is None or holds_case(viewer, induction)
        said = Agreement.objects.filter(induction=induction, kind=Agreement.Kind.ABSENCE)
        said = said.select_related("by", "replied_by")
        self.said = latest_by_subject(visible_records(viewer, said))

    def rows(self) -> list[Row]:
        """Every absence of the viewer's own side, the latest first; withdrawn ones too."""
        on = as_at(self.viewer, self.induction)
        known = visible_records(self.viewer, absence_access.ROWS.filter(induction=self.induction, recorded_on__lte=on))
        return [self._row(absence) for absence in known.order_by("-starts_on", "-pk")]

    def notices(self) -> list[dict[str, Any]]:
        """What was noted and told, the latest first, with what this viewer may do about it."""
        if not self.holds or self.viewer.organisation is None:
            return []
        rows = AbsenceNotice.objects.filter(induction=self.induction).select_related("settled_by", "acknowledged_by")
        known = visible_records(self.viewer, rows.filter(figure=30) if self._is_body else rows)
        found = list(known.order_by("-reached_on", "-figure"))
        # A figure that another has followed asks nothing of anybody any more.
        last = {each.part: each for each in reversed(found) if not each.withdrawn_on}
        return [{"notice": each, "url": self._answers(each) if each in last.values() else ""} for each in found]

    @property
    def _is_body(self) -> bool:
        return Permission.CONFIRM_CHOICE in self.may

    def _answers(self, notice: AbsenceNotice) -> str:
        """The page on which this viewer answers a notice, while it waits for their side."""
        done = notice.acknowledged_on if self._is_body else notice.settled_on or notice.sent_on
        heads = self._is_body or not notice.is_to_body or Permission.WRITE_ABSENCE_REASON in self.may
        if done or notice.withdrawn_on or not heads or Permission.ANSWER_ABSENCE_NOTICE not in self.may:
            return ""
        return reverse("cases:absence_notice", args=[notice.pk])

    def _row(self, absence: Absence) -> Row:
        absence.placement.induction = self.induction
        subject = absence_subject(absence, self.viewer.on)
        standing = Standing(subject, self.said.get((subject.kind, subject.id)))
        choice = status_of(absence, self.viewer.on)
        actions = [(text, reverse(name, args=[pk])) for text, name, pk in self._actions(absence, standing, choice)]
        return Row(
            absence, in_words(absence), _effect_words(absence), choice, COLOURS.get(choice, ""), standing, actions
        )

    def _actions(self, absence: Absence, standing: Standing, choice: ElectionStatus) -> list[tuple[str, str, Any]]:
        found = [*self._of_reason(absence), *self._of_answers(absence, standing, choice)]
        own = self.holds and is_own_now(self.viewer, absence.placement)
        if absence.withdrawn_on or not own or Permission.RECORD_ABSENCE not in self.may:
            return found
        changes = [("Change", "cases:change_absence", absence.pk), ("Withdraw", "cases:withdraw_absence", absence.pk)]
        back = [("Record the return", "cases:record_return", absence.pk)] if absence.ends_on is None else []
        return [*back, *changes, *found]

    def _of_reason(self, absence: Absence) -> list[tuple[str, str, Any]]:
        reads = Permission.READ_ABSENCE_REASON in self.may
        return [("Reason", "cases:absence_reason", absence.pk)] if reads else []

    def _of_answers(self, absence: Absence, standing: Standing, choice: ElectionStatus) -> list[tuple[str, str, Any]]:
        if absence.withdrawn_on:
            return []
        query = standing.latest if standing.latest and standing.latest.is_open else None
        if self.viewer.organisation is None:
            agrees = [] if query else [("Agree or query", "cases:agree_absence", absence.pk)]
            chooses = choice is not ElectionStatus.NOT_APPLICABLE and not absence.confirmed_on
            return [*([("Choose", "cases:choose_leave", absence.pk)] if chooses else []), *agrees]
        if self._is_body:
            waits = absence.elected is not None and not absence.confirmed_on and self.holds
            return [("Confirm the choice", "cases:confirm_leave", absence.pk)] if waits else []
        answers = query and self.holds and Permission.ANSWER_QUERY in self.may
        return [("Answer the query", "cases:answer_query", query.pk)] if answers and query else []


def _effect_words(absence: Absence) -> str:
    match absence.what.effect:
        case Effect.STATUTORY:
            return "Statutory leave: does not count towards 30"
        case Effect.IGNORED | Effect.CLOSES_SCHOOL:
            return "Not counted as absence"
        case _:
            return "Counts towards 30"


def choice_context(absence: Absence, on: date) -> dict[str, Any]:
    """Both outcomes of a choice about leave, side by side (R29)."""
    context = {"absence": absence, "now": in_words(absence), "status": status_of(absence, on)}
    if absence.what.effect is not Effect.STATUTORY or absence.withdrawn_on:
        return context
    extended, declined = choices(absence, on=on)
    rows = [["Induction ends", _day(extended.ends_on), _day(declined.ends_on)]]
    for kind, name in ASSESSMENTS.items():
        dues = [_due(each, kind) for each in (extended, declined)]
        rows += [[name, *map(_day, dues)]] if any(dues) else []
    for number in (1, 2):
        found = [_part(each, number) for each in (extended, declined)]
        rows += (
            [
                [f"Part {number} is extended by", *map(_days, found)],
                [
                    f"Timetable at most {CAP_PERCENT[number]}% until",
                    *[_day(p.ends_on) if p else "Not reached" for p in found],
                ],
            ]
            if any(found)
            else []
        )
    return context | {"outcomes": rows, "columns": OUTCOMES}


OUTCOMES = ("What changes", "If the ECT extends", "If the ECT does not")


def _part(told: Timeline, number: int) -> Stage | None:
    return next((part for part in told.parts if part.plan.number == number), None)


def _due(told: Timeline, kind: str) -> date | None:
    return next((event.due_on for event in told.events if event.kind == kind), None)


def _days(part: Stage | None) -> str:
    longer = part.plan.extension(part.absent) if part else ZERO
    return f"{spoken(longer, 2)} days" if longer else "Nothing"


def _day(on: date | None) -> str:
    return words.day(on) if on else "Not reached yet"
