"""A registration by the school's administrator, from the first answer to the body that reads it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.urls import reverse

from cases.models import Induction, Placement, Registration, School, Teacher
from induction_portal.accounts.models import Draft, Membership
from induction_portal.audit.models import AuditEvent
from notifications.models import Message
from tests.factories import TeacherFactory, UserFactory
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.sweeps.places import registration_answers

NEW = reverse("cases:new_registration")
LIST = reverse("cases:registrations")


@pytest.fixture
def admin(world):
    return Visitor(world.people["school_admin@oak"])


@pytest.fixture
def officer(world):
    return Visitor(world.people["body_officer@north"])


def page_of(visitor, path):
    response = visitor.get(path)
    assert response.status_code == 200, response.status_code
    return Page(response.content.decode())


def answered(visitor, world, **other):
    """The form filled in properly, with something of it changed."""
    page = page_of(visitor, NEW)
    return page.data | registration_answers(world, **other)


def sent(visitor, world, **other):
    response = visitor.client.post(NEW, answered(visitor, world, **other))
    assert response.status_code == 302, Page(response.content.decode()).errors
    return Registration.objects.get(pk=response["Location"].strip("/").rpartition("/")[2])


def to(name, registration):
    return reverse(f"cases:{name}", args=[registration.pk])


def typed_day(name, day):
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


class TestSending:
    def test_what_was_answered_is_read_once_more_before_it_goes(self, world, admin):
        data = answered(admin, world)
        del data["send"]
        before = AuditEvent.objects.count()
        response = admin.client.post(NEW, data)
        html = response.content.decode()
        assert "Check your answers" in html
        for told in ("Ngozi Adeyemi", "3104871", "4 March 2001", "0.6 of full time: Monday, Tuesday and Wednesday",
                     "Provider-led by Ambition Institute", "Northern Hub", "Learn the routines"):  # fmt: skip
            assert told in html, told
        assert AuditEvent.objects.count() == before
        check = Page(html)
        back = Page(admin.client.post(NEW, check.data | {"go_back": "1"}).content.decode())
        assert back.boxes["name"] == "Ngozi Adeyemi"
        assert back.boxes["targets-0-text"] == "Learn the routines of the school"
        assert not back.errors
        assert admin.client.post(NEW, check.data | {"send": "1"}).status_code == 302
        assert Registration.objects.get(trn="3104871").body.name == "Northern Hub"

    def test_leaving_the_check_loses_nothing(self, world, admin):
        data = answered(admin, world)
        del data["send"]
        admin.client.post(NEW, data)
        assert page_of(admin, NEW).boxes["name"] == "Ngozi Adeyemi"
        sent(admin, world)
        assert not Draft.objects.filter(form="cases:new_registration", author=admin.person.user_id).exists()

    def test_nothing_but_the_registration_is_written(self, world, admin):
        counts = [model.objects.count() for model in (Teacher, Induction, Placement)]
        registration = sent(admin, world)
        assert [model.objects.count() for model in (Teacher, Induction, Placement)] == counts
        assert (registration.state, registration.version, registration.unmatched) == ("sent", 1, False)
        assert registration.reported_by_id == admin.person.user_id

    def test_the_bodys_officers_and_administrators_are_told(self, world, admin):
        registration = sent(admin, world)
        told = Message.objects.filter(subject_id=registration.pk)
        assert {m.recipient.email for m in told} == {"body_officer@north.example", "body_admin@north.example"}
        assert "Adeyemi" not in "".join(m.title for m in told)

    def test_both_sides_see_where_it_stands(self, world, admin, officer):
        registration = sent(admin, world)
        for reader in (admin, officer):
            assert "Sent, waiting for Northern Hub" in reader.get(LIST).content.decode()
            assert "Ngozi Adeyemi" in reader.get(to("registration", registration)).content.decode()
        assert "Change the registration" not in officer.get(to("registration", registration)).content.decode()

    def test_the_same_teacher_is_registered_once_while_it_waits(self, world, admin):
        sent(admin, world)
        again = admin.client.post(NEW, answered(admin, world))
        page = Page(again.content.decode())
        assert any("has registered a teacher with this reference number" in error for error in page.errors)
        assert page.boxes["name"] == "Ngozi Adeyemi"


class TestWhatIsKnownStaysUnknown:
    """R12: the answer to the school is the same whether a record exists or not."""

    def test_a_known_teacher_gets_the_same_answer(self, world, admin):
        fresh = sent(admin, world)
        stranger = admin.get(to("registration", fresh)).content.decode()
        Registration.objects.filter(pk=fresh.pk).update(state="withdrawn")
        TeacherFactory(trn="3104871", name="Ngozi Adeyemi", date_of_birth=date(2001, 3, 4))
        known = sent(admin, world)
        assert not known.unmatched
        page = admin.get(to("registration", known)).content.decode()
        assert page.replace(str(known.pk), str(fresh.pk)).count("Sent, waiting") == stranger.count("Sent, waiting")
        assert "could not match" not in page

    @pytest.mark.parametrize(
        "known",
        [
            {"trn": "3104871", "name": "Ngozi Adeyemi", "date_of_birth": date(2000, 3, 4)},
            {"trn": "3104817", "name": "NGOZI  Adeyemí", "date_of_birth": date(2001, 3, 4)},
        ],
        ids=["the number with another birthday", "the name and birthday with another number"],
    )
    def test_what_fits_only_in_part_is_for_the_body_to_check(self, known, world, admin):
        TeacherFactory(**known)
        registration = sent(admin, world)
        assert registration.unmatched
        html = admin.get(to("registration", registration)).content.decode()
        assert "We could not match these details; your appropriate body will check" in html
        assert "2000" not in html
        assert "3104817" not in html

    def test_an_existing_inductions_dates_stay_as_they_are(self, world, admin):
        teacher = Teacher.objects.get(induction=world.cases["harbour"].id)
        before = list(Placement.objects.filter(induction__teacher=teacher).values())
        sent(admin, world, trn=teacher.trn, **typed_day("date_of_birth", teacher.date_of_birth))
        assert list(Placement.objects.filter(induction__teacher=teacher).values()) == before
        teacher.refresh_from_db()
        assert teacher.name == "ZqHarbourect Surname"
        assert admin.get(reverse("cases:case", args=[world.cases["harbour"].id])).status_code == 404


STOPS = [
    ("trn", {"trn": "3104"}, "7 digits"),
    ("date_of_birth-day", {"date_of_birth-day": "31", "date_of_birth-month": "2"}, "must be a real date"),
    ("date_of_birth-day", {"date_of_birth-year": "2015"}, "18 to 100 years old"),
    ("name", {"name": "x" * 5000}, "200 characters or fewer"),
    ("email", {"email": "ngozi"}, "correct format"),
    ("induction_status", {"induction_status": "passed"}, "has passed induction"),
    ("induction_status", {"induction_status": "failed"}, "has failed induction"),
    ("induction_status", {"induction_status": "failed_in_wales"}, "failed induction in Wales"),
    ("induction_status", {"induction_status": "exempt"}, "does not serve induction"),
    ("induction_status", {"induction_status": "prohibited"}, "prohibited from teaching"),
    ("induction_status", {"induction_status": "none"}, "no qualified teacher status yet"),
    ("lead_provider", {"lead_provider": ""}, "Enter the lead provider"),
    ("fte", {"fte": ""}, "Enter the full-time equivalent"),
    ("mon", {"mon": "0", "tue": "0", "wed": "0"}, "at least one weekday"),
    ("supply_agreed_on-day", {"is_supply": "yes"}, "Enter the date of the headteacher’s agreement"),
    ("special_measures_from-day", {"in_special_measures": "yes"}, "Enter the first day of special measures"),
    ("post_checks", {"post_checks": ["can_recommend"]}, "and 12 more"),
    ("body", {"body": "00000000-0000-0000-0000-000000000000"}, "Select the appropriate body"),
    ("mentor", {"mentor": "00000000-0000-0000-0000-000000000000"}, "Select the mentor"),
    ("tutor_minutes_a_week", {"tutor_minutes_a_week": "0"}, "must be 1 or more"),
    ("targets-0-standard", {"targets-0-standard": ""}, "Select the Standard"),
]  # fmt: skip


class TestStops:
    @pytest.mark.parametrize(("field", "typed", "words"), STOPS)
    def test_each_is_told_beside_its_question_and_nothing_typed_is_lost(self, field, typed, words, world, admin):
        data = answered(admin, world, **typed)
        page = Page(admin.client.post(NEW, data).content.decode())
        assert page.title.startswith("Error: ")
        assert any(words in error for error in page.errors), page.errors
        assert any(link["href"].startswith(f"#id_{field}") for link in page.soup.select(".govuk-error-summary a"))
        assert not page.broken_links
        for name, shown in page.boxes.items():
            expected = data.get(name, "")
            assert shown == (expected[0] if isinstance(expected, list) else expected), name
        assert not Registration.objects.filter(school=world.places["oak"], trn="3104871").exists()

    def test_several_are_told_at_once(self, world, admin):
        start = typed_day("starts_on", world.today + timedelta(days=29))
        page = Page(admin.client.post(NEW, answered(admin, world, induction_status="exempt", **start)).content.decode())
        assert len(page.errors) == 2

    def test_a_mentor_in_both_roles_needs_a_reason(self, world, admin):
        """R10: the induction tutor is given the mentor's role as well."""
        tutor = world.people["induction_tutor@oak"]
        held = Membership.objects.get(user=tutor.user_id)
        Membership.objects.create(user_id=tutor.user_id, organisation=held.organisation, role="mentor",
                                  starts_on=held.starts_on)  # fmt: skip
        both = {"mentor": str(tutor.user_id)}
        page = Page(admin.client.post(NEW, answered(admin, world, **both)).content.decode())
        assert any("should be two people" in error for error in page.errors)
        registration = sent(admin, world, **both, exception_reason="The only other teacher; the hub meets the ECT")
        assert registration.exception_reason.startswith("The only other")

    def test_the_ect_is_not_their_own_mentor(self, world, admin):
        page = Page(admin.client.post(NEW, answered(admin, world, email="Mentor@oak.example")).content.decode())
        assert any("cannot be their own mentor" in error for error in page.errors)

    def test_somebody_who_will_have_left_is_no_mentor(self, world, admin):
        held = Membership.objects.filter(user=world.people["mentor@oak"].user_id)
        held.update(ends_on=world.today + timedelta(days=10))
        page = Page(admin.client.post(NEW, answered(admin, world)).content.decode())
        assert any("Select a mentor who has that role" in error for error in page.errors)

    def test_a_school_known_to_be_in_special_measures_cannot_say_that_it_is_not(self, world, admin):
        School.objects.filter(pk=world.places["oak"]).update(special_measures_from=world.today - timedelta(days=30))
        page = Page(admin.client.post(NEW, answered(admin, world)).content.decode())
        assert any("has been in special measures since" in error for error in page.errors)
        since = typed_day("special_measures_from", world.today - timedelta(days=30))
        ofsted = typed_day("ofsted_permission_on", world.today - timedelta(days=2))
        allowed = {"in_special_measures": "yes", "ofsted_scope": "The sixth form", **since, **ofsted}
        assert sent(admin, world, **allowed).ofsted_scope == "The sixth form"

    def test_what_does_not_arise_is_not_kept(self, world, admin):
        later = typed_day("supply_agreed_on", world.today)
        registration = sent(admin, world, route="school_led", full_time="yes", **later)
        assert (registration.lead_provider, registration.supply_agreed_on) == ("", None)
        assert (registration.fte, registration.days) == (1, {})

    def test_a_school_without_tutors_and_mentors_is_told_what_to_do(self, world, admin):
        held = Membership.objects.filter(organisation=world.places["oak"], role="mentor")
        held.update(starts_on=date(2019, 1, 1), ends_on=date(2020, 1, 1))
        assert "Nobody at your school is a mentor yet" in admin.get(NEW).content.decode()


