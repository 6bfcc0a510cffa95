"""Notice of a decision: who must be told of it, when all were, and until when the ECT may appeal (R63, R64, R66)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .dates import say
from .deadlines import DEEMED_RECEIVED, due_on
from .errors import RuleBroken
from .outcomes import Outcome
from .statuses import NoticeStatus


class Told(StrEnum):
    """Whom the law has told of a decision."""

    ECT = "ect"
    HEADTEACHER = "headteacher"
    EMPLOYER = "employer"
    AGENCY = "agency"


APPEALABLE = frozenset({Outcome.EXTEND, Outcome.FAIL})
AGAIN = frozenset({NoticeStatus.DRAFT, NoticeStatus.BOUNCED})


@dataclass(frozen=True, slots=True)
class Given:
    """One notice as it stands: ``on`` is the day it went out (accepted by the mail server, or posted), None before;
    ``received_on`` the recorded day of receipt of one that was posted.
    """

    status: NoticeStatus
    on: date | None = None
    received_on: date | None = None


def must_be_told(outcome: Outcome) -> tuple[Told, ...]:
    """R63: ECT, headteacher and employer of every decision, the Agency by a notice of an extension or a fail; of a pass
    it may be told on the termly return (SG 2.69, D13).
    """
    return tuple(Told) if outcome in APPEALABLE else (Told.ECT, Told.HEADTEACHER, Told.EMPLOYER)


def all_told_on(outcome: Outcome, given: Mapping[Told, Given], *, made_on: date) -> date | None:
    """D12: the day on which the last of those who must be told was; None while somebody has to be."""
    days: list[date] = []
    for who in must_be_told(outcome):
        notice = given.get(who)
        if notice and notice.status is NoticeStatus.NOT_NEEDED:
            continue
        if notice is None or notice.on is None:
            return None
        days.append(notice.on)
    return max(days, default=made_on)


def deemed_received(notice: Given) -> date | None:
    """R66: an e-mailed notice is received on the second day after it was sent (Reg 18), a posted one on the recorded
    day; None while that is not known.
    """
    if notice.status is NoticeStatus.SENT and notice.on:
        return notice.on + DEEMED_RECEIVED
    return notice.received_on


def appeal_until(notice: Given) -> date | None:
    """R66, D14: the last day of the ECT's 20 working days to appeal; None while they have not begun."""
    received = deemed_received(notice)
    return due_on("D14", received - DEEMED_RECEIVED) if received else None


def check_may_give(who: Told, now: NoticeStatus) -> None:
    """Each of them is told once; one whose notice could not be delivered is told again. Raises RuleBroken."""
    if now not in AGAIN:
        raise RuleBroken(f"The notice to {NAMES[who]} has gone out already", "to")


def check_posted(posted_on: date, *, made_on: date, today: date) -> None:
    """A notice is posted on or after the day of the decision, and not in days to come. Raises RuleBroken."""
    if posted_on > today:
        raise RuleBroken("The day of posting must be today or in the past", "posted_on")
    if posted_on < made_on:
        raise RuleBroken(f"The day of posting must be on or after {say(made_on)}, when you decided", "posted_on")


def check_received(received_on: date, *, posted_on: date, today: date) -> None:
    """A letter arrives on or after the day of posting, and not in days to come. Raises RuleBroken."""
    if received_on > today:
        raise RuleBroken("The day of receipt must be today or in the past", "received_on")
    if received_on < posted_on:
        raise RuleBroken(f"The day of receipt must be on or after {say(posted_on)}, the day of posting", "received_on")


def check_arrived(how: str) -> None:
    """A notice that went out counts as undelivered on somebody's word, which says how they know. Raises RuleBroken."""
    if not how.strip():
        raise RuleBroken("Say how you know that it did not arrive", "why")


def still_to_tell(outcome: Outcome, known: Mapping[Told, NoticeStatus], *, optional: bool = True) -> list[Told]:
    """Whom a notice can be given to now: not told yet, or told in vain. With ``optional``, the Agency of a pass too."""
    who: Iterable[Told] = Told if optional else must_be_told(outcome)
    return [each for each in who if known.get(each, NoticeStatus.DRAFT) in AGAIN]


NAMES = {
    Told.ECT: "the ECT",
    Told.HEADTEACHER: "the headteacher",
    Told.EMPLOYER: "the employer",
    Told.AGENCY: "the Teaching Regulation Agency",
}
