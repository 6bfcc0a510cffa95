"""An appeal to the Teaching Regulation Agency: the time for it, its steps, and what it does to an induction (R66-R68).

A body records what the Agency and the ECT did; it decides nothing here but whether to defend its decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .dates import ONE_DAY, say
from .deadlines import due_on
from .deciding import LONGEST_EXTENSION
from .errors import RuleBroken
from .outcomes import AppealOutcome, Outcome, appeal_outcomes, dismissal_counts_from
from .statuses import AppealStatus, DecisionStatus, InductionStatus
from .working_days import clear_days

ENDINGS = {
    AppealOutcome.ALLOWED: AppealStatus.ALLOWED,
    AppealOutcome.DISMISSED: AppealStatus.DISMISSED,
    AppealOutcome.OTHER_PERIOD: AppealStatus.VARIED,
    AppealOutcome.EXTENDED: AppealStatus.VARIED,
}
WITH_TERMS = frozenset({AppealOutcome.OTHER_PERIOD, AppealOutcome.EXTENDED})
ENDED = frozenset({AppealStatus.ALLOWED, AppealStatus.DISMISSED, AppealStatus.VARIED, AppealStatus.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Time:
    """The time to appeal against one decision.

    ``until`` is its last day, longer if the Agency allowed more; None while the 20 working days have not begun.
    ``renounced_on`` is the day on which the ECT's written word that they will not appeal was received; ``closed_on``
    the first day after the time had passed, once that has been noted.
    """

    until: date | None = None
    renounced_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """An appeal that was made: how far it is, and the day on which it ended (decided, or withdrawn).

    ``told_on`` is the day on which the employer had written notice that it was dismissed.
    """

    status: AppealStatus
    made_on: date
    ended_on: date | None = None
    told_on: date | None = None

    @property
    def is_open(self) -> bool:
        return self.status not in ENDED


def status_of(time: Time, appeal: Made | None, *, today: date) -> AppealStatus:
    """R66: where the right to appeal stands on a day; what was made and recorded comes before what the day says."""
    if appeal:
        return appeal.status
    if time.renounced_on:
        return AppealStatus.NOT_APPEALING
    over = time.until is not None and today > time.until
    return AppealStatus.WINDOW_CLOSED if over else AppealStatus.WINDOW_OPEN


def has_passed(time: Time, appeal: Made | None, *, today: date) -> bool:
    """R68: whether the time to appeal is over and no appeal is pending: only then has anybody failed for others."""
    return time.until is not None and today > time.until and (appeal is None or appeal.status is AppealStatus.WITHDRAWN)


def ends_as(
    decided: DecisionStatus, made_on: date, time: Time, appeal: Made | None
) -> tuple[InductionStatus, date] | None:
    """R62, R66, R68: how, and since when, an induction is over for good; None while it is not.

    A pass ends it at once, and so does an appeal that is allowed. A fail does so when the time to appeal has passed and
    that was noted, or when the appeal is dismissed; withdrawn, when both have come.
    """
    if decided is DecisionStatus.PASSED:
        return InductionStatus.PASSED, made_on
    if appeal and appeal.status is AppealStatus.ALLOWED and appeal.ended_on:
        return InductionStatus.PASSED, appeal.ended_on
    if decided is not DecisionStatus.FAILED:
        return None
    if appeal is None:
        return (InductionStatus.FAILED, time.closed_on) if time.closed_on else None
    if appeal.status is AppealStatus.DISMISSED and appeal.ended_on:
        return InductionStatus.FAILED, appeal.ended_on
    if appeal.status is AppealStatus.WITHDRAWN and appeal.ended_on and time.closed_on:
        return InductionStatus.FAILED, max(appeal.ended_on, time.closed_on)
    return None


def dismissal_from(time: Time, appeal: Made | None) -> date | None:
    """R67: the day from which D18 is counted after a fail; None while an appeal is open or may still be made.

    An appeal that is withdrawn is the ECT's written word that they will not appeal.
    """
    if appeal is None:
        expired = time.until if time.closed_on else None
        return dismissal_counts_from(
            no_appeal_letter_on=time.renounced_on, limit_expired_on=expired, appeal_dismissed_on=None
        )
    if appeal.status is AppealStatus.DISMISSED:
        return appeal.told_on
    return appeal.ended_on if appeal.status is AppealStatus.WITHDRAWN else None


def closes_on(until: date) -> date:
    """R68: the first day on which the time to appeal is over: the last day counts to its end."""
    return until + ONE_DAY


def hearing_notice_is_short(noticed_on: date, held_on: date) -> bool:
    """D16: whether fewer than 15 working days lie between the notice of a hearing and the hearing (Sch 3 para 13)."""
    return noticed_on > due_on("D16", held_on)


def counted_days(until: date, *, today: date) -> int:
    """Working days left to appeal, today not counted; 0 on the last day and after it."""
    return clear_days(today, until)


# What may be recorded. Each raises RuleBroken at the field of the form.


def check_appealable(outcome: Outcome, *, is_contact: bool) -> None:
    """R66, R81: a decision to extend or to fail is appealed against, and the named contact takes no part."""
    appeal_outcomes(outcome)
    if is_contact:
        raise RuleBroken("You are this ECT’s named contact, so you take no part in the appeal: another officer must")


def check_day(day: date, *, today: date, field: str, what: str, since: date, since_what: str) -> None:
    """A step lies between the one before it and today."""
    if day > today:
        raise RuleBroken(f"{what} must be today or in the past", field)
    if day < since:
        raise RuleBroken(f"{what} must be on or after {say(since)}, {since_what}", field)


def check_lodged(made_on: date, permitted_on: date | None, time: Time, *, decided_on: date, today: date) -> None:
    """R66: made in time, or late with the Agency's permission (Sch 3 para 18)."""
    what = "The day on which the appeal was made"
    check_day(made_on, today=today, field="made_on", what=what, since=decided_on, since_what="when you decided")
    late = time.until is not None and made_on > time.until
    if time.until and late and permitted_on is None:
        raise RuleBroken(
            f"The last day to appeal was {say(time.until)}. Enter the day on which the Agency allowed the appeal out "
            "of time, or wait until it has", "permitted_on",
        )  # fmt: skip
    if permitted_on and not late:
        raise RuleBroken("The appeal was made in time, so it needed no permission: leave this empty", "permitted_on")
    if permitted_on:
        what = "The day of the Agency’s permission"
        check_day(
            permitted_on, today=today, field="permitted_on", what=what, since=decided_on, since_what="your decision"
        )


