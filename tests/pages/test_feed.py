"""One's own dates in one's own calendar: the link, who is answered by it, and what they are told."""

from datetime import date, datetime, timedelta

import icalendar
import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Observation
from cases.actions import make_feed
from cases.feed.days import OTHER, dates_of, plain_words
from cases.models import Deadline, FeedLink, FeedRead, Placement
from induction_portal import clock
from induction_portal.accounts.models import Membership, User
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AccessLog, AuditEvent, AuditPayload
from tests.factories import BodyFactory, MembershipFactory, SchoolFactory, viewer
from tests.support.ical import entries
from tests.support.many import many_cases
from tests.support.visitors import Visitor
from tests.support.world_people import viewer_of

PAGE = "/your-calendar/"


def path_of(token):
    return reverse("cases:feed_file", args=[token])


def of(world, key):
    person = world.people[key]
    return viewer_of(person.user_id, person.acting_for, world.today)


def link_for(by):
    return make_feed(by=by, on=by.on)


def fetch(token, **headers):
    return Client().get(path_of(token), headers=headers)


def body(response):
    assert response.status_code == 200, response.content
    return response.content


class TestTheLink:
    def test_it_is_shown_once_and_kept_nowhere(self, world):
        visitor = Visitor(world.people["headteacher@oak"])
        assert "Make a link" in visitor.get(PAGE).content.decode()
        assert visitor.post(f"{PAGE}link/").status_code == 302
        shown = visitor.get(PAGE)
        address = BeautifulSoup(shown.content, "html.parser").select_one(".govuk-inset-text .app-typed").text
        token = address.rpartition("/")[2].removesuffix(".ics")
        assert len(token) >= 43
        assert token not in visitor.get(PAGE).content.decode()
        assert entries(body(fetch(token)))
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(l::text, '') || (SELECT string_agg(s.session_data, '') FROM"
                           " django_session s) FROM cases_feedlink l")  # fmt: skip
            assert token not in cursor.fetchone()[0]
        trail = "".join(AuditPayload.objects.filter(event__event="feed_link_made").values_list("content", flat=True))
        assert token not in trail
        assert FeedLink.objects.get(user=visitor.person.user_id).digest not in trail

    def test_the_secret_travels_in_a_cookie_of_the_page_alone(self, world):
        visitor = Visitor(world.people["headteacher@oak"])
        cookie = visitor.post(f"{PAGE}link/").cookies["calendar_link"]
        assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (PAGE, True, "Strict")
        assert int(cookie["max-age"]) <= 300
        assert visitor.get(PAGE).cookies["calendar_link"]["max-age"] == 0

    def test_a_new_one_ends_the_old_one(self, world):
        tutor = of(world, "induction_tutor@oak")
        _, first = link_for(tutor)
        _, second = link_for(tutor)
        assert fetch(first).status_code == 404
        assert entries(body(fetch(second)))
        assert FeedLink.objects.filter(user=tutor.user, ended_on=None).count() == 1

    def test_it_can_be_ended(self, world):
        visitor = Visitor(world.people["induction_tutor@oak"])
        _, token = link_for(of(world, "induction_tutor@oak"))
        assert visitor.post(f"{PAGE}link/end/").status_code == 302
        assert fetch(token).status_code == 404
        assert "Make a link" in visitor.get(PAGE).content.decode()
        again = visitor.post(f"{PAGE}link/end/")
        assert "There is no calendar link to end" in visitor.get(again["Location"]).content.decode()

    def test_it_dies_with_the_account_and_with_the_role(self, world):
        tutor = of(world, "induction_tutor@oak")
        _, token = link_for(tutor)
        User.objects.filter(pk=tutor.user.pk).update(is_active=False)
        assert fetch(token).status_code == 404
        User.objects.filter(pk=tutor.user.pk).update(is_active=True)
        assert fetch(token).status_code == 200
        held = Membership.objects.filter(user=tutor.user, organisation=tutor.organisation)
        held.update(ends_on=world.today - timedelta(days=1))
        assert fetch(token).status_code == 404

    def test_it_does_not_come_back_with_another_role(self, world):
        tutor = of(world, "induction_tutor@oak")
        link, token = link_for(tutor)
        FeedLink.objects.filter(pk=link.pk).update(made_on=world.today - timedelta(days=9))
        Membership.objects.filter(user=tutor.user, organisation=tutor.organisation).update(
            ends_on=world.today - timedelta(days=3)
        )
        MembershipFactory(
            user=tutor.user, organisation=tutor.organisation, role=Role.HEADTEACHER, starts_on=world.today
        )
        assert fetch(token).status_code == 404
        page = Visitor(world.people["induction_tutor@oak"]).get(PAGE).content.decode()
        assert "has stopped working" in page

    def test_each_capacity_has_its_own(self, world):
        person = world.people["both@oak"]
        oak, elm = of(world, "both@oak"), of(world, "both@elm")
        assert oak.user == elm.user
        feeds = [body(fetch(link_for(by)[1])) for by in (oak, elm)]
        assert FeedLink.objects.filter(user=person.user_id, ended_on=None).count() == 2
        names = [{each["SUMMARY"].partition(":")[0] for each in entries(feed)} for feed in feeds]
        assert names[0] != names[1]

    @pytest.mark.django_db
    @pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "é" * 20])
    def test_an_unknown_link_tells_nothing(self, token):
        answer = Client().get(f"/your-calendar/{token}.ics")
        assert answer.status_code == 404
        assert answer["Cache-Control"] == "private, no-store"

    @pytest.mark.django_db
    def test_the_number_of_visits_from_one_address_is_limited(self, monkeypatch):
        monkeypatch.setattr("cases.views.feeds.READS_A_MINUTE", 2)
        answers = [fetch("x" * 43).status_code for _ in range(3)]
        assert answers == [404, 404, 429]

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_it_is_only_for_reading(self, method, world):
        _, token = link_for(of(world, "induction_tutor@oak"))
        assert getattr(Client(), method)(path_of(token)).status_code == 405


