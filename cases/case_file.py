"""The file that an appropriate body makes of a case: chapters in their order, asked of every part of the portal."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .casepage import timeline
from .models import BodyPeriod, Induction
from .parts import PARTS, Chapter, Filing, Paper, Section

NOT_ISSUED = "Its document was still being prepared when this bundle was made. Ask for the bundle again to have it."
OTHERS = (
    "Records of schools and appropriate bodies that were not handed over to this body",
    "They are those schools’ and bodies’ own (SG 2.79). They are not counted here, for that would tell of them.",
)
PORTAL = (
    "Who opened the record and who did what in it, drafts, and messages",
    "They are about people other than the ECT too, or are one person’s own. The history stays in the portal, where its "
    "chain can be verified.",
)


@dataclass(slots=True)
class Content:
    """One chapter: rows in words, then documents, the earliest first."""

    chapter: Chapter
    sections: list[Section] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What there is of a case for an officer of a body. Empty sections are left in: that there is nothing is told."""

    contents: tuple[Content, ...]
    left_out: tuple[tuple[str, str], ...]


def case_file(viewer: Viewer, may: frozenset[Permission], induction: Induction) -> CaseFile:
    """The file of a case from `access.case`, for this viewer as at their day."""
    prefetch_related_objects([induction], "placements__patterns", "deadlines")
    filings = [_chronology(viewer, may, induction)]
    filings += [filing for part in PARTS for filing in part.filings(induction, viewer, may)]
    left_out = [each for filing in filings for each in filing.left_out]
    return CaseFile(tuple(_contents(filings)), (*dict.fromkeys(left_out), OTHERS, PORTAL))


def _contents(filings: Iterable[Filing]) -> Iterator[Content]:
    found = {chapter: Content(chapter) for chapter in Chapter}
    for filing in filings:
        found[filing.chapter].sections.extend(filing.sections)
        found[filing.chapter].papers.extend(filing.papers)
    for content in found.values():
        if content.sections or content.papers:
            content.papers.sort(key=lambda paper: (paper.on, paper.title))
            yield content


def _chronology(viewer: Viewer, may: frozenset[Permission], induction: Induction) -> Filing:
    bodies = list(BodyPeriod.objects.filter(induction=induction).select_related("body"))
    entries = reversed(timeline(viewer, may, induction, bodies))
    rows = [[day(entry.on), entry.says] for entry in entries if entry.on <= viewer.on]
    return Filing(Chapter.CHRONOLOGY, (Section("What happened, in order", ("Day", "What"), rows),))
