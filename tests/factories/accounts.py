"""Users, organisations and memberships."""

from datetime import date

from factory import Faker, RelatedFactory, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from cases.models import School
from induction_portal.accounts.models import Invitation, Membership, Organisation, PersonalEmail, User
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import Viewer


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    email = Sequence(lambda n: f"person{n}@school.example")
    name = Faker("name", locale="en_GB")
    password = "!unusable"


class TrustFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = "trust"
    name = Sequence(lambda n: f"Trust {n}")
    identifier = Sequence(lambda n: f"T{n}")


class BodyFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = "body"
    name = Sequence(lambda n: f"Hub {n}")
    identifier = Sequence(lambda n: f"H{n}")


class SchoolFactsFactory(DjangoModelFactory):
    class Meta:
        model = School


class SchoolFactory(DjangoModelFactory):
    """A school's organisation, with its facts."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    kind = "school"
    name = Sequence(lambda n: f"School {n}")
    identifier = Sequence(lambda n: f"{900_000 + n}")
    facts = RelatedFactory(SchoolFactsFactory, factory_related_name="organisation")


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    organisation = SubFactory(SchoolFactory)
    role = Role.INDUCTION_TUTOR
    starts_on = date(2020, 9, 1)


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    organisation = SubFactory(SchoolFactory)
    sender = SelfAttribute("organisation")
    role = Role.MENTOR
    email = Sequence(lambda n: f"invited{n}@school.example")
    name = Faker("name", locale="en_GB")
    invited_on = date(2026, 9, 1)
    expires_on = date(2026, 9, 15)


class PersonalEmailFactory(DjangoModelFactory):
    class Meta:
        model = PersonalEmail

    user = SubFactory(UserFactory)
    email = Sequence(lambda n: f"person{n}@home.example")
    expires_on = date(2026, 9, 15)


def viewer(organisation: Organisation | None, *roles: Role, user: User | None = None, on: date) -> Viewer:
    """Somebody who acts for an organisation in some roles on a day, their memberships included."""
    user = user or UserFactory()
    for role in roles:
        if role.by_membership:
            MembershipFactory(user=user, organisation=organisation, role=role)
    return Viewer(user, organisation, frozenset(roles), on)