def check_longer(until: date, allowed_on: date, time: Time, *, decided_on: date, today: date) -> None:
    """R66: the Agency allows more time, before or after the last day has passed (Sch 3 para 18)."""
    if time.until is None:
        raise RuleBroken("The time to appeal has not begun: record first when the ECT received the notice")
    if until <= time.until:
        raise RuleBroken(f"The new last day must be after {say(time.until)}, the last day until now", "until")
    what = "The day of the Agency’s letter"
    check_day(allowed_on, today=today, field="allowed_on", what=what, since=decided_on, since_what="when you decided")


def check_copy(copy_on: date, *, made_on: date, today: date) -> None:
    """D15: the copy of the appeal reaches the body once it was made; the days run from then (Sch 3 para 6)."""
    what = "The day on which the copy arrived"
    check_day(copy_on, today=today, field="copy_on", what=what, since=made_on, since_what="when the appeal was made")


def check_hearing(held_on: date, noticed_on: date, *, made_on: date, today: date) -> None:
    """D16: a hearing is told of, and lies after the notice of it."""
    what = "The day of the notice"
    check_day(
        noticed_on, today=today, field="noticed_on", what=what, since=made_on, since_what="when the appeal was made"
    )
    if held_on <= noticed_on:
        raise RuleBroken(f"The hearing must be after {say(noticed_on)}, when you were told of it", "held_on")


