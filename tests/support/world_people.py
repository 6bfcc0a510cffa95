"""Who lives in the world: organisations, and somebody in every role of each."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password

from cases.actions import open_school
from induction_portal.accounts.actions import add_organisation, add_user, end_membership, grant_membership
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System, Viewer, options
from tests.support.world import BODY_ROLES, SCHOOL_ROLES, SCHOOLS, Person, World

PORTAL = System("the tests' world")
URNS = {"oak": "900001", "elm": "900002", "harbour": "900003"}
NAMES = {
    "oak": "Oakfield School",
    "elm": "Elmbridge Academy",
    "harbour": "Harbour Primary",
    "north": "Northern Hub",
    "south": "Southern Hub",
    "meridian": "Meridian Trust",
    "portal": "The operator",
}


class People:
    """Makes organisations and people through the actions, and finds them again as viewers."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.since = world.today - timedelta(days=1500)
        self.organisations: dict[str, Organisation] = {}
        self.users: dict[str, User] = {}

    def settle(self) -> None:
        """Everybody but the ECTs."""
        for key in ("north", "south"):
            self._organisation(key, "body")
        trust = self._organisation("meridian", "trust")
        self._organisation("portal", "operator")
        for key in SCHOOLS:
            school = self._organisation(key, "school", trust=trust if key != "harbour" else None)
            open_school(by=PORTAL, on=self.since, organisation=school)
        for place, body in SCHOOLS.items():
            self._staff(place, SCHOOL_ROLES)
            self.employ("mentor", place, key=f"other_mentor@{place}")
            self.employ("induction_tutor", place, key=f"other_tutor@{place}")
            if f"body_officer@{body}" not in self.users:
                self._staff(body, BODY_ROLES)
        self.employ("trust_officer", "meridian")
        self.employ("operator", "portal")
        self._of_two_schools()
        self._former()

    def _staff(self, place: str, roles: tuple[str, ...]) -> None:
        for role in roles:
            self.employ(role, place)

    def _of_two_schools(self) -> None:
        """One person, lead at one school and tutor at another: what opens here must stay shut there."""
        lead = self.employ("induction_lead", "oak", key="both@oak")
        self._grant(lead, "induction_tutor", "elm")
        self._know("both@elm", lead, "induction_tutor", "elm")

    def _former(self) -> None:
        """Somebody whose role ended yesterday."""
        user = self.employ("induction_tutor", "oak", key="former@oak")
        held = user.memberships.get()
        yesterday = self.world.today - timedelta(days=1)
        end_membership(by=PORTAL, on=yesterday, membership_id=held.pk, last_day=yesterday)

    def _organisation(self, key: str, kind: str, trust: Organisation | None = None) -> Organisation:
        made = add_organisation(
            by=PORTAL, on=self.since, kind=kind, name=NAMES[key], identifier=URNS.get(key, key), trust=trust
        )
        self.organisations[key] = made
        self.world.places[key] = made.pk
        return made

    def employ(self, role: str, place: str, *, key: str = "") -> User:
        """Somebody new, in a role at a place."""
        key = key or f"{role}@{place}"
        name = f"{key.partition('@')[0].replace('_', ' ').title()} of {NAMES[place]}"
        user = self.users[key] = self._user(key, name)
        self._grant(user, role, place)
        self._know(key, user, role, place)
        return user

    def teacher(self, case: str, name: str) -> User:
        """The sign-in of a case's ECT."""
        user = self.users[f"ect@{case}"] = self._user(f"ect@{case}", name)
        self._know(f"ect@{case}", user, "ect", "")
        return user

    def _user(self, key: str, name: str) -> User:
        return add_user(
            by=PORTAL, on=self.since, email=f"{key}.example", name=name, password_hash=make_password("portal-of-tests")
        )

    def _grant(self, user: User, role: str, place: str) -> None:
        organisation = self.organisations[place]
        grant_membership(by=PORTAL, on=self.since, user=user, organisation=organisation, role=Role(role))

    def _know(self, key: str, user: User, role: str, place: str) -> None:
        acting_for = str(self.organisations[place].pk) if place else "self"
        self.world.people[key] = Person(key, user.pk, user.name, user.email, role, place, acting_for)

    def acting(self, key: str, on: date | None = None) -> Viewer:
        """A person as the actions take them."""
        person = self.world.people[key]
        return viewer_of(person.user_id, person.acting_for, on or self.world.today)


def viewer_of(user_id: UUID, acting_for: str, on: date) -> Viewer:
    """The way of acting of a user that has this key."""
    ways = options(User.objects.get(pk=user_id), on=on)
    return next(way for way in ways if way.acting_for == acting_for)
