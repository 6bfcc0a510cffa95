"""The days of an appeal: to make it, to reply, of its hearing, and by when employment ends after a fail (D14-D18)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import NamedTuple
from uuid import UUID

from cases.models import Placement
from cases.parts import FallsDue
from cases.rules.dates import say
from cases.rules.deadline_rules import RULES
from cases.rules.deadlines import due_on
from cases.rules.explained import Reason
from cases.rules.notices import APPEALABLE, Told, deemed_received
from induction_portal.accounts.permissions import Role

from ..models import Appeal, AppealHearing, AppealTime, Decision, Notice
from .appeal_standing import Standing, relevant_placements
from .received import End

APPEAL, REPLY, REQUEST = "appeal", "appeal_reply", "appeal_request"
HEARING_NOTICE, HEARING_ANSWER, HEARING, DISMISSAL = "hearing_notice", "hearing_answer", "appeal_hearing", "dismissal"
SAID = {
    APPEAL: "Last day for the ECT to appeal",
    REPLY: "Reply to the appeal",
    REQUEST: "Answer what the Teaching Regulation Agency asked for",
    HEARING_NOTICE: "Last day for the Agency to tell of the hearing",
    HEARING_ANSWER: "Tell the Agency who attends the hearing, or write to it",
    HEARING: "Hearing of the appeal",
    DISMISSAL: "Employment as a teacher must end",
}
SYSTEM = "system"
MANY = 100  # requests of one appeal are numbered beside those of another


class Day(NamedTuple):
    """One of these days: what opens it, the day itself, why, and when the facts closed it."""

    code: str
    kind: str
    opened_on: date
    due_on: date
    owner: str
    says: str
    closed_on: date | None = None
    number: int = 0


def falling_due(keys: Collection[UUID]) -> Iterator[FallsDue]:
    """Those of every decision to extend or to fail: one query where there is none, else at most seven, however many."""
    made = Decision.objects.filter(induction__in=keys, made_on__isnull=False, outcome__in=sorted(APPEALABLE))
    decisions = list(made.select_related("assessment").defer("content", "reasons"))
    if not decisions:
        return
    notices = {row.decision_id: row for row in _of(Notice, decisions).filter(to=Told.ECT).defer("content")}
    times = {row.decision_id: row for row in _of(AppealTime, decisions)}
    found = _of(Appeal, decisions).prefetch_related("replies", "hearings", "requests")
    appeals = {row.decision_id: row for row in found}
    standings = [Standing(row, notices.get(row.pk), times.get(row.pk), appeals.get(row.pk)) for row in decisions]
    employed = _employed(standings)
    for seen in standings:
        place = End(seen.decision.assessment.which, seen.decision.assessment.number).place
        for day in _days(seen, employed[seen.decision.induction_id]):
            yield _row(seen.decision, place, day)


def _of(model: type, decisions: list[Decision]):  # type: ignore[no-untyped-def]  # a query set of that model
    return model.objects.filter(decision__in=[row.pk for row in decisions])


def _employed(standings: Iterable[Standing]) -> dict[UUID, list[Placement]]:
    failed = [seen.decision.induction_id for seen in standings if seen.dismissal_from]
    found: dict[UUID, list[Placement]] = defaultdict(list)
    for placement in relevant_placements(failed) if failed else []:
        found[placement.induction_id].append(placement)
    return found


def _row(decision: Decision, place: int, day: Day) -> FallsDue:
    rule = RULES.get(day.code)
    why = Reason(rule.rule if rule else "R66", rule.source if rule else "Sch 3", day.says)
    number = place * MANY + day.number if day.number else place
    return FallsDue(
        decision.induction_id, day.code, day.kind, number, day.opened_on, day.due_on, day.owner, why,
        closed_on=day.closed_on, after_end=day.kind in (APPEAL, DISMISSAL),
    )  # fmt: skip


def _days(seen: Standing, employed: list[Placement]) -> Iterator[Day]:
    yield from _to_appeal(seen)
    if seen.appeal:
        yield from _of_appeal(seen.appeal)
    yield from _dismissal(seen.dismissal_from, employed)


def _to_appeal(seen: Standing) -> Iterator[Day]:
    """D14 passes by itself: nobody has to appeal."""
    received = deemed_received(seen.notice.given) if seen.notice else None
    until = seen.time.until
    if seen.notice is None or received is None or until is None or seen.notice.given.on is None:
        return
    says = (
        f"The ECT counts as having received the notice on {say(received)}: twenty working days, beginning with that "
        f"day, to appeal to the Teaching Regulation Agency end on {say(until)}."
    )
    if seen.row and seen.row.until and seen.row.allowed_on:
        says = f"The Teaching Regulation Agency gave more time on {say(seen.row.allowed_on)}, until {say(until)}."
    closed_on = seen.appeal.made_on if seen.appeal else seen.time.renounced_on
    yield Day("D14", APPEAL, min(seen.notice.given.on, until), until, SYSTEM, says, closed_on)


def _of_appeal(appeal: Appeal) -> Iterator[Day]:
    """What is open of an appeal that has ended falls due no more."""
    days = [*_reply(appeal), *_requests(appeal), *_hearing(appeal)]
    yield from (day for day in days if day.closed_on or appeal.made.is_open)


def _reply(appeal: Appeal) -> Iterator[Day]:
    if appeal.copy_on is None:
        return
    due = due_on("D15", appeal.copy_on)
    says = (
        f"The appropriate body received its copy of the appeal on {say(appeal.copy_on)}: twenty working days, that day "
        f"included, to reply to the Teaching Regulation Agency end on {say(due)}."
    )
    replied = min((row.sent_on for row in appeal.replies.all()), default=None)
    yield Day("D15", REPLY, appeal.copy_on, due, Role.BODY_OFFICER, says, replied)


def _requests(appeal: Appeal) -> Iterator[Day]:
    for row in appeal.requests.all():
        says = f"The Teaching Regulation Agency asked for it on {say(row.asked_on)}, by {say(row.wanted_by)}."
        owner = Role.BODY_OFFICER
        yield Day("", REQUEST, row.asked_on, row.wanted_by, owner, says, row.answered_on, row.number)


def _hearing(appeal: Appeal) -> Iterator[Day]:
    hearing: AppealHearing | None = max(appeal.hearings.all(), key=lambda row: row.number, default=None)
    if hearing is None:
        return
    held_on, told_on = hearing.held_on, hearing.noticed_on
    for code, kind, owner, closed_on, what in (
        ("D16", HEARING_NOTICE, SYSTEM, told_on, "the Agency tells of it"),
        ("D17", HEARING_ANSWER, Role.BODY_OFFICER, hearing.answered_on, "each side says who attends, or writes"),
    ):
        due, amount = due_on(code, held_on), RULES[code].amount
        says = f"The hearing is on {say(held_on)}: {what} at least {amount} working days before, so by {say(due)}."
        yield Day(code, kind, min(told_on, due), due, owner, says, closed_on)
    yield Day("", HEARING, told_on, held_on, SYSTEM, f"The Agency told of it on {say(told_on)}.")


def _dismissal(counts_from: date | None, employed: list[Placement]) -> Iterator[Day]:
    """D18, only where a relevant school employs the ECT; it is met when the placement there has ended."""
    held = [row for row in employed if counts_from and (row.ends_on is None or row.ends_on >= counts_from)]
    if counts_from is None or not held:
        return
    due = due_on("D18", counts_from)
    ends = [row.ends_on for row in held if row.ends_on]
    says = (
        f"{' and '.join(row.school.name for row in held)}: a relevant school must end the employment so that it takes "
        f"effect within ten working days beginning with {say(counts_from)}, so by {say(due)}."
    )
    closed_on = max(ends) if len(ends) == len(held) else None
    yield Day("D18", DISMISSAL, counts_from, due, Role.HEADTEACHER, says, closed_on)
