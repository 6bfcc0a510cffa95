"""An invitation from the headteacher's page to the new mentor's first visit: real browser, worker and mail server."""

import re

import pytest
from django.contrib.auth.hashers import make_password
from playwright.sync_api import expect

from induction_portal.accounts.permissions import Role
from tests.factories import MembershipFactory, SchoolFactory, UserFactory
from tests.support.browser import axe_violations

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
PASSWORD = "three random words"


def sign_in(page, email: str) -> None:
    page.get_by_label("Email address").fill(email)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_mentor_is_invited_joins_and_signs_in_without_scripts(open_page, celery_worker_process, mailbox):
    head = UserFactory(email="head@oakfield.example", password=make_password(PASSWORD))
    MembershipFactory(user=head, organisation=SchoolFactory(name="Oakfield School"), role=Role.HEADTEACHER)

    page = open_page(java_script_enabled=False)
    page.goto("/people/invite/")
    sign_in(page, head.email)
    page.get_by_label("Full name").fill("Kemi Adeyemi")
    page.get_by_label("Their email address").fill("kemi@oakfield.example")
    page.get_by_role("radio", name="Mentor").check()
    page.get_by_role("button", name="Send invitation").click()
    expect(page.get_by_text("Invitation to kemi@oakfield.example is on its way.")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Kemi Adeyemi.*Mentor"))).to_be_visible()

    mailbox.wait_for(lambda box: box.to("kemi@oakfield.example"))
    [mail] = mailbox.to("kemi@oakfield.example")
    link = re.search(r"http://\S+", mail.get_content())[0]

    new = open_page(java_script_enabled=False)
    new.goto(link)
    expect(new).to_have_url(re.compile(r"/invitations/$"))
    new.get_by_label("Password", exact=True).fill(PASSWORD)
    new.get_by_label("Password again").fill(PASSWORD)
    new.get_by_role("button", name="Create sign-in").click()
    expect(new.get_by_text("Your sign-in is ready.")).to_be_visible()
    sign_in(new, "kemi@oakfield.example")
    expect(new.get_by_text("Mentor, Oakfield School")).to_be_visible()

    again = open_page()
    again.goto("/accounts/sign-in/")
    sign_in(again, head.email)
    again.get_by_role("link", name="People").click()
    expect(again.get_by_role("row", name=re.compile("Kemi Adeyemi.*Mentor.*End role"))).to_be_visible()
    assert axe_violations(again) == []
