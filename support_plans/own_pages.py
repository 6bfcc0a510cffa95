"""The pages of an ECT's own concerns, for the ECT and for whoever they wrote to."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cases.frame import frame
from cases.models import Induction
from cases.rules.statuses import ConcernStatus
from cases.rules.support import Audience
from cases.rules.transitions import moves_from
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .access import readable
from .actions.own import ANSWERING, goes_elsewhere
from .forms.own import BODY, CLOSE, SHARE, TRUST
from .models import OwnConcern
from .pages import people_of
from .routes import goes_through_trust

READ_BY = {
    Audience.SCHOOL: "You and your school: induction tutor, induction lead and headteacher",
    Audience.SCHOOL_AND_TRUST: "You, your school and the trust’s officer",
    Audience.CONTACT: "You and the appropriate body’s named contact. Nobody at your school",
    Audience.SHARED: "You, the appropriate body’s named contact and your school",
    Audience.EVERY_STEP: "You, your school, the trust’s officer and the appropriate body’s named contact",
}
COLOURS = {ConcernStatus.ANSWERED: "green", ConcernStatus.CLOSED: "grey"}


def own_concerns_of(viewer: Viewer, induction: Induction) -> list[OwnConcern]:
    """The ECT's own concerns that this viewer may read, the latest first."""
    return list(readable(viewer, OwnConcern.objects.filter(induction=induction)))


def list_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """The page of a case's concerns of its ECT."""
    viewer = request.viewer
    people = people_of(viewer, induction)
    return frame(request, induction) | {
        "title": "The ECT’s own concerns",
        "found": [_line(row) for row in own_concerns_of(viewer, induction)],
        "may_raise": Permission.RAISE_OWN_CONCERN in request.permissions,
        "contact": ", ".join(people.get(Role.BODY_CONTACT, [])),
    }


def _line(row: OwnConcern) -> dict[str, Any]:
    return {
        "concern": row,
        "url": reverse("support_plans:own_concern", args=[row.pk]),
        "colour": COLOURS.get(row.state, ""),
    }


def concern_context(request: HttpRequest, concern: OwnConcern) -> dict[str, Any]:
    """One concern with everything that was said of it, and what this viewer may do."""
    viewer = request.viewer
    own = viewer.organisation is None
    rows = [
        {"key": "Raised on", "value": day(concern.raised_on)},
        {"key": "Who can read it", "value": READ_BY[concern.heard_by] if own else _in_their_words(concern)},
    ]
    context = {
        "title": concern.subject,
        "concern": concern,
        "facts": rows,
        "colour": COLOURS.get(concern.state, ""),
        "entries": [(each, Role(each.said_as).label) for each in concern.entries.select_related("by")],
        "steps": open_steps(viewer, concern) if own else [],
        "answers": may_answer(viewer, concern, request.permissions),
        "induction": concern.induction,
    }
    if Role.TRUST_OFFICER in viewer.roles:
        caption = f"{concern.induction.teacher.name}, {concern.school.name}"
        return context | {"caption": caption, "breadcrumbs": [{"text": "Home", "href": reverse("home")}]}
    return frame(request, concern.induction) | context


def _in_their_words(concern: OwnConcern) -> str:
    words = READ_BY[concern.heard_by].removeprefix("You and ").removeprefix("You, ")
    return f"The ECT; {words.replace('your school', 'the school').replace('Nobody at your', 'Nobody at the')}"


def may_answer(viewer: Viewer, concern: OwnConcern, may: frozenset[Permission]) -> bool:
    """Whether a concern waits for this viewer's answer."""
    asked = set(ANSWERING.get(concern.state, ()))
    return Permission.ANSWER_OWN_CONCERN in may and bool(asked & viewer.roles)


def open_steps(viewer: Viewer, concern: OwnConcern) -> list[str]:
    """What the ECT may do next with a concern, in the order of the page."""
    next_states = moves_from(concern.state)
    of_school = concern.heard_by is Audience.SCHOOL
    possible = {
        TRUST: ConcernStatus.WITH_TRUST in next_states and of_school and goes_through_trust(concern.school, viewer.on),
        BODY: ConcernStatus.WITH_BODY in next_states and not goes_elsewhere(concern, viewer.on),
        SHARE: concern.heard_by is Audience.CONTACT,
        CLOSE: ConcernStatus.CLOSED in next_states,
    }
    return [step for step, is_open in possible.items() if is_open]
