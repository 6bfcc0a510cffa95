"""Notices that an officer has to see to: undelivered, to be posted, or posted with no day of receipt yet."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse

from cases.parts import Task
from cases.rules.notices import APPEALABLE, Told
from cases.rules.statuses import NoticeStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from ..models import Notice
from .notice_access import visible_notices

MOST = 100
UNDELIVERED = "A notice could not be delivered: send it again, or by post"
TO_POST = "Post the letter and record the day"
RECEIVED = "Record when the posted notice was received: the time to appeal runs from that day"
SAYS = {NoticeStatus.BOUNCED: UNDELIVERED, NoticeStatus.DRAFT: TO_POST, NoticeStatus.POSTED: RECEIVED}
PAGES = {NoticeStatus.DRAFT: "assessments:record_posting", NoticeStatus.POSTED: "assessments:record_receipt"}


def tasks_of(viewer: Viewer) -> Iterable[Task]:
    """Those of the viewer's body, for who may see to them."""
    return to_see_to(viewer) if viewer.organisation is not None else []


def to_see_to(viewer: Viewer) -> Iterable[Task]:
    """The same for the board of the body."""
    if not viewer.may(Permission.DECIDE):
        return []
    counts = Q(status=NoticeStatus.POSTED, to=Told.ECT, decision__outcome__in=[each.value for each in APPEALABLE])
    waiting = Q(status__in=[NoticeStatus.BOUNCED, NoticeStatus.DRAFT]) | counts
    rows = visible_notices(viewer).filter(waiting, body=viewer.organisation).order_by("on", "pk")
    return [_task(row) for row in rows[:MOST]]


def _task(row: Notice) -> Task:
    page = PAGES.get(row.state)
    since: date = row.posted_on or row.on
    return Task(
        on=since,
        says=SAYS[row.state],
        about=row.induction.teacher.name,
        url=reverse(page, args=[row.pk]) if page else reverse("assessments:notices", args=[row.induction_id]),
        kind="notices",
        kind_says="Notices of decisions",
        case_id=row.induction_id,
        is_due=False,
    )
