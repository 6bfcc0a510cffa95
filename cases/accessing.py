"""Who can see a case, who has opened it, and what was done in it (R78; SG 2.79)."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from induction_portal.accounts.models import Membership, User
from induction_portal.accounts.permissions import GRANTS, Permission, Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.events import Event
from induction_portal.audit.models import AccessLog, AuditEvent
from induction_portal.audit.record import case_chain
from induction_portal.audit.sentences import sentence
from induction_portal.govuk import words

from .access import as_at, mentor_reads
from .models import Appointment, BodyPeriod, HandoverGrant, Induction, Placement
from .parts import PARTS, hidden_from
from .policies import Policies, body_of
from .querysets import in_force
from .sight import Sight, sight

SHOWN = 50
OF_APPEALS = [event for event in Event if event.startswith("appeal_")]  # told to who may know of appeals (R66, R68)
RECORDS = {
    Permission.READ_REVIEW: "progress reviews",
    Permission.READ_ASSESSMENT: "formal assessments",
    Permission.READ_OBSERVATION: "observations",
    Permission.READ_INPUT: "input from colleagues",
    Permission.READ_MEETING: "mentor meetings",
    Permission.READ_SELF_RATING: "self-ratings",
    Permission.READ_LEVELS: "levels of support",
}
SCHOOL_ROLES = (Role.HEADTEACHER, Role.INDUCTION_LEAD, Role.SCHOOL_ADMIN)
BODY_ROLES = (Role.BODY_OFFICER, Role.BODY_ADMIN, Role.BODY_CONTACT)
WHOLE_RECORD = "cases.wholerecord"
OPENED = {
    "cases.induction": "The case page",
    "cases.qualitycheck": "A check in the appropriate body’s quality assurance",
    WHOLE_RECORD: "A copy of the whole record, downloaded",
    "assessments.progressreview": "A progress review",
    "assessments.assessment": "A formal assessment",
    "assessments.headletter": "A headteacher’s letter",
    "assessments.observation": "An observation",
    "assessments.visit": "A note of observing a colleague",
    "assessments.mentormeeting": "A mentor meeting",
    "assessments.inputrequest": "Input from a colleague",
    "assessments.selfrating": "A self-rating",
    "support_plans.concern": "A concern about the ECT’s progress",
    "support_plans.proposal": "A concern that a report proposed",
    "support_plans.ownconcern": "A concern of the ECT’s own",
    "assessments.casebundle": "A bundle of the whole case",
}


@dataclass(frozen=True, slots=True)
class Viewing:
    """One person who can see the case today: in which part, for which organisation, since when, and how much."""

    name: str
    role: str
    organisation: str
    reason: str
    since: date
    sees: str


def register_of(viewer: Viewer, induction: Induction) -> dict[str, Any]:
    """Everybody with access today, and the latest openings, refused ones included, as far as the viewer may know."""
    on, seen = as_at(viewer, induction), sight(viewer, induction)
    log = AccessLog.objects.filter(case_id=induction.pk, at__date__lte=on)
    log = log.exclude(subject_id__in=hidden_from(induction, viewer))
    if seen.since:
        log = log.filter(at__date__gte=seen.since).exclude(organisation_id__in=seen.hidden)
    log = list(log[:SHOWN])
    names = dict(User.objects.filter(pk__in={row.user_id for row in log}).values_list("pk", "name"))
    return {
        "people": [
            *_own(induction, seen),
            *_appointed(induction, seen, on),
            *_by_role(induction, seen, on),
            *_handed_over(induction, seen),
            *_beside(seen),
            *(guest for part in PARTS for guest in part.guests(induction, viewer)),
        ],
        "openings": [_opening(row, names) for row in log],
    }


def _own(induction: Induction, seen: Sight) -> list[Viewing]:
    teacher = induction.teacher
    if teacher.user is None:
        return []
    since = min((p.starts_on for p in seen.placements), default=teacher.qts_on)
    return [Viewing(teacher.name, Role.ECT.label, "", "It is their own record, for life", since, _sees(Role.ECT))]


def _appointed(induction: Induction, seen: Sight, on: date) -> list[Viewing]:
    found = Appointment.objects.filter(in_force("", on=on), induction=induction).exclude(school__in=seen.hidden)
    held = list(found.select_related("user", "school"))
    body = body_of(induction, on=on)
    policies = Policies(schools={a.school_id for a in held}, bodies=filter(None, [body]))
    besides = {a.school_id: mentor_reads(policies.on(on, school=a.school_id, body=body)) for a in held}
    return [
        Viewing(
            a.user.name,
            Role(a.kind).label,
            a.school.name,
            "Appointed to this ECT",
            a.starts_on,
            _sees(Role(a.kind), besides[a.school_id] if a.kind == Role.MENTOR else frozenset()),
        )
        for a in held
    ]


def _by_role(induction: Induction, seen: Sight, on: date) -> list[Viewing]:
    began = {"induction": induction, "starts_on__lte": on}
    schools = set(Placement.objects.filter(**began).values_list("school", flat=True))
    bodies = set(BodyPeriod.objects.filter(**began).values_list("body", flat=True))
    held = (
        Membership.objects.current(on=on)
        .filter(organisation__in=(schools | bodies) - seen.hidden, role__in=(*SCHOOL_ROLES, *BODY_ROLES))
        .select_related("user", "organisation")
    )
    reasons = dict.fromkeys(schools, "Works at the school") | dict.fromkeys(bodies, "Works for the appropriate body")
    return [
        Viewing(
            m.user.name,
            Role(m.role).label,
            m.organisation.name,
            reasons[m.organisation_id],
            m.starts_on,
            _sees(Role(m.role)),
        )
        for m in held
    ]


def _beside(seen: Sight) -> list[Viewing]:
    """Schools where the ECT serves at the same time, by their name alone (R20)."""
    return [
        Viewing(p.school.name, "School", p.school.name, "The ECT serves there too", seen.since, "Its own records")
        for p in seen.beside
        if seen.since
    ]


def _handed_over(induction: Induction, seen: Sight) -> list[Viewing]:
    grants = HandoverGrant.objects.filter(induction=induction).exclude(given_by__in=seen.hidden)
    grants = grants.exclude(to__in=seen.hidden).select_related("to", "given_by")
    return [
        Viewing(
            g.to.name, "Organisation", g.to.name, f"Handed over by {g.given_by.name}", g.granted_on, "Earlier records"
        )
        for g in grants
    ]


def _sees(role: Role, besides: frozenset[Permission] = frozenset()) -> str:
    may = GRANTS[role] | besides
    records = [name for permission, name in RECORDS.items() if permission in may]
    says = f"The case and its {words.listed(records)}" if records else "Name, dates and working pattern"
    return says if Permission.READ_REVIEW in may else f"{says}: no reviews"


def _opening(row: AccessLog, names: dict[UUID, str]) -> dict[str, Any]:
    return {
        "name": names.get(row.user_id, "A former user"),
        "role": roles_in_words(row.acted_as),
        "what": OPENED.get(row.subject_kind, "A page of this case"),
        "at": row.at,
        "refused": row.refused,
    }


def roles_in_words(acted_as: str) -> str:
    """ "headteacher,induction_tutor" as a reader would say it; a task's name as it is."""
    known = {role.value: role.label for role in Role}
    return ", ".join(known.get(name, name) for name in acted_as.split(","))


