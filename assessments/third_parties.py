"""Where the headteacher has to see to an observation by somebody from outside (R69, SG 5.4): the task, and what the
case page says of it. No deadline, which mentors would see: it tells how an assessment went (R79).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse

from cases.models import Induction, Placement
from cases.parts import Task
from cases.querysets import in_force
from cases.rules.assessing import AssessmentKind
from cases.rules.observations import Outside, third_party_due
from cases.worded import due_words
from induction_portal.accounts.permissions import Permission, Role
from induction_portal.accounts.viewer import Viewer

from .letter_access import REPORT, standing_letters
from .models import HeadLetter, Observation
from .models.observations import WITH_RECORD

MOST = 50
ARRANGE = "Arrange an observation by somebody from outside the ECT’s support team"
PLANNED = "Share the record of the observation by somebody from outside the ECT’s support team"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What SG 5.4 asks for in a case: why and by when; the observation that met it, or is planned to."""

    asked: Outside
    met_on: date | None
    planned: UUID | None


def wanted_of(viewer: Viewer, induction: Induction, may: frozenset[Permission]) -> Wanted | None:
    """Whether a third party has to observe the ECT of a visible case, as far as the viewer may know why."""
    if not {Permission.READ_ASSESSMENT, Permission.READ_OBSERVATION} <= may:
        return None
    letter = _at_risk(viewer).filter(**{f"{REPORT}__induction": induction}).first()
    return _wanted(letter) if letter else None


def to_arrange(viewer: Viewer) -> Iterable[Task]:
    """The headteacher's task for each ECT at the school today of whom it has not been done."""
    if viewer.organisation is None or Role.HEADTEACHER not in viewer.roles:
        return []
    here = Placement.objects.filter(
        in_force("", on=viewer.on), induction=OuterRef(f"{REPORT}__induction"), school=viewer.organisation
    )
    letters = _at_risk(viewer).filter(Exists(here), met_on=None).order_by("signature__on", "pk")
    return [_task(viewer, letter) for letter in letters[:MOST]]


def _at_risk(viewer: Viewer) -> QuerySet[HeadLetter]:
    """Letters that stand about a first assessment, each with the observation since then that SG 5.4 asks for."""
    since = {"induction": OuterRef(f"{REPORT}__induction"), "observed_on__gte": OuterRef(f"{REPORT}__held_on")}
    by_third_party = Observation.objects.filter(third_party=True, **since).order_by("observed_on", "pk")
    held, ahead = by_third_party.filter(status__in=WITH_RECORD), by_third_party.filter(status="planned")
    letters = standing_letters(viewer).filter(**{f"{REPORT}__kind": AssessmentKind.FIRST})
    return letters.annotate(met_on=Subquery(held.values("observed_on")[:1]), planned=Subquery(ahead.values("pk")[:1]))


def _wanted(letter: HeadLetter) -> Wanted:
    asked = third_party_due(unsatisfactory_on=letter.signature.on)
    assert asked is not None  # noqa: S101 - a day was given
    return Wanted(asked, letter.met_on, letter.planned)


def _task(viewer: Viewer, letter: HeadLetter) -> Task:
    wanted, induction = _wanted(letter), letter.signature.version.assessment.induction
    return Task(
        on=wanted.asked.due_on,
        says=PLANNED if wanted.planned else ARRANGE,
        about=induction.teacher.name,
        url=address(wanted, induction),
        state=due_words(wanted.asked.due_on, today=viewer.on),
        why=f"{wanted.asked.why.says} ({wanted.asked.why.source})",
        kind="observations",
        kind_says="Observations",
        case_id=induction.pk,
    )


def address(wanted: Wanted, induction: Induction) -> str:
    """Where it is done: the observation that is planned, or the form to plan it."""
    if wanted.planned:
        return reverse("assessments:observation", args=[wanted.planned])
    return reverse("assessments:plan_observation", args=[induction.pk]) + "?third-party"
