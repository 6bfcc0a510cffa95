"""Who can sign in to the demo, read from its database."""

from ..accounts.models import User
from ..accounts.permissions import Role
from ..clock import today

PASSWORD = "induction-demo"  # noqa: S105 - public on purpose: the password of the story's people


def roll() -> str:
    """One line for each person who can sign in: address, roles and where."""
    people = sorted(User.objects.filter(is_active=True), key=_place)
    lines = [f"  {user.email:<32} {_parts(user)}" for user in people if user.has_usable_password()]
    if not lines:
        return "The database holds nobody who can sign in.\n"
    return "\n".join([f"Sign in with the password {PASSWORD} as", *lines, ""])


def _place(user: User) -> tuple[str, str]:
    """Colleagues together: their addresses share a domain."""
    name, _, domain = user.email.partition("@")
    return domain, name


def _parts(user: User) -> str:
    memberships = user.memberships.current(on=today()).select_related("organisation")
    parts = [f"{Role(held.role).label}, {held.organisation.name}" for held in memberships]
    return "; ".join([*([Role.ECT.label] if user.is_ect else []), *parts])
