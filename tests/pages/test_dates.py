"""The case page's dates, why they are as they are, what a change would do, and what is recorded by hand."""

import re
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from assessments.document import context
from assessments.models import ProgressReview, Sending
from cases.deadlines import label
from cases.models import Absence, Deadline, HandRecord, Induction
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditEvent
from induction_portal.govuk.words import day, lower_first
from tests.support.visitors import Visitor

EVERYBODY = ["ect@oak", "mentor@oak", "induction_tutor@oak", "headteacher@oak", "school_admin@oak",
             "body_officer@north", "body_contact@north", "body_admin@north"]  # fmt: skip
NOT_THE_MENTOR = [key for key in EVERYBODY if not key.startswith("mentor")]


def page(world, key, name="", case="oak", query=""):
    answer = Visitor(world.people[key]).get(f"/cases/{world.cases[case].id}/{name}{query}")
    assert answer.status_code == 200, answer.status_code
    return BeautifulSoup(answer.content, "html.parser").main


def words(main):
    return main.get_text(" ", strip=True)


def induction(world, case="oak"):
    return Induction.objects.select_related("clock").get(pk=world.cases[case].id)


def typed(name, on):
    return f"{name}-day={on.day}&{name}-month={on.month}&{name}-year={on.year}"


def named(on, text):
    """Whether a day is named in a text: 2 July is not in 22 July."""
    return re.search(rf"(?<![0-9]){day(on)}", text)


class TestTheCasePage:
    @pytest.mark.parametrize("key", EVERYBODY)
    def test_shows_the_stored_end_as_picture_and_words(self, world, key):
        main = page(world, key)
        ends_on = induction(world).clock.ends_on
        assert main.find("h2", id="stands").get_text() == f"Induction ends on {day(ends_on)}"
        assert main.find("svg").find("title").get_text() == "Timeline of the induction"
        lines = main.find("summary", string=lambda text: text and "in words" in text) or main.find("details")
        assert lines is not None
        assert day(ends_on) in words(main.find("table"))

    @pytest.mark.parametrize("key", EVERYBODY)
    def test_every_step_has_its_date_whose_it_is_and_why(self, world, key):
        steps = page(world, key).select(".app-steps__step")
        assert steps
        rows = {(label(row), day(row.due_on)): row for row in Deadline.objects.filter(induction=induction(world))}
        for step in steps:
            says = step.find("strong").get_text()
            (row,) = [row for (name, due), row in rows.items() if name == says and due in step.get_text()]
            assert row.why in step.find("details").get_text()
            assert row.rule in step.find("details").get_text()
            if row.owner != "system":
                assert lower_first(Role(row.owner).label) in step.get_text()

    def test_reviews_sent_are_marked_for_who_may_read_them(self, world):
        sent = ProgressReview.objects.filter(induction=induction(world)).count()
        sent += Sending.objects.filter(version__assessment__induction=induction(world), version__number=1).count()
        assert sent > 1
        assert len(page(world, "induction_tutor@oak").select(".app-picture__done")) == sent
        assert not page(world, "mentor@oak").select(".app-picture__done")

    @pytest.mark.parametrize("key", ["headteacher@oak", "body_officer@north"])
    def test_who_let_the_case_go_sees_it_as_on_their_last_day(self, world, key):
        """ "moved" went from Oakfield to Harbour, and to the other body."""
        main = page(world, key, case="moved")
        later = [words(bar) for bar in main.select("svg g title")]
        assert not [text for text in later if "Harbour" in text]
        assert "Harbour" not in words(main)
        ends_on = induction(world, "moved").clock.ends_on
        assert ends_on is None or day(ends_on) not in words(main)
        assert not main.select(".app-steps__step")
        assert "what a change would do" not in words(main)

    @pytest.mark.parametrize("name", ["", "dates/", "what-if/"])
    @pytest.mark.parametrize(("key", "case"), [("headteacher@elm", "joined"), ("headteacher@harbour", "left")])
    def test_a_school_that_joined_sees_nothing_earlier(self, world, name, key, case):
        main = page(world, key, name, case)
        own = world.people[key].place
        first = induction(world, case).placements.filter(school=world.places[own]).first()
        whole = words(main)
        for placement in induction(world, case).placements.exclude(school=first.school):
            assert not named(placement.starts_on, whole)
            assert f"{placement.school.name}:" not in whole
        dated = " ".join(words(each) for each in main.select("figure, details, table, .app-steps, .app-reasons"))
        earlier = Deadline.objects.filter(induction=world.cases[case].id, due_on__lt=first.starts_on)
        assert not [row for row in earlier if named(row.due_on, dated)]
        assert "Why these dates" in whole or name == "what-if/"

    @pytest.mark.parametrize("name", ["", "dates/", "what-if/"])
    def test_a_mentor_reads_nothing_of_absence(self, world, name):
        whole = words(page(world, "mentor@oak", name))
        for word in ("Absence that counts", "Extended by", "absence", "R26", "Absent"):
            assert word not in whole.replace("an absence or a choice about leave", ""), word

    @pytest.mark.parametrize("key", NOT_THE_MENTOR)
    def test_the_others_read_what_counts(self, world, key):
        assert "Absence that counts" in words(page(world, key, "dates/"))


