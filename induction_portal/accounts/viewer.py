"""Who is looking: a person acting for one organisation, or as themself."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.core import signing
from django.http import HttpRequest

from .models import Membership, Organisation, User
from .permissions import Permission, Role, permissions_of

SESSION_KEY = "acting_for"
AS_SELF = "self"
SIGNER = signing.Signer(salt="acting-as", sep="/")


@dataclass(frozen=True, slots=True)
class Viewer:
    """A user acting through their memberships of one organisation, or (no organisation) as the ECT they are.

    Read afresh for each request, so that a membership that ended yesterday opens nothing today.
    """

    user: User
    organisation: Organisation | None
    roles: frozenset[Role]
    on: date
    choices: int = field(default=1, compare=False)

    def may(self, permission: Permission) -> bool:
        """Whether any of the roles holds the permission. Whether it reaches an object, its access module says."""
        return permission in permissions_of(self.roles)

    @property
    def manages_people(self) -> bool:
        """Whether the pages about the organisation's people are theirs."""
        return self.may(Permission.MANAGE_PEOPLE)

    @property
    def acting_for(self) -> str:
        """The key of what is being acted for: an organisation's id, or "self"."""
        return str(self.organisation.pk) if self.organisation else AS_SELF

    @property
    def role_names(self) -> str:
        """The roles as a reader would list them: "Headteacher and Induction tutor"."""
        return " and ".join(role.label for role in Role if role in self.roles)


@dataclass(frozen=True, slots=True)
class System:
    """The portal itself, acting by a scheduled task or a command."""

    name: str

    user = None
    organisation = None
    roles: frozenset[Role] = frozenset()


def options(user: User, *, on: date) -> list[Viewer]:
    """Every way in which a person may act on a day: once for each organisation, and for their own induction."""
    found: dict[UUID, list[Membership]] = {}
    memberships = Membership.objects.filter(user=user).current(on=on).select_related("organisation__trust")
    for membership in memberships.order_by("organisation__name"):
        found.setdefault(membership.organisation_id, []).append(membership)
    count = len(found) + user.is_ect
    own = [Viewer(user, None, frozenset({Role.ECT}), on, count)] if user.is_ect else []
    return own + [
        Viewer(user, held[0].organisation, frozenset(Role(m.role) for m in held), on, count) for held in found.values()
    ]


def viewer_for(request: HttpRequest, *, on: date) -> Viewer | None:
    """The viewer of this request, or None when the person has to choose (or has nothing to choose from)."""
    ways = options(request.user, on=on)
    chosen = request.session.get(SESSION_KEY)
    if chosen is None and len(ways) == 1:
        return ways[0]
    return next((way for way in ways if way.acting_for == chosen), None)


def sign_acting_as(viewer: Viewer) -> str:
    """A token for forms: who made this form's page, and for whom they were acting."""
    return SIGNER.sign(f"{viewer.user.pk}:{viewer.acting_for}")


def read_acting_as(token: str) -> tuple[str, str] | None:
    """The user's id and whom they acted for, from a form's token; None when it is missing or forged."""
    try:
        user, acting_for = SIGNER.unsign(token).split(":")
    except (signing.BadSignature, ValueError):
        return None
    return user, acting_for
