"""The page of meetings, updates and the appropriate body's part, and what happens next in an ECT's support."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cases.access import as_at
from cases.deadlines import OF_SUPPORT, label, state_words
from cases.frame import frame
from cases.models import Induction
from cases.rules.following import Expected, may_hold, meeting_levels, must_meet
from cases.rules.statuses import PlanStatus, SupportLevel
from cases.rules.support import names_of
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day, upper_first

from .access import follows, readable
from .actions.updates import sent_by_level
from .following import next_update, open_level, theirs
from .ladder import every_level, levels_of
from .models import BodyRecord, BodyUpdate, LevelChange, Plan, PlanAnswer, PlanMeeting
from .recorded import (
    BODY_COLUMNS,
    MEETING_COLUMNS,
    UPDATE_COLUMNS,
    WITH_ANSWER,
    WITH_UPDATE,
    body_records_of,
    body_row,
    meeting_row,
    meetings_of,
    plan_answers_of,
    update_row,
    updates_of,
)
from .words import current

P = Permission


def coming(viewer: Viewer, induction: Induction) -> list[dict[str, str]]:
    """What happens next in an ECT's support, for its page: by when, whose it is. One query, none without a level."""
    now = current(levels_of(viewer, induction), viewer)
    if now is None or as_at(viewer, induction) < viewer.on:
        return []
    rows = induction.deadlines.filter(kind__in=OF_SUPPORT, is_open=True)
    return [
        {"key": day(row.due_on), "value": f"{label(row)}. {Role(row.owner).label}{_late(row, viewer)}"}
        for row in rows.order_by("due_on", "kind")
    ]


def _late(row: Any, viewer: Viewer) -> str:
    words = state_words(row, today=viewer.on)
    return f". {words}" if words else ""


def together_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """Everything of the page, and what this viewer may do."""
    viewer, may = request.viewer, request.permissions
    holds = follows(viewer, induction)
    now = current(levels_of(viewer, induction), viewer) if holds else None
    meetings = list(meetings_of(viewer, induction).select_related("recorded_by").prefetch_related("entries__by"))
    adds = P.ADD_TO_SUPPORT_MEETING in may and (holds or viewer.organisation is None)
    return frame(request, induction) | {
        "title": "Meetings and updates",
        "coming": coming(viewer, induction),
        "doing": _doing(may, now),
        "to_come": [_to_come(each, request, holds) for each in meetings if each.is_to_come],
        "held": [_held(each, adds) for each in meetings if each.is_held],
        "called_off": [each for each in meetings if each.called_off_by_id],
        "updates": [_update(each, may, holds) for each in updates_of(viewer, induction).select_related(*WITH_UPDATE)],
        "answers": [_answer(each) for each in plan_answers_of(viewer, induction).select_related(*WITH_ANSWER)],
        "body": [_body(each, viewer) for each in body_records_of(viewer, induction).select_related("by")],
    }


def _doing(may: frozenset[Permission], now: LevelChange | None) -> list[tuple[str, str]]:
    """What this viewer may do while a level is open."""
    if now is None or now.state is SupportLevel.CAPABILITY:
        return []
    offered = {
        P.HOLD_SUPPORT_MEETING: [("arrange_meeting", "Arrange a meeting"), ("note_meeting", "Record a meeting")],
        P.UPDATE_BODY: [("send_update", "Update the appropriate body")] if now.weeks else [],
        P.FOLLOW_SUPPORT: [("record_body_part", "Record what you did"), ("answer_plan", "Answer the plan")],
    }
    return [(reverse(f"support_plans:{name}", args=[now.induction_id]), text)
            for permission, pages in offered.items() if permission in may for name, text in pages]  # fmt: skip


def _rows(columns: tuple[str, ...], cells: list[str]) -> list[dict[str, str]]:
    return [{"key": key, "value": cell} for key, cell in zip(columns, cells, strict=True) if cell]


def _to_come(row: PlanMeeting, request: HttpRequest, holds: bool) -> dict[str, Any]:
    told = [("About", row.about_level.label), ("Time and place", row.where), ("With", with_whom(row.about_level))]
    return {
        "meeting": row,
        "facts": [{"key": key, "value": value} for key, value in told if value],
        "may": holds and P.HOLD_SUPPORT_MEETING in request.permissions and may_hold(row.about_level, request.roles),
    }


def with_whom(level: SupportLevel) -> str:
    """Who has to be at a meeting of a level, in words."""
    return upper_first(names_of(must_meet(level))) if must_meet(level) else ""


def _held(row: PlanMeeting, adds: bool) -> dict[str, Any]:
    return {"meeting": row, "facts": _rows(MEETING_COLUMNS, meeting_row(row)), "may_add": adds}


def _update(row: BodyUpdate, may: frozenset[Permission], holds: bool) -> dict[str, Any]:
    waits = holds and P.FOLLOW_SUPPORT in may and row.acknowledged_on is None
    cells = update_row(row)
    return {"update": row, "facts": _rows(UPDATE_COLUMNS[2:], cells[2:]), "waits": waits}


def _answer(row: PlanAnswer) -> dict[str, str]:
    said = f"{row}. {row.text}" if row.text else str(row)
    return {"key": f"{day(row.on)}, {row.by.name}", "value": f"{row.plan.level.state.label}: {said}"}


def _body(row: BodyRecord, viewer: Viewer) -> dict[str, Any]:
    return {"record": row, "facts": _rows(BODY_COLUMNS, body_row(row, viewer))}


def plan_to_answer(viewer: Viewer, induction: Induction) -> Plan | None:
    """The plan that goes on, as far as this viewer may read it."""
    found = readable(viewer, Plan.objects.filter(induction=induction, status=PlanStatus.GOING_ON.value))
    return found.select_related("level", "induction").first()


def answers_of(viewer: Viewer, plan: Plan) -> list[dict[str, str]]:
    """What the body said of a plan, for the plan's page: who and when, and the words."""
    found = readable(viewer, PlanAnswer.objects.filter(plan=plan)).select_related("by").order_by("at")
    return [{"key": f"{each}, {day(each.on)}", "value": f"{each.by.name}. {each.text}".strip()} for each in found]


def meeting_choices(viewer: Viewer, roles: frozenset[Role], induction: Induction) -> tuple[LevelChange | None, dict]:
    """The open level, and what the form of a meeting asks about: the levels that this viewer's meeting may be of."""
    now = open_level(every_level(induction), viewer.on)
    levels = [level for level in meeting_levels(now.state) if may_hold(level, roles)] if now else []
    hints = {level.value: f"With {names_of(must_meet(level))}" for level in levels if must_meet(level)}
    return (now if levels else None), {"levels": levels, "hints": hints}


def update_to_send(viewer: Viewer, roles: frozenset[Role], induction: Induction) -> tuple[LevelChange, Expected] | None:
    """The update that is this viewer's to send next; None where none is."""
    return next_update(theirs(viewer, roles, every_level(induction)), sent_by_level(induction), viewer.on)
