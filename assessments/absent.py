"""How many days the ECT was absent in the time that a review looks back on: from the record of absence, never typed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from cases.absences import absent_between, in_words, rows_of
from cases.facts import facts_of
from cases.models import Induction, Placement
from cases.rules.amounts import spoken

from .models import ProgressReview


@dataclass(frozen=True, slots=True)
class Absent:
    """What the form shows: days, the period, the absences that make them up, and where they are recorded."""

    days: str
    first: date
    last: date
    rows: list[str]
    url: str


def days_of(induction: Induction, first: date, last: date) -> str:
    """School days absent from `first` to `last`, as a decimal string: what a version seals (R57; SG 2.74)."""
    return spoken(absent_between(facts_of(induction, as_of=last), first, last), 2)


def absent_until_now(placement: Placement, on: date) -> Absent:
    """Those since the last review here, up to today."""
    last = ProgressReview.objects.filter(induction=placement.induction_id).order_by("-held_on").first()
    after = last.held_on + timedelta(days=1) if last else placement.starts_on
    return _absent(placement.induction, max(after, placement.starts_on), on)


def absent_in(review: ProgressReview) -> Absent:
    """Those of the period that a review covers."""
    return _absent(review.induction, review.period_starts_on, review.held_on)


def _absent(induction: Induction, first: date, last: date) -> Absent:
    facts = facts_of(induction, as_of=last)
    rows = [in_words(row) for row in rows_of(facts, first, last)]
    url = reverse("cases:absences", args=[induction.pk])
    return Absent(spoken(absent_between(facts, first, last), 2), first, last, rows, url)
