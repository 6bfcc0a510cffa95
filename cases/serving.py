"""The page of a case's service: placements, working pattern, people, what the ECT says of it, and every change."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.audit.events import Event
from induction_portal.govuk import words

from .access import as_at, visible_records
from .agreeing import Standing, Subject, by_subject, main_placement, pattern_subject, standing_of_total, total_subject
from .changes import Change, changes_of, step
from .facts import facts_as_fetched
from .frame import frame, seen_placements
from .models import Agreement, Appointment, Induction, Placement, WorkingPattern
from .models.placements import DAYS
from .own_access import OwnAccess, own_access_of
from .people import appointments_of
from .service_access import BODY, holds_case, is_own_now
from .worded import step_words

TEXTS = {Permission.AGREE_SERVICE, Permission.ANSWER_QUERY, Permission.CHANGE_PROFILE}
Action = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the working pattern: since when, how much, recorded by whom, and what the ECT says of it."""

    since: Any
    says: str
    recorded: str
    corrections: list[str]
    standing: Standing
    actions: list[Action] = field(default_factory=list)


def service_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """Everything of the page for this viewer."""
    prefetch_related_objects([induction], "placements__patterns")
    page = ServicePage(request, induction)
    return frame(request, induction) | {
        "title": "Service and changes",
        "placements": [page.placement(placement) for placement in reversed(seen_placements(induction, request.viewer))],
        "total": page.total(),
        "changes": page.changes,
        "earlier_names": page.earlier_names(),
        "actions": page.case_actions(),
        "own_access": page.own_access(),
        "reads_texts": page.reads_texts,
    }


