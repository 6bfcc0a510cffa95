"""How the apps to the right take part in what happens to people, without accounts knowing them.

Each registers when it starts; all run in the transaction of the action that calls them. There are no signals.
"""

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from .permissions import Role

if TYPE_CHECKING:
    from .models import Invitation, Membership, User
    from .viewer import System, Viewer

Accepted = Callable[["Viewer", date, "Invitation", "User"], None]
Ending = Callable[["Viewer | System", date, "Membership", date], None]
Unreached = Callable[[Collection[UUID]], set[UUID]]


class Records(NamedTuple):
    """The records that an invitation to a role is to: how one is locked, and on which chain its events stand."""

    lock: Callable[[UUID], Any]
    chain: Callable[[UUID], str]


_accepted: dict[Role, Accepted] = {}
_records: dict[Role, Records] = {}
_ending: list[Ending] = []
_unreached: list[Unreached] = []


def on_accepted(role: Role, call: Accepted) -> None:
    """Have an invitation to this role completed by `call(by, on, invitation, user)`, in place of a membership."""
    _accepted[role] = call


def on_record(role: Role, *, lock: Callable[[UUID], Any], chain: Callable[[UUID], str]) -> None:
    """Name the records to which people are invited in this role: each is locked before its invitation."""
    _records[role] = Records(lock, chain)


def on_ending(call: Ending) -> None:
    """Have `call(by, on, membership, last_day)` told of a role that is about to end, before it ends."""
    _ending.append(call)


def accepted(role: Role) -> Accepted | None:
    """What completes an invitation to a role, if it is not a membership."""
    return _accepted.get(role)


def records(role: Role) -> Records:
    """The records of a role whose invitations lead to one. Raises KeyError where nobody has named them."""
    return _records[role]


def ending(*told: Any) -> None:
    """Tell everybody of a role that is about to end."""
    for call in _ending:
        call(*told)


def on_unreached(call: Unreached) -> None:
    """Have the pages of people ask `call(users)` which of them mail does not reach."""
    _unreached.append(call)


def unreached(users: Collection[UUID]) -> set[UUID]:
    """Those of many people whom mail does not reach."""
    return {user for call in _unreached for user in call(users)}
