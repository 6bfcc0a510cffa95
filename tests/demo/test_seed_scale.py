"""A small portal as seed_scale makes a large one: whole, as the rules have it, and open to one of each role."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F
from django.test import Client
from django.urls import reverse

from assessments.models import ProgressReview, Version
from cases.models import BodyPeriod, Deadline, Induction, Placement, School, WorkingPattern
from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditEvent
from induction_portal.audit.verify import faults
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
    _the_mix_is_believable()
    _the_dates_are_the_rules()
    _everything_sent_is_sealed_and_told()
    _one_of_each_role_opens_their_home(told)


def _the_mix_is_believable():
    part_time = WorkingPattern.objects.filter(fte__lt=1).values("placement__induction").distinct().count()
    moved = Placement.objects.values("induction").annotate(n=Count("pk")).filter(n=2).count()
    assert 0.04 < part_time / SIZE["ects"] < 0.18
    assert 0.04 < moved / SIZE["ects"] < 0.18
    assert BodyPeriod.objects.count() == Placement.objects.count()
    assert not WorkingPattern.objects.filter(fte__lt=1, mon=None).exists()
    ends = set(Induction.objects.exclude(clock__ends_on=None).values_list("clock__ends_on__year", flat=True))
    assert len(ends) >= 3
    struggling = sum('"on_track":false' in content for content in Version.objects.values_list("content", flat=True))
    assert 0 < struggling < 0.15 * Version.objects.count()


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


def test_the_same_seed_makes_the_same_portal_and_another_another():
    from random import Random

    from induction_portal.demo.scale.names import person

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
