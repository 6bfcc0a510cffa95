"""A term of sweeps in the world says exactly what its deadlines say, by a reckoning of its own: a day at a time."""

from collections import defaultdict
from datetime import date, timedelta

from django.db.models import Q

from cases.models import Appointment, BodyPeriod, Deadline, Placement, Reminder
from cases.reminding.sweep import send_reminders
from cases.rules.bank_holidays import BANK_HOLIDAYS
from induction_portal.accounts.models import Membership, User
from induction_portal.accounts.permissions import GRANTS, Permission
from notifications import kinds
from notifications.models import Message, Undelivered

DAYS = 110
DAY = timedelta(days=1)
SCHOOL = {"mentor", "induction_tutor", "induction_lead", "headteacher", "school_admin"}
INSTEAD = {
    "ect": ["induction_tutor", "induction_lead", "headteacher"],
    "mentor": ["induction_tutor", "induction_lead", "headteacher"],
    "induction_tutor": ["induction_lead", "headteacher", "school_admin"],
    "headteacher": ["induction_lead", "school_admin"],
    "school_admin": ["headteacher"],
    "body_officer": ["body_admin"],
}
ASKS = {
    Permission.READ_ABSENCE: {"absence_notice", "leave_choice"},
    Permission.READ_LEVELS: {"level_review"},
    Permission.READ_APPEAL: {
        "appeal", "appeal_reply", "appeal_request", "hearing_notice", "hearing_answer", "appeal_hearing", "dismissal",
    },
}  # fmt: skip


def works(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def away(day: date, count: int) -> date:
    """The working day so many before (negative) or after a day."""
    step = DAY if count > 0 else -DAY
    for _ in range(abs(count)):
        day += step
        while not works(day):
            day += step
    return day


def ladder(row: Deadline) -> dict[int, date]:
    """The days of a deadline's steps, as the issue of the ladder says them."""
    days = {-5: away(row.due_on, -5), -2: away(row.due_on, -2)}
    days = {number: day for number, day in days.items() if day >= row.opened_on}
    if not days and row.opened_on < row.due_on:
        days = {-1: row.opened_on}
    return days | {0: row.due_on, 1: away(row.due_on, 1), 3: away(row.due_on, 3)}


def in_force(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gte=on))


def members(place, role: str, on: date) -> set:
    held = Membership.objects.filter(in_force(on), organisation=place, role=role, user__is_active=True)
    return set(held.exclude(user__email="").values_list("user", flat=True))


def holders(row: Deadline, role: str, on: date) -> set:
    """Who holds a role in a case on a day, and can be reached."""
    if role == "ect":
        user = row.induction.teacher.user
        return {user.pk} if user and user.is_active else set()
    if role.startswith("body"):
        period = BodyPeriod.objects.filter(in_force(on), induction=row.induction).first()
        if not period:
            return set()
        if role == "body_admin":
            return members(period.body, role, on)
        return {period.officer_id} & (members(period.body, role, on) | members(period.body, "body_admin", on))
    place = school_of(row, on)
    if place is None:
        return set()
    if role in ("mentor", "induction_tutor"):
        held = Appointment.objects.filter(in_force(on), induction=row.induction, school=place, kind=role)
        own = members(place, role, on) | (members(place, "induction_lead", on) if role == "induction_tutor" else set())
        return set(held.values_list("user", flat=True)) & own
    return members(place, role, on)


def school_of(row: Deadline, on: date):
    served = Placement.objects.filter(in_force(on), induction=row.induction).order_by("-is_lead", "starts_on", "pk")
    return served.values_list("school", flat=True).first()


def may_know(row: Deadline, role: str) -> bool:
    return all(permission in GRANTS[role] for permission, asked in ASKS.items() if row.kind in asked)


def is_theirs(row: Deadline, on: date) -> bool:
    """Not another school's, and not a review that waits for the one before it."""
    place = school_of(row, on)
    if place is None and (row.owner in SCHOOL or not holders(row, "body_officer", on) | holders(row, "body_admin", on)):
        return False
    own = Placement.objects.filter(induction=row.induction, school=place).order_by("starts_on").first()
    since = own.starts_on if own else date.max
    if row.owner in SCHOOL and row.due_on < since:
        return False
    earlier = Deadline.objects.filter(induction=row.induction, is_open=True, kind="progress_review", due_on__gte=since)
    return row.kind != "progress_review" or not earlier.filter(number__lt=row.number).exists()


def hearers(row: Deadline, number: int, on: date) -> set:
    """Whoever hears of a step on a day."""
    private = row.owner == "ect" and row.kind in ASKS[Permission.READ_APPEAL]
    chain = [row.owner, *([] if private else [role for role in INSTEAD[row.owner] if may_know(row, role)])]
    refused = set(Undelivered.objects.filter(settled="", to_address=True).values_list("recipient", flat=True))
    told = set()
    for role in chain:
        told |= (found := holders(row, role, on))
        if found - refused:
            break
    above = "headteacher" if row.owner in {"ect", "mentor", "induction_tutor", "school_admin"} else "body_admin"
    if number > 0 and not private and may_know(row, above):
        told = told | holders(row, above, on)
    return told


def reckoned(first: date) -> set:
    """Every message that must come, by going through the days: who, of which deadline, which step, and on which day."""
    due = set()
    rows = Deadline.objects.filter(closed_on=None, waits="").exclude(owner="system").exclude(kind="absence_warning")
    for row in rows.select_related("induction__teacher__user"):
        days, last = ladder(row), -99
        for n in range(DAYS):
            on = first + n * DAY
            come = max((number for number, day in days.items() if day <= on), default=-99)
            if come <= last or away(days[come], 11) <= on or not is_theirs(row, on):
                continue
            if told := hearers(row, come, on):
                last = come
                key = (row.induction_id, row.kind, row.number, row.due_on, come, on)
                due |= {(user, *key) for user in told}
    return due


def said() -> list:
    rows = {
        pk: told
        for pk, *told in Reminder.objects.values_list("pk", "induction", "kind", "number", "due_on", "step", "said_on")
    }
    messages = Message.objects.filter(kind__startswith="reminder_").values_list("recipient", "subject_id")
    return [(user, *rows[reminder]) for user, reminder in messages]


def test_a_term_of_sweeps_says_exactly_what_the_deadlines_say(world):
    Message.objects.filter(kind__startswith="reminder_").delete()
    Reminder.objects.all().delete()
    for n in range(DAYS):
        on = world.today + n * DAY
        send_reminders(on=on)
        if n % 7 == 0:
            send_reminders(on=on)
    told, expected = said(), reckoned(world.today)
    assert len(told) == len(set(told)) > 30
    assert set(told) == expected
    steps = defaultdict(int)
    for _, _, _, _, _, step, _ in told:
        steps[step] += 1
    assert set(steps) >= {-5, -2, 0, 1, 3}


def test_nobody_is_told_of_what_they_may_not_open(world):
    """Asked again before delivery: of all that was said on a day, by who may see it on that day."""
    send_reminders(on=world.today)
    found = Message.objects.filter(kind__startswith="reminder_").exclude(status="withdrawn")
    for message in found:
        user = User.objects.get(pk=message.recipient_id)
        assert kinds.get(message.kind).may_see(user, message.subject_id), message.title
