"""What may be drawn into an assessment of a case, by who writes it: a person chooses, nothing is invented (R53)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F
from django.urls import reverse

from cases.models import Induction
from cases.models.standards import in_order
from cases.rules.standards import Standard
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day, lower_first

from .access import visible_reviews
from .evidence_access import permissions_on, visible_meetings, visible_observations
from .input_access import given_inputs
from .models import Rating
from .models.observations import WITH_RECORD

REVIEW, OBSERVATION, MEETING = "progress_review", "observation", "mentor_meeting"
INPUT = "colleague_input"
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Source:
    """One record that may be drawn in.

    `kind` is "progress_review", "observation", "colleague_input" or "mentor_meeting"; `on` the day it was held, or
    given; `says` names it in one line; `standards` are those it is linked to (of a review, those it rated); `url` is
    its page.
    """

    kind: str
    id: UUID
    on: date
    says: str
    standards: tuple[Standard, ...]
    url: str


def sources_of(viewer: Viewer, induction: Induction) -> list[Source]:
    """Every review, shared observation, colleague's input and mentor meeting of a case that this viewer may read, the
    latest first.

    The case comes from `cases.access`; six queries. Notes of mentor meetings are among them only for who may read
    them (R79), so a headteacher draws in none.
    """
    may = permissions_on(viewer, induction)
    found: list[Source] = []
    if Permission.READ_REVIEW in may:
        found += _reviews(viewer, induction)
    if Permission.READ_OBSERVATION in may:
        found += _observations(viewer, induction)
    found += _inputs(viewer, induction)
    if Permission.READ_MEETING in may:
        found += _meetings(viewer, induction)
    return sorted(found, key=lambda source: (source.on, source.says), reverse=True)


def _reviews(viewer: Viewer, induction: Induction) -> Iterator[Source]:
    reviews = list(visible_reviews(viewer).filter(induction=induction))
    rated: dict[UUID, list[str]] = {review.pk: [] for review in reviews}
    latest = Rating.objects.filter(version__review__in=rated, version__number=F("version__review__latest"))
    for review_id, code in latest.values_list("version__review", "standard"):
        rated[review_id].append(code)
    for review in reviews:
        url = reverse("assessments:review", args=[review.pk])
        says = f"{review}, held on {day(review.held_on)}"
        yield Source(REVIEW, review.pk, review.held_on, says, in_order(rated[review.pk]), url)


def _observations(viewer: Viewer, induction: Induction) -> Iterator[Source]:
    for each in visible_observations(viewer).filter(induction=induction, status__in=WITH_RECORD):
        url = reverse("assessments:observation", args=[each.pk])
        says = f"{each} by {each.by}: {lower_first(each.focus)}"
        yield Source(OBSERVATION, each.pk, each.observed_on, says, each.linked, url)


def _inputs(viewer: Viewer, induction: Induction) -> Iterator[Source]:
    for each in given_inputs(viewer, induction):
        url = reverse("assessments:input_request", args=[each.pk])
        standards = in_order([answer.standard for answer in each.answers.all()])
        given_on = each.answered_on or each.asked_on
        yield Source(INPUT, each.pk, given_on, f"Input of {each.colleague}, on {day(given_on)}", standards, url)


def _meetings(viewer: Viewer, induction: Induction) -> Iterator[Source]:
    url = reverse("assessments:meetings", args=[induction.pk])
    for each in visible_meetings(viewer).filter(induction=induction):
        focus = " ".join(each.focus.split())
        says = focus if len(focus) <= LONGEST else f"{focus[:LONGEST].rstrip()}…"
        yield Source(MEETING, each.pk, each.held_on, f"{each}: {says}", (), url)
