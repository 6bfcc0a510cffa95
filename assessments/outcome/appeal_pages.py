"""What the page of an appeal shows to ECT, officer and headteacher, each as far as they may know."""

import json
from typing import Any

from django.http import HttpRequest

from cases.frame import frame
from cases.models import Induction
from cases.rules.appeals import counted_days, requires_next
from cases.rules.notices import deemed_received
from cases.rules.statuses import AppealStatus
from cases.worded import left_words
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..models import Appeal, CaseBundle, Decision
from .access import may_read_decisions
from .appeal_deadlines import DISMISSAL, REPLY
from .appeal_reading import answer_words, facts_of, short_notice
from .appeal_standing import Standing, standing_of
from .notice_letter import statutory

COLOURS = {
    AppealStatus.WINDOW_OPEN: "blue",
    AppealStatus.NOT_APPEALING: "grey",
    AppealStatus.WINDOW_CLOSED: "grey",
    AppealStatus.MADE: "yellow",
    AppealStatus.REPLIED: "yellow",
    AppealStatus.HEARING: "yellow",
    AppealStatus.ALLOWED: "green",
    AppealStatus.DISMISSED: "grey",
    AppealStatus.VARIED: "green",
    AppealStatus.WITHDRAWN: "grey",
}


def latest_appealable(viewer: Viewer, induction: Induction, may: frozenset[Permission]) -> Decision | None:
    """The last decision of a case that may be appealed against, as far as the viewer may know."""
    rows = may_read_decisions(viewer, induction, may).filter(made_on__isnull=False, outcome__in=["extend", "fail"])
    return rows.order_by("at").last()


def appeal_context(request: HttpRequest, decision: Decision) -> dict[str, Any]:
    """Everything of the page. What was written is there only for who may read it."""
    viewer, seen = request.viewer, standing_of(decision)
    status = seen.status(viewer.on)
    own = viewer.organisation is not None and viewer.organisation.pk == decision.body_id
    records = own and Permission.DECIDE in request.permissions
    context = frame(request, decision.induction) | {
        "title": "Appeal",
        "decision": decision,
        "appeal": seen.appeal,
        "status": status,
        "colour": COLOURS[status],
        "records": records,
        "facts": _facts(seen, viewer),
        "next": requires_next(seen.time, seen.made, today=viewer.on, copy_on=seen.appeal and seen.appeal.copy_on),
        "open": seen.appeal is not None and seen.made is not None and seen.made.is_open,
        "may_appeal": status is AppealStatus.WINDOW_OPEN,
        "time": seen.time,
        "left": _left(seen, viewer, status),
        "how": statutory("appeal", yours=True) if viewer.organisation is None else "",
        **_dated(decision.induction, viewer),
    }
    reads = Permission.READ_GROUNDS in request.permissions
    return context | (_written(seen.appeal) if seen.appeal and reads else {}) | (_bundles(seen) if records else {})


def step_context(request: HttpRequest, decision: Decision, **given: Any) -> dict[str, Any]:
    """A form about an appeal."""
    return frame(request, decision.induction) | {"decision": decision} | given


def ready_bundles(appeal: Appeal) -> list[CaseBundle]:
    """What may be sent along with a reply: the body's own bundles of the case, once they are made."""
    return list(CaseBundle.objects.filter(induction=appeal.induction, body=appeal.body, status="ready"))


def _facts(seen: Standing, viewer: Viewer) -> list[dict[str, str]]:
    received = deemed_received(seen.notice.given) if seen.notice else None
    told = [
        ("Decision", f"{seen.decision.get_outcome_display()}, {day(seen.decision.made_on)}"),
        ("Notice counts as received on", day(received) if received else "Not known yet"),
        ("Last day to appeal", day(seen.time.until) if seen.time.until else "The time has not begun"),
        ("More time given on", day(seen.row.allowed_on) if seen.row and seen.row.allowed_on else ""),
        ("The ECT will not appeal: told on", day(seen.time.renounced_on) if seen.time.renounced_on else ""),
        ("Time ended", day(seen.time.closed_on) if seen.time.closed_on else ""),
        *(facts_of(seen.appeal) if seen.appeal else []),
    ]
    return [{"key": name, "value": value} for name, value in told if value]


def _left(seen: Standing, viewer: Viewer, status: AppealStatus) -> str:
    """How long the ECT has, in words; empty where there is nothing to count."""
    if status is not AppealStatus.WINDOW_OPEN or seen.time.until is None:
        return ""
    days = counted_days(seen.time.until, today=viewer.on)
    return f"{days} working day{'' if days == 1 else 's'} left" if days else "Today is the last day"


def _dated(induction: Induction, viewer: Viewer) -> dict[str, Any]:
    """By when to reply, and by when employment has to end."""
    rows = {row.kind: row for row in induction.deadlines.filter(kind__in=[DISMISSAL, REPLY])}
    reply = rows.get(REPLY)
    left = left_words(reply.due_on, today=viewer.on) if reply and reply.is_open else ""
    return {"reply_due": reply, "reply_left": left, "dismissal": rows.get(DISMISSAL)}


def _written(appeal: Appeal) -> dict[str, Any]:
    replies = []
    for row in appeal.replies.select_related("bundle"):
        told = json.loads(row.content)
        answers = [{"key": f"Ground {each['number']}", "value": answer_words(each)} for each in told["grounds"]]
        replies.append({"row": row, "text": told["text"], "answers": answers, "bundle": told["bundle"]})
    hearing = appeal.hearings.last()
    return {
        "reads": True,
        "grounds": [{"key": str(each), "value": each.text} for each in appeal.grounds.all()],
        "replies": replies,
        "requests": list(appeal.requests.all()),
        "hearing": hearing,
        "short": short_notice(hearing),
    }


def _bundles(seen: Standing) -> dict[str, Any]:
    """The body's last bundle of this case for an appeal."""
    rows = CaseBundle.objects.filter(induction=seen.decision.induction, body=seen.decision.body, purpose="appeal")
    return {"bundle": rows.order_by("-number").first()}
