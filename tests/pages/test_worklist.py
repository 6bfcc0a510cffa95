"""Home: what each role must do, narrowed by the address, and what they wait for; lists of hundreds stay flat."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases import settling
from cases.lists import case_filter, one_page
from cases.models import Deadline, Induction
from cases.reckon import mark_stale
from cases.settling import settle
from cases.worklist import ROWS, worklist
from induction_portal import clock
from induction_portal.accounts.models import Membership
from induction_portal.accounts.permissions import Role
from tests.factories import (
    AbsenceFactory,
    AppointmentFactory,
    BodyFactory,
    MembershipFactory,
    SchoolFactory,
    UserFactory,
    viewer,
)
from tests.support.many import many_cases
from tests.support.visitors import BACKEND, Visitor


def main(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main


def text(visitor, path="/"):
    return main(visitor.get(path)).get_text(" ", strip=True)


@pytest.fixture
def school(db):
    return SchoolFactory()


@pytest.fixture
def body(db):
    return BodyFactory(name="Many Hub")


def began() -> date:
    """Long enough ago that a review is late, whatever the day."""
    return clock.today() - timedelta(days=300)


def many(school, body, count, **options):
    options = {"schools": [school], "body": body, "officer": UserFactory(), "starts_on": began()} | options
    officer = {"user": options["officer"], "organisation": body, "role": Role.BODY_OFFICER}
    if not Membership.objects.filter(**officer).exists():
        MembershipFactory(**officer)
    return many_cases(count, **options)


def client_of(who) -> Client:
    client = Client()
    client.force_login(who.user, BACKEND)
    return client


def queries(client, path) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len([q for q in asked.captured_queries if "SAVEPOINT" not in q["sql"]])


# Whose tasks


def test_a_lead_has_every_tutors_reviews_and_a_headteacher_waits_for_them(school, body):
    many(school, body, 2)
    lead, head = (viewer(school, role, on=clock.today()) for role in (Role.INDUCTION_LEAD, Role.HEADTEACHER))
    told = worklist(lead, {})
    assert {task.kind for task in told.tasks} == {"progress_review"}
    assert all(task.url and task.why and task.state for task in told.tasks)
    assert len(told.tasks) == 2, "the second review waits for the first"
    heads = worklist(head, {})
    assert not [task for task in heads.tasks if task.kind == "progress_review"]
    waited = [task for task in heads.waits if task.kind == "progress_review"]
    assert len(waited) == 2
    assert waited[0].says.startswith("Induction tutor: progress review")
    assert not any(task.url for task in waited), "a headteacher cannot log a review"


def test_what_somebody_else_does_is_told_within_a_sentence_and_an_ect_stays_one(school, body):
    many(school, body, 1)
    Deadline.objects.filter(kind="progress_review").update(kind="interim_assessment")
    waits = worklist(viewer(school, Role.HEADTEACHER, on=clock.today()), {}).waits
    assert "Induction tutor: interim assessment before the ECT leaves" in [wait.says for wait in waits]


def test_somebody_who_is_tutor_of_one_and_head_of_all_has_both(school, body):
    both = viewer(school, Role.HEADTEACHER, Role.INDUCTION_TUTOR, on=clock.today())
    mine = many(school, body, 1, tutor=both.user, names=["Own"])
    many(school, body, 1, first_trn=6_100_000, names=["Other"])
    told = worklist(both, {})
    assert {task.case_id for task in told.tasks if task.kind == "progress_review"} == {mine[0].pk}
    assert {task.about for task in told.waits if task.kind == "progress_review"} == {"Other"}


@pytest.mark.parametrize("role", [Role.BODY_OFFICER, Role.BODY_ADMIN])
def test_a_body_waits_only_for_what_is_late(school, body, role):
    many(school, body, 1)
    told = worklist(viewer(body, role, on=clock.today()), {})
    assert not told.tasks
    assert told.waits
    assert all(task.on < clock.today() for task in told.waits)


def test_a_named_contact_waits_for_nobody(school, body):
    many(school, body, 1)
    told = worklist(viewer(body, Role.BODY_CONTACT, on=clock.today()), {})
    assert not told.tasks
    assert not told.waits


def test_a_date_that_passes_by_itself_is_nobodys_task(school, body):
    (case,) = many(school, body, 1)
    Deadline.objects.filter(induction=case).update(owner="system")
    told = worklist(viewer(school, Role.INDUCTION_LEAD, on=clock.today()), {})
    assert not told.tasks
    assert not told.waits


def test_an_assessment_that_was_not_held_is_overdue(school, body):
    many(school, body, 1, starts_on=clock.today() - timedelta(days=420))
    assert Deadline.objects.filter(kind="first_assessment", due_on__lt=clock.today(), is_open=True).exists()
    told = worklist(viewer(school, Role.INDUCTION_LEAD, on=clock.today()), {})
    assert "Overdue" in {task.state for task in told.tasks if task.kind == "first_assessment"}


def away(case, **told):
    """The ECT of a case is away from ten days before their first review is due."""
    review = case.deadlines.get(kind="progress_review", number=1)
    AbsenceFactory(placement=case.placements.get(), starts_on=review.due_on - timedelta(days=10), **told)
    mark_stale(Induction.objects.filter(pk=case.pk))
    return review


def test_what_waits_for_a_return_is_nobodys_task_and_never_late(school, body):
    (case,) = many(school, body, 1)
    review = away(case, ends_on=None)
    lead = viewer(school, Role.INDUCTION_LEAD, on=clock.today())
    assert not [task for task in worklist(lead, {}).tasks if task.kind == review.kind and task.on == review.due_on]
    (row,) = one_page(lead, case_filter(lead, {}))["rows"]
    assert (row.due_on, row.state) == (None, "When the ECT returns")
    late = [task for task in worklist(lead, {"due": "overdue"}).tasks if task.kind == review.kind]
    assert not [task for task in late if task.on >= review.due_on]


def test_a_mentor_learns_of_no_absence(school, body):
    """R79: neither from a task, nor from why another is due later."""
    (case,) = many(school, body, 1)
    mentor, lead = (viewer(school, role, on=clock.today()) for role in (Role.MENTOR, Role.INDUCTION_LEAD))
    AppointmentFactory(placement=case.placements.get(), kind=Role.MENTOR, user=mentor.user, starts_on=began())
    review = away(case, ends_on=clock.today() - timedelta(days=1))
    told, said = ([*work.tasks, *work.waits] for work in (worklist(mentor, {}), worklist(lead, {})))
    assert {"absence_notice", "absence_warning"} & {task.kind for task in said}
    assert not {"absence_notice", "absence_warning", "leave_choice"} & {task.kind for task in told}
    assert [task for task in said if task.kind == review.kind and "away" in task.why]
    assert [task for task in told if task.kind == review.kind]
    assert not [task for task in told if "away" in task.why or "return" in task.state]


def test_an_absence_is_said_once(school, body):
    (case,) = many(school, body, 1)
    away(case, ends_on=clock.today() - timedelta(days=1))
    head = viewer(school, Role.HEADTEACHER, on=clock.today())
    notices = [task for task in worklist(head, {}).tasks if "30 days" in task.says]
    assert len(notices) == 1
    assert notices[0].url


def test_what_is_done_is_no_task(school, body):
    (case,) = many(school, body, 1)
    lead = viewer(school, Role.INDUCTION_LEAD, on=clock.today())
    (task,) = worklist(lead, {}).tasks
    Deadline.objects.filter(induction=case, due_on=task.on).update(closed_on=clock.today())
    assert all(later.on > task.on for later in worklist(lead, {}).tasks)


# Filters and counts


def test_the_counts_are_those_of_the_lists_they_lead_to(world):
    lead = Visitor(world.people["induction_lead@oak"])
    page = main(lead.get("/"))
    links = page.select(".app-counts a")
    assert [link.get_text().partition(" (")[0] for link in links] == ["All", "Overdue", "Due in the next 7 days"]
    for link in links:
        shown = main(lead.get(f"/{link['href'].replace('?', '?all=1&')}")).select(".govuk-task-list")
        tasks = (
            shown[0].select("li")
            if shown and shown[0].find_previous("h2").get_text().startswith("What you need")
            else []
        )
        assert int(link.get_text().partition("(")[2].rstrip(")")) == len(tasks), link


def test_a_kind_of_task_is_chosen_by_the_address(world):
    head = Visitor(world.people["headteacher@oak"])
    everything = main(head.get("/")).get_text(" ", strip=True)
    assert "general report" in everything.lower()
    only = main(head.get("/?kind=general_report"))
    assert "Give the governing body the general report" in only.get_text()
    assert len(only.select_one(".govuk-task-list").select("li")) == 1


@pytest.mark.parametrize(
    "query",
    ["due=never", "kind=%00", "kind=nonsense", "due=overdue&kind=%27", "school=x", "officer=" + "9" * 5000, "all=1"],
)
@pytest.mark.parametrize("key", ["induction_lead@oak", "body_admin@north", "ect@oak", "governor@oak"])
def test_any_question_is_answered(world, key, query):
    response = Visitor(world.people[key]).get(f"/?{query}")
    assert response.status_code == 200


def test_what_is_not_offered_is_refused_by_name(world):
    page = main(Visitor(world.people["induction_lead@oak"]).get("/?due=never"))
    assert page.select_one(".govuk-error-summary")
    assert "Select due from the list" in page.select_one(".govuk-error-summary").get_text()


def test_a_body_chooses_a_school_and_its_administrator_an_officer(school, body):
    admin, today = viewer(body, Role.BODY_ADMIN, on=clock.today()), clock.today()
    other, officers = SchoolFactory(), [UserFactory(name="Ann"), UserFactory(name="Bob")]
    for number, (place, officer) in enumerate(zip((school, other), officers, strict=True)):
        made = many(place, body, 1, officer=officer, first_trn=6_000_000 + 10 * number, names=[officer.name])
        Deadline.objects.filter(induction=made[0], kind="progress_review", number=1).update(
            owner="body_officer", kind="final_assessment", number=9, due_on=today
        )
    assert {task.about for task in worklist(admin, {}).tasks} == {f"Ann, {school.name}", f"Bob, {other.name}"}
    assert [task.about for task in worklist(admin, {"officer": str(officers[1].pk)}).tasks] == [f"Bob, {other.name}"]
    assert [task.about for task in worklist(admin, {"school": str(school.pk)}).tasks] == [f"Ann, {school.name}"]


def test_nothing_is_said_in_words(db):
    told = text_of_home(viewer(SchoolFactory(), Role.INDUCTION_LEAD, on=clock.today()))
    assert "Nothing waits for you today." in told
    assert "What you are waiting for" not in told


def text_of_home(who, path="/"):
    return main(client_of(who).get(path)).get_text(" ", strip=True)


# Hundreds


def test_three_hundred_ects_ask_no_more_than_three(school, body):
    lead = viewer(school, Role.INDUCTION_LEAD, on=clock.today())
    officer = viewer(body, Role.BODY_OFFICER, Role.BODY_ADMIN, on=clock.today())
    paths = [(lead, "/"), (lead, "/cases/?show=late"), (lead, "/report/"), (officer, "/"), (officer, "/board/"),
             (officer, "/board/chase/"), (officer, "/board/chase/csv/"), (officer, "/cases/?part=1"),
             (officer, "/report/")]  # fmt: skip
    many(school, body, 3, officer=officer.user)
    few = [queries(client_of(who), path) for who, path in paths]
    many(school, body, 297, officer=officer.user, first_trn=6_500_000)
    assert [queries(client_of(who), path) for who, path in paths] == few
    told = worklist(lead, {})
    assert (len(told.tasks), told.count) == (ROWS, 300)
    assert len(worklist(lead, {"all": "1"}).tasks) == 300


def test_one_request_reckons_no_more_than_its_share(school, body, monkeypatch):
    """The rest is left out, the worker is woken, and the page says so."""
    woken = []
    monkeypatch.setattr(settling, "reckon_soon", lambda: woken.append(True))
    many(school, body, 12)
    lead = viewer(school, Role.INDUCTION_LEAD, on=clock.today())
    mark_stale(Induction.objects.all())
    assert settle(Induction.objects.all(), most=5) == 7
    assert Induction.objects.filter(stale=True).count() == 7
    assert woken == [True]
    assert settle(Induction.objects.all(), most=7) == 0
    assert woken == [True], "nothing is left for the worker"
    mark_stale(Induction.objects.all())
    monkeypatch.setattr(settling.settle, "__kwdefaults__", {"most": 4})
    told = worklist(lead, {})
    assert (told.count, told.waiting) == (4, 8)
    assert "ECTs left out for now: 4" in text_of_home(lead)
    listed = one_page(lead, case_filter(lead, {"show": "late"}))
    assert len(listed["rows"]) == 12, "three requests have reckoned all"


def test_a_stale_date_is_never_shown(school, body):
    cases = many(school, body, 3)
    Deadline.objects.filter(induction__in=cases).update(due_on=date(1999, 1, 1))
    mark_stale(Induction.objects.all())
    lead = viewer(school, Role.INDUCTION_LEAD, on=clock.today())
    assert all(task.on.year > 1999 for task in worklist(lead, {}).tasks)


# Pages by key


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(["Ann", "Anna", "Zoë", "ann", "Bo"]), min_size=1, max_size=5))
def test_pages_hold_every_case_once_ties_included(school, body, names):
    start = 6_000_000 + 100 * Induction.objects.count()
    many(school, body, 53, names=names, first_trn=start)
    lead = viewer(school, Role.INDUCTION_LEAD, on=clock.today())
    seen, after = [], ""
    while True:
        page = one_page(lead, case_filter(lead, {}), after=after)
        seen += [row.case_id for row in page["rows"]]
        if not page["next"]:
            break
        after = page["next"].partition("after=")[2]
    assert len(seen) == len(set(seen)) == Induction.objects.count()


@pytest.mark.parametrize("after", ["", "x", "%00", "1" * 5000, "00000000-0000-4000-8000-000000000000"])
@pytest.mark.parametrize("path", ["/cases/", "/board/chase/"])
def test_a_forged_cursor_begins_at_the_first_page(world, path, after):
    officer = Visitor(world.people["body_officer@north"])
    assert text(officer, f"{path}?after={after}") == text(officer, path)


def test_a_cursor_of_another_tenant_tells_nothing(world):
    officer, theirs = Visitor(world.people["body_officer@north"]), world.cases["harbour"].id
    assert text(officer, f"/cases/?after={theirs}") == text(officer, "/cases/")
    assert text(officer, f"/board/chase/?after={theirs}") == text(officer, "/board/chase/")


@pytest.mark.parametrize("search", ["x" * 5000, "%00", "%FF"])
def test_a_search_that_is_none_is_refused_beside_it(world, search):
    page = main(Visitor(world.people["body_officer@north"]).get(f"/cases/?search={search}"))
    refused = page.select_one(".govuk-error-summary")
    assert (refused is not None) == (search != "%FF")


@pytest.mark.parametrize(
    ("query", "finds"),
    [("part=2&status=here", True), ("part=1", False), ("status=left", False), ("part=full", False), ("part=9", None)],
)
def test_filters_of_the_list(world, query, finds):
    lead = Visitor(world.people["induction_lead@elm"])
    told = text(lead, f"/cases/?{query}")
    if finds is None:
        assert "There is a problem" in told
        return
    case = Induction.objects.select_related("clock").get(pk=world.cases["elm"].id)
    in_part_2 = case.clock.part_2_starts_on <= clock.today() and case.clock.ends_on >= clock.today()
    assert in_part_2
    assert ("ZqElmect" in told) == finds


def test_who_has_let_a_case_go_finds_it_by_no_date(world):
    """Elmbridge's former ECT serves at Harbour: what is late there is not Elmbridge's to know."""
    lead = Visitor(world.people["induction_lead@elm"])
    assert "ZqLeftect" in text(lead, "/cases/?status=left")
    for query in ("show=late", "part=1", "part=2", "part=full"):
        assert "ZqLeftect" not in text(lead, f"/cases/?{query}"), query


def test_a_body_finds_its_ects_by_school_and_officer(world):
    officer = Visitor(world.people["body_officer@north"])
    oak, south = world.places["oak"], world.places["harbour"]
    told = text(officer, f"/cases/?school={oak}")
    assert "ZqOakect" in told
    assert "ZqElmect" not in told
    assert "There is a problem" in text(officer, f"/cases/?school={south}"), "another body's school is no choice"
    mine = world.people["body_officer@north"].user_id
    assert "ZqElmect" in text(officer, f"/cases/?officer={mine}")
