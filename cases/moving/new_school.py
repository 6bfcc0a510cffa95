"""An extension that is served at another school: what the guidance asks for there, and what the body decided (R37)."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from induction_portal.accounts.viewer import Viewer

from ..facts import facts_of
from ..models import Induction, NewSchoolMinimum, Placement
from ..rules.absence import least_service_at_new_school
from ..rules.amounts import spoken
from ..rules.moves import as_recorded
from ..rules.new_school import least_end
from ..rules.timeline import timeline
from .figures import figures_at


@dataclass(frozen=True, slots=True)
class NewSchool:
    """A school to which the ECT moved within an extension: how much of that was left, the least to serve there by the
    guidance, what the body decided, and until when that takes.
    """

    placement: Placement
    left: Fraction
    least: Decimal
    decided: NewSchoolMinimum | None
    until: date | None

    @property
    def left_in_words(self) -> str:
        """The terms left, to two places."""
        return spoken(self.left, 2)


def new_school_of(induction: Induction, viewer: Viewer) -> NewSchool | None:
    """R37 of the school served now; None where it is the first, or the ECT came to it outside an extension."""
    placements = sorted(induction.placements.all(), key=lambda p: p.starts_on)
    here = placements[-1] if placements else None
    before = [p for p in placements[:-1] if here and p.school_id != here.school_id and p.ends_on]
    if here is None or not before or here.starts_on > viewer.on + timedelta(days=366):
        return None
    left = figures_at(induction, min(max(p.ends_on for p in before if p.ends_on), here.starts_on)).extension_left
    if not left:
        return None
    decided = NewSchoolMinimum.objects.filter(placement=here).first()
    least = as_recorded(least_service_at_new_school(left))
    terms = Fraction(decided.terms if decided else least)
    until = least_end(timeline(facts_of(induction, as_of=viewer.on)), terms)
    return NewSchool(here, left, least, decided, until)
