"""Registrations as pages show them: in words, in a list, and as the form was filled in."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from induction_portal.accounts.models import Membership, Organisation
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import WEEKDAYS, day, listed

from .actions.registering import MENTORS, TUTORS
from .models import Placement, Registration
from .models.placements import DAYS
from .rules.eligibility import FirstTarget, RecordedStatus, Report
from .rules.standards import Standard

State = Registration.State
Choices = list[tuple[UUID, str]]


class Card(NamedTuple):
    """One section of what a registration says: its title and its facts by name."""

    title: str
    rows: list[dict[str, str]]


def choices_for(viewer: Viewer, *, body: Organisation | None = None) -> dict[str, Choices]:
    """Whom a school may name: every appropriate body (or only the one given), and its own tutors and mentors."""
    bodies = [body] if body else Organisation.objects.filter(kind=Organisation.Kind.BODY).order_by("name")
    held = Membership.objects.filter(organisation=viewer.organisation, role__in=TUTORS | MENTORS)
    held = held.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=viewer.on))
    people = list(held.order_by("user__name").values_list("role", "user_id", "user__name"))
    return {
        "body": [(each.pk, each.name) for each in bodies],
        "tutor": list(dict.fromkeys((pk, name) for role, pk, name in people if role in TUTORS)),
        "mentor": list(dict.fromkeys((pk, name) for role, pk, name in people if role in MENTORS)),
    }


def report_of(registration: Registration) -> Report:
    """What a registration says, as plain values."""
    columns = [field.name for field in fields(Report) if field.name not in {"days", "targets", "post_checks"}]
    return Report(
        **{name: getattr(registration, name) for name in columns},
        days=registration.days,
        post_checks=tuple(registration.post_checks),
        targets=tuple(FirstTarget(target.text, target.standard) for target in registration.targets.all()),
    )


def report_from(told: Mapping[str, Any]) -> Report:
    """What a registration once said, from the trail's plain text."""
    columns = {field.name for field in fields(Report)} - {"days", "targets", "fte", "post_checks"}
    return Report(
        **{name: _dated(name, told[name]) for name in columns},
        fte=Decimal(told["fte"]),
        days={day: Decimal(told[day]) for day in DAYS} if told["mon"] is not None else {},
        post_checks=tuple(told["post_checks"]),
        targets=tuple(FirstTarget(**target) for target in told["targets"]),
    )


def _dated(name: str, value: Any) -> Any:
    if value and name.endswith("_id"):
        return UUID(value)
    return date.fromisoformat(value) if value and name.endswith(("_on", "_from", "_of_birth")) else value


def typed_from(registration: Registration) -> dict[str, Any]:
    """A registration as its form would have been filled in."""
    report = report_of(registration)
    told = {field.name: getattr(report, field.name) for field in fields(report)}
    full_time = report.fte == 1 and not report.days
    return (
        told
        | dict(report.days)
        | {
            "body": report.body_id,
            "tutor": report.tutor_id,
            "mentor": report.mentor_id,
            "full_time": full_time,
            "fte": None if full_time else report.fte.normalize(),
            "in_special_measures": report.special_measures_from is not None,
            "targets": [{"text": target.text, "standard": target.standard} for target in report.targets],
        }
    )


def cards(report: Report, names: Mapping[UUID, str]) -> list[Card]:
    """What is reported, in words, section by section; `names` are those of the body, the tutor and the mentor."""
    return [
        Card(title, [{"key": key, "value": value} for key, value in rows])
        for title, rows in (
            ("The teacher", _teacher(report)),
            ("Qualified teacher status", _qts(report)),
            ("The post", _post(report, names)),
            ("Induction tutor and mentor", _people(report, names)),
            ("First meeting", _first_meeting(report)),
        )
    ]


def names_of(registration: Registration) -> dict[UUID, str]:
    """The names of the body, the tutor and the mentor of a registration."""
    return {
        registration.body_id: registration.body.name,
        registration.tutor_id: registration.tutor.name,
        registration.mentor_id: registration.mentor.name,
    }


def _teacher(report: Report) -> list[tuple[str, str]]:
    return [
        ("Name", report.name),
        ("Teacher reference number", report.trn),
        ("Date of birth", day(report.date_of_birth)),
        ("Email address", report.email),
    ]


