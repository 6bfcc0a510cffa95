"""Which cases have to be looked at as days pass, though nobody changes anything (R29, R38)."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q

from .deadlines import ABSENCE_NOTICE, ABSENCE_WARNING
from .models import Absence, AbsenceNotice, Deadline, Induction, Placement
from .querysets import InductionQuerySet
from .rules.absence_figures import NUMBERED

JUST_LEFT = timedelta(days=3)  # a night without the sweep loses nothing
LOOK_BACK = timedelta(days=150)  # the longest holiday before a return, and the ten working days to choose after it


def counted_daily(on: date) -> InductionQuerySet:
    """Cases whose dates may change by a day passing: somebody is away, or has been until not long ago, or has just left
    a school, which has nothing more to do for them.
    """
    lately = Absence.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=on - LOOK_BACK), induction=OuterRef("pk"), withdrawn_on=None
    )
    left = Placement.objects.filter(ends_on__lt=on, ends_on__gte=on - JUST_LEFT, induction=OuterRef("pk"))
    return Induction.objects.filter(Exists(lately) | Exists(left))


def with_figures_to_note() -> InductionQuerySet:
    """Cases that reached a figure which nobody has noted, or fell below one that was, whatever the cause."""
    reached = Deadline.objects.filter(kind__in=[ABSENCE_WARNING, ABSENCE_NOTICE])
    standing = AbsenceNotice.objects.filter(withdrawn_on=None).annotate(number=F("part") * NUMBERED + F("figure"))
    same = {"induction": OuterRef("induction"), "number": OuterRef("number")}
    new = reached.filter(~Exists(standing.filter(**same)), induction=OuterRef("pk"))
    gone = standing.filter(~Exists(reached.filter(**same)), induction=OuterRef("pk"))
    return Induction.objects.filter(Exists(new) | Exists(gone)).order_by("pk")
