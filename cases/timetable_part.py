"""What timetables add to a case: a line on its page, and deadlines: a breach, and a new look when part 2 begins."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.urls import reverse

from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from .file_rows import timetable_filing
from .models import Deadline, Induction, Placement, Timetable
from .parts import Bundle, FallsDue, Filing, Panel, Part, Reckoned
from .record_rows import timetable_sections
from .rules.dates import say
from .rules.explained import Reason
from .rules.timetable import CAP_PERCENT
from .rules.timetables import Breach, breaches, look_again
from .timetabling import served_of, standings_of

BREACH, LOOK_AGAIN = "timetable_breach", "timetable_look_again"
LABELS = {BREACH: "Reduce the timetable", LOOK_AGAIN: "Look at the timetable again for part 2"}


class TimetablePart(Part):
    """The reduced timetable (R40)."""

    def deadlines(self, cases: Sequence[Reckoned]) -> Iterable[FallsDue]:
        rows: defaultdict[UUID, list[Timetable]] = defaultdict(list)
        for row in Timetable.objects.filter(induction__in=[each.induction.pk for each in cases]).order_by("starts_on"):
            rows[row.placement_id].append(row)
        placements = Placement.objects.filter(pk__in=rows).prefetch_related("patterns") if rows else ()
        of_case: defaultdict[UUID, list[Placement]] = defaultdict(list)
        for placement in placements:
            of_case[placement.induction_id].append(placement)
        for each in cases:
            yield from _of_case(each, of_case[each.induction.pk], rows)

    def label(self, deadline: Deadline) -> str:
        return LABELS.get(deadline.kind, "")

    def task_url(self, deadline: Deadline) -> str:
        if deadline.kind not in LABELS:
            return ""
        return reverse("cases:timetable", args=[deadline.induction_id])

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        return Bundle(sections=timetable_sections(induction)) if Permission.READ_TIMETABLE in may else Bundle()

    def filings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
        return [timetable_filing(induction, viewer)] if Permission.READ_TIMETABLE in may else []

    def panel(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Panel | None:
        if Permission.READ_TIMETABLE not in may:
            return None
        return Panel(
            "cases/timetable/panel.html", {"standings": standings_of(viewer, induction), "induction": induction}
        )


def _of_case(each: Reckoned, placements: Iterable[Placement], rows: dict[UUID, list[Timetable]]) -> Iterator[FallsDue]:
    """Numbered through the case, school after school, so that no two are one."""
    second = next((part.starts_on for part in each.timeline.parts if part.plan.number == 2), None)
    before = 0
    for place, placement in enumerate(sorted(placements, key=lambda p: (p.starts_on, p.pk)), 1):
        served, told = served_of(placement, second), [row.told for row in rows[placement.pk]]
        for breach in breaches(served, told):
            yield _breach(each, before, breach)
        if look := look_again(served, told):
            begins, made = look
            says = f"Part 2 begins on {say(begins)} with a cap of 95%. The timetable on record was made for part 1."
            why = Reason("R40", "Reg 10(4); SG 2.20", says)
            owner = Role.INDUCTION_TUTOR.value
            yield FallsDue(each.induction.pk, "", LOOK_AGAIN, place, begins, begins, owner, why, made)
        before += len(told)


def _breach(each: Reckoned, before: int, breach: Breach) -> FallsDue:
    """The cap is the law from the first day: it falls due at once. What is taught, the page of the timetable says."""
    owner = Role.HEADTEACHER.value
    number, since = before + breach.number, breach.since
    percent = CAP_PERCENT[breach.part]
    says = f"The timetable on record is over the cap of part {breach.part} from {say(since)}: {percent}%."
    why = Reason("R40", "Reg 10(4); SG 2.20", says)
    return FallsDue(each.induction.pk, "", BREACH, number, since, since, owner, why, breach.until)
