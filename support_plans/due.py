"""What falls due beside the end of a plan: updates of the body, its contact with the ECT, meetings (D27, D29, D30)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.urls import reverse

from cases.deadlines import BODY_CONTACT, BODY_UPDATE, PLAN_MEETING
from cases.models import Deadline, Placement
from cases.parts import FallsDue
from cases.rules.dates import say
from cases.rules.explained import Reason
from cases.rules.following import Did, contact_due, is_weekly
from cases.rules.statuses import SupportLevel
from induction_portal import clock
from induction_portal.accounts.permissions import Role

from .following import MANY, ONE_DAY, expected_of
from .models import BodyRecord, BodyUpdate, LevelChange, PlanMeeting

PAGES = {
    BODY_UPDATE: "support_plans:send_update",
    BODY_CONTACT: "support_plans:record_body_part",
    PLAN_MEETING: "support_plans:together",
}


def goes_with(levels: Sequence[LevelChange]) -> Iterator[FallsDue]:
    """Everything of some levels, whose placements are at hand: three queries for however many, none for none."""
    if not levels:
        return
    known = {row.pk: row for row in levels}
    yield from _updates(levels, BodyUpdate.objects.filter(level__in=known))
    yield from _contacts([row for row in levels if row.state is SupportLevel.SUPPORT_1])
    for meeting in PlanMeeting.objects.filter(level__in=known).exclude(arranged_on=None):
        yield _meeting(known[meeting.level_id], meeting)


def label_of(deadline: Deadline) -> str:
    """A deadline of these kinds in words; empty for others'."""
    if deadline.kind == BODY_UPDATE:
        return f"Update {deadline.number % MANY} for the appropriate body"
    return {BODY_CONTACT: "Speak to the ECT about their support", PLAN_MEETING: "Meeting about support"}.get(
        deadline.kind, ""
    )


def url_of(deadline: Deadline) -> str:
    """The page where a deadline of these kinds is met; empty for others'."""
    return reverse(PAGES[deadline.kind], args=[deadline.induction_id]) if deadline.kind in PAGES else ""


def _updates(levels: Iterable[LevelChange], sent: Iterable[BodyUpdate]) -> Iterator[FallsDue]:
    had: dict[object, list[BodyUpdate]] = defaultdict(list)
    for update in sent:
        had[update.level_id].append(update)
    for row in levels:
        for update in had[row.pk]:
            yield _update(row, update.number, update.due_on, update.sent_on)
        for each in expected_of(row, [update.number for update in had[row.pk]]):
            yield _update(row, each.number, each.due_on, left_behind(row.placement, each.due_on))


def _update(row: LevelChange, number: int, due_on: date, closed_on: date | None) -> FallsDue:
    weekly = is_weekly(row.state)
    how = "every week" if weekly else "within 5 working days of the start and of the end"
    began = say(row.opened_on)
    says = f"Of support that began on {began} the appropriate body is updated {how}: number {number} by {say(due_on)}."
    return FallsDue(
        row.induction_id, "D27" if weekly else "D29", BODY_UPDATE, row.number * MANY + number, row.opened_on, due_on,
        row.owner, Reason("R75", "S2", says), closed_on=closed_on,
    )  # fmt: skip


def _contacts(levels: Sequence[LevelChange]) -> Iterator[FallsDue]:
    if not levels:
        return
    found = BodyRecord.objects.filter(level__in=[row.pk for row in levels], did=Did.ECT.value)
    spoken: dict[object, date] = dict(found.order_by("-on").values_list("level", "on"))  # the first stays
    for row in levels:
        due = contact_due(row.opened_on)
        began = say(row.opened_on)
        says = f"Level 2 was opened on {began}: the appropriate body speaks to the ECT within 5 working days."
        yield FallsDue(
            row.induction_id, "D30", BODY_CONTACT, row.number, row.opened_on, due, Role.BODY_OFFICER.value,
            Reason("R70", "S2", says), closed_on=spoken.get(row.pk) or _over(row, due),
        )  # fmt: skip


def _meeting(row: LevelChange, meeting: PlanMeeting) -> FallsDue:
    says = f"The meeting was arranged for {say(meeting.on)}, to be recorded once it is held."
    began = meeting.arranged_on or meeting.on
    return FallsDue(
        row.induction_id, "", PLAN_MEETING, meeting.number, began, meeting.on, row.owner, Reason("R70", "S2", says),
        closed_on=meeting.settled_on or left_behind(row.placement, meeting.on),
    )  # fmt: skip


def _over(row: LevelChange, due_on: date) -> date | None:
    """The first day on which a level is not held any more: it was closed, or the ECT has left."""
    ends = [day for day in (row.closed_on, left_behind(row.placement, due_on)) if day]
    return min(ends, default=None)


def left_behind(placement: Placement, due_on: date) -> date | None:
    """The day from which something of a placement is due no more, because the ECT has left. A last day that is only
    known beforehand ends what would fall due after it, and nothing that is still to be done until then.
    """
    last = placement.ends_on
    if last is None or (due_on <= last and clock.today() <= last):
        return None
    return last + ONE_DAY
