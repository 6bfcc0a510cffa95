"""A small portal as seed_scale makes a large one: whole, as the rules have it, and open to one of each role."""

import re
from datetime import date
from io import StringIO
from random import Random
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F
from django.test import Client
from django.urls import reverse

from assessments.models import ProgressReview, Version
from cases.models import BodyPeriod, Deadline, Induction, Placement, School, WorkingPattern
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditEvent
from induction_portal.audit.verify import faults
from induction_portal.demo.scale.names import person
from induction_portal.demo.scale.places import Place
from induction_portal.demo.scale.story import Teller
from notifications.models import UNSENT, Message

pytestmark = pytest.mark.django_db
SIZE = {"bodies": 2, "schools": 12, "ects": 150, "seed": 7}


def seed(**other):
    out = StringIO()
    call_command("seed_scale", stdout=out, **(SIZE | other))
    return out.getvalue()


def test_what_is_made_is_whole(tmp_path):
    register = tmp_path / "register.csv"
    register.write_text("URN,EstablishmentName,LA (name)\n100001,Søndergård School,Kent\n100002,Second School,Essex\n")
    told = seed(register=register)
    assert not list(faults())
    assert Induction.objects.count() == SIZE["ects"]
    assert Organisation.objects.filter(kind="body").count() == SIZE["bodies"]
    assert School.objects.count() == SIZE["schools"]
    assert Organisation.objects.get(identifier="100001").name == "Søndergård School"
    _every_move_has_two_bodies_periods()
    _the_dates_are_the_rules()
    _everything_sent_is_sealed_and_told()
    _one_of_each_role_opens_their_home(told)


def _every_move_has_two_bodies_periods():
    assert BodyPeriod.objects.count() == Placement.objects.count() > SIZE["ects"]
    assert not WorkingPattern.objects.filter(fte__lt=1, mon=None).exists()


def _the_dates_are_the_rules():
    assert not Induction.objects.filter(stale=True).exists()
    assert not Induction.objects.filter(clock=None).exists()
    sent = {(r.induction_id, r.number): r.due_on for r in ProgressReview.objects.all()}
    kept = Deadline.objects.filter(kind="progress_review").values_list("induction", "number", "due_on", "closed_on")
    due = {(case, number): due_on for case, number, due_on, _ in kept}
    assert sent.items() <= due.items()
    assert {(case, number) for case, number, _, closed_on in kept if closed_on} == set(sent)


def _everything_sent_is_sealed_and_told():
    assert Version.objects.count() == ProgressReview.objects.count() > 100
    assert not Message.objects.filter(status__in=UNSENT).exists()
    assert Message.objects.count() == 2 * ProgressReview.objects.count()
    assert not ProgressReview.objects.filter(held_on__gte=F("due_on")).exists()


def _one_of_each_role_opens_their_home(told):
    emails = re.findall(r"^  (\S+@\S+)", told, re.MULTILINE)
    assert len(emails) >= len(Role) - 2  # no school has an induction lead, nor has every one a trust
    for email in emails:
        client = Client()
        assert client.login(email=email, password="induction-demo"), email
        assert client.get(reverse("home")).status_code == 200, email


@pytest.mark.parametrize("today", [date(2026, 11, 18), date(2027, 8, 14), date(2028, 2, 29)])
def test_the_mix_is_believable(today):
    body, other = (Place(uuid4(), "body", name, name) for name in "AB")
    schools = [Place(uuid4(), "school", str(n), str(n), (body, other)[n % 2]) for n in range(20)]
    teller = Teller(Random(5), today, schools)
    stories = teller.stories(4_000)
    part_time = sum(story.stays[0].steps[0].pattern.fte < 1 for story in stories)
    moved = [story for story in stories if len(story.stays) == 2]
    assert 0.08 < part_time / len(stories) < 0.12
    assert 0.06 < len(moved) / len(stories) < 0.12
    assert 0.02 < sum(story.struggling for story in stories) / len(stories) < 0.04
    assert all(old.ends_on < new.starts_on for old, new in (story.stays for story in moved))
    assert max(story.starts_on for story in stories) <= today
    finals = [event.due_on for story in stories for event in teller.events(story) if event.kind == "final_assessment"]
    assert len({(day.year, day.month) for day in finals}) >= 6


def test_the_same_seed_makes_the_same_portal_and_another_another():
    from random import Random

    assert [person(Random(3)) for _ in range(5)] == [person(Random(3)) for _ in range(5)]
    assert person(Random(3)) != person(Random(4))


def test_a_portal_in_use_is_left_alone():
    User.objects.create(email="someone@school.example", name="Some One")
    with pytest.raises(CommandError, match="The portal is in use"):
        seed()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("option", ["--ects", "--schools", "--bodies"])
@pytest.mark.parametrize("text", ["0", "-1", "many", "1.5", "9" * 5000])
def test_a_number_that_cannot_be_is_refused(option, text):
    with pytest.raises(CommandError, match="whole number from 1"):
        call_command("seed_scale", f"{option}={text}")


def test_a_register_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        seed(register=tmp_path / "missing.csv")
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("A,B\n1,2\n")
    with pytest.raises(CommandError, match="not the register"):
        seed(register=wrong)
    assert not User.objects.exists()