class TestDatesAndWhy:
    def test_gives_the_whole_chain_with_sources(self, world):
        whole = words(page(world, "ect@oak", "dates/"))
        for said in ("Rule R15: Reg 7(1); SG 2.30", "Oakfield School from", "Rule R36", "Induction is complete on"):
            assert said in whole, said
        assert str(world.places["oak"]) not in whole

    def test_lists_what_is_done_as_well(self, world):
        done = page(world, "body_officer@north", "dates/", "elm").find_all(string=lambda text: "Done on" in text)
        assert done

    def test_only_the_body_is_offered_to_record(self, world):
        assert "Record that a step was done" in words(page(world, "body_officer@north", "dates/"))
        assert "Record that a step was done" not in words(page(world, "headteacher@oak", "dates/"))


class TestWhatIf:
    def query(self, world, days=60, fte="0.5"):
        return f"?{typed('start', world.today + timedelta(days=days))}&fte={fte}"

    @pytest.mark.parametrize("key", EVERYBODY)
    def test_stands_beside_what_is_recorded_and_stores_nothing(self, world, key):
        before = AuditEvent.objects.count()
        main = page(world, key, "what-if/", query=self.query(world))
        rows = [[cell.get_text(strip=True) for cell in row.select("th, td")] for row in main.select("tbody tr")]
        ends = next(row for row in rows if row[0] == "Induction ends")
        assert day(induction(world).clock.ends_on) in ends[1]
        assert ends[3].endswith("later")
        assert len(main.select("svg")) == 2
        assert AuditEvent.objects.count() == before

    @pytest.mark.parametrize(("query", "field", "says"), [
        ("fte=0.5", "start", "Enter the day from which"),
        ("start-day=1&start-month=3&start-year=2001&fte=0.5", "start", "no service on this day"),
        ("start-day=1&start-month=3&start-year=2027&fte=1", "fte", "already"),
        ("start-day=1&start-month=3&start-year=2027", "fte", "Enter the part of full time"),
        ("start-day=1&start-month=3&start-year=2027&fte=0.5&days=Monday", "fte", "add up"),
        ("start-day=31&start-month=2&start-year=2027&fte=0.5", "start", "real date"),
    ])  # fmt: skip
    def test_what_contradicts_itself_is_said_beside_the_field(self, world, query, field, says):
        main = page(world, "induction_tutor@oak", "what-if/", query=f"?{query}")
        (link,) = main.select(".govuk-error-summary a")
        assert says in link.get_text()
        assert main.find(id=link["href"][1:])["name"].startswith(field)
        assert "What if, beside" not in words(main)

    def test_an_absence_on_a_day_before_service_is_said_beside_it(self, world):
        asked = "absences-row=0&absences-0-kind=sickness&absences-0-start-day=1&absences-0-start-month=3"
        main = page(world, "induction_tutor@oak", "what-if/", query=f"?{asked}&absences-0-start-year=2001")
        (link,) = main.select(".govuk-error-summary a")
        assert "nobody can be absent" in link.get_text()

    def test_an_absence_extends(self, world):
        known = Absence.objects.get(pk=world.absences["oak"].id).starts_on
        start, end = known - timedelta(days=50), known - timedelta(days=1)
        first, last = typed("absences-0-start", start), typed("absences-0-end", end)
        query = f"?absences-row=0&absences-0-kind=sickness&{first}&{last}"
        assert "extended by" in words(page(world, "ect@oak", "what-if/", query=query))

    def test_a_mentor_is_asked_about_no_absence(self, world):
        main = page(world, "mentor@oak", "what-if/")
        assert not main.select("[name^=absences], [name=leave]")
        forged = page(world, "mentor@oak", "what-if/", query="?absences-row=0&absences-0-kind=sickness&leave=yes")
        assert not forged.select("[name^=absences], [name=leave]")

    def test_rows_are_added_without_an_answer_lost(self, world):
        query = self.query(world) + "&absences-add=1"
        main = page(world, "ect@oak", "what-if/", query=query)
        assert main.find("input", {"name": "fte"})["value"] == "0.5"


class TestRecordingByHand:
    def test_the_body_records_and_the_step_is_done(self, world):
        visitor = Visitor(world.people["body_officer@north"])
        on = world.today
        sent = {"what": "D3-1", "done_on-day": on.day, "done_on-month": on.month, "done_on-year": on.year}
        answer = visitor.post(f"/cases/{world.cases['oak'].id}/dates/done/", sent)
        assert answer.status_code == 302
        assert HandRecord.objects.get(induction=world.cases["oak"].id).done_on == on
        assert f"Done on {day(on)}" in words(page(world, "body_officer@north", "dates/"))

    def test_where_nothing_is_to_be_recorded_the_page_says_so(self, world):
        Deadline.objects.filter(induction=world.cases["oak"].id, code="D3").delete()
        assert "nothing to record" in words(page(world, "body_officer@north", "dates/done/"))


class TestTheDocument:
    def test_a_review_bears_where_induction_stood(self, world):
        review = ProgressReview.objects.filter(induction=world.cases["oak"].id).latest("number")
        stands = dict(context(review)["reading"].stands)
        assert list(stands) == ["Induction ends", "Being served", "Served", "Why"]
        assert "absence" not in " ".join(stands.values())

    def test_nothing_of_another_school_is_in_it(self, world):
        for review in ProgressReview.objects.filter(induction=world.cases["moved"].id):
            said = " ".join(text for _, text in context(review)["reading"].stands)
            for placement in review.induction.placements.exclude(school=review.school_id):
                assert day(placement.starts_on) not in said
