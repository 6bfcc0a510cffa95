"""The updates that the owner of a level sends the appropriate body, and what the body answers (D27, D29)."""

from collections import defaultdict
from datetime import date

from cases.models import Induction
from cases.people import check_responsible
from cases.reckon import reckon
from cases.rules.errors import RuleBroken
from cases.rules.following import Expected, check_update
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event

from .. import tell_following as tell
from ..following import ELSEWHERE, MANY, acting_as, next_update, roles_in, theirs
from ..ladder import every_level
from ..models import BodyUpdate, LevelChange
from .concerns import origin, tell_trail

NONE_DUE = "No update for the appropriate body is due"
MOVED_ON = "Somebody else has sent this update since you opened the page: read it first"
READ = "Somebody else of your body has acknowledged this update"


def sent_by_level(induction: Induction) -> dict[object, set[int]]:
    """The numbers of the updates that the body has of a case, by level: what the rules decide by."""
    found: dict[object, set[int]] = defaultdict(set)
    for level, number in BodyUpdate.objects.filter(induction=induction).values_list("level", "number"):
        found[level].add(number)
    return found


@action
def send_update(
    *, by: Viewer, on: date, induction: Induction, progress: str, next_steps: str, due: int | None
) -> BodyUpdate:
    """Tell the appropriate body how a level goes: the update that is due next. `due` is the one that the page showed.

    Raises RuleBroken where none is expected, before its time, by anybody but the owner of its level, when it says
    nothing, and when somebody else was first.
    """
    locked = Induction.objects.locked(induction.pk)
    roles = roles_in(by, locked)
    level, expected = _next(by, roles, locked, on)
    if name_of(level, expected.number) != due:
        raise RuleBroken(MOVED_ON)
    check_update(expected, progress=progress, today=on)
    update = BodyUpdate.objects.create(
        **origin(locked, level.placement, on),
        audience=level.audience,
        level=level,
        number=expected.number,
        due_on=expected.due_on,
        progress=progress.strip(),
        next_steps=next_steps.strip(),
        sent_by=by.user,
        sent_as=level.owner if level.owner in roles else acting_as(roles).value,
        sent_on=on,
    )
    after = {"level": level.number, "number": update.number, "due_on": update.due_on}
    tell_trail(by, Event.BODY_UPDATED, update, on, after=after)
    reckon(locked)
    tell.updated(update, by=by)
    return update


def _next(by: Viewer, roles: frozenset[Role], induction: Induction, on: date) -> tuple[LevelChange, Expected]:
    """The update that somebody sends next. What another school, or another person, has still to send keeps nobody."""
    rows, sent = every_level(induction), sent_by_level(induction)
    if found := next_update(theirs(by, roles, rows), sent, on):
        return found
    others = next_update(rows, sent, on)
    if others is None:
        raise RuleBroken(NONE_DUE)
    level = others[0]
    if by.organisation is None or level.school_id != by.organisation.pk:
        raise RuleBroken(ELSEWHERE)
    raise RuleBroken(f"The {Role(level.owner).label.lower()} sends this update: the level is theirs")


def name_of(level: LevelChange, number: int) -> int:
    """One update of a case by a number: of which level, and which."""
    return level.number * MANY + number


@action
def acknowledge_update(*, by: Viewer, on: date, update: BodyUpdate, answer: str = "") -> BodyUpdate:
    """The appropriate body has read an update, and may answer; the school and the ECT are told.

    Raises RuleBroken for a body that is not responsible, and for one that was acknowledged.
    """
    locked = Induction.objects.locked(update.induction_id)
    check_responsible(by, locked, on=on)
    found = BodyUpdate.objects.select_related("placement").get(pk=update.pk)
    found.induction = locked
    if found.acknowledged_on:
        raise RuleBroken(READ)
    found.acknowledged_by, found.acknowledged_on, found.answer = by.user, on, answer.strip()
    found.save(update_fields=["acknowledged_by", "acknowledged_on", "answer"])
    tell_trail(by, Event.BODY_UPDATE_ACKNOWLEDGED, found, on, after={"number": found.number})
    tell.acknowledged(found, by=by)
    return found
