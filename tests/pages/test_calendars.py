"""School calendars in the browser: read, set, copied forward, removed; and every page true the moment they change."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cases.models import Deadline, Induction, SchoolYear
from cases.rules.school_year import Span, YearPlan, england_plan
from induction_portal.govuk.words import day
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.sweeps.places import _date, school_year


def main(visitor, path):
    response = visitor.get(path)
    assert response.status_code == 200, response.status_code
    return " ".join(BeautifulSoup(response.content, "html.parser").main.get_text(" ").split())


def address(world, name, place, year=0):
    return reverse(f"cases:{name}", args=[world.places[place], year or world.first_year])


def form_of(visitor, path):
    return Page(visitor.get(path).content.decode())


@pytest.fixture
def head(world):
    return Visitor(world.people["headteacher@oak"])


@pytest.fixture
def trust(world):
    return Visitor(world.people["trust_officer@meridian"])


def test_a_school_sees_its_own_years_first(world, head):
    assert head.get("/calendars/")["Location"] == reverse("cases:school_years", args=[world.places["oak"]])
    text = main(head, reverse("cases:school_years", args=[world.places["oak"]]))
    assert "Set here" in text
    assert "England’s usual terms" in text
    last = england_plan(world.first_year + 3).terms[2].end
    assert f"Terms after {day(last)} are assumed" in text


def test_a_trusts_terms_are_named_at_its_school(world):
    text = main(Visitor(world.people["induction_tutor@elm"]), address(world, "school_year", "elm"))
    assert "Set by Meridian Trust for its schools" in text
    assert "Change these terms" not in text


def test_a_trust_and_a_body_choose_among_their_schools(world, trust):
    assert "Elmbridge Academy Oakfield School Meridian Trust : for its schools" in main(trust, "/calendars/")
    text = main(Visitor(world.people["body_officer@north"]), "/calendars/")
    assert "Elmbridge Academy" in text
    assert "Harbour" not in text


def test_a_year_shows_terms_closures_and_school_days(world, head):
    text = main(head, address(world, "school_year", "oak"))
    plan = england_plan(world.first_year)
    assert "Autumn term" in text
    assert "Half-term" in text
    assert f"{sum(term.length for term in plan.in_terms())} school days" in text
    assert re.search(r"The dates of [3-9] ECTs follow from a change at once\.", text)


def test_a_year_far_away_is_unknown(world, head):
    for year in (world.first_year - 11, world.first_year + 6, 0, 99999):
        assert head.get(f"/calendars/{world.places['oak']}/{year}/").status_code == 404


def test_a_school_sets_a_year_of_its_own(world, head):
    path = address(world, "change_calendar", "oak", world.first_year + 1)
    sent = form_of(head, path).data | school_year(world.first_year + 1)
    response = head.client.post(path, sent)
    assert response.status_code == 302, Page(response.content.decode()).errors
    year = SchoolYear.objects.get(organisation=world.places["oak"], first_year=world.first_year + 1)
    assert year.plan().terms == england_plan(world.first_year + 1).terms
    assert [closure.label for closure in year.plan().closures] == ["Training on Saturdays instead"]
    assert year.copied_from is None
    text = main(head, response["Location"])
    assert "School year saved." in text
    assert "205 school days" in text or "Teachers usually work 195 days" in text


def test_six_short_terms_are_kept_as_three(world, head):
    path, first = address(world, "change_calendar", "oak", world.first_year + 1), world.first_year + 1
    sent = {name: value for name, value in form_of(head, path).data.items() if not name.startswith("closures")}
    sent["terms-row"] = [str(number) for number in range(6)]
    for number, (term, half) in enumerate(zip(england_plan(first).terms, england_plan(first).closures, strict=True)):
        sent |= _date(f"terms-{2 * number}-starts_on", term.start)
        sent |= _date(f"terms-{2 * number}-ends_on", half.start - timedelta(days=1))
        sent |= _date(f"terms-{2 * number + 1}-starts_on", half.end + timedelta(days=1))
        sent |= _date(f"terms-{2 * number + 1}-ends_on", term.end)
    response = head.client.post(path, sent)
    assert response.status_code == 302, Page(response.content.decode()).errors
    plan = SchoolYear.objects.get(organisation=world.places["oak"], first_year=first).plan()
    assert plan == england_plan(first)


def test_copying_forward_is_looked_over_before_it_is_saved(world, head):
    first = world.first_year + 1
    path = address(world, "change_calendar", "oak", first) + "?copy=1"
    page = form_of(head, path)
    moved = england_plan(first - 1).terms[0].start + timedelta(days=364)
    assert (page.boxes["terms-0-starts_on-day"], page.boxes["terms-0-starts_on-year"]) == (str(moved.day), str(first))
    assert not SchoolYear.objects.filter(first_year=first).exists()
    response = head.client.post(path, page.data | _date("terms-0-starts_on", moved + timedelta(days=1)))
    assert response.status_code == 302, Page(response.content.decode()).errors
    year = SchoolYear.objects.get(organisation=world.places["oak"], first_year=first)
    assert year.copied_from == first - 1
    assert year.plan().terms[0].start == moved + timedelta(days=1)
    assert f"Copied from {england_plan(first - 1).name}" in main(head, response["Location"])


def test_terms_out_of_order_are_named_beside_the_field(world, head):
    path = address(world, "change_calendar", "oak")
    page = form_of(head, path)
    first, second, _ = england_plan(world.first_year).terms
    mixed = _date("terms-0-starts_on", second.start) | _date("terms-0-ends_on", second.end)
    mixed |= _date("terms-1-starts_on", first.start) | _date("terms-1-ends_on", first.end)
    answer = Page(head.client.post(path, page.data | mixed).content.decode())
    assert any("Put the terms in the order in which they come" in error for error in answer.errors)
    assert answer.soup.select_one(".govuk-error-summary a")["href"] == "#id_terms-1-starts_on-day"
    assert not answer.broken_links
    assert answer.boxes["terms-0-starts_on-month"] == str(second.start.month)


def test_somebody_elses_change_is_shown_and_nothing_typed_is_lost(world, head):
    path = address(world, "change_calendar", "oak")
    page = form_of(head, path)
    other = Visitor(world.people["school_admin@oak"])
    assert other.client.post(path, form_of(other, path).data | school_year(world.first_year)).status_code == 302
    start = england_plan(world.first_year).terms[0].start + timedelta(days=1)
    sent = page.data | _date("terms-0-starts_on", start)
    response = head.client.post(path, sent)
    assert response.status_code == 409
    answer = Page(response.content.decode())
    text = answer.soup.main.get_text(" ")
    assert "School Admin of Oakfield School saved this school year" in text
    assert "Training on Saturdays instead" in text
    assert answer.boxes["terms-0-starts_on-day"] == str(start.day)
    again = head.client.post(path, answer.data)
    assert again.status_code == 302
    year = SchoolYear.objects.get(organisation=world.places["oak"], first_year=world.first_year)
    assert (year.version, year.plan().terms[0].start) == (3, start)


def test_a_year_is_taken_back(world, head):
    path = address(world, "remove_calendar", "oak")
    response = head.client.post(path, form_of(head, path).data | {"sure": "on"})
    assert response.status_code == 302
    assert "Set by Meridian Trust for its schools" in main(head, response["Location"])
    assert "There is nothing to remove" in main(head, head.get(path)["Location"])


def test_removing_what_somebody_else_changed_removes_nothing(world, head):
    path = address(world, "remove_calendar", "oak")
    page = form_of(head, path)
    other = Visitor(world.people["school_admin@oak"])
    change = address(world, "change_calendar", "oak")
    other.client.post(change, form_of(other, change).data | school_year(world.first_year))
    head.client.post(path, page.data | {"sure": "on"})
    assert SchoolYear.objects.filter(organisation=world.places["oak"], first_year=world.first_year).exists()


def later(first):
    """A school year that starts three weeks after England's and has its other days."""
    usual = england_plan(first)
    autumn = Span(usual.terms[0].start + timedelta(days=21), usual.terms[0].end)
    return YearPlan(first, (autumn, *usual.terms[1:]), usual.closures)


