"""The weeks of plans and the meetings about support, for a person's calendar feed."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import DateField, F, Func, Q, QuerySet, Value
from django.urls import reverse

from cases.models import BodyPeriod
from cases.parts import Dated
from cases.querysets import in_force
from cases.rules.plans import week_ends
from cases.rules.statuses import PlanStatus
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from .access import readable
from .models import Plan, PlanMeeting

BACK, MOST = timedelta(days=28), 200
WEEKS, MEETING = "weeks", "meeting"
COLUMNS = ("pk", "induction", "what", "days", "induction__teacher__name", "placement__ends_on")
Row = tuple[UUID, UUID, str, list[date], str, date | None]


def dates_of(viewer: Viewer) -> Iterator[Dated]:
    """Weeks of plans that go on, for the ECT and the school, and meetings that were arranged, for the body's officer as
    well; none after the ECT's last day at the school. These days leave the portal: no line, and no address, says that
    they are about support.
    One query.
    """
    if not viewer.may(Permission.READ_LEVELS):
        return
    rows = _meetings(viewer)
    if not _is_body(viewer):
        rows = rows.union(_weeks(viewer), all=True)
    for row in rows[:MOST]:
        yield from _dated(row, viewer)


def _weeks(viewer: Viewer) -> QuerySet:
    going_on = Plan.objects.filter(_serves(viewer.on), status=PlanStatus.GOING_ON, ends_on__gte=viewer.on - BACK)
    return _told(readable(viewer, going_on), WEEKS, F("laid"))


def _serves(until: date | F) -> Q:
    """That the ECT has not left the school by a day."""
    return Q(placement__ends_on=None) | Q(placement__ends_on__gte=until)


def _meetings(viewer: Viewer) -> QuerySet:
    to_come = PlanMeeting.objects.filter(_serves(F("on")), settled_on=None, on__gte=viewer.on - BACK)
    if _is_body(viewer) and Role.BODY_ADMIN not in viewer.roles:
        held = BodyPeriod.objects.filter(in_force("", on=viewer.on), officer=viewer.user)
        to_come = to_come.filter(induction__in=held.values("induction"))
    as_array = Func(F("on"), template="ARRAY[%(expressions)s]", output_field=ArrayField(DateField()))
    return _told(readable(viewer, to_come), MEETING, as_array)


def _told(rows: QuerySet, what: str, days: F | Func) -> QuerySet:
    return rows.order_by().annotate(what=Value(what), days=days).values_list(*COLUMNS)


def _is_body(viewer: Viewer) -> bool:
    return viewer.organisation is not None and viewer.organisation.kind == Organisation.Kind.BODY


def _dated(row: Row, viewer: Viewer) -> Iterator[Dated]:
    pk, case, what, days, name, left_on = row
    about, url = "" if viewer.roles == {Role.ECT} else name, reverse("cases:case", args=[case])
    for number, first in enumerate(days, 1):
        if left_on and first > left_on:
            return
        if what == MEETING:
            yield Dated(f"support_meeting:{pk}", first, "Meeting", url, about)
            return
        says = f"Weekly conversation, week {number} of {len(days)}"
        yield Dated(f"plan_week:{pk}:{number}", first, says, url, about, until=week_ends(first))