class TestTheAnswer:
    def test_its_headers_keep_it_private(self, world):
        _, token = link_for(of(world, "induction_tutor@oak"))
        answer = fetch(token)
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        assert answer["Cache-Control"] == "private, no-cache"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in answer.headers
        assert not answer.cookies

    def test_who_has_it_already_is_told_so(self, world):
        _, token = link_for(of(world, "induction_tutor@oak"))
        first = fetch(token)
        etag, modified = first["ETag"], first["Last-Modified"]
        same = fetch(token, **{"If-None-Match": etag})
        assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
        assert same["Cache-Control"] == "private, no-cache"
        assert fetch(token, **{"If-Modified-Since": modified}).status_code == 304
        assert fetch(token).content == first.content

    def test_a_change_raises_the_sequence_and_nothing_else_does(self, world):
        tutor = of(world, "induction_tutor@oak")
        link, token = link_for(tutor)
        first = fetch(token)
        assert {each["SEQUENCE"] for each in entries(first.content)} == {"0"}
        due = Deadline.objects.filter(induction=world.cases["oak"].id, is_open=True, due_on__gte=world.today).first()
        Deadline.objects.filter(pk=due.pk).update(due_on=due.due_on + timedelta(days=3))
        second = fetch(token, **{"If-None-Match": first["ETag"]})
        assert {each["SEQUENCE"] for each in entries(body(second))} == {"1"}
        assert {each["UID"] for each in entries(first.content)} == {each["UID"] for each in entries(second.content)}
        read = FeedRead.objects.get(link=link)
        assert (read.revision, read.fetched_at >= read.changed_at) == (2, True)

    def test_the_reader_is_told_by_the_log_of_reads_and_on_the_page(self, world):
        link, token = link_for(of(world, "induction_tutor@oak"))
        before = AuditEvent.objects.count()
        fetch(token)
        fetch(token)
        assert AccessLog.objects.filter(subject_id=link.pk, subject_kind="cases.feedlink").count() == 1
        assert AuditEvent.objects.count() == before
        page = Visitor(world.people["induction_tutor@oak"]).get(PAGE).content.decode()
        assert "Not yet" not in page

    def test_the_queries_are_twelve_at_most_however_many_cases(self, world):
        school, officer = SchoolFactory(), viewer(BodyFactory(), Role.BODY_OFFICER, on=clock.today())
        tutor = viewer(school, Role.INDUCTION_TUTOR, on=clock.today())
        told = {"schools": [school], "body": officer.organisation, "officer": officer.user, "tutor": tutor.user}
        starts_on = clock.today() - timedelta(days=300)
        many_cases(3, starts_on=starts_on, **told)
        links = {by: link_for(by)[1] for by in (tutor, officer)}
        links |= {by: link_for(by)[1] for by in (of(world, key) for key in world.people if "former" not in key)}
        few = {by: _queries(token) for by, token in links.items()}
        assert max(few.values()) <= 12
        many_cases(40, starts_on=starts_on, first_trn=6_100_000, **told)
        assert [_queries(links[by]) <= few[by] for by in (tutor, officer)] == [True, True]
        assert len(entries(body(fetch(links[tutor])))) > 80


def _queries(token):
    with CaptureQueriesContext(connection) as asked:
        assert fetch(token).status_code == 200
    return len([q for q in asked.captured_queries if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))])


