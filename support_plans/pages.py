"""What the pages of concerns and levels show to each viewer."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cases.frame import current_placement, frame
from cases.models import Appointment, BodyPeriod, Induction
from cases.people import headteachers, responsibility
from cases.querysets import in_force
from cases.rules.escalation import Progress
from cases.rules.statuses import PlanStatus, SupportLevel
from cases.rules.support import Climb, Offer, ask, carried, needs_body, offers
from cases.service_access import holds_case
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from .access import readable, supports
from .actions.plan_ends import FINISH_FIRST
from .forms import PassOnForm
from .forms.levels import FOUND
from .ladder import climb_of, every_level, has_left, levels_of, part_on, state_of
from .models import Concern, LevelAgreement, LevelChange, Plan, Proposal
from .plans.pages import plan_section
from .plans.proposing import proposed_for
from .together import coming
from .words import COLOURS, CONCERN_COLUMNS, brings, concern_rows, current, facts, steps

P = Permission


@dataclass(frozen=True, slots=True)
class Moves:
    """What somebody may do on the ladder: the levels that they may move to, each with what it brings; the others, each
    with what keeps them from it; and the state of the ladder that this was found at. `answer` is what the plan of the
    level that is open found, once it is finished, and `proposed` the form as it then begins.
    """

    may: dict[SupportLevel, str]
    may_not: list[tuple[str, str]]
    state: int
    begins: bool
    answer: Progress | None = None
    proposed: dict[str, str] = field(default_factory=dict)

    @property
    def found_words(self) -> str:
        """What the plan found, as the form would have asked."""
        return f"The plan found: {dict(FOUND)[self.answer.value].lower()}." if self.answer else ""


def moves_of(viewer: Viewer, induction: Induction, roles: frozenset[Role]) -> Moves:
    """The moves of a case as this viewer stands to them; none while a level is open that is not theirs to know of."""
    rows, seen = every_level(induction), {row.pk for row in levels_of(viewer, induction)}
    state = state_of(rows)
    if rows and rows[-1].is_open and rows[-1].pk not in seen:
        return Moves({}, [], state, begins=True)
    climb = climb_of(roles, rows, part_on(induction, viewer.on), _agreed(induction, state), viewer.on)
    found = offers(climb)
    if climb.now is SupportLevel.NONE:
        found = [offer for offer in found if offer.to not in (SupportLevel.NONE, SupportLevel.MONITORING)]
    step = None
    if plan := _plan_of(rows, viewer):
        found, step = _with_plan(found, climb, plan), proposed_for(rows[-1], viewer.on, rows)
    return Moves(
        answer=plan.found if plan else None,
        proposed={"to": step.to.value} if step and step.to else {},
        may={offer.to: brings(offer.to, carried(offer.to)) for offer in found if not offer.objection},
        may_not=[(offer.to.label, offer.objection) for offer in found if offer.objection],
        state=state,
        begins=climb.now is SupportLevel.NONE,
    )


def _plan_of(rows: list[LevelChange], viewer: Viewer) -> Plan | None:
    """The plan of the level that the ECT holds, where there is one."""
    held = bool(rows) and rows[-1].is_open and not has_left(rows[-1], viewer.on)
    return getattr(rows[-1], "plan", None) if held else None


def _with_plan(found: list[Offer], climb: Climb, plan: Plan) -> list[Offer]:
    """What is still offered with a plan: Level 6 alone while it goes on; once it is finished what its answer allows."""
    if plan.state is PlanStatus.GOING_ON:
        return [each if each.to is SupportLevel.CAPABILITY else Offer(each.to, FINISH_FIRST) for each in found]
    if plan.found is None:
        return found
    asked = [(each, ask(climb, each.to, plan.found, "a reason")) for each in found]
    return [each if each.objection else Offer(each.to, ruling.message or "") for each, ruling in asked]


def _agreed(induction: Induction, state: int) -> list[LevelAgreement]:
    return list(LevelAgreement.objects.filter(induction=induction, state=state))


def agreeable(viewer: Viewer, induction: Induction) -> tuple[list[SupportLevel], int]:
    """The moves to which the viewer's body may agree, and the state of the ladder."""
    rows = every_level(induction)
    state = state_of(rows)
    climb = climb_of(viewer.roles, rows, part_on(induction, viewer.on), (), viewer.on)
    done = {each.to for each in _agreed(induction, state)}
    return [level for level in needs_body(climb) if level not in done], state


