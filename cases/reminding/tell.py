"""What is said of a step, in words that tell nothing of health, support or outcomes: the page says the rest (R79)."""

from collections.abc import Collection
from uuid import UUID

from induction_portal.accounts.models import User
from induction_portal.accounts.viewer import Viewer
from notifications import kinds
from notifications.kinds import Names

from ..access import case, may_read
from ..models import Reminder
from ..reach import visible_keys
from ..rules.mailing import Topic
from ..rules.reminders import STATUTORY
from .finding import still_holds
from .whom import COMING, LAST, LATE, STAND_IN, UP, needs

SUBJECTS = {
    COMING: "Due on {due}: {what}",
    LAST: "Last day, {due}: {what}",
    LATE: "Not done by {due}: {what}",
    UP: "Not done by {due}, for you to follow up: {what}",
    STAND_IN: "Nobody nearer can be reached. Due on {due}: {what}",
}


def kind_of(code: str, put: str) -> str:
    """The kind of message for a deadline of the table; what the law sets a day for has kinds that nobody may mute."""
    return f"reminder_{put}_statutory" if code in STATUTORY else f"reminder_{put}"


KINDS = tuple(kind_of(code, put) for put in SUBJECTS for code in ("", *sorted(STATUTORY)[:1]))


def register_kinds() -> None:
    """Make these kinds of message known; called once, when the app starts."""
    for put, subject in SUBJECTS.items():
        for code in ("", *sorted(STATUTORY)[:1]):
            kinds.register(
                kinds.Kind(
                    name=kind_of(code, put),
                    subject=subject,
                    template=f"cases/messages/reminder_{put}.txt",
                    context_keys=frozenset({"due", "what"}),
                    may_see=may_be_reminded,
                    about=whose_reminded,
                    statutory=bool(code),
                    topic=Topic.REMINDERS,
                    urgent=put == LAST,
                )
            )


def may_be_reminded(user: User, reminder_id: UUID) -> bool:
    """Whether a reminder still holds, and the user may know of its deadline today: asked before it is delivered.

    What was done, or moved to another day, since it was said is not sent any more.
    """
    reminder = Reminder.objects.filter(still_holds(), pk=reminder_id).first()
    return reminder is not None and may_read(user, reminder.induction_id, find=case, needs=needs(reminder.kind))


def whose_reminded(viewer: Viewer, reminder_ids: Collection[UUID]) -> Names:
    """The ECT's name for each of these reminders that is of a case the viewer may know of."""
    found = Reminder.objects.filter(pk__in=reminder_ids, induction__in=visible_keys(viewer))
    return found.values_list("pk", "induction__teacher__name")