class TestWhatItTells:
    def test_the_ect_reads_their_own_days_without_their_name(self, world):
        told = entries(body(fetch(link_for(of(world, "ect@oak"))[1])))
        assert told
        assert not any(":" in each["SUMMARY"] for each in told)
        own = reverse("cases:dates", args=[world.cases["oak"].id])
        assert any(each["URL"].endswith(own) for each in told)

    def test_a_planned_observation_and_the_meeting_after_it(self, world):
        told = entries(body(fetch(link_for(of(world, "induction_tutor@oak"))[1])))
        planned = Observation.objects.get(pk=world.observations["oakahead"].id)
        found = {each["SUMMARY"].partition(": ")[2]: each for each in told if "bservation" in each["SUMMARY"]}
        assert found["Lesson observation"]["DTSTART"] == planned.observed_on.strftime("%Y%m%d")
        assert found["Meeting after the observation"]["DTSTART"] == planned.meeting_on.strftime("%Y%m%d")
        assert planned.focus not in str(told)

    def test_term_dates_of_the_own_school(self, world):
        told = {each["SUMMARY"] for each in entries(body(fetch(link_for(of(world, "mentor@oak"))[1])))}
        assert told & {"Autumn term starts", "Spring term starts", "Summer term starts"}
        assert told & {"Autumn term ends", "Spring term ends", "Summer term ends"}

    def test_an_officer_reads_what_they_have_to_do_and_an_administrator_everything(self, world):
        kept = {"officer": "body_officer@north", "admin": "body_admin@north", "contact": "body_contact@north"}
        told = {who: {each.key for each in dates_of(of(world, key))} for who, key in kept.items()}
        deadlines = {who: {key for key in keys if key.startswith("deadline:")} for who, keys in told.items()}
        assert deadlines["officer"] <= deadlines["admin"]
        assert deadlines["contact"] == set()

    def test_no_entry_is_about_absence_support_or_an_appeal(self, world):
        """Whatever its kind, a deadline that is not a step of every induction has no name outside the portal."""
        for row in Deadline.objects.filter(is_open=True):
            if row.kind.startswith(("absence", "leave", "level", "appeal", "hearing", "dismissal")):
                assert plain_words(row) == OTHER, row.kind
        told = [each for key in world.people for each in _told(world, key)]
        words = " ".join(each["SUMMARY"].rpartition(": ")[2] + each["DESCRIPTION"] for each in told)
        for word in ("bsence", "Level", "oncern", "ppeal", "ismissal", "ick", "support", "late"):
            assert word not in words, word

    def test_nobody_reads_what_their_pages_do_not_show(self, world):
        """Of every canary only names of the ECTs whose cases this person reaches; nothing told in confidence."""
        for key, person in world.people.items():
            text = str(_told(world, key))
            for canary in world.found_in(text):
                assert canary.kind in {"case", "move"}, f"{key} reads {canary}"
                assert world.reaches(person, world.cases[canary.about]), f"{key} reads {canary}"
            for concern in world.own_concerns.values():
                assert str(concern.id) not in text

    def test_a_school_that_let_the_case_go_and_another_body_read_nothing_of_it(self, world):
        for key in ("induction_lead@oak", "body_officer@south", "operator@portal", "governor@oak"):
            person = world.people[key]
            ids = {str(case.id) for case in world.cases.values() if not world.reaches(person, case)}
            assert not any(each["URL"].split("/")[-3] in ids for each in _told(world, key) if "/dates/" in each["URL"])

    def test_nothing_takes_place_at_a_school_that_the_ect_has_left(self, world):
        def ahead():
            told = [each for key in world.people if key.startswith("ect@") for each in dates_of(of(world, key))]
            return {each.key.partition(":")[0] for each in told if each.on > world.today}

        there = {"plan_week", "support_meeting", "observation"}
        assert ahead() >= there
        Placement.objects.filter(ends_on=None, starts_on__lte=world.today).update(ends_on=world.today)
        assert not ahead() & there

    def test_every_link_leads_to_a_page_that_opens(self, world):
        for key in ("ect@oak", "mentor@oak", "induction_tutor@oak", "headteacher@oak", "body_officer@north",
                    "body_admin@north", "trust_officer@meridian", "school_admin@elm"):  # fmt: skip
            visitor = Visitor(world.people[key])
            for path in {each.url for each in dates_of(of(world, key))}:
                assert visitor.get(path).status_code in {200, 302}, (key, path)


def _told(world, key):
    if key.startswith("former"):
        return []
    return entries(body(fetch(link_for(of(world, key))[1])))


def test_the_library_reads_the_whole_world(world):
    for key in ("induction_lead@oak", "body_admin@north", "ect@moved"):
        data = body(fetch(link_for(of(world, key))[1]))
        events = icalendar.Calendar.from_ical(data).events
        assert len(events) == len(entries(data)) > 0
        assert all(isinstance(event.start, date) and not isinstance(event.start, datetime) for event in events)
        assert all(event["DTSTAMP"].dt.utcoffset() == timedelta(0) for event in events)