def ladder_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """The page of the ladder: where the ECT stands, what may be done, and how it came to this."""
    viewer, may = request.viewer, request.permissions
    rows = levels_of(viewer, induction)
    now = current(rows, viewer)
    people = people_of(viewer, induction)
    names = {role: ", ".join(held) for role, held in people.items()}
    own = supports(viewer, induction)
    return frame(request, induction) | {
        "title": "Support",
        "now": now,
        "colour": COLOURS[now.state] if now else "",
        "facts": [{"key": name, "value": value} for name, value in (facts(now, rows, viewer, names) if now else [])],
        "moves": moves_of(viewer, induction, request.roles) if own and P.MOVE_LEVEL in may else None,
        "may_raise": own and P.RAISE_CONCERN in may,
        "may_agree": P.AGREE_TO_LEVEL in may and bool(_answerable(viewer, induction)),
        "agreements": list(readable(viewer, LevelAgreement.objects.filter(induction=induction)).select_related("by")),
        "proposals": _proposals(viewer, induction),
        "coming": coming(viewer, induction),
        "concerns": list(readable(viewer, Concern.objects.filter(induction=induction)).select_related("raised_by")),
        "steps": steps(rows, viewer),
        "section": plan_section(viewer, now, request.roles),
        "step": proposed_for(now, viewer.on),
        "own": viewer.organisation is None,
        "people": _whom(people),
        "staff": viewer.organisation is not None,
        "is_body": viewer.organisation is not None and viewer.organisation.kind == Organisation.Kind.BODY,
    }


def _answerable(viewer: Viewer, induction: Induction) -> list[SupportLevel]:
    held = holds_case(viewer, induction) and responsibility(viewer, induction, on=viewer.on)
    return agreeable(viewer, induction)[0] if held else []


def _proposals(viewer: Viewer, induction: Induction) -> list[Proposal]:
    found = readable(viewer, Proposal.objects.filter(induction=induction))
    return list(found.exclude(answer=Proposal.Answer.WITHDRAWN).select_related("answered_by"))


def people_of(viewer: Viewer, induction: Induction) -> dict[str, list[str]]:
    """Who holds which part for the ECT today, by role: mentor, tutor, headteacher, officer and named contact."""
    placement, on = current_placement(induction, viewer), viewer.on
    held = Appointment.objects.filter(in_force("", on=on), placement=placement).select_related("user")
    found: dict[str, list[str]] = {}
    for appointment in held if placement else ():
        found.setdefault(appointment.kind, []).append(appointment.user.name)
    if placement:
        found[Role.HEADTEACHER.value] = [user.name for user in headteachers(placement.school_id)]
    period = BodyPeriod.objects.filter(in_force("", on=on), induction=induction)
    for each in period.select_related("officer", "contact"):
        found[Role.BODY_OFFICER.value] = [each.officer.name]
        found[Role.BODY_CONTACT.value] = [each.contact.name] if each.contact else []
    return found


SPEAK_TO = {
    Role.MENTOR: "Your mentor, about your teaching from week to week",
    Role.INDUCTION_TUTOR: "Your induction tutor, about your support plan and what comes next",
    Role.HEADTEACHER: "Your headteacher, if that does not settle it",
    Role.BODY_OFFICER: "The appropriate body’s officer, who follows your support",
    Role.BODY_CONTACT: "The appropriate body’s named contact, in confidence and at any time",
}


def _whom(people: dict[str, list[str]]) -> list[dict[str, str]]:
    return [{"key": ", ".join(people[role]), "value": says} for role, says in SPEAK_TO.items() if people.get(role)]


def concern_context(request: HttpRequest, concern: Concern) -> dict[str, Any]:
    """One concern, with its case around it for all but a trust's officer, who knows of nothing else of the case."""
    viewer = request.viewer
    title = {"title": str(concern), "concern": concern, "induction": concern.induction}
    rows = [
        {"key": name, "value": value} for name, value in zip(CONCERN_COLUMNS, *concern_rows([concern]), strict=True)
    ]
    context = title | {"facts": rows, "told": _told(concern)}
    if Role.TRUST_OFFICER in viewer.roles:
        waits = concern.waits_for_trust
        caption = f"{concern.induction.teacher.name}, {concern.school.name}"
        crumbs = [{"text": "Home", "href": reverse("home")}]
        form = PassOnForm(acting=viewer) if waits else None
        return context | {"caption": caption, "breadcrumbs": crumbs, "form_to_pass": form}
    return frame(request, concern.induction) | context


def _told(concern: Concern) -> str:
    if concern.waits_for_trust:
        return "The school and the ECT have been told. The trust’s officer passes it on to the appropriate body."
    if concern.passed_on:
        return "The school and the ECT were told at once, the appropriate body by the trust’s officer."
    return "The school, the ECT and the appropriate body were told at once."


def panel_of(induction: Induction, viewer: Viewer) -> dict[str, Any] | None:
    """The section of the case page; none without a level."""
    rows: list[LevelChange] = levels_of(viewer, induction)
    if not rows:
        return None
    now = current(rows, viewer)
    spell_ended = rows[-1].closed_on if now is None else None
    says = {"now": now, "colour": COLOURS[now.state] if now else "", "ended_on": spell_ended, "count": len(rows)}
    return says | {"induction": induction, "facts": _short(now, rows, viewer) if now else []}


def _short(now: LevelChange, rows: list[LevelChange], viewer: Viewer) -> list[dict[str, str]]:
    keep = {"Since", "Direction of travel", "Why", "Aim", "Plan", "What comes next is decided by"}
    return [{"key": name, "value": value} for name, value in facts(now, rows, viewer, {}) if name in keep]
