"""What absences add to a case: warnings, the notice at 30 days, the ECT's choice, and who has to do something."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.urls import reverse

from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from .absence_tasks import tasks_of
from .deadlines import ABSENCE_NOTICE, ABSENCE_WARNING, LEAVE_CHOICE
from .file_rows import absence_filing
from .models import Absence, AbsenceNotice, Deadline, Induction
from .models.absences import STATUTORY
from .parts import Bundle, Entry, FallsDue, Filing, Part, Reckoned, Task
from .policies import Policies
from .record_rows import absence_sections
from .rules.absence_figures import NUMBERED, Reached, figures_reached
from .rules.amounts import spoken
from .rules.away import choice_due, returned_on
from .rules.dates import say
from .rules.deadlines import due_on
from .rules.explained import Reason

Notices = Mapping[tuple[UUID, int], AbsenceNotice]


class AbsencePart(Part):
    """D19, D20 and D21. A warning closes when somebody at the school has seen it, when the next figure is reached, or
    with its part; the notice when it was sent, or the school has told the body otherwise; the choice when it is made.
    """

    def deadlines(self, cases: Sequence[Reckoned]) -> Iterable[FallsDue]:
        told = [each for each in cases if each.timeline.facts.absences or each.timeline.facts.before]
        if not told:
            return
        keys = [each.induction.pk for each in told]
        notices = _notices(keys)
        policies = Policies(schools={UUID(p.school) for each in told for p in each.timeline.facts.placements})
        for each in told:
            yield from _figures(each, notices, policies)
        yield from _choices(told, keys)

    def label(self, deadline: Deadline) -> str:
        part, days = divmod(deadline.number, NUMBERED)
        return {
            ABSENCE_WARNING: f"Absence of {days} days in part {part}",
            ABSENCE_NOTICE: f"Tell the appropriate body of 30 days’ absence in part {part}",
            LEAVE_CHOICE: "Choose whether to extend by statutory leave",
        }.get(deadline.kind, "")

    def task_url(self, deadline: Deadline) -> str:
        if deadline.kind in (ABSENCE_WARNING, ABSENCE_NOTICE, LEAVE_CHOICE):
            return reverse("cases:absences", args=[deadline.induction_id])
        return ""

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        reads = {Permission.READ_ABSENCE, Permission.READ_ABSENCE_REASON} <= may
        return Bundle(sections=absence_sections(induction, viewer.on)) if reads else Bundle()

    def filings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
        return [absence_filing(induction, viewer)] if Permission.READ_ABSENCE in may else []

    def timeline(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Entry]:
        """When 30 days were reached: the absences themselves are on their own page."""
        if Permission.READ_ABSENCE not in may:
            return []
        url = reverse("cases:absences", args=[induction.pk])
        reached = [d for d in induction.deadlines.all() if d.kind == ABSENCE_NOTICE and d.opened_on <= viewer.on]
        return [Entry(d.opened_on, f"Absence in part {d.number // NUMBERED} reached 30 days", url) for d in reached]

    def tasks(self, viewer: Viewer) -> Iterable[Task]:
        return tasks_of(viewer)


def _notices(keys: Collection[UUID]) -> Notices:
    standing = AbsenceNotice.objects.filter(induction__in=keys, withdrawn_on=None)
    return {(each.induction_id, each.part * NUMBERED + each.figure): each for each in standing}


def _figures(each: Reckoned, notices: Notices, policies: Policies) -> Iterator[FallsDue]:
    facts = each.timeline.facts

    def warns_from(on: date) -> int:
        served = [p for p in facts.placements if p.start <= on and (p.end is None or on <= p.end)]
        school = UUID((served or facts.placements)[0].school)
        return int(policies.of_school(school, on)["absence_warning_from"])

    for stage in each.timeline.parts:
        for reached in figures_reached(facts, stage, warns_from):
            notice = notices.get((each.induction.pk, reached.number))
            if reached.is_threshold:
                yield _notice(each, reached, notice)
            else:
                over = stage.ends_on if stage.ends_on and stage.ends_on < facts.as_of else None
                yield _warning(each, reached, notice, over)


def _warning(each: Reckoned, reached: Reached, notice: AbsenceNotice | None, over: date | None) -> FallsDue:
    says = f"Absence in part {reached.part} reached {spoken(reached.figure)} days on {say(reached.on)}; 30 extend it."
    seen = notice.settled_on if notice else None
    return FallsDue(
        each.induction.pk, "D20", ABSENCE_WARNING, reached.number, reached.on, reached.on, Role.INDUCTION_TUTOR,
        Reason("R38", "SG 5.4", says), closed_on=min(filter(None, [seen, reached.next_on, over]), default=None),
    )  # fmt: skip


def _notice(each: Reckoned, reached: Reached, notice: AbsenceNotice | None) -> FallsDue:
    says = (
        f"Absence in part {reached.part} reached 30 days on {say(reached.on)}: the headteacher tells the appropriate "
        "body as soon as that is so."
    )
    done = [notice.sent_on, notice.settled_on, notice.acknowledged_on] if notice else []
    return FallsDue(
        each.induction.pk, "D19", ABSENCE_NOTICE, reached.number, reached.on, due_on("D19", reached.on),
        Role.HEADTEACHER, Reason("R38", "SG 5.4", says), closed_on=min(filter(None, done), default=None),
    )  # fmt: skip


def _choices(cases: Sequence[Reckoned], keys: Collection[UUID]) -> Iterator[FallsDue]:
    """D21 for each spell of statutory leave that is over, numbered in their order."""
    spells: dict[UUID, list[Absence]] = {}
    leave = Absence.objects.filter(induction__in=keys, withdrawn_on=None, kind__in=STATUTORY)
    for absence in leave.order_by("starts_on", "pk"):
        spells.setdefault(absence.induction_id, []).append(absence)
    for each in cases:
        facts = each.timeline.facts
        for number, absence in enumerate(spells.get(each.induction.pk, []), 1):
            if absence.ends_on is None or absence.ends_on >= facts.as_of:
                continue
            back = returned_on(facts, absence.ends_on)
            says = f"The ECT returned from statutory leave on {say(back)} and may choose to extend induction by it."
            yield FallsDue(
                each.induction.pk, "D21", LEAVE_CHOICE, number, back, choice_due(facts, absence.ends_on), Role.ECT,
                Reason("R29", "SG 3.7", says), closed_on=absence.elected_on,
            )  # fmt: skip
