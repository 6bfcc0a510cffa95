"""The operator opens organisations by commands: each says what it did, may be repeated, leaves nothing half done."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from induction_portal import clock
from induction_portal.accounts.models import Invitation, Organisation
from induction_portal.audit.models import AuditEvent
from tests.factories import SchoolFactory

pytestmark = pytest.mark.django_db
ADMIN = ("--admin-name", "Ann Lee", "--admin-email", "Ann@hub.example")


def run(*words: str) -> str:
    said = StringIO()
    call_command(*words, stdout=said)
    return said.getvalue()


def test_a_body_and_its_first_administrator():
    said = run("add_body", "Eastern Hub", "--identifier", "EH", *ADMIN)
    assert "Added Eastern Hub (EH)." in said
    assert "Invited ann@hub.example as appropriate body administrator at Eastern Hub." in said
    assert Invitation.objects.get().sender == Organisation.objects.get(kind="body")
    told = list(AuditEvent.objects.values_list("event", "acted_as"))
    assert ("organisation_created", "add_body") in told
    assert ("person_invited", "add_body") in told


def test_repeating_it_doubles_nothing_and_an_expired_invitation_goes_out_again():
    for _ in range(2):
        said = run("add_body", "Eastern Hub", "--identifier", "EH", *ADMIN)
    assert "is here already" in said
    assert "is invited already" in said
    assert (Organisation.objects.count(), Invitation.objects.count()) == (1, 1)
    past = clock.today() - timedelta(days=30)
    Invitation.objects.update(invited_on=past, expires_on=past + timedelta(days=14))
    assert "Sent the invitation of ann@hub.example" in run("add_body", "Eastern Hub", "--identifier", "EH", *ADMIN)
    assert Invitation.objects.get().works(on=clock.today())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("add_body", "Western Hub", "--identifier", "EH", *ADMIN), "EH is the identifier of Eastern Hub already"),
        (("add_body", " ", "--identifier", "X", *ADMIN), "Enter the name"),
        (("add_body", "Hub", "--identifier", "X", *ADMIN[:3], "nonsense"), "nonsense is not an email address"),
        (("add_body", "Hub", "--identifier", "X", "--admin-name", " ", *ADMIN[2:]), "Enter their full name"),
        (("add_school_admin", "123456", "--name", "A", "--email", "a@b.example"), "No school with the URN 123456"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_changes(words, says):
    run("add_body", "Eastern Hub", "--identifier", "EH", *ADMIN)
    before = AuditEvent.objects.count()
    with pytest.raises(CommandError, match=says):
        run(*words)
    assert AuditEvent.objects.count() == before
    assert Organisation.objects.count() == 1


def test_a_trust_a_school_and_an_operator():
    run("add_trust", "Meridian", "--identifier", "M", "--officer-name", "C V", "--officer-email", "c@m.example")
    school = SchoolFactory(name="Oakfield")
    said = run(
        "add_school_admin", school.identifier, "--name", "F M", "--email", "f@o.example", "--role", "headteacher"
    )
    assert "f@o.example as headteacher at Oakfield" in said
    run("add_school_admin", school.identifier, "--name", "W S", "--email", "w@o.example")
    for email in ("r@portal.example", "s@portal.example"):
        run("add_operator", "--name", "R A", "--email", email)
    assert Organisation.objects.filter(kind="operator").count() == 1
    assert set(Invitation.objects.values_list("email", "role")) == {
        ("c@m.example", "trust_officer"), ("f@o.example", "headteacher"), ("w@o.example", "school_admin"),
        ("r@portal.example", "operator"), ("s@portal.example", "operator"),
    }  # fmt: skip
