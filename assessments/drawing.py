"""The evidence that the form of an assessment offers, and what of it was chosen (R53)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from cases.models import Induction
from cases.rules.assessing import Report, Source
from cases.rules.standards import Standard
from induction_portal.accounts.viewer import Viewer

from .sources import sources_of


@dataclass(frozen=True, slots=True)
class Offer:
    """One record that may be drawn in. `standards` are those beside which it is offered, `says` the words that a report
    would hold; `url` is its page, empty for one that this viewer may not open.
    """

    kind: str
    subject_id: str
    says: str
    standards: tuple[Standard, ...] = ()
    url: str = ""

    @property
    def key(self) -> str:
        """What the box to tick sends."""
        return f"{self.kind}:{self.subject_id}"

    def drawn(self, standard: Standard | None) -> Source:
        """The same as evidence for a Standard, or for the report as a whole."""
        return Source(self.kind, self.subject_id, self.says, standard)


def offers_of(viewer: Viewer, induction: Induction, reports: Iterable[Report] = ()) -> list[Offer]:
    """What exists and this viewer may read, the latest first, then what earlier versions drew in besides.

    What was drawn in already keeps the words of that version and stays beside the Standard that it was chosen for.
    """
    found = {offer.key: offer for offer in _existing(viewer, induction)}
    for source in (source for report in reports for source in report.sources):
        known = found.get(key_of(source), Offer(source.kind, source.subject_id, source.says))
        beside = (*known.standards, source.standard) if source.standard else known.standards
        found[known.key] = replace(known, says=source.says, standards=tuple(dict.fromkeys(beside)))
    return list(found.values())


def key_of(source: Source) -> str:
    """The key of the offer that a source was chosen from."""
    return f"{source.kind}:{source.subject_id}"


def _existing(viewer: Viewer, induction: Induction) -> Iterator[Offer]:
    for each in sources_of(viewer, induction):
        yield Offer(each.kind, str(each.id), each.says, each.standards, each.url)
