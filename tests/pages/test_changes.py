"""Changes after registration through their pages, by those who may and those who may not."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from cases.models import Agreement, Clock, Placement, Teacher, WorkingPattern
from induction_portal.audit.models import AccessLog, AuditEvent
from tests.support.forms import Page
from tests.support.visitors import Visitor
from tests.sweeps.places import PLACES, new_pattern

CHANGE, APPOINT = (
    next(place for place in PLACES if place.name == name) for name in ("cases:change_pattern", "cases:appoint")
)


def text(visitor, path):
    return visitor.get(path).content.decode()


@pytest.fixture
def people(world):
    keys = {"head": "headteacher@oak", "ect": "ect@oak", "officer": "body_officer@north", "mentor": "mentor@oak"}
    return {name: Visitor(world.people[key]) for name, key in keys.items()}


def service(world, case="oak"):
    return reverse("cases:service", args=[world.cases[case].id])


def send(visitor, address, **values):
    page = Page(text(visitor, address))
    return visitor.client.post(address, page.data | values)


def test_a_pattern_is_changed_after_its_effect_was_shown_and_everybody_sees_it(world, people):
    head, address = people["head"], CHANGE.address(world)
    shown = Page(send(head, address, **new_pattern(world)).content.decode())
    assert "What this changes" in shown.soup.get_text()
    assert WorkingPattern.objects.filter(placement=world.placements["oak"].id).count() == 1
    token = shown.soup.find("button", {"name": "confirmed"})["value"]
    assert head.client.post(address, shown.data | {"confirmed": token}).status_code == 302
    ends = Clock.objects.get(induction=world.cases["oak"].id).ends_on
    assert str(ends.year) in shown.soup.get_text()
    for reader in people.values():
        html = text(reader, service(world))
        assert "0.8 of full time: monday, tuesday, wednesday and thursday" in html.lower()
        assert "Headteacher of Oakfield School" in html


def test_what_was_not_shown_is_not_saved(world, people):
    """The token is that of what was typed: typing something else afterwards shows the effect again."""
    head, address = people["head"], CHANGE.address(world)
    shown = Page(send(head, address, **new_pattern(world)).content.decode())
    token = shown.soup.find("button", {"name": "confirmed"})["value"]
    other = {"fte": "0.6", "thu": "0", "confirmed": token}
    again = head.client.post(address, shown.data | other)
    assert again.status_code == 200
    assert Page(again.content.decode()).boxes["fte"] == "0.6"
    assert WorkingPattern.objects.filter(placement=world.placements["oak"].id).count() == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"starts_on-day": "31", "starts_on-month": "2"}, "must be a real date"),
        ({"starts_on-year": "1999"}, "must start on a day of the placement"),
        ({"fte": "1.2"}, "0.05 to 1"),
        ({"fte": "0.5"}, "add up to 0.8"),
        ({"mon": "1.5"}, "must be 1 or less"),
        ({"mon": ""}, "Enter how much of Monday"),
    ],
)
def test_an_impossible_pattern_is_answered_at_its_field_and_kept(values, words, world, people):
    typed = new_pattern(world) | values
    answer = Page(send(people["head"], CHANGE.address(world), **typed).content.decode())
    assert any(words in error for error in answer.errors), answer.errors
    assert not answer.broken_links
    assert {name: answer.boxes[name] for name in typed} == typed
    assert not answer.soup.find("button", {"name": "confirmed"})


def test_who_is_second_is_told_and_loses_nothing(world, people):
    """A contract page that was opened before somebody else changed the service."""
    address = reverse("cases:change_contract", args=[world.placements["oak"].id])
    old = Page(text(people["head"], address)).data
    Placement.objects.filter(pk=world.placements["oak"].id).update(version=F("version") + 1)
    day = world.today + timedelta(days=300)
    typed = {"contract_ends_on-day": [str(day.day)], "contract_ends_on-month": [str(day.month)]}
    typed["contract_ends_on-year"] = [str(day.year)]
    before = AuditEvent.objects.count()
    answer = Page(people["head"].client.post(address, old | typed).content.decode())
    assert "Somebody else changed this" in answer.errors[0]
    assert answer.boxes["contract_ends_on-day"] == str(day.day)
    assert AuditEvent.objects.count() == before
    assert people["head"].client.post(address, answer.data).status_code == 302


def test_one_person_in_both_roles_needs_a_reason(world, people):
    """R10: the tutor becomes the mentor too."""
    head, address = people["head"], APPOINT.address(world)
    lead = Visitor(world.people["both@oak"])
    tutor = world.people["induction_tutor@oak"].user_id
    right = APPOINT.right(world) | {"user": str(tutor)}
    answer = Page(send(head, address, **right).content.decode())
    assert answer.errors == [
        "The mentor and the induction tutor should be two people. "
        "If they cannot be, say why and how the ECT is protected"
    ]
    why = right | {"exception_reason": "A school of two teachers; the hub talks to the ECT each month"}
    answer = Page(send(head, address, **why).content.decode())
    assert answer.errors == [f"{world.people['induction_tutor@oak'].name} does not have this role at the school"]
    assert lead.get(address).status_code == 403


def test_an_ended_placement_takes_no_appointment(world):
    gone = Visitor(world.people["headteacher@oak"])
    for name in ("appoint", "end_placement", "change_pattern"):
        assert gone.get(reverse(f"cases:{name}", args=[world.placements["moved_old"].id])).status_code == 403


def test_a_query_is_the_schools_task_until_it_is_answered(world, people):
    tutor = Visitor(world.people["induction_tutor@oak"])
    answering = reverse("cases:answer_query", args=[world.queries["oak"].id])
    assert answering in text(tutor, "/?all=1")
    assert "zqqueryoakzq" in text(people["officer"], service(world))
    assert "zqqueryoakzq" not in text(people["mentor"], service(world))
    assert "Queried by the ECT" in text(people["mentor"], service(world))
    assert send(tutor, answering, corrected="no", reply="Counted again: it is right").status_code == 302
    assert answering not in text(tutor, "/")
    assert "Counted again: it is right" in text(people["ect"], service(world))
    late = Page(text(people["head"], answering))
    assert late.form is None
    assert "Counted again: it is right" in late.soup.get_text()
    address = reverse("cases:agree_total", args=[world.cases["oak"].id])
    assert send(people["ect"], address, answer="queried", text="Still wrong").status_code == 302
    assert Agreement.objects.filter(kind="served_total", answer="queried", replied_by=None).count() == 1


def test_a_correction_asks_the_ect_again(world, people):
    agreeing = reverse("cases:agree_pattern", args=[world.patterns["oak"].id])
    assert agreeing in text(people["ect"], "/")
    assert send(people["ect"], agreeing, answer="agreed").status_code == 302
    assert agreeing not in text(people["ect"], "/")
    assert "Agreed by the ECT" in text(people["officer"], service(world))
    WorkingPattern.objects.filter(pk=world.patterns["oak"].id).update(fte="0.9")
    assert agreeing in text(people["ect"], "/")
    assert "Changed since the ECT agreed" in text(people["officer"], service(world))


def test_the_ect_agrees_what_they_saw(world, people):
    agreeing = reverse("cases:agree_pattern", args=[world.patterns["oak"].id])
    old = Page(text(people["ect"], agreeing)).data
    WorkingPattern.objects.filter(pk=world.patterns["oak"].id).update(fte="0.9")
    answer = Page(people["ect"].client.post(agreeing, old | {"answer": "agreed"}).content.decode())
    assert "has changed since you opened" in answer.errors[0]
    assert not Agreement.objects.filter(subject_id=world.patterns["oak"].id).exists()


def test_an_earlier_name_stays_known(world, people):
    assert (
        send(people["head"], reverse("cases:rename", args=[world.cases["oak"].id]), name="Ada New").status_code == 302
    )
    html = text(people["officer"], service(world))
    assert "Earlier name: ZqOakect Surname" in " ".join(html.split())
    assert Teacher.objects.filter(name="Ada New").exists()


def test_only_the_body_corrects_identity(world, people):
    address = reverse("cases:correct_teacher", args=[world.cases["oak"].id])
    assert people["head"].get(address).status_code == 403
    assert send(people["officer"], address, trn="7654321").status_code == 302
    assert "Corrected the teacher reference number" in text(people["officer"], service(world))


@pytest.mark.parametrize(("hours", "is_new"), [(2000, True), (0, False)])
def test_what_is_new_since_the_officer_last_looked(hours, is_new, world, people):
    """A visit an hour of the clock ago or more counts, as of the moment it was made."""
    now, person = timezone.now(), world.people["body_officer@north"]
    looked = now - timedelta(hours=hours)
    AccessLog.objects.create(
        user_id=person.user_id,
        acted_as="body_officer",
        subject_kind="cases.induction",
        subject_id=world.cases["oak"].id,
        case_id=world.cases["oak"].id,
        hour=now - timedelta(hours=max(hours, 2)),
        at=looked,
    )
    tags = {tag.get_text(strip=True) for tag in Page(text(people["officer"], service(world))).soup.select(".govuk-tag")}
    assert ("New" in tags) == is_new
    assert ("new since you last looked" in text(people["officer"], f"/cases/{world.cases['oak'].id}/")) == is_new