@pytest.fixture
def changed(world, head):
    """The year under way and the one before are changed for Oakfield through the page, with no worker running."""
    case = world.cases["oak"].id
    before = list(Deadline.objects.filter(induction=case).values_list("kind", "number", "due_on"))
    for first in (world.first_year - 1, world.first_year):
        path, plan = address(world, "change_calendar", "oak", first), later(first)
        sent = form_of(head, path).data
        for number, term in enumerate(plan.terms):
            sent |= _date(f"terms-{number}-starts_on", term.start) | _date(f"terms-{number}-ends_on", term.end)
        response = head.client.post(path, sent)
        assert response.status_code == 302, Page(response.content.decode()).errors
    assert Induction.objects.get(pk=case).stale
    assert list(Deadline.objects.filter(induction=case).values_list("kind", "number", "due_on")) == before
    return case, before


READS = {
    "list": ("induction_lead@oak", lambda world: "/cases/"),
    "late list": ("body_officer@north", lambda world: "/cases/?show=late"),
    "home": ("induction_tutor@oak", lambda world: "/"),
    "officer's home": ("body_officer@north", lambda world: "/"),
    "case page": ("ect@oak", lambda world: reverse("cases:case", args=[world.cases["oak"].id])),
    "review form": (
        "induction_tutor@oak",
        lambda world: reverse("assessments:new_review", args=[world.cases["oak"].id]),
    ),
    "report": ("governor@oak", lambda world: "/report/"),
}


