"""What the pages of registrations are given."""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.events import Event
from induction_portal.audit.models import AuditPayload

from .confirming import answer_page
from .forms import RegistrationFilter, RegistrationForm
from .models import Registration
from .registration_access import visible_registrations
from .registrations import Card, cards, lines, names_of, report_from, report_of, state_words
from .rules.eligibility import Report

ROWS = 25
NOT_SENT_AGAIN = {"csrfmiddlewaretoken", "acting_as", "submission", "version", "send", "go_back", "save_draft"}


def list_page(viewer: Viewer, form: RegistrationFilter, *, after: str = "") -> dict[str, Any]:
    """One page of the viewer's registrations by name, from the one `after` an id, and the address of the next."""
    found = visible_registrations(viewer)
    state = form.cleaned_data.get("state", "") if form.is_bound and form.is_valid() else ""
    if state:
        found = found.filter(state=state)
    if start := _start(viewer, after):
        found = found.filter(Q(sort_name__gt=start.sort_name) | Q(sort_name=start.sort_name, pk__gt=start.pk))
    rows = list(found.order_by("sort_name", "pk")[: ROWS + 1])
    asked = {"state": state} if state else {}
    return {
        "title": "Registrations",
        "form": form,
        "lines": lines(rows[:ROWS]),
        "next": "?" + urlencode(asked | {"after": str(rows[ROWS - 1].pk)}) if len(rows) > ROWS else "",
        "may_register": viewer.may(Permission.REGISTER_ECT),
        "breadcrumbs": [{"text": "Home", "href": reverse("home")}],
    }


def _start(viewer: Viewer, after: str) -> Registration | None:
    try:
        return visible_registrations(viewer).filter(pk=UUID(after)).first()
    except ValueError:
        return None


def registration_page(request: HttpRequest, registration: Registration) -> dict[str, Any]:
    """What the school said, and what may be done with it."""
    may = Permission.REGISTER_ECT in request.permissions and registration.is_open
    return answer_page(request, registration) | {
        "title": registration.name,
        "caption": "Registration",
        "registration": registration,
        "state": state_words(registration),
        "cards": cards(report_of(registration), names_of(registration)),
        "may_change": may,
        "breadcrumbs": [
            {"text": "Home", "href": reverse("home")},
            {"text": "Registrations", "href": reverse("cases:registrations")},
        ],
    }


def check_page(form: RegistrationForm, report: Report) -> dict[str, Any]:
    """Everything that was answered, in words, and once more as it was sent."""
    names = _names(form)
    return {
        "title": "Check your answers",
        "form": form,
        "cards": cards(report, names),
        "body": names[report.body_id],
        "sent": [(name, value) for name, values in form.data.lists() if name not in NOT_SENT_AGAIN for value in values],
    }


def _names(form: RegistrationForm) -> dict[UUID, str]:
    offered = [choice for name in ("body", "tutor", "mentor") for choice in form.fields[name].choices if choice[0]]
    return {UUID(key): text for key, text in offered}


def three_ways(form: RegistrationForm, registration: Registration) -> dict[str, Any]:
    """What was typed, what is saved now and what it was when the writer began, where the three are not the same."""
    now_names = names_of(registration)
    names = _names(form) | now_names
    typed, now = _words(cards(form.report(), names)), _words(cards(report_of(registration), names))
    before = _words(cards(report_from(told), names)) if (told := as_it_was(registration, form.version)) else {}
    rows = [
        {"field": key, "typed": typed.get(key, ""), "now": now.get(key, ""), "before": before.get(key, "")}
        for key in {**typed, **now}
        if not typed.get(key) == now.get(key) == before.get(key)
    ]
    form.version = registration.version
    title = "Somebody else has changed this registration" if registration.is_open else "This registration was decided"
    who = registration.reported_by
    return {"title": title, "rows": rows, "form": form, "registration": registration, "who": who,
            "state": state_words(registration)}  # fmt: skip


def _words(told: list[Card]) -> Mapping[str, str]:
    return {row["key"]: row["value"] for card in told for row in card.rows}


def as_it_was(registration: Registration, version: int | None) -> dict[str, Any] | None:
    """What the trail holds of an earlier version, unless its details were erased."""
    events = [Event.REGISTRATION_SENT, Event.REGISTRATION_CHANGED]
    payloads = AuditPayload.objects.filter(event__subject_id=registration.pk, event__event__in=events)
    kept = (json.loads(content)["after"] for content in payloads.values_list("content", flat=True) if content)
    return next((told for told in kept if told and told["version"] == version), None)
