"""Who may give and end which roles, as data. Pure: no database, no request."""

from collections.abc import Iterable

from cases.rules.errors import RuleBroken

from .permissions import GRANTS, LABELS, Permission, Role

SCHOOL = {
    Role.MENTOR, Role.INDUCTION_TUTOR, Role.INDUCTION_LEAD, Role.HEADTEACHER, Role.SCHOOL_ADMIN, Role.GOVERNOR,
}  # fmt: skip
BODY = {Role.BODY_OFFICER, Role.BODY_CONTACT, Role.BODY_ADMIN}
# A headteacher is made and ended by a headteacher, or by the operator: never by the office.
MAY_GIVE: dict[Role, frozenset[Role]] = {
    Role.HEADTEACHER: frozenset(SCHOOL),
    Role.SCHOOL_ADMIN: frozenset(SCHOOL - {Role.HEADTEACHER}),
    Role.BODY_ADMIN: frozenset(BODY),
    Role.OPERATOR: frozenset(role for role in Role if role.by_membership),
}
MANAGING = frozenset(role for role, held in GRANTS.items() if Permission.MANAGE_PEOPLE in held)


def given_by(roles: Iterable[Role]) -> frozenset[Role]:
    """The roles that somebody with these may give and end."""
    return frozenset().union(*(MAY_GIVE.get(role, frozenset()) for role in roles))


def check_may_give(roles: Iterable[Role], role: Role) -> None:
    """Raises RuleBroken unless one of the roles may give this one."""
    if role not in given_by(roles):
        raise RuleBroken(f"You cannot give or end the role of {LABELS[role].lower()}. Ask your headteacher", "role")