class ServicePage:
    """What the page shows, read once: the trail, the agreements and the appointments of the case."""

    def __init__(self, request: HttpRequest, induction: Induction) -> None:
        self.viewer, self.induction, self.may = request.viewer, induction, request.permissions
        self.on = as_at(self.viewer, induction)
        self.changes = changes_of(self.viewer, induction)
        records = Agreement.objects.filter(induction=induction, on__lte=self.on).select_related("by", "replied_by")
        self.said = by_subject(visible_records(self.viewer, records))
        latest_first = sorted(appointments_of(induction), key=lambda held: held.starts_on, reverse=True)
        self.held = sorted(latest_first, key=lambda held: held.kind)
        self.reads_texts = bool(TEXTS & self.may)
        self.holds = holds_case(self.viewer, induction)

    def total(self) -> dict[str, Any]:
        """All service until the day as at which the viewer sees the case, and what the ECT has said of it."""
        (facts,) = facts_as_fetched([self.induction], as_of=self.on)
        subject = total_subject(self.induction, main_placement(self.induction, self.on), self.on, facts)
        standing = standing_of_total(self.induction, subject, self._said_of(subject), facts)
        actions = self._saying(standing, reverse("cases:agree_total", args=[self.induction.pk]))
        return {"says": subject.stated, "standing": standing, "actions": actions}

    def placement(self, placement: Placement) -> dict[str, Any]:
        """One placement with its steps, its people and what may be changed in it."""
        own = self.holds and is_own_now(self.viewer, placement)
        return {
            "school": placement.school.name,
            "facts": self._facts(placement),
            "steps": [self._step(placement, pattern, own) for pattern in placement.patterns.all()],
            "people": [self._person(each, own) for each in self.held if each.placement_id == placement.pk],
            "actions": self._placement_actions(placement) if own else [],
        }

    def case_actions(self) -> list[Action]:
        """What may be changed of the teacher: the name by school or body, identity details by the body alone."""
        if not self.holds or Permission.CHANGE_PROFILE not in self.may:
            return []
        name = ("Change the name", reverse("cases:rename", args=[self.induction.pk]))
        if not BODY & self.viewer.roles:
            return [name]
        return [name, ("Correct identity details", reverse("cases:correct_teacher", args=[self.induction.pk]))]

    def own_access(self) -> OwnAccess | None:
        """How the ECT's own access stands, for who may invite them."""
        if not self.holds or Permission.INVITE_ECT not in self.may:
            return None
        return own_access_of(self.induction, self.on)

    def earlier_names(self) -> list[str]:
        """Names that the teacher had before; sealed documents keep them."""
        return [change.before["name"] for change in self.changes if change.before.get("name")]

    def _facts(self, placement: Placement) -> list[tuple[str, str]]:
        is_known = self.on >= self.viewer.on or (placement.ends_on and placement.ends_on <= self.on)
        ends_on = placement.ends_on if is_known else None
        contract = f"From {words.day(placement.contract_starts_on)}"
        until = words.day(placement.contract_ends_on)
        facts = [
            ("Induction here", f"From {words.day(placement.starts_on)}{_until(ends_on)}"),
            ("Contract", f"{contract} to {until}" if until else f"{contract}, no end date"),
            ("Training", placement.get_route_display()),
            ("Reported", self._recorded(placement, Event.PLACEMENT_STARTED)),
            ("Reason for leaving", placement.get_leaving_cause_display() if ends_on and self.reads_texts else ""),
        ]
        return [(name, value) for name, value in facts if value]

    def _step(self, placement: Placement, pattern: WorkingPattern, own: bool) -> Step:
        subject = pattern_subject(pattern, placement, self.on)
        latest, *earlier = self._said_of(subject) or [None]
        standing = Standing(subject, latest, tuple(earlier))
        actions = self._saying(standing, reverse("cases:agree_pattern", args=[pattern.pk]))
        if own and Permission.CHANGE_PROFILE in self.may:
            actions.append(("Correct", reverse("cases:correct_pattern", args=[pattern.pk])))
        corrected = [c for c in self.changes if c.event == Event.PATTERN_CORRECTED and c.subject_id == pattern.pk]
        return Step(
            since=pattern.starts_on,
            says=step_words(pattern.fte, pattern.days),
            recorded=self._recorded(pattern, Event.PATTERN_SET) or self._recorded(placement, Event.PLACEMENT_STARTED),
            corrections=[f"Was {words.lower_first(step(c.before))}; {_by(c, 'corrected')}" for c in corrected],
            standing=standing,
            actions=actions,
        )

    def _said_of(self, subject: Subject) -> list[Agreement]:
        return self.said.get((subject.kind, subject.id), [])

    def _person(self, held: Appointment, own: bool) -> dict[str, Any]:
        event = Event.MENTOR_APPOINTED if held.kind == Appointment.Kind.MENTOR else Event.TUTOR_APPOINTED
        over = held.ends_on is not None and held.ends_on <= self.viewer.on
        ending = [("End", reverse("cases:end_appointment", args=[held.pk]))]
        return {
            "kind": held.get_kind_display(),
            "name": held.user.name,
            "term": f"From {words.day(held.starts_on)}{_until(held.ends_on)}",
            "why": held.exception_reason if self.reads_texts else "",
            "recorded": self._recorded(held, event),
            "actions": ending if own and not over and Permission.APPOINT in self.may else [],
        }

    def _placement_actions(self, placement: Placement) -> list[Action]:
        offered = [
            (Permission.CHANGE_PROFILE, "Change the working pattern", "cases:change_pattern"),
            (Permission.APPOINT, "Appoint or replace mentor or tutor", "cases:appoint"),
            (Permission.CHANGE_PROFILE, "Change the contract’s end", "cases:change_contract"),
        ]
        if placement.ends_on is None:
            offered.append((Permission.END_PLACEMENT, "End the placement", "cases:end_placement"))
        return [(text, reverse(name, args=[placement.pk])) for need, text, name in offered if need in self.may]

    def _saying(self, standing: Standing, agreeing: str) -> list[Action]:
        """What the ECT may say, or the school answer."""
        query = standing.latest if standing.latest and standing.latest.is_open else None
        if Permission.AGREE_SERVICE in self.may and self.viewer.organisation is None:
            return [] if query else [("Agree or query", agreeing)]
        own = query and self.holds and self.viewer.organisation and query.school_id == self.viewer.organisation.pk
        if own and Permission.ANSWER_QUERY in self.may:
            return [("Answer", reverse("cases:answer_query", args=[query.pk]))]
        return []

    def _recorded(self, row: Any, event: Event) -> str:
        """Who recorded a row and when, as the trail has it; empty when it was another event that did."""
        found = next((c for c in self.changes if c.subject_id == row.pk and c.event == event), None)
        return words.upper_first(_by(found, "recorded")) if found else ""


def _by(change: Change, verb: str) -> str:
    return f"{verb} by {change.who} on {words.day(change.on)}"


def _until(day: Any) -> str:
    return f" to {words.day(day)}" if day else ""


def weights_of(pattern: WorkingPattern) -> dict[str, Any]:
    """The weekdays' weights as a form shows them, without trailing zeros."""
    return {day: format(getattr(pattern, day).normalize(), "f") for day in DAYS if getattr(pattern, day) is not None}


def recorded_now(placement: Placement) -> list[tuple[str, str]]:
    """What is recorded of a placement, beside the form that changes it."""
    steps = [
        (f"From {words.day(pattern.starts_on)}", step_words(pattern.fte, pattern.days))
        for pattern in placement.patterns.all()
    ]
    held = placement.appointments.select_related("user").order_by("kind", "starts_on")
    people = [
        (each.get_kind_display(), f"{each.user.name}, from {words.day(each.starts_on)}{_until(each.ends_on)}")
        for each in held
    ]
    ends = words.day(placement.ends_on) or "No end known"
    contract = words.day(placement.contract_ends_on) or "No end date"
    return [*steps, *people, ("Last day here", ends), ("Contract ends", contract)]