def check_request(asked_on: date, wanted_by: date, *, made_on: date, today: date) -> None:
    """What the Agency asks for, and by when."""
    what = "The day of the Agency’s letter"
    check_day(asked_on, today=today, field="asked_on", what=what, since=made_on, since_what="when the appeal was made")
    if wanted_by < asked_on:
        raise RuleBroken(f"The last day must be on or after {say(asked_on)}, when the Agency asked", "wanted_by")


def check_outcome(
    outcome: AppealOutcome, terms: Fraction | None, appealed: Outcome, *, before: Fraction = Fraction(0)
) -> None:
    """R66: what an appeal against this decision may lead to, and an extension's length with it (Reg 14(3)-(4)).

    ``before`` is the length of the extension appealed against.
    """
    if outcome not in appeal_outcomes(appealed):
        raise RuleBroken("An appeal against this decision cannot end so", "outcome")
    if outcome not in WITH_TERMS:
        if terms is not None:
            raise RuleBroken("Enter a number of terms only where the Agency ordered an extension", "terms")
        return
    if terms is None or not 0 < terms <= LONGEST_EXTENSION or (terms * 10).denominator != 1:
        raise RuleBroken("Enter how many terms the Agency ordered, to one decimal place, such as 1 or 1.5", "terms")
    if terms == before:
        raise RuleBroken("The Agency ordered a different period: this is the one that you decided", "terms")


def check_unanswered(time: Time, appeal: Made | None) -> None:
    """R66: a notice to the ECT that was answered has arrived, and one whose time has passed is past recall."""
    if appeal:
        raise RuleBroken("The ECT has appealed, so this notice reached them", "why")
    if time.renounced_on:
        raise RuleBroken("The ECT has written that they will not appeal, so this notice reached them", "why")
    if time.closed_on:
        raise RuleBroken(
            "The time to appeal has passed. If the ECT never had this notice, the Agency can allow more time: record "
            "that on the page of the appeal", "why",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What a body replies to one ground of appeal: admits it, or contests it and says why."""

    contests: bool
    says: str = ""


def check_reply(text: str, grounds: Iterable[int], answers: Mapping[int, Answer]) -> None:
    """Sch 3 para 6: a reply answers each ground by its number, and says why what it contests is contested."""
    if not text.strip():
        raise RuleBroken("Write your reply", "text")
    for number in grounds:
        answer = answers.get(number)
        if answer is None:
            raise RuleBroken(f"Say whether you admit or contest ground {number}", f"ground_{number}")
        if answer.contests and not answer.says.strip():
            raise RuleBroken(f"Say why you contest ground {number}", f"says_{number}")


NEXT = {
    AppealStatus.MADE: (
        "Record the day on which the Agency’s copy of the appeal reaches you: the 20 working days to reply begin then."
    ),
    AppealStatus.REPLIED: "The Agency arranges a hearing, or decides without one.",
    AppealStatus.HEARING: (
        "Tell the Agency who attends, or send written representations, at least 10 working days before the hearing."
    ),
    AppealStatus.WINDOW_OPEN: (
        "The time to appeal has not begun: it begins when the ECT counts as having received the notice."
    ),
}


def requires_next(time: Time, appeal: Made | None, *, today: date, copy_on: date | None = None) -> str:
    """What the law requires next, in one sentence for the officer."""
    status = status_of(time, appeal, today=today)
    if status is AppealStatus.MADE and copy_on:
        return (
            f"Reply to the Agency by {say(due_on('D15', copy_on))}: 20 working days, beginning with {say(copy_on)}, "
            "when you received the copy of the appeal. If you do not defend your decision, the appeal is allowed."
        )
    if status is AppealStatus.WINDOW_OPEN and time.until:
        return f"The ECT can appeal until {say(time.until)}."
    return NEXT.get(status, "Nothing more is to be done.")