def known_events(viewer: Viewer, induction: Induction) -> QuerySet[AuditEvent]:
    """What was done in the case as far as the viewer may know of it, the latest first."""
    on, seen = as_at(viewer, induction), sight(viewer, induction)
    events = AuditEvent.objects.filter(chain=case_chain(induction.pk), on__lte=on).order_by("-sequence")
    events = events.exclude(subject_id__in=hidden_from(induction, viewer))
    if seen.since is None or viewer.organisation is None:
        return events
    events = events.filter(Q(on__gte=seen.since) | Q(organisation_id=viewer.organisation.pk))
    return events.exclude(organisation_id__in=seen.hidden)


def history_of(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """What was done in the case, the latest first, a page at a time: who, as what, and when; never the content."""
    events = known_events(request.viewer, induction)
    if Permission.READ_APPEAL not in request.permissions:
        events = events.exclude(event__in=OF_APPEALS)
    before = request.GET.get("before", "")
    if before.isdecimal():
        events = events.filter(sequence__lt=min(int(before), 2**62))
    found = list(events[: SHOWN + 1])
    names = dict(User.objects.filter(pk__in={e.actor_id for e in found if e.actor_id}).values_list("pk", "name"))
    lines = [
        {
            "who": names.get(event.actor_id, "") or "The portal",
            "role": roles_in_words(event.acted_as) if event.actor_id else "",
            "did": sentence(event.event),
            "on": event.on,
            "at": event.at,
        }
        for event in found[:SHOWN]
    ]
    return {"lines": lines, "next": found[SHOWN - 1].sequence if len(found) > SHOWN else None}