class TestChanging:
    def test_it_goes_back_to_the_body_as_the_next_version(self, world, admin, officer):
        registration = sent(admin, world)
        Registration.objects.filter(pk=registration.pk).update(state="returned")
        assert "Correct a returned registration" in admin.get("/").content.decode()
        page = page_of(admin, to("change_registration", registration))
        assert page.boxes["trn"] == "3104871"
        assert page.boxes["wed"] == "1.00"
        data = page.data | {"name": "Ngozi Adeyemi-Clark", "send": "1"}
        assert admin.client.post(to("change_registration", registration), data).status_code == 302
        registration.refresh_from_db()
        assert (registration.name, registration.state, registration.version) == ("Ngozi Adeyemi-Clark", "sent", 2)
        assert registration.targets.count() == 1
        html = officer.get(to("registration", registration)).content.decode()
        assert "Adeyemi-Clark" in html
        assert "version 2" in html

    def test_two_colleagues_at_once_see_three_texts(self, world, admin):
        head = Visitor(world.people["headteacher@oak"])
        registration = sent(admin, world)
        path = to("change_registration", registration)
        first, second = page_of(admin, path).data, page_of(head, path).data
        saved = admin.client.post(path, first | {"name": "Ngozi Saved", "send": "1"})
        assert saved.status_code == 302
        answer = head.client.post(path, second | {"name": "Ngozi Typed", "mentor_subject": "Music", "send": "1"})
        assert answer.status_code == 409
        html = answer.content.decode()
        for told in ("Ngozi Typed", "Ngozi Saved", "Ngozi Adeyemi", "Music", admin.person.name):
            assert told in html, told
        again = Page(html)
        assert again.boxes["name"] == "Ngozi Typed"
        assert head.client.post(path, again.data | {"send": "1"}).status_code == 302
        registration.refresh_from_db()
        assert (registration.name, registration.version) == ("Ngozi Typed", 3)

    @pytest.mark.parametrize("state", ["confirmed", "refused", "withdrawn"])
    def test_what_was_decided_meanwhile_is_not_changed(self, state, world, admin):
        registration = sent(admin, world)
        path = to("change_registration", registration)
        data = page_of(admin, path).data | {"name": "Ngozi Typed", "send": "1"}
        Registration.objects.filter(pk=registration.pk).update(state=state)
        before = AuditEvent.objects.count()
        answer = admin.client.post(path, data)
        assert answer.status_code == 409
        assert "Ngozi Typed" in answer.content.decode()
        assert admin.get(path)["Location"] == to("registration", registration)
        assert AuditEvent.objects.count() == before

    def test_another_body_is_named_by_a_new_registration(self, world, admin):
        registration = sent(admin, world)
        path = to("change_registration", registration)
        data = page_of(admin, path).data | {"body": str(world.places["south"]), "send": "1"}
        assert any(
            "Select the appropriate body" in e for e in Page(admin.client.post(path, data).content.decode()).errors
        )