@pytest.mark.parametrize("name", READS)
def test_every_page_is_true_before_any_worker_has_run(name, world, changed):
    """Each page is read twice: first with the case stale, then after everything was rebuilt. They are the same, and
    what the page says is not what it said before the change."""
    from cases.reckon import mark_stale, reckon_batch

    case, before = changed
    who, path = READS[name][0], READS[name][1](world)
    visitor = Visitor(world.people[who])
    first = main(visitor, path)
    assert not Induction.objects.get(pk=case).stale, "the page reckoned it"
    assert list(Deadline.objects.filter(induction=case).values_list("kind", "number", "due_on")) != before
    mark_stale(Induction.objects.all())
    reckon_batch()
    assert main(visitor, path) == first


def test_a_review_is_submitted_for_the_term_that_holds_now(world, head):
    """The form was opened before the change, and is sent after it: the review is due when the new terms say."""
    from assessments.models import ProgressReview
    from cases.actions import set_calendar
    from cases.calendars import first_year_of
    from tests.support.world_people import viewer_of
    from tests.sweeps.places import PLACES

    place = PLACES[0]
    tutor = Visitor(world.people[place.who])
    sent = form_of(tutor, place.address(world)).data | place.right(world)
    by = viewer_of(head.person.user_id, head.person.acting_for, world.today)
    for year in (first_year_of(world.today), first_year_of(world.today) + 1):
        row = SchoolYear.objects.filter(organisation=by.organisation, first_year=year).first()
        version = row.version if row else 0
        set_calendar(by=by, on=world.today, organisation=by.organisation, plan=later(year), version=version)
    response = tutor.client.post(place.address(world), sent)
    case = Induction.objects.get(pk=world.cases["oak"].id)
    assert response.status_code in {200, 302}
    assert not case.stale
    if response.status_code == 302:
        review = ProgressReview.objects.get(induction=case, number=5)
        due = Deadline.objects.get(induction=case, kind="progress_review", number=5)
        assert (review.due_on, due.is_open) == (due.due_on, False)
