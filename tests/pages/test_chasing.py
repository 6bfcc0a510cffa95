"""The pages of asking a school for what is overdue, and of a body's work by day."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cases.models import Chase, Deadline
from cases.workload import workload_context
from induction_portal import clock
from induction_portal.accounts.permissions import Role
from tests.factories import BodyFactory, SchoolFactory, UserFactory, viewer
from tests.support.many import many_cases
from tests.support.visitors import Visitor


def text(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser").main.get_text(" ", strip=True)


def visitor(world, key):
    return Visitor(world.people[key])


class TestAsking:
    def test_it_is_looked_at_sent_and_shown(self, world):
        officer, case = visitor(world, "body_officer@north"), world.cases["climbing"]
        path = reverse("cases:send_chase", args=[case.id])
        assert path in officer.get(reverse("cases:chase")).content.decode()
        page = text(officer.get(path))
        assert "What you ask for Progress review 1" in page
        assert "Please sign in to see what it is and to send it" in page
        assert world.people["headteacher@oak"].name in page
        sent = officer.post(path, {"line": "I can come by on Thursday"})
        assert (sent.status_code, sent["Location"]) == (302, reverse("cases:chase"))
        assert "The school has been asked for what is overdue" in text(officer.get(sent["Location"]))
        assert path not in officer.get(reverse("cases:chase")).content.decode()
        assert "You can ask again tomorrow" in text(officer.get(path))
        chase = Chase.objects.get(induction=case.id)
        read = text(visitor(world, "induction_tutor@oak").get(reverse("cases:chase_sent", args=[chase.pk])))
        assert "I can come by on Thursday" in read
        assert "Progress review" in read
        assert "asked the school for what was due: Progress review" in text(
            officer.get(reverse("cases:case", args=[case.id]))
        )

    def test_two_clicks_ask_once(self, world):
        officer, case = visitor(world, "body_officer@north"), world.cases["climbing"]
        path = reverse("cases:send_chase", args=[case.id])
        sent = {"line": "", "submission": "5b6d4a0c-6c41-4a53-8a4f-6a0e7f4c1d11"}
        first, second = officer.post(path, sent), officer.post(path, sent)
        assert first["Location"] == second["Location"]
        assert Chase.objects.filter(induction=case.id).count() == 1
        third = officer.post(path, {"line": "Typed in vain"})
        assert "ask again tomorrow" in third.content.decode()

    def test_the_ect_reads_that_it_was_asked_for_and_not_how(self, world):
        page = visitor(world, "ect@elm").get(reverse("cases:case", args=[world.cases["elm"].id])).content.decode()
        assert "asked the school for what was due" in page
        assert "/chases/" not in page

    def test_the_file_says_when_the_school_was_asked(self, world):
        lines = visitor(world, "body_officer@north").get(reverse("cases:chase_csv")).content.decode("utf-8-sig")
        assert lines.splitlines()[0].endswith('"Last asked"') or lines.splitlines()[0].endswith("Last asked")
        assert any(line.rstrip('"').endswith(str(world.today.year)) for line in lines.splitlines()[1:])

    def test_who_may_not_know_of_something_reads_the_rest_without_the_line(self, world):
        """A mentor knows nothing of absence: neither that it was asked for, nor what the officer wrote (R79)."""
        chase = Chase.objects.get(pk=world.chases["elm"].id)
        page = text(visitor(world, "mentor@elm").get(reverse("cases:chase_sent", args=[chase.pk])))
        assert "Copy of the first assessment" in page
        assert "absence" not in page
        assert chase.line not in page
        head = text(visitor(world, "headteacher@elm").get(reverse("cases:chase_sent", args=[chase.pk])))
        assert "30 days’ absence" in head
        assert chase.line in head


class TestWorkByDay:
    @pytest.fixture
    def officer(self, db):
        return viewer(BodyFactory(), Role.BODY_ADMIN, on=clock.today())

    def due(self, case, days, kind="decision", owner="body_officer"):
        on = clock.today() + timedelta(days=days)
        return Deadline.objects.create(
            induction=case, code="D11", kind=kind, number=1, owner=owner, rule="R62", why="Because",
            opened_on=on, due_on=on,
        )  # fmt: skip

    def cases(self, officer, user, count, trn):
        return many_cases(
            count, schools=[SchoolFactory()], body=officer.organisation, officer=user, first_trn=trn,
            starts_on=clock.today() - timedelta(days=20),
        )  # fmt: skip

    def test_each_day_and_each_officer_is_counted(self, officer):
        ann, bo = UserFactory(name="Ann"), UserFactory(name="Bo")
        mine, theirs = self.cases(officer, ann, 3, 6_000_000), self.cases(officer, bo, 1, 6_100_000)
        for case, days in zip([*mine, *theirs], (-4, 3, 3, 10), strict=True):
            self.due(case, days)
        self.due(mine[0], 3, kind="leaver", owner="headteacher")
        told = workload_context(officer, {})
        assert (told["overdue"], told["total"]) == (1, 3)
        busy = {line.on - clock.today(): (line.count, line.says, line.bar) for line in told["lines"] if line.count}
        said = "Decision on the induction"
        assert busy == {timedelta(days=3): (2, f"{said} (2)", 10), timedelta(days=10): (1, said, 5)}
        assert [(s.name, s.overdue, s.week, s.later) for s in told["shares"]] == [("Ann", 1, 2, 0), ("Bo", 0, 0, 1)]
        only = workload_context(officer, {"officer": str(bo.pk)})
        assert (only["overdue"], only["total"]) == (0, 1)

    def test_every_working_day_is_there_and_no_empty_weekend(self, officer):
        days = [line.on for line in workload_context(officer, {})["lines"]]
        assert len(days) >= 27
        assert all(day.weekday() < 5 for day in days)
        assert days == sorted(days)

    def test_another_bodys_work_is_not_counted(self, officer):
        stranger = viewer(BodyFactory(), Role.BODY_ADMIN, on=clock.today())
        (case,) = self.cases(stranger, stranger.user, 1, 6_200_000)
        self.due(case, 2)
        assert workload_context(officer, {})["total"] == 0

    def test_the_page_says_in_words_what_the_bar_shows(self, world):
        page = visitor(world, "body_admin@north").get(reverse("cases:workload"))
        assert "What falls due for your body in the next 6 weeks" in text(page)
        soup = BeautifulSoup(page.content, "html.parser")
        for bar in soup.select(".app-bar"):
            assert bar["aria-hidden"] == "true"
            assert bar.find_parent("tr").select_one("[data-label=Due]").text != "0"