class TestWithdrawing:
    def test_it_is_taken_back_and_may_be_sent_anew(self, world, admin, officer):
        registration = sent(admin, world)
        path = to("withdrawal", registration)
        assert admin.client.post(path, page_of(admin, path).data).status_code == 302
        registration.refresh_from_db()
        assert registration.state == "withdrawn"
        assert "Withdrawn" in officer.get(to("registration", registration)).content.decode()
        assert sent(admin, world).pk != registration.pk

    def test_an_old_page_withdraws_nothing(self, world, admin):
        registration = sent(admin, world)
        path = to("withdrawal", registration)
        data = page_of(admin, path).data
        Registration.objects.filter(pk=registration.pk).update(version=2)
        answer = admin.client.post(path, data)
        assert answer.status_code == 409
        assert "Nothing was withdrawn" in answer.content.decode()
        registration.refresh_from_db()
        assert registration.state == "sent"


class TestTheDoor:
    @pytest.mark.parametrize(
        "key",
        ["induction_lead@oak", "induction_tutor@oak", "mentor@oak", "governor@oak", "school_admin@elm",
         "headteacher@harbour", "body_officer@south", "body_contact@north", "trust_officer@meridian",
         "operator@portal", "ect@oak"],
    )  # fmt: skip
    def test_nobody_else_knows_that_it_exists(self, key, world, admin):
        registration = sent(admin, world)
        stranger = Visitor(world.people[key])
        for name in ("registration", "change_registration", "withdrawal"):
            assert stranger.get(to(name, registration)).status_code == 404, name

    def test_only_the_school_changes_it(self, world, admin, officer):
        registration = sent(admin, world)
        assert officer.get(to("change_registration", registration)).status_code == 403
        assert officer.post(to("withdrawal", registration)).status_code == 403

    @pytest.mark.parametrize("key", ["induction_tutor@oak", "body_officer@north", "trust_officer@meridian"])
    def test_only_headteachers_and_administrators_register(self, key, world):
        assert Visitor(world.people[key]).get(NEW).status_code == 403