def _qts(report: Report) -> list[tuple[str, str]]:
    return [
        ("Awarded on", day(report.qts_on)),
        ("Induction status on the national record", RecordedStatus(report.induction_status).label),
        ("Checked by", f"{report.qts_checked_by} on {day(report.qts_checked_on)}"),
    ]


def _post(report: Report, names: Mapping[UUID, str]) -> list[tuple[str, str]]:
    route = Placement.Route(report.route).label
    rows = [
        ("Appropriate body", names.get(report.body_id, "")),
        ("Contract", f"From {day(report.contract_starts_on)} {_until(report.contract_ends_on)}"),
        ("Induction programme starts", day(report.starts_on)),
        ("Training", f"{route} by {report.lead_provider}" if report.lead_provider else route),
        ("Working pattern", pattern_words(report.fte, report.days)),
        ("A suitable post", "The school has confirmed all 14 statements about the post"),
    ]
    if report.supply_agreed_on:
        rows.append(("Supply post", f"Agreed by the headteacher on {day(report.supply_agreed_on)}"))
    if report.special_measures_from:
        rows.append(("Special measures", _measures(report)))
    return rows


def _until(ends_on: date | None) -> str:
    return f"to {day(ends_on)}" if ends_on else "with no end"


def _measures(report: Report) -> str:
    words = [f"Since {day(report.special_measures_from)}"]
    if report.first_worked_here_on:
        words.append(f"The ECT first worked here on {day(report.first_worked_here_on)}")
    if report.ofsted_permission_on:
        words.append(f"Ofsted agreed on {day(report.ofsted_permission_on)}: {report.ofsted_scope}")
    return "\n".join(words)


def pattern_words(fte: Decimal, days: Mapping[str, Decimal]) -> str:
    """Full time, or the full-time equivalent with the days that are worked."""
    if fte == 1 and not days:
        return "Full time"
    worked = [_worked(name, days[key]) for key, name in zip(DAYS, WEEKDAYS, strict=False) if days and days[key]]
    amount = f"{fte.normalize():f} of full time"
    return f"{amount}: {listed(worked)}" if worked else amount


def _worked(name: str, weight: Decimal) -> str:
    return name if weight == 1 else f"{weight.normalize():f} of {name}"


def _people(report: Report, names: Mapping[UUID, str]) -> list[tuple[str, str]]:
    tutor = _holder(names.get(report.tutor_id, ""), report.tutor_has_qts, report.tutor_minutes_a_week)
    mentor = _holder(names.get(report.mentor_id, ""), report.mentor_has_qts, report.mentor_minutes_a_week)
    rows = [
        ("Induction tutor", tutor),
        ("Mentor", mentor),
        ("Mentor training", f"Ended on {day(report.mentor_trained_on)}" if report.mentor_trained_on else "Not ended"),
        ("Mentor’s subject or phase", report.mentor_subject),
    ]
    if report.exception_reason:
        rows.append(("Why they are one person", report.exception_reason))
    return rows


def _holder(name: str, has_qts: bool, minutes: int) -> str:
    return f"{name}\n{'Holds' if has_qts else 'Does not hold'} qualified teacher status\n{minutes} minutes a week"


def _first_meeting(report: Report) -> list[tuple[str, str]]:
    labels = {standard.value: standard.label for standard in Standard}
    targets = [(f"First target {n}", f"{t.text}\n{labels[t.standard]}") for n, t in enumerate(report.targets, 1)]
    return [("Date", day(report.first_meeting_on)), *targets]


def state_words(registration: Registration) -> str:
    """Where a registration stands, for the school that sent it."""
    body = registration.body.name
    return {
        State.SENT: f"Sent, waiting for {body}",
        State.RETURNED: f"Returned by {body}",
        State.CONFIRMED: f"Confirmed by {body}",
        State.REFUSED: f"Refused by {body}",
        State.WITHDRAWN: "Withdrawn",
    }[State(registration.state)]


def lines(registrations: list[Registration]) -> list[dict[str, Any]]:
    """The rows of a list of registrations."""
    return [
        {
            "registration": registration,
            "url": reverse("cases:registration", args=[registration.pk]),
            "state": state_words(registration),
        }
        for registration in registrations
    ]
