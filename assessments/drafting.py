"""What the page on which an assessment is written has to know of the case: which it is, and what stands beside it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from cases.models import Placement
from cases.rules.assessing import AssessmentKind, Report
from cases.rules.errors import RuleBroken
from cases.rules.standards import Standard
from induction_portal.accounts.viewer import Viewer

from .assessing import Place, check_assesses, coming_assessment, flagged, interim_assessment
from .drawing import Offer, offers_of
from .models import Assessment
from .report import report_of
from .served import Served, served_until

Chosen = Callable[[Placement, date], Place]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the form of an assessment is made from.

    `row` is the assessment, not saved yet where it is new; `reports` its versions by their number; `offers` the
    evidence to choose from; `until` the day up to which the clock was asked.
    """

    row: Assessment
    today: date
    until: date
    reports: dict[int, Report]
    offers: list[Offer]

    @property
    def kind(self) -> AssessmentKind:
        return self.row.which

    @property
    def placed(self) -> tuple[date, date | None]:
        """First and last day at the school."""
        return self.row.placement.starts_on, self.row.placement.ends_on

    @property
    def latest(self) -> Report | None:
        """The report as it stands; None before there is one."""
        return self.reports.get(self.row.latest)

    def flagged(self, held_on: date | None) -> frozenset[Standard]:
        """The Standards on which something before that day was unfavourable (SG 2.58)."""
        return flagged(self.row, before=held_on or self.today)

    @property
    def served(self) -> Served:
        """What the clock says, up to `until`."""
        told = {"kind": self.kind, "number": self.row.number, "period_starts_on": self.row.period_starts_on}
        return served_until(self.row.placement, self.until, **told)

    @property
    def absences(self) -> str:
        """Where absence is recorded."""
        return reverse("cases:absences", args=[self.row.induction_id])


def coming(placement: Placement, on: date) -> Place:
    """The assessment that the school holds next. Raises RuleBroken with the reason where there is none."""
    check_assesses(placement, AssessmentKind.FIRST, on=on)
    return coming_assessment(placement, on=on)


def leaving(placement: Placement, on: date) -> Place:
    """The interim one of an ECT who leaves. Raises RuleBroken where none is needed."""
    return interim_assessment(placement)


def setting_of_new(viewer: Viewer, placement: Placement, which: Chosen, typed: AssessmentKind | None) -> Setting:
    """For an assessment that is to be begun. `typed` is the kind that a page was made for, which somebody else may have
    begun since: then it is that one's, so that nothing typed is lost.

    Raises RuleBroken when none can be written.
    """
    known = _begun(placement, typed) if typed else None
    try:
        place = which(placement, viewer.on)
    except RuleBroken:
        if known is None:
            raise
        return setting_of(viewer, known)
    if known and place.kind is not typed:
        return setting_of(viewer, known)
    row = Assessment(
        induction=placement.induction,
        placement=placement,
        school_id=placement.school_id,
        kind=place.kind,
        number=place.number,
        due_on=place.due_on,
        period_starts_on=_period_start(placement),
        latest=0,
    )
    offers = offers_of(viewer, placement.induction)
    until = min(viewer.on, placement.ends_on or viewer.on)
    return Setting(row, viewer.on, until, {}, offers)


def setting_of(viewer: Viewer, assessment: Assessment) -> Setting:
    """For one that is to be corrected; its case comes from `cases.access`."""
    reports = reports_of(assessment)
    offers = offers_of(viewer, assessment.induction, reports.values())
    return Setting(assessment, viewer.on, assessment.held_on, reports, offers)


def reports_of(assessment: Assessment) -> dict[int, Report]:
    """Every version of a report by its number."""
    return {version.number: report_of(json.loads(version.content)) for version in assessment.versions.all()}


def _begun(placement: Placement, kind: AssessmentKind) -> Assessment | None:
    """The latest of a kind that this school has begun, as a record of the same case and placement."""
    begun = Assessment.objects.filter(induction=placement.induction_id, school=placement.school_id, kind=kind)
    known = begun.order_by("-number").first()
    if known is not None:
        known.induction, known.placement = placement.induction, placement
    return known


def _period_start(placement: Placement) -> date:
    """The day after the last assessment here was held, or the first of the placement."""
    days = Assessment.objects.filter(placement=placement).values_list("held_on", flat=True)
    last = max(days, default=None)
    return last + timedelta(days=1) if last else placement.starts_on
