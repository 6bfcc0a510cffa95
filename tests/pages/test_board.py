"""A body's board, its chase list and its windows; the general report of a term and on one ECT."""

import csv
import io
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cases.actions import end_body_period, set_window
from cases.actions.windows import windows_version
from cases.board import GROUPS, board
from cases.chase import chase_filter, chase_page
from cases.models import Deadline, GivenReport, Induction, Placement, SubmissionWindow, Teacher
from cases.reckon import reckon_batch
from cases.rules.csv_files import as_csv
from cases.rules.deadline_rules import RULES
from cases.term_reports import term_report, terms_to_record
from cases.terms import begun_terms
from cases.worded import late_words, left_words
from induction_portal import clock
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System
from tests.factories import (
    BodyFactory,
    GivenReportFactory,
    MembershipFactory,
    SchoolFactory,
    TrustFactory,
    UserFactory,
    viewer,
)
from tests.support.many import many_cases
from tests.support.visitors import Visitor

BY = System("tests")


def main(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def text(visitor, path):
    return main(visitor.get(path)).get_text(" ", strip=True)


@pytest.fixture
def school(db):
    return SchoolFactory(name="Alpha School")


@pytest.fixture
def officer(db):
    return viewer(BodyFactory(), Role.BODY_OFFICER, on=clock.today())


def many(school, viewer, count, **options):
    told = {"schools": [school], "body": viewer.organisation, "officer": viewer.user}
    return many_cases(count, **told | {"starts_on": clock.today() - timedelta(days=300)} | options)


def stands(case, code, due_on, owner="body_officer"):
    """A deadline of the table that a later part of the portal will open."""
    return Deadline.objects.create(
        induction=case, code=code, kind="final_assessment", number=90, opened_on=due_on, due_on=due_on, owner=owner,
        rule="R62", source="Reg 11(5)", why="Because",
    )  # fmt: skip


# The board


@pytest.mark.parametrize(
    ("code", "group", "owner"),
    [
        ("D9", "Recommendations and representations", "headteacher"),
        ("D10", "Recommendations and representations", "ect"),
        ("D11", "Decisions", "body_officer"),
        ("D12", "Notices of a decision", "body_officer"),
        ("D15", "Appeals", "body_officer"),
        ("D19", "Notices of 30 days’ absence", "headteacher"),
        ("D30", "Other deadlines of yours", "body_officer"),
    ],
)
def test_each_deadline_stands_with_those_of_its_days(school, officer, code, group, owner):
    (case,) = many(school, officer, 1)
    stands(case, code, clock.today() + timedelta(days=1), owner)
    told = board(officer, {})
    shown = {each.group.title: each.rows for each in told["groups"]}
    assert list(shown) == [group], "a school's review is no deadline of the law's"
    assert [row.task.about for row in shown[group]] == [case.teacher.name]
    assert len(told["empty"]) == len(GROUPS) - 1


def test_every_code_of_a_group_is_in_the_table_and_in_one_group():
    codes = [code for group in GROUPS for code in group.codes]
    assert len(codes) == len(set(codes))
    assert set(codes) <= set(RULES)


@pytest.mark.parametrize(
    ("due_on", "words"),
    [
        (date(2026, 11, 20), "2 working days left"),
        (date(2026, 11, 19), "1 working day left"),
        (date(2026, 11, 18), "Due today"),
        (date(2026, 11, 17), "1 working day late"),
        (date(2026, 11, 13), "3 working days late"),
    ],
)
def test_time_left_is_said_in_the_laws_days(due_on, words):
    assert left_words(due_on, today=date(2026, 11, 18)) == words


def test_over_a_weekend_what_is_late_is_late_and_what_is_due_is_due():
    saturday = date(2026, 11, 21)
    assert left_words(saturday, today=saturday) == "Due today"
    assert late_words(saturday, today=saturday + timedelta(days=1)) == "1 working day late"
    assert left_words(saturday + timedelta(days=1), today=saturday) == "Due today"


def test_the_board_names_the_officer_and_narrows_to_one(school, officer):
    other = UserFactory(name="Other Officer")
    mine, theirs = many(school, officer, 1), many(school, officer, 1, officer=other, first_trn=6_100_000)
    for (case,) in (mine, theirs):
        stands(case, "D11", clock.today())
    rows = [row for each in board(officer, {})["groups"] for row in each.rows]
    assert {row.officer for row in rows} == {officer.user.name, other.name}
    only = [row for each in board(officer, {"officer": str(other.pk)})["groups"] for row in each.rows]
    assert [row.task.case_id for row in only] == [theirs[0].pk]
    assert board(officer, {"officer": "nobody"})["count"] == 2, "an officer that is none narrows nothing"


def test_reviews_and_registrations_wait_on_the_board(world):
    for key in ("body_officer@north", "body_admin@north"):
        told = text(Visitor(world.people[key]), "/board/")
        assert "Read progress review 4" in told
        assert "Registrations to decide" in told
        assert "ZqHarbourect" not in told


def test_the_board_is_another_bodys_when_a_case_is(school, officer):
    (case,) = many(school, officer, 1)
    stands(case, "D11", clock.today())
    other = viewer(BodyFactory(), Role.BODY_OFFICER, on=clock.today())
    assert board(other, {})["count"] == 0
    yesterday = clock.today() - timedelta(days=1)
    end_body_period(by=BY, on=yesterday, period=case.body_periods.get(), last_day=yesterday)
    assert board(officer, {})["count"] == 0


# Whom to chase


def test_the_list_says_what_is_missing_since_when_and_whom_to_ask(school, officer):
    tutor = UserFactory(name="Tess Tutor", email="tess@alpha.example")
    head = UserFactory(name="Hal Head", email="hal@alpha.example")
    MembershipFactory(user=head, organisation=school, role=Role.HEADTEACHER)
    (case,) = many(school, officer, 1, tutor=tutor)
    (row,) = chase_page(officer, chase_filter(officer, {}))["rows"]
    assert row.case.pk == case.pk
    assert (row.case.school_name, row.case.tutor_email, row.case.head_email) == (
        "Alpha School", "tess@alpha.example", "hal@alpha.example",
    )  # fmt: skip
    due = case.deadlines.get(kind="progress_review", number=1)
    assert [(each.says, each.due_on) for each in row.missing] == [("Progress review 1", due.due_on)]
    assert "working days late" in row.missing[0].late
    due.closed_on = clock.today()
    due.save()
    Deadline.objects.filter(induction=case, due_on__lt=clock.today()).update(closed_on=clock.today())
    assert not chase_page(officer, chase_filter(officer, {}))["rows"]


def test_a_windows_last_day_counts(school, officer):
    """A review that is not late by the rules alone is late once the window has ended."""
    today = clock.today()
    many(school, officer, 1, starts_on=today - timedelta(days=20))
    first = Deadline.objects.get(kind="progress_review", number=1)
    term = _term(officer, first.due_on)
    opens_on = max(first.opened_on, date(term[0], 8, 1))
    set_window(
        by=BY, on=today, body=officer.organisation, term=term, opens_on=opens_on,
        due_on=max(opens_on, today - timedelta(days=1)), version=windows_version(officer.organisation),
    )  # fmt: skip
    reckon_batch()
    moved = Deadline.objects.get(kind="progress_review", number=1)
    if moved.due_on < today:
        assert len(chase_page(officer, chase_filter(officer, {}))["rows"]) == 1
        assert moved.nominal_on == first.due_on


def _term(officer, day):
    from cases.calendars import usual_calendar
    from cases.rules.windows import term_of

    return term_of(usual_calendar(first=day - timedelta(days=400), today=clock.today()), day)


def test_the_list_is_by_school_in_pages_by_key(officer):
    schools = [SchoolFactory(name=name) for name in ("Beta", "Alpha", "Alpha")]
    many_cases(
        60, schools=schools, body=officer.organisation, officer=officer.user, names=["Ann", "Bo"],
        starts_on=clock.today() - timedelta(days=300),
    )  # fmt: skip
    seen, after = [], ""
    while True:
        page = chase_page(officer, chase_filter(officer, {}), after=after)
        seen += page["rows"]
        if not page["next"]:
            break
        after = page["next"].partition("after=")[2]
    assert len({row.case.pk for row in seen}) == len(seen) == 60
    order = [(row.case.school_name, row.case.teacher.sort_name, row.case.pk) for row in seen]
    assert order == sorted(order)
    only = chase_page(officer, chase_filter(officer, {"school": str(schools[0].pk)}))["rows"]
    assert {row.case.school_name for row in only} == {"Beta"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start):
    evil = f'{start}HYPERLINK("http://evil.example","x")'
    (line,) = list(csv.reader(io.StringIO(as_csv(["A"], [[evil]]), newline="")))[1:]
    assert line[0] == "'" + evil


def test_the_file_holds_what_the_pages_hold(school, officer):
    many(school, officer, 30, names=["=cmd|calc", "Ann"])
    Teacher.objects.filter(name="Ann").update(name="Ann, “the” Lee")
    visitor = _client(officer)
    answer = visitor.get("/board/chase/csv/")
    assert answer["Content-Type"].startswith("text/csv")
    assert "attachment" in answer["Content-Disposition"]
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 30
    assert {line["ECT"] for line in lines} == {"'=cmd|calc", "Ann, “the” Lee"}
    assert {line["School"] for line in lines} == {"Alpha School"}


def _client(who):
    from django.test import Client

    from tests.support.visitors import BACKEND

    client = Client()
    client.force_login(who.user, BACKEND)
    return client


# Windows


def test_a_body_sees_its_windows_and_who_set_them(world):
    admin = Visitor(world.people["body_admin@north"])
    path = reverse("cases:windows", args=[world.places["north"]])
    told = main(admin.get(path))
    assert "No window" in told.get_text()
    assert "Body Admin of Northern Hub" in told.get_text()
    change = told.select_one("a[href*='term=']")
    form = main(admin.get(change["href"]))
    assert form.select_one("option[selected]")["value"] == change["href"].partition("term=")[2]
    contact = main(Visitor(world.people["body_contact@north"]).get(path))
    assert not contact.select("a[href*='change']")


def test_a_window_is_changed_and_taken_back_by_its_page(world):
    admin, body = Visitor(world.people["body_admin@north"]), world.places["north"]
    path, held = reverse("cases:change_window", args=[body]), SubmissionWindow.objects.get(body=body)
    version = windows_version(held.body)
    choice = {"term": f"{held.first_year}-{held.term}", "version": str(version)}
    assert admin.post(path, choice).status_code == 302
    assert not SubmissionWindow.objects.filter(body=body).exists()
    page = main(admin.post(path, choice))
    assert "Somebody else has changed the windows" in page.get_text()


@pytest.mark.parametrize("term", ["1999-autumn", "nonsense", "2026-winter", "x" * 5000])
def test_a_term_that_is_not_offered(world, term):
    admin, path = (
        Visitor(world.people["body_admin@north"]),
        reverse("cases:change_window", args=[world.places["north"]]),
    )
    assert admin.get(f"{path}?term={term}").status_code == 200
    assert "There is a problem" in main(admin.post(path, {"term": term})).get_text()


# The general report


def test_the_figures_of_a_term(school, officer):
    today = clock.today()
    head = viewer(school, Role.HEADTEACHER, on=today)
    cases = many(school, officer, 3)
    Placement.objects.filter(induction=cases[2]).update(ends_on=today - timedelta(days=200))
    term = begun_terms(head)[-1]
    (row,) = term_report(head, term)["rows"]
    columns = [column["text"] for column in term_report(head, term)["columns"]]
    told = dict(zip(columns, row, strict=True))
    assert (told["School"], told["ECTs in the term"]) == ("Alpha School", 2)
    assert told["In part 1"] + told["In part 2"] == 2
    due = Deadline.objects.filter(
        kind="progress_review", due_on__range=(term.starts_on, term.until), induction__in=cases[:2]
    )
    assert told["Reviews due"] == due.count()
    assert told["Reviews late"] == due.filter(due_on__lt=today).count()
    due.filter(induction=cases[0]).update(closed_on=today)
    again = dict(zip(columns, term_report(head, term)["rows"][0], strict=True))
    assert again["Reviews sent"] == due.filter(closed_on=today).count()


def test_each_part_is_counted_as_at_the_terms_end(school, officer):
    today = clock.today()
    head = viewer(school, Role.HEADTEACHER, on=today)
    (case,) = many(school, officer, 1, starts_on=today - timedelta(days=420))
    begins = case.clock.part_2_starts_on
    for term in begun_terms(head):
        rows = term_report(head, term)["rows"]
        if not rows:
            continue
        part_1, part_2 = rows[0][2:4]
        assert (part_1, part_2) == ((0, 1) if begins <= term.as_at(today) else (1, 0)), term


def test_a_trust_and_a_body_have_their_own_schools_and_a_total(school, officer):
    today, trust = clock.today(), TrustFactory()
    ours, other = SchoolFactory(name="Ours", trust=trust), SchoolFactory(name="Others")
    school.trust = trust
    school.save()
    many_cases(
        6, schools=[school, ours, other], body=officer.organisation, officer=officer.user,
        starts_on=today - timedelta(days=100),
    )  # fmt: skip
    of_trust = viewer(trust, Role.TRUST_OFFICER, on=today)
    term = begun_terms(of_trust)[-1]
    assert [row[:2] for row in term_report(of_trust, term)["rows"]] == [
        ["Alpha School", 2], ["Ours", 2], ["All schools", 4],
    ]  # fmt: skip
    assert [row[:2] for row in term_report(officer, term)["rows"]][-2:] == [["Ours", 2], ["All schools", 6]]


def test_a_body_counts_nobody_at_the_school_that_came_after_it(school, officer):
    """Figures too tell of a move: what began when the body had let the case go is another's (R86)."""
    today = clock.today()
    (case,) = many(school, officer, 1)
    last = today - timedelta(days=2)
    Placement.objects.filter(induction=case).update(ends_on=last)
    end_body_period(by=BY, on=today, period=case.body_periods.get(), last_day=last)
    next_school = SchoolFactory(name="Next")
    since = {"starts_on": today, "contract_starts_on": today}
    Placement.objects.create(induction=case, school=next_school, reported_body=officer.organisation, **since)
    rows = term_report(officer, begun_terms(officer)[-1])["rows"]
    assert "Next" not in [row[0] for row in rows]


@pytest.mark.parametrize("query", ["", "?term=", "?term=1999-autumn", "?term=%00", "?term=" + "x" * 5000, "?term=a-b"])
def test_any_term_is_answered(world, query):
    assert Visitor(world.people["governor@oak"]).get(f"/report/{query}").status_code == 200


@pytest.mark.parametrize("key", ["body_officer@north", "body_admin@north", "trust_officer@meridian", "governor@oak"])
def test_the_report_names_nobody(world, key):
    told = text(Visitor(world.people[key]), "/report/")
    assert "Oakfield School" in told
    assert "Harbour" not in told
    assert not world.found_in(told)


def test_the_report_is_a_headteachers_task_until_it_is_recorded(world):
    head = Visitor(world.people["headteacher@elm"])
    assert "Give the governing body the general report" in text(head, "/")
    term = main(head.get("/report/given/")).select_one("option[selected]")["value"]
    day = clock.today()
    given_on = {"given_on-day": day.day, "given_on-month": day.month, "given_on-year": day.year}
    assert head.post("/report/given/", {"term": term} | given_on).status_code == 302
    assert "given on" in text(head, "/report/")
    again = main(head.post("/report/given/", {"term": term} | given_on))
    assert "There is a problem" in again.get_text()
    assert GivenReport.objects.filter(school=world.places["elm"]).count() == 1


def test_a_school_without_ects_owes_no_report(school):
    head = viewer(school, Role.HEADTEACHER, on=clock.today())
    assert not terms_to_record(head)
    assert "has been recorded as given" in main(_client(head).get("/report/given/")).get_text()


def test_a_given_term_is_not_asked_for_again(school, officer):
    many(school, officer, 1)
    head = viewer(school, Role.HEADTEACHER, on=clock.today())
    terms = terms_to_record(head)
    last = terms[-1]
    GivenReportFactory(
        school=school, first_year=last.key[0], term=last.key[1], given_on=clock.today(), set_on=clock.today()
    )
    assert last not in terms_to_record(head)
    assert len(terms_to_record(head)) == len(terms) - 1


def test_the_general_report_on_one_ect_says_whether_on_track_part_and_dates_only(world):
    head, case = Visitor(world.people["headteacher@oak"]), world.cases["oak"]
    told = text(head, reverse("cases:report_on_one", args=[case.id]))
    assert "On track to complete Yes, as of" in told
    assert "Induction ends, as things stand" in told
    sung = {canary.kind for canary in world.found_in(told)}
    assert sung == {"case"}, "a name, and nothing that was written"
    assert Induction.objects.get(pk=case.id).clock.ends_on


def test_before_the_first_review_nobody_has_said(school, officer):
    (case,) = many(school, officer, 1)
    head = viewer(school, Role.HEADTEACHER, on=clock.today())
    told = main(_client(head).get(reverse("cases:report_on_one", args=[case.pk]))).get_text(" ", strip=True)
    assert "Not said yet" in told


def test_the_board_shows_the_first_lines_of_a_group_and_all_where_asked(school, officer):
    for case in many(school, officer, 30):
        stands(case, "D11", clock.today())
    (decisions,) = [each for each in board(officer, {})["groups"] if each.group.title == "Decisions"]
    assert (len(decisions.rows), decisions.count) == (25, 30)
    link = next(a for a in main(_client(officer).get("/board/")).select("a") if "under Decisions" in a.get_text())
    assert link["href"] == "?all=decisions#decisions"
    (decisions,) = [each for each in board(officer, {"all": "decisions"})["groups"] if each.group.title == "Decisions"]
    assert (len(decisions.rows), decisions.show_all) == (30, "")
