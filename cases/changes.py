"""What was changed in a case, by whom and when, read from the trail (SG 2.74)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from induction_portal import clock
from induction_portal.accounts.models import User
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.events import Event
from induction_portal.audit.models import AccessLog, AuditEvent
from induction_portal.govuk import words

from .accessing import known_events, roles_in_words
from .models import Induction
from .models.placements import DAYS
from .people import appointments_of
from .worded import step_words

MOST = 300
Told = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what was done, by whom in which role, for which day it counts, and when it was recorded.

    `is_new` when it was recorded by somebody else after the viewer's last visit to the case.
    """

    event: str
    subject_id: UUID
    says: str
    who: str
    role: str
    on: date
    at: datetime
    is_new: bool
    before: Told


def changes_of(viewer: Viewer, induction: Induction) -> list[Change]:
    """Every change of circumstances that the viewer may know of, the latest first."""
    events = known_events(viewer, induction).filter(event__in=SAYS).select_related("payload")
    events = events.annotate(
        who=Subquery(User.objects.filter(pk=OuterRef("actor_id")).values("name")),
        looked=Subquery(_last_looked(viewer, induction)),
    )
    names = {str(each.pk): (each.user.name, each.get_kind_display().lower()) for each in appointments_of(induction)}
    return [_change(viewer, event, names) for event in events[:MOST]]


def _last_looked(viewer: Viewer, induction: Induction) -> QuerySet[AccessLog, dict[str, datetime]]:
    """The viewer's visit before this one. Visits within one clock hour are one, as in the access log."""
    this_hour = clock.now().replace(minute=0, second=0, microsecond=0)
    visits = AccessLog.objects.filter(
        case_id=induction.pk, user_id=viewer.user.pk, refused=False, hour__lt=this_hour
    ).order_by("-id")
    return visits.values("at")[:1]  # type: ignore[return-value]  # rows of one value


def _change(viewer: Viewer, event: AuditEvent, names: Mapping[str, tuple[str, str]]) -> Change:
    payload = json.loads(event.payload.content) if hasattr(event, "payload") else {}
    before, after = payload.get("before") or {}, payload.get("after") or {}
    known = names.get(str(event.subject_id), ("somebody", "mentor or tutor"))
    return Change(
        event=event.event,
        subject_id=event.subject_id,
        says=SAYS[Event(event.event)](before, after, *known) if payload else "Changed a detail that is no longer kept",
        who=event.who or "The portal",
        role=roles_in_words(event.acted_as) if event.actor_id else "",
        on=event.on,
        at=event.at,
        is_new=event.looked is not None and event.at > event.looked and event.actor_id != viewer.user.pk,
        before=before,
    )


def day(told: Told, name: str) -> str:
    """A date of the trail in words; empty when there is none."""
    return words.day(date.fromisoformat(told[name])) if told.get(name) else ""


def step(told: Told) -> str:
    """A step of the working pattern, as the trail keeps it, in words."""
    days = None if told.get("mon") is None else {name: told[name] for name in DAYS}
    return f"{step_words(told['fte'], days)}, from {day(told, 'starts_on')}"


def _pattern(before: Told, after: Told, *_: str) -> str:
    return f"Recorded the working pattern: {words.lower_first(step(after))}"


def _corrected(before: Told, after: Told, *_: str) -> str:
    return (
        f"Corrected the working pattern: now {words.lower_first(step(after))}; it was {words.lower_first(step(before))}"
    )


def _contract(before: Told, after: Told, *_: str) -> str:
    now, was = (day(told, "contract_ends_on") or "no end date" for told in (after, before))
    return f"Changed the contract’s end: now {now}; it was {was}"


def _renamed(before: Told, after: Told, *_: str) -> str:
    return f"Changed the name from {before.get('name')} to {after.get('name')}"


IDENTITY = {"trn": "teacher reference number", "date_of_birth": "date of birth", "qts_on": "QTS date", "name": "name"}


def _identity(before: Told, after: Told, *_: str) -> str:
    """Which details, never their values: not everybody who sees the change may read a date of birth."""
    return f"Corrected the {words.listed([text for name, text in IDENTITY.items() if name in after])}"


def _appointed(before: Told, after: Told, name: str, kind: str) -> str:
    return f"Appointed {name} as {kind} from {day(after, 'starts_on')}"


def _appointment_ended(before: Told, after: Told, name: str, kind: str) -> str:
    if not after:
        return "Took back an appointment that had not begun"
    return f"Ended the appointment of {name} as {kind} on {day(after, 'ends_on')}"


SAYS: dict[Event, Callable[..., str]] = {
    Event.PLACEMENT_STARTED: lambda before, after, *_: f"Registered induction from {day(after, 'starts_on')}",
    Event.PLACEMENT_ENDED: lambda before, after, *_: f"Recorded {day(after, 'ends_on')} as the last day of a placement",
    Event.PATTERN_SET: _pattern,
    Event.PATTERN_CORRECTED: _corrected,
    Event.CONTRACT_CHANGED: _contract,
    Event.TEACHER_RENAMED: _renamed,
    Event.TEACHER_CORRECTED: _identity,
    Event.MENTOR_APPOINTED: _appointed,
    Event.TUTOR_APPOINTED: _appointed,
    Event.APPOINTMENT_ENDED: _appointment_ended,
}
