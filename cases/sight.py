"""What a school that joined an induction may know of it: its own placement and what comes after, nothing earlier.

The cases come from `access.visible_cases`, which marks each with `since` (the first day at the viewer's own school) and
`granted_by` (who handed records over to it). Who has let a case go sees it as at their last day: `access.as_at`.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from induction_portal.accounts.viewer import Viewer

from .access import as_at
from .models import Induction, Placement


@dataclass(frozen=True, slots=True)
class Sight:
    """How much of a case a viewer may know.

    `placements` are those in full, the earliest first. `beside` are schools that began earlier and go on at the same
    time: their name alone (R20). `since` is the day before which nothing may be known, None where all may be; `hidden`
    are the organisations whose people and doings may not be known (R79, R85).
    """

    placements: tuple[Placement, ...]
    beside: tuple[Placement, ...] = ()
    since: date | None = None
    hidden: frozenset[UUID] = frozenset()

    def reaches(self, day: date) -> bool:
        """Whether what happened on a day may be known."""
        return self.since is None or day >= self.since


def sight(viewer: Viewer, induction: Induction) -> Sight:
    """How much of a case this viewer may know today."""
    on = as_at(viewer, induction)
    begun = [p for p in induction.placements.all() if on >= viewer.on or p.starts_on <= on]
    since: date | None = getattr(induction, "since", None)
    if since is None or viewer.organisation is None:
        return Sight(tuple(begun))
    open_to = {viewer.organisation.pk, *getattr(induction, "granted_by", ())}
    shut = [p for p in begun if p.starts_on < since and p.school_id not in open_to]
    if not shut:
        return Sight(tuple(begun))
    beside = tuple(p for p in shut if p.ends_on is None or p.ends_on >= since)
    bodies = {period.body_id for period in induction.body_periods.all() if period.ends_on and period.ends_on < since}
    known = tuple(p for p in begun if p not in shut)
    hidden = {p.school_id for p in shut} | bodies
    return Sight(known, beside, since, frozenset(hidden - {p.school_id for p in known} - open_to))
