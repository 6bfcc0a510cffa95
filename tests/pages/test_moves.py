"""Two bodies and an ECT between them, in a browser: what each is shown, and what neither learns."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from cases.actions.releasing import Going, release
from cases.models import BodyPeriod, Induction, Release, ReleaseRequest, Teacher
from induction_portal.accounts.models import Organisation
from tests.support.forms import Page
from tests.support.visitors import Visitor, text_of
from tests.support.world_people import viewer_of
from tests.sweeps.places import claim_answers


@pytest.fixture
def north(world):
    return Visitor(world.people["body_officer@north"])


@pytest.fixture
def south(world):
    return Visitor(world.people["body_officer@south"])


def at(name, *args):
    return reverse(f"cases:{name}", args=args)


def dated(name, day):
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def asked_for(visitor, trn, born):
    """What the asking body is shown, without what it typed and the tokens of the page."""
    sought = {"trn": trn, "name": "As We Know Them", "reason": "They start with us"} | dated("date_of_birth", born)
    sent = visitor.post(at("ask_release"), sought)
    assert sent.status_code == 302
    page = text_of(visitor.get(sent.url)).replace(trn, "TRN")
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|value=\"[^\"]*\"", "", page)


def test_who_asks_is_shown_the_same_for_everybody(world, south):
    """One whom another body has, one with another birthday, and one whom nobody has: never an oracle."""
    teacher = Teacher.objects.get(induction=world.cases["oak"].id)
    born = teacher.date_of_birth
    known = asked_for(south, teacher.trn, born)
    ReleaseRequest.objects.filter(trn=teacher.trn).update(state="withdrawn")
    nobody = asked_for(south, "7654321", born)
    assert known == nobody
    other = born + timedelta(days=1)
    assert asked_for(south, teacher.trn, other) == nobody.replace(_day(born), _day(other))
    assert "Northern" not in known


def _day(day):
    return f"{day.day} {day:%B %Y}"


def test_the_body_that_has_them_sees_who_asks_and_why(world, north):
    request = world.requests["asked"]
    page = text_of(north.get(at("release_request", request.id)))
    assert at("answer_request", request.id) in page
    assert at("refuse_request", request.id) in page
    assert "zqmovewhyasked" in page
    assert "Answer a request for a release" in text_of(north.get("/?all=1"))


def test_an_answered_request_is_shown_instead_of_asked_again(world, north):
    for name in ("answer_request", "refuse_request"):
        again = north.get(at(name, world.requests["refused"].id))
        assert again.url == at("release_request", world.requests["refused"].id)


def test_a_release_is_shown_before_it_is_made(world, north):
    case = world.cases["oak"].id
    last = world.today + timedelta(days=10)
    page = text_of(north.post(at("release_ect", case), dated("last_day", last)))
    assert "Name the appropriate body that takes over" in page
    answers = dated("last_day", last) | {"to": str(world.places["south"]), "terms": "1.0"}
    page = text_of(north.post(at("release_ect", case), answers))
    assert "say why you report another figure" in page
    checked = north.post(at("release_ect", case), answers | {"terms": ""})
    assert "What the release says" in text_of(checked)
    assert not Release.objects.filter(induction=case).exists()
    confirmed = re.search(r'name="confirmed"[^>]*value="(\w+)"|value="(\w+)"[^>]*name="confirmed"', text_of(checked))
    token = next(filter(None, confirmed.groups()))
    changed = answers | {"terms": "", **dated("last_day", last + timedelta(days=1)), "confirmed": token}
    assert "What the release says" in text_of(north.post(at("release_ect", case), changed)), "it is shown anew"
    done = north.post(at("release_ect", case), answers | {"terms": "", "confirmed": token})
    assert done.status_code == 302
    assert Release.objects.get(induction=case).to_id == world.places["south"]


def test_a_colleague_was_first(world, north):
    person = world.people["body_admin@north"]
    induction = Induction.objects.get(pk=world.cases["oak"].id)
    form = Page(text_of(north.get(at("release_ect", induction.pk))))
    by = viewer_of(person.user_id, person.acting_for, world.today)
    to = Organisation.objects.get(pk=world.places["south"])
    last = world.today + timedelta(days=10)
    release(by=by, on=world.today, induction=induction, going=Going(last), to=to)
    page = north.client.post(at("release_ect", induction.pk), form.data | dated("last_day", last))
    assert "This ECT has been released already" in page.content.decode()
    assert Release.objects.filter(induction=induction).count() == 1


def test_taken_on_from_the_page_of_the_release(world, south):
    released = world.releases["let"]
    assert "Take on an ECT released to you" in text_of(south.get("/"))
    assert south.post(at("claim", released.id), claim_answers(world)).url == at("case", world.cases["let"].id)
    assert BodyPeriod.objects.filter(induction=world.cases["let"].id).count() == 2
    assert south.get(at("claim", released.id)).url == at("case", world.cases["let"].id)
    bundle = Release.objects.get(pk=released.id).bundle
    page = text_of(south.get(at("record_bundle", bundle.pk)))
    assert "You can acknowledge the record after" in page
    assert "Acknowledge the record</button>" not in page


def test_why_terms_differ_is_the_releasing_bodys_own(world, north, south):
    shown = text_of(north.get(at("move", world.cases["let"].id)))
    assert "zqmoveterms" in shown
    assert "(exactly " in shown
    assert "zqmoveterms" not in text_of(south.get(at("claim", world.releases["let"].id)))


def test_a_receipt_is_read_by_both_sides(world, north, south):
    for visitor in (north, south):
        page = text_of(visitor.get(at("record_bundle", world.handed["taken"].id)))
        assert "zqmovemissing" in page
        assert "Fingerprint of the list" in page


def test_a_school_reads_what_happens_next(world):
    head = Visitor(world.people["headteacher@elm"])
    for name in ("move", "case"):
        page = text_of(head.get(at(name, world.cases["adrift"].id)))
        assert "releases the ECT and reports the terms served" in page
    assert "South" not in text_of(head.get(at("move", world.cases["adrift"].id)))


def test_the_new_schools_part_of_an_extension(world, north):
    case = world.cases["stretched"].id
    page = text_of(north.get(at("move", case)))
    assert "Extension at the new school" in page
    assert "zqmoveless" in page
    elsewhere = north.get(at("new_school", world.cases["oak"].id))
    assert elsewhere.url == at("move", world.cases["oak"].id)
    assert north.post(at("new_school", case), {"terms": "1", "reason": "", "version": "1"}).status_code == 302
    stale = text_of(north.post(at("new_school", case), {"terms": "2", "reason": "", "version": "1"}))
    assert "Somebody else decided this while you were typing" in stale
