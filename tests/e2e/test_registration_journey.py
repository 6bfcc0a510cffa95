"""Registered once, confirmed once: at one school, then at a second; and an ECT who comes part-way, part time."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from cases.models import Induction
from cases.rules.suitable_post import PostCheck
from induction_portal import clock
from induction_portal.accounts.models import User
from tests.e2e.test_review_journey import fill_date, sign_in
from tests.support.browser import axe_violations

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
TRN = "3299001"


def fill_registration(page: Page, *, tutor: str, mentor: str, fte: str = "") -> None:
    today = clock.today()
    page.goto("/registrations/new/")
    told = {"trn": TRN, "name": "Yusuf Okafor", "email": "yusuf@personal.example"}
    for name, text in told.items():
        page.locator(f"[name={name}]").fill(text)
    fill_date(page, "id_date_of_birth", today.replace(year=today.year - 25, day=1))
    for name in ("qts_on", "qts_checked_on"):
        fill_date(page, f"id_{name}", today - timedelta(days=20))
    choose(page, "induction_status", "Required to complete")
    choose(page, "body", "Northern")
    for name in ("contract_starts_on", "starts_on"):
        fill_date(page, f"id_{name}", today + timedelta(days=10))
    tick(page, "route", "school_led")
    tick(page, "full_time", "no" if fte else "yes")
    if fte:
        page.locator("[name=fte]").fill(fte)
    tick(page, "is_supply", "no")
    tick(page, "in_special_measures", "no")
    for check in PostCheck:
        tick(page, "post_checks", check.value)
    for role, name in (("tutor", tutor), ("mentor", mentor)):
        choose(page, role, name)
        tick(page, f"{role}_has_qts", "yes")
        page.locator(f"[name={role}_minutes_a_week]").fill("60")
    page.locator("[name=targets-0-text]").fill("Learn the routines")
    page.locator("[name=targets-0-standard]").select_option("TS7")


def tick(page: Page, name: str, value: str) -> None:
    page.locator(f"[name={name}][value='{value}']").check()


def choose(page: Page, name: str, text: str) -> None:
    """In a drop-down list, or among radios."""
    select = page.locator(f"select[name={name}]")
    if select.count():
        option = select.locator("option", has_text=text).first
        select.select_option(option.get_attribute("value"))
    else:
        page.get_by_label(re.compile(text)).first.check()


def send(page: Page) -> str:
    page.get_by_role("button", name="Check your answers").click()
    expect(page.get_by_role("heading", name="Check your answers")).to_be_visible()
    page.locator("button[name=send]").click()
    expect(page.get_by_text("Registration sent to Northern")).to_be_visible()
    return page.url


def confirm(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Confirm", exact=True).click()
    fill_date(page, "id_qts_on", clock.today() - timedelta(days=20))
    tick(page, "post_is_suitable", "yes")
    tick(page, "acts_as", "teaching_school_hub")
    tick(page, "recommended_qts", "no")
    tick(page, "employs_ect", "no")
    choose(page, "officer", "Angela Thornton")
    choose(page, "contact", "Samir Haddad")
    assert axe_violations(page) == []
    page.get_by_role("button", name="Confirm registration").click()
    expect(page.get_by_text("Said and confirmed")).to_be_visible()


def test_registered_at_one_school_confirmed_and_registered_at_a_second(story, open_page):
    names = dict(User.objects.values_list("email", "name"))
    office = sign_in(open_page(), "office@oakfield.example")
    oakfield = {"tutor": names["tutor@oakfield.example"], "mentor": names["r.whitcombe@oakfield.example"]}
    fill_registration(office, **oakfield)
    first = send(office)
    officer = sign_in(open_page(), "officer@northern-hub.example")
    expect(officer.get_by_role("link", name=re.compile("Confirm a registration")).first).to_be_visible()
    confirm(officer, first)
    office.reload()
    expect(office.get_by_text("Said and confirmed")).to_be_visible()

    head = sign_in(open_page(), "head@elmbridge.example")
    fill_registration(head, tutor=names["tutor@elmbridge.example"], mentor=names["t.hartley@elmbridge.example"])
    second = send(head)
    confirm(officer, second)
    head.goto(second)
    head.get_by_role("link", name="Open the ECT’s record").click()
    expect(head.get_by_text("Oakfield School (lead school)")).to_be_visible()
    expect(head.get_by_text(names["tutor@oakfield.example"])).to_have_count(0)
    induction = Induction.objects.get(teacher__trn=TRN)
    assert (induction.placements.count(), induction.body_periods.count()) == (2, 1)


def test_an_ect_who_comes_part_way_and_works_part_time(story, open_page):
    names = dict(User.objects.values_list("email", "name"))
    office = sign_in(open_page(), "office@oakfield.example")
    oakfield = {"tutor": names["tutor@oakfield.example"], "mentor": names["r.whitcombe@oakfield.example"]}
    fill_registration(office, **oakfield, fte="0.6")
    url = send(office)
    officer = sign_in(open_page(), "officer@northern-hub.example")
    confirm(officer, url)
    induction = Induction.objects.get(teacher__trn=TRN)
    without = induction.clock.ends_on
    officer.get_by_role("link", name="Open the ECT’s record").click()
    officer.get_by_role("link", name="Enter or change earlier service").click()
    told = {"terms": "1.4", "calendar_terms": "2", "absence_days": "12", "source": "Letter of the last hub"}
    for name, text in told.items():
        officer.locator(f"[name={name}]").fill(text)
    officer.get_by_role("button", name="Confirm earlier service").click()
    expect(officer.get_by_text("Letter of the last hub")).to_be_visible()
    assert axe_violations(officer) == []
    assert Induction.objects.get(teacher__trn=TRN).clock.ends_on < without
