"""What an exemption adds to a case: its end, a line of its timeline, and of its file."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.urls import reverse

from cases.models import Induction
from cases.parts import Bundle, Chapter, Ended, Entry, Filing, Part, Section
from cases.rules.statuses import InductionStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day, short_day

from .exempting import exempted, visible_exemptions, visible_searches

SEARCHED = ("Looked for", "Where, or of whom", "By", "On", "What came of it")
EXEMPTED = ("Decided on", "By", "What was lost", "Latest appraisal report", "From", "Reason")


class ExemptionPart(Part):
    """R83; SG 3.12-3.13."""

    def ended(self, case_ids: Collection[UUID]) -> Mapping[UUID, Ended]:
        return exempted(case_ids)

    def timeline(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Entry]:
        clock = getattr(induction, "clock", None)
        if Permission.READ_EXEMPTION not in may or clock is None or clock.over_as != InductionStatus.EXEMPT.label:
            return []
        url = reverse("assessments:exemption", args=[induction.pk])
        found = visible_exemptions(viewer).filter(induction=induction)
        return [Entry(row.decided_on, f"{row.body.name} decided that the ECT is exempt", url) for row in found]

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        if Permission.READ_EXEMPTION not in may:
            return Bundle()
        return Bundle(sections=[section for section in sections_of(induction, viewer) if section.rows])

    def filings(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Filing]:
        if Permission.READ_EXEMPTION not in may:
            return []
        sections = [section for section in sections_of(induction, viewer) if section.rows]
        return [Filing(Chapter.DECISION, sections)] if sections else []


def sections_of(induction: Induction, viewer: Viewer) -> list[Section]:
    """The evidence trail, and the decision that rests on it."""
    searches = [
        [s.looked_for, s.where, s.searched_by, short_day(s.searched_on), s.found]
        for s in visible_searches(viewer).filter(induction=induction)
    ]
    decided = [
        [short_day(e.decided_on), f"{e.decided_by.name}, {e.body.name}", e.lost,
         f"{day(e.appraisal_from)} to {day(e.appraisal_to)}", e.appraisal_source, e.reason]
        for e in visible_exemptions(viewer).filter(induction=induction)
    ]  # fmt: skip
    trail = Section("Searches for lost records", SEARCHED, searches)
    return [trail, Section("Exemption because records were lost", EXEMPTED, decided)]
