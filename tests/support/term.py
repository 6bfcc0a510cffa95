"""A term in which much falls due: three cases with a deadline for each kind of person, a fourth whose
dates are reckoned, and people who want their mail at once, each day, each week or not at all.
"""

from datetime import date, timedelta

from cases.actions import record_absence
from cases.models import Deadline, Induction
from cases.rules.absence_kinds import AbsenceKind
from induction_portal.accounts.models import Membership, User
from induction_portal.accounts.viewer import System
from notifications.models import EmailChoice
from tests.factories import WorkingPatternFactory
from tests.support.reminding import START, Reminded, reminded

FALLS = [  # whose it is, the code of the table, the kind, how many days before it opens
    ("induction_tutor", "D4", "progress_review", 60),
    ("induction_tutor", "D5", "first_assessment", 60),
    ("headteacher", "D8", "report", 10),
    ("headteacher", "D9", "recommendation", 14),
    ("body_officer", "D11", "decision", 28),
    ("body_officer", "D12", "decision_notice", 3),
    ("body_admin", "D13", "agency_notice", 3),
    ("headteacher", "D10", "leaving_notice", 1),
    ("ect", "", "leave_choice", 14),
    ("ect", "D15", "appeal", 28),
    ("body_officer", "D16", "appeal_reply", 28),
    ("mentor", "", "plan_week", 7),
    ("induction_tutor", "", "level_review", 42),
    ("body_officer", "", "body_update", 21),
    ("school_admin", "D2", "registration", 30),
    ("induction_lead", "D23", "leaver", 0),
]
BEGINS, DAYS = date(2026, 12, 28), 95
MOVED, AWAY, MET, LEFT = date(2027, 1, 22), date(2027, 1, 14), date(2027, 2, 1), date(2027, 2, 10)


class Term:
    """The cases, and what happens to them as the term goes on."""

    def __init__(self) -> None:
        self.first, self.second, self.third = (reminded() for _ in range(3))
        for turn, case in enumerate((self.first, self.second, self.third)):
            for place, falls in enumerate(FALLS):
                _due(case, *falls, on=BEGINS + timedelta(days=(place * 17 + turn * 31) % DAYS))
        self.reckoned = reminded()
        WorkingPatternFactory(placement=self.reckoned.placement, starts_on=START)
        Induction.objects.filter(pk=self.reckoned.induction.pk).update(stale=True)
        _wants(self.second.people["induction_tutor"], "weekly", weekday=2)
        _wants(self.first.people["headteacher"], "daily")
        _wants(self.third.people["mentor"], "never")
        User.objects.filter(pk=self.third.people["headteacher"].pk).update(is_active=False)

    def happens(self, on: date) -> None:
        """Facts change: a date moves, one is met, an ECT is away from now on, a tutor has left."""
        if on == MOVED:
            for row in Deadline.objects.filter(induction=self.second.induction, due_on__gt=on):
                Deadline.objects.filter(pk=row.pk).update(due_on=row.due_on + timedelta(days=9))
        if on == MET:
            due = Deadline.objects.filter(induction=self.third.induction, due_on__gte=on)
            due.filter(due_on__lte=on + timedelta(days=21)).update(closed_on=on)
        if on == AWAY:
            kind, placement = AbsenceKind.SICKNESS, self.reckoned.placement
            record_absence(by=System("test"), on=on, placement=placement, kind=kind, starts_on=on, ends_on=None)
        if on == LEFT:
            Membership.objects.filter(user=self.first.people["induction_tutor"]).update(ends_on=on)


def _due(case: Reminded, owner: str, code: str, kind: str, opens: int, *, on: date) -> None:
    case.due(owner, code=code, kind=kind, opened_on=on - timedelta(days=opens), due_on=on)


def _wants(user: User, pace: str, weekday: int = 0) -> None:
    EmailChoice.objects.create(user=user, topic="reminders", pace=pace, weekday=weekday)