def _at_once(*calls):
    """What each of several requests answered that were made at the same moment."""
    barrier = Barrier(len(calls))

    def run(call):
        barrier.wait()
        try:
            return call()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_schools_register_one_teacher_at_the_same_moment(committed_world):
    world = committed_world
    oak, elm = (Visitor(world.people[f"school_admin@{school}"]) for school in ("oak", "elm"))
    own = {role: str(world.people[f"{role}@elm"].user_id) for role in ("induction_tutor", "mentor")}
    first = answered(oak, world)
    second = answered(elm, world, tutor=own["induction_tutor"], mentor=own["mentor"])
    answers = _at_once(lambda: oak.client.post(NEW, first), lambda: elm.client.post(NEW, second))
    assert [answer.status_code for answer in answers] == [302, 302]
    both = Registration.objects.filter(trn="3104871")
    assert {registration.school.name for registration in both} == {"Oakfield School", "Elmbridge Academy"}
    assert not Teacher.objects.filter(trn="3104871").exists()


def test_two_colleagues_register_one_teacher_at_the_same_moment(committed_world):
    world = committed_world
    visitors = [Visitor(world.people[key]) for key in ("school_admin@oak", "headteacher@oak")]
    forms = [answered(visitor, world) for visitor in visitors]
    answers = _at_once(*(
        lambda visitor=visitor, form=form: visitor.client.post(NEW, form)
        for visitor, form in zip(visitors, forms, strict=True)
    ))  # fmt: skip
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    assert Registration.objects.filter(trn="3104871").count() == 1


def test_two_clicks_send_one(committed_world):
    world = committed_world
    admin = Visitor(world.people["school_admin@oak"])
    form = answered(admin, world)
    first, second = _at_once(lambda: admin.client.post(NEW, form), lambda: admin.client.post(NEW, form))
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert Registration.objects.filter(trn="3104871").count() == 1


def test_a_message_reaches_only_who_may_still_read(world, admin):
    from cases.registration_access import may_see_registration

    registration = sent(admin, world)
    reader = world.people["body_officer@north"]
    user = registration.reported_by.__class__.objects.get(pk=reader.user_id)
    assert may_see_registration(user, registration.pk)
    assert not may_see_registration(UserFactory(), registration.pk)
    Membership.objects.filter(user=user).update(ends_on=world.today - timedelta(days=1))
    assert not may_see_registration(user, registration.pk)
