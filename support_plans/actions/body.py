"""What an officer of the body did for an ECT on support: spoke to them, observed with the school, noted (D30)."""

from datetime import date

from cases.models import Induction
from cases.reckon import reckon
from cases.rules.following import Done, check_done, heard_by
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event

from .. import tell_following as tell
from ..following import level_in_hand
from ..models import BodyRecord
from .concerns import origin, tell_trail
from .meetings import served


@action
def record_body_part(*, by: Viewer, on: date, induction: Induction, done: Done) -> BodyRecord:
    """Record a contact, a joint observation or a note. The ECT is told and reads it; the school, where it is shared.

    Raises RuleBroken while no level is open, for a body that is not responsible, for a day to come or outside the
    placement, and for what lacks something that its kind needs.
    """
    locked = Induction.objects.locked(induction.pk)
    level = level_in_hand(by, locked, on)
    check_done(done, today=on, served=served(level.placement))
    row = BodyRecord.objects.create(
        **origin(locked, level.placement, on),
        audience=heard_by(done, level.state),
        level=level,
        did=done.did.value,
        on=done.on,
        how=done.how,
        with_whom=done.with_whom.strip(),
        clear=done.clear,
        content=done.content,
        agreed=done.agreed,
        text=done.text.strip(),
        by=by.user,
        recorded_on=on,
    )
    after = {"did": row.did, "done_on": row.on, "audience": row.audience}
    tell_trail(by, Event.BODY_PART_RECORDED, row, on, after=after)
    reckon(locked)
    tell.body_part(row, by=by)
    return row
