"""An ECT's invitation to their own record, through the pages of the school and the body."""

import pytest
from django.urls import reverse

from induction_portal.accounts.models import Invitation
from tests.support.forms import Page
from tests.support.visitors import Visitor


@pytest.fixture
def head(world):
    return Visitor(world.people["headteacher@harbour"])


def at(world, name="own_access", case="invited"):
    return reverse(f"cases:{name}", args=[world.cases[case].id])


def read(visitor, address):
    return " ".join(Page(visitor.get(address).content.decode()).soup.main.get_text().split())


def press(visitor, world, name):
    page = Page(visitor.get(at(world)).content.decode(), action=at(world, name))
    return visitor.client.post(at(world, name), page.data, follow=True)


def test_the_service_page_says_how_it_stands_and_leads_there(world, head):
    html = head.get(at(world, "service")).content.decode()
    assert "was invited on" in html
    assert at(world) in html
    mentor = Visitor(world.people["mentor@harbour"]).get(at(world, "service")).content.decode()
    assert "was invited on" not in mentor
    assert "can open this record since" in read(head, at(world, "service", "harbour"))


def test_sent_again_withdrawn_and_invited_anew(world, head):
    case = world.cases["invited"].id
    assert "Invitation sent again" in press(head, world, "resend_to_ect").content.decode()
    stale = Page(head.get(at(world)).content.decode(), action=at(world, "resend_to_ect")).data
    assert "Invitation withdrawn" in press(head, world, "withdraw_from_ect").content.decode()
    assert "has no invitation to this record" in read(head, at(world))
    late = head.client.post(at(world, "resend_to_ect"), stale, follow=True).content.decode()
    assert "No invitation is open" in late
    page = Page(head.get(at(world)).content.decode())
    assert head.client.post(at(world), page.data | {"email": "anew@home.example"}).status_code == 302
    assert Invitation.objects.open().get(subject_id=case).email == "anew@home.example"
    history = read(head, at(world, "history"))
    for done in ("invited somebody", "sent an invitation again", "withdrew an invitation"):
        assert done in history


@pytest.mark.parametrize(
    ("email", "says"),
    [
        ("nobody", "Enter an email address in the correct format, like name@example.com"),
        ("", "Enter the ECT’s email address"),
        ("zqownaccess@home.example", "This is the address that was invited. Send that invitation again instead"),
    ],
)
def test_a_bad_address_is_answered_at_its_field(email, says, world, head):
    page = Page(head.get(at(world)).content.decode())
    answer = Page(head.client.post(at(world), page.data | {"email": email}).content.decode())
    assert answer.errors == [says]
    assert answer.boxes["email"] == email
    assert not answer.broken_links


def test_who_has_access_is_not_invited(world, head):
    text = read(head, at(world, case="harbour"))
    assert "They keep it for life" in text
    assert Page(head.get(at(world, case="harbour")).content.decode()).form is None
