"""Who is mailed of which deadline on which day, worked out from the rows of deadlines without the sweep's code.

The ladder is R90's, working days R91's, who may know R79's; and people are mailed when they want to be.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q

from cases.models import Appointment, BodyPeriod, Deadline, Induction, Placement, Reminder
from cases.policies import Policies
from cases.rules.working_days import is_working_day
from induction_portal.accounts.models import Membership, User
from notifications.models import EmailChoice, Message

ONE_DAY = timedelta(days=1)
STATUTORY = {f"D{number}" for number in range(8, 20)}
ABSENCE = {"absence_warning", "absence_notice", "leave_choice"}
SUPPORT = {"level_review", "plan_week", "body_update", "body_contact", "plan_meeting"}
APPEAL = {
    "appeal", "appeal_reply", "appeal_request", "hearing_notice", "hearing_answer", "appeal_hearing", "dismissal",
}  # fmt: skip
SCHOOL = {"mentor", "induction_tutor", "induction_lead", "headteacher", "school_admin"}
INSTEAD = {
    "ect": ["induction_tutor", "induction_lead", "headteacher"],
    "mentor": ["induction_tutor", "induction_lead", "headteacher"],
    "induction_tutor": ["induction_lead", "headteacher", "school_admin"],
    "induction_lead": ["headteacher", "school_admin"],
    "headteacher": ["induction_lead", "school_admin"],
    "school_admin": ["headteacher"],
    "body_officer": ["body_admin"],
    "body_admin": ["body_officer"],
}
ABOVE = dict.fromkeys(("ect", *sorted(SCHOOL - {"headteacher"})), "headteacher") | dict.fromkeys(
    ("headteacher", "body_officer", "body_admin"), "body_admin"
)
Key = tuple[UUID, str, int, date]


class Mail(NamedTuple):
    """One person was mailed of one step of one deadline."""

    key: Key
    step: int
    to: str
    put: str
    on: date


class Waiting(NamedTuple):
    """A mail that is still to go."""

    mail: Mail
    user: User
    places: set[UUID]


def working_day(day: date, count: int) -> date:
    """The working day so many after a day or, negative, before it; 0 is the day itself or the next."""
    step = ONE_DAY if count >= 0 else -ONE_DAY
    if count == 0:
        while not is_working_day(day):
            day += ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day


@cache
def steps_of(opened: date, due: date, first: int) -> dict[int, date]:
    """The ladder of a deadline: each step, by its working days from the day it is due, and its day."""
    before = {-count: working_day(due, -count) for count in (10, 5, 2) if count <= first}
    ladder = {step: day for step, day in before.items() if day >= opened}
    if not ladder and opened < due:
        ladder = {-1: opened}
    ladder |= {0: due, 1: working_day(due, 1), 3: working_day(due, 3)}
    return {step: day for step, day in ladder.items() if day >= opened}


def reached(user: User | None) -> bool:
    return user is not None and user.is_active and bool(user.email)


class ByHand:
    """Looks whenever a sweep begins, and says at the end of each day what must have gone out."""

    def __init__(self, waits_from_before: Callable[[], list[Waiting]] = list) -> None:
        rows = Reminder.objects.order_by("step").values_list("induction", "kind", "number", "due_on", "step")
        self.said: dict[Key, int] = {(case, kind, number, due): step for case, kind, number, due, step in rows}
        self.waiting = waits_from_before()
        self.expected = Counter[Mail]()

    def look(self, on: date, *, since: date | None = None) -> None:
        """Everything that has come to be said, of what has opened `since`; and what need not be said any more."""
        rows = list(Deadline.objects.filter(is_open=True, waits="").exclude(owner="system"))
        stale = set(Induction.objects.filter(stale=True).values_list("pk", flat=True))
        for row in rows:
            if row.induction_id not in stale and row.opened_on <= on and (since is None or row.opened_on >= since):
                self._say(row, on, rows)
        stands = {(row.induction_id, row.kind, row.number, row.due_on) for row in rows}
        self.waiting = [
            each
            for each in self.waiting
            if each.mail.key in stands and self.said[each.mail.key] == each.mail.step
        ]  # fmt: skip

    def night(self, on: date) -> None:
        """The day is over: what had its day is mailed, to whoever still belongs there."""
        due = [each for each in self.waiting if each.mail.on <= on]
        self.waiting = [each for each in self.waiting if each.mail.on > on]
        for each in due:
            there = Membership.objects.filter(user=each.user, organisation__in=each.places).current(on=on).exists()
            if there or each.user.is_ect:
                self.expected[each.mail] += 1

    def _say(self, row: Deadline, on: date, rows: list[Deadline]) -> None:
        key = (row.induction_id, row.kind, row.number, row.due_on)
        if row.kind == "absence_warning" or all(self._come(row, on, first) is None for first in (10, 5, 2)):
            return
        case = Case(row.induction_id, on)
        first, up_after = case.ladder(row.owner)
        step = self._come(row, on, first)
        if step is None or not case.holds(row, rows):
            return
        hearers = case.hearers(row, step, up_after)
        if hearers:
            self.said[key] = step
        for user, put in hearers:
            if goes := goes_out(user, row.code in STATUTORY, put, on):
                mail = Mail(key, step, user.email, put, goes)
                self.waiting.append(Waiting(mail, user, case.places))

    def _come(self, row: Deadline, on: date, first: int) -> int | None:
        """The last step that has come, unless it or a later one was said, or it came more than ten working days ago."""
        come = {step: day for step, day in steps_of(row.opened_on, row.due_on, first).items() if day <= on}
        key = (row.induction_id, row.kind, row.number, row.due_on)
        if not come or max(come) <= self.said.get(key, -99) or working_day(come[max(come)], 11) <= on:
            return None
        return max(come)


class Case:
    """Where a case is on a day, and who is responsible there."""

    def __init__(self, key: UUID, on: date) -> None:
        self.key, self.on = key, on
        placed = list(Placement.objects.filter(induction=key, starts_on__lte=on))
        now = [each for each in placed if each.ends_on is None or each.ends_on >= on]
        lead = [each for each in now if each.is_lead] or now
        self.school = lead[0].school_id if lead else None
        self.since = min((each.starts_on for each in placed if each.school_id == self.school), default=date.max)
        held = BodyPeriod.objects.filter(induction=key, starts_on__lte=on)
        period = held.filter(_lasts(on)).first()
        self.body, self.officer = (period.body_id, period.officer) if period else (None, None)
        self.places = {place for place in (self.school, self.body) if place}

    def holds(self, row: Deadline, rows: list[Deadline]) -> bool:
        """Not what another school had to do; and of two reviews the first comes first."""
        if row.owner in SCHOOL and row.due_on < self.since:
            return False
        earlier = [
            each
            for each in rows
            if each.induction_id == self.key
            and each.kind == row.kind == "progress_review"
            and each.number < row.number
            and each.due_on >= self.since
        ]
        return not earlier

    def ladder(self, owner: str) -> tuple[int, int]:
        """From how many working days before, and how late it goes up."""
        if owner.startswith("body_"):
            set_ = Policies(bodies=[self.body]).of_body(self.body, self.on) if self.body else {}
            return int(set_.get("remind_officers_from", 5)), int(set_.get("escalate_officers_after", 1))
        set_ = Policies(schools=[self.school]).of_school(self.school, self.on) if self.school else {}
        return int(set_.get("remind_from", 5)), int(set_.get("escalate_after", 1))

    def hearers(self, row: Deadline, step: int, up_after: int) -> list[tuple[User, str]]:
        put = "late" if step > 0 else "last_day" if step == 0 else "coming"
        told: list[tuple[User, str]] = []
        private = row.owner == "ect" and row.kind in APPEAL
        for role in [row.owner] if private else [row.owner, *INSTEAD[row.owner]]:
            if may_know(row.kind, role) and (holders := self.holding(role)):
                told = [(user, put if role == row.owner else "stand_in") for user in holders]
                break
        above = ABOVE[row.owner]
        if step >= up_after and not private and may_know(row.kind, above):
            known = {user.pk for user, _ in told}
            told += [(user, "up") for user in self.holding(above) if user.pk not in known]
        return told

    def holding(self, role: str) -> list[User]:
        if role == "ect":
            ect = Induction.objects.select_related("teacher__user").get(pk=self.key).teacher.user
            return [ect] if reached(ect) and ect.is_ect else []
        place = self.body if role.startswith("body_") else self.school
        members = Membership.objects.filter(organisation=place).current(on=self.on).select_related("user")
        if role == "body_officer":
            named, may_act = self.officer, {"body_officer", "body_admin"}
        elif role in ("mentor", "induction_tutor"):
            held = Appointment.objects.filter(induction=self.key, school=place, kind=role, starts_on__lte=self.on)
            row = held.filter(_lasts(self.on)).select_related("user").first()
            named, may_act = row and row.user, {role, "induction_lead"} if role == "induction_tutor" else {role}
        else:
            people = {each.user.pk: each.user for each in members if each.role == role}
            return [user for user in people.values() if reached(user)]
        there = {each.user_id for each in members if each.role in may_act}
        return [named] if reached(named) and named.pk in there else []


def may_know(kind: str, role: str) -> bool:
    """R79: absence is no mentor's, support no school administrator's, an appeal the ECT's and the head's."""
    if kind in ABSENCE:
        return role != "mentor"
    if kind in SUPPORT:
        return role != "school_admin"
    return kind not in APPEAL or role in {"ect", "headteacher", "body_officer", "body_admin"}


def goes_out(user: User, statutory: bool, put: str, on: date) -> date | None:
    """On which day a mail goes that was said in the morning of a day; None when it does not."""
    choice = EmailChoice.objects.filter(user=user, topic="reminders").first()
    if statutory:
        return on
    if choice and choice.pace == "never":
        return None
    if put == "last_day":
        return on
    if choice and choice.pace == "weekly":
        weeks = (on + ONE_DAY * days for days in range(-7, 15))
        mornings = (working_day(day, 0) for day in weeks if day.weekday() == choice.weekday)
        return min(day for day in mornings if day >= on)
    return working_day(on, 0)


def mailed(messages: list[Message]) -> Counter[Mail]:
    """What the messages say that were mailed: those that remind, alone or in a mail of several."""
    found = Counter[Mail]()
    reminders = Reminder.objects.in_bulk([each.subject_id for each in messages if each.kind.startswith("reminder_")])
    for each in messages:
        if row := reminders.get(each.subject_id):
            key = (row.induction_id, row.kind, row.number, row.due_on)
            put = each.kind.removeprefix("reminder_").removesuffix("_statutory")
            found[Mail(key, row.step, each.recipient.email, put, each.sent_at.date())] += 1
    return found


def _lasts(on: date) -> Q:
    return Q(ends_on=None) | Q(ends_on__gte=on)
