"""What an ECT may take along of their induction (R83): every document of every school and body, and every row."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects
from django.http import HttpRequest

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.documents.kinds import name_of
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import issued_about
from induction_portal.govuk.words import day

from .frame import frame
from .models import Induction
from .parts import PARTS, Bundle, Paper, Section
from .telling import steps


@dataclass(frozen=True, slots=True)
class Filed:
    """A record that is issued as a document, and all that was issued of it, the latest first."""

    paper: Paper
    issues: list[IssuedDocument] = field(default_factory=list)

    @property
    def latest(self) -> IssuedDocument | None:
        return self.issues[0] if self.issues else None

    @property
    def is_ready(self) -> bool:
        """Whether the document that shows the record as it stands has been made."""
        return self.latest is not None and self.latest.version >= self.paper.version

    @property
    def stands(self) -> str:
        """What there is of it, for the page."""
        if self.latest is None:
            return "Being prepared"
        made = f"Issued on {day(self.latest.issued_at)}"
        return made if self.is_ready else f"{made}; a newer version is being prepared"


class OwnRecord:
    """Everything of a case for its ECT, asked of every part of the portal. Its documents are read once."""

    def __init__(self, viewer: Viewer, may: frozenset[Permission], induction: Induction) -> None:
        prefetch_related_objects([induction], "placements__patterns", "deadlines")
        self.viewer, self.may, self.induction = viewer, may, induction
        self.bundles: list[Bundle] = [part.bundle(induction, viewer, may) for part in PARTS]

    @cached_property
    def filed(self) -> list[Filed]:
        """Every record that is issued as a document, the earliest first."""
        papers = [paper for bundle in self.bundles for paper in bundle.papers]
        filed = {(paper.kind, paper.subject_id): Filed(paper) for paper in papers}
        for document in self.issued:
            if known := filed.get((document.kind, document.subject_id)):
                known.issues.insert(0, document)
        return sorted(filed.values(), key=lambda each: (each.paper.on, each.paper.title))

    @property
    def issued(self) -> QuerySet[IssuedDocument]:
        """Every document that was issued of this case, the oldest first."""
        return issued_about({paper.subject_id for bundle in self.bundles for paper in bundle.papers})

    @property
    def waiting(self) -> list[Filed]:
        """Those of which the document as they stand is still being prepared."""
        return [each for each in self.filed if not each.is_ready]

    def titles(self) -> dict[tuple[str, UUID], str]:
        """What each document is called, by its kind and subject."""
        return {(each.paper.kind, each.paper.subject_id): each.paper.title for each in self.filed}

    def sections(self) -> Iterator[Section]:
        """Every row in words: who the ECT is, what falls due, and what each part keeps."""
        yield self._about()
        yield self._dates()
        for bundle in self.bundles:
            yield from bundle.sections

    def _about(self) -> Section:
        teacher = self.induction.teacher
        rows = [
            ["Name", teacher.name],
            ["Teacher reference number", teacher.trn],
            ["Date of birth", day(teacher.date_of_birth)],
            ["Qualified teacher status", day(teacher.qts_on)],
        ]
        return Section("About you", ("What", "Recorded"), rows)

    def _dates(self) -> Section:
        found = steps(self.viewer, self.may, self.induction)
        rows = [[step.says, day(step.due_on), step.owner, step.state, step.why] for step in found]
        return Section("What falls due", ("What", "Day", "Whose task", "Where it stands", "Why"), rows)


def title_of(document: IssuedDocument, titles: dict[tuple[str, UUID], str]) -> str:
    """ "Progress review 1"; a document without a record of its own is called by its kind."""
    return titles.get((document.kind, document.subject_id)) or name_of(document.kind)


def own_record_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """The page from which the ECT downloads everything."""
    record = OwnRecord(request.viewer, request.permissions, induction)
    rows = [
        [
            {"text": each.paper.title, "href": each.paper.url},
            day(each.paper.on),
            each.paper.school,
            each.stands,
            str(len(each.issues)),
        ]
        for each in record.filed
    ]
    columns = [{"text": text} for text in ("Document", "Held on", "School", "Where it stands")]
    columns.append({"text": "Versions issued", "numeric": True})
    context = {"title": "Download my record", "columns": columns, "rows": rows, "waiting": len(record.waiting)}
    return frame(request, induction) | context
