"""A text that sits in every restricted field is read only by those whom the law lets read it (R78, R79).

The world's canaries stand in names and numbers, in everything written in a review or about one, and in drafts. Every
page, PDF, mail, message and log line that a person can get is searched for all of them.
"""

import json
import logging
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.http import HttpResponse
from django.urls import reverse
from pypdf import PdfReader

from induction_portal.audit.models import AuditEvent
from induction_portal.documents.models import IssuedDocument, StoredBytes
from notifications import delivery
from notifications.models import Message
from tests.support.visitors import Visitor
from tests.support.world import Canary, Person, World
from tests.sweeps.addresses import CASES, addresses, pages
from tests.sweeps.addresses import REVIEWS as ASKED
from tests.sweeps.rights import PROFILE, REVIEWS, TABLE, expected
from tests.sweeps.test_every_url import DOORS, PEOPLE

EXTRA = {  # other ways of asking for a page
    "cases:cases": ["?search=zq", "?show=late"],
    "assessments:review": ["?version=1", "?version=2"],
    "cases:history": ["?before=1000"],
}


def may_read(world: World, person: Person, canary: Canary) -> bool:
    """The law, once more, for one text."""
    if canary.kind == "draft":
        return person.key == canary.about
    if canary.kind == "review":
        return person.role in REVIEWS and world.reaches_review(person, world.reviews[canary.about])
    case = world.cases[canary.about]
    return person.role in (PROFILE if canary.kind == "case" else REVIEWS) and world.reaches(person, case)


def everything(world: World, visitor: Visitor) -> Iterator[tuple[str, str]]:
    """Each page that this person can open, with the text that came."""
    for page in DOORS:
        if "GET" not in TABLE[page.name][1].split():
            continue
        for address in addresses(world, page):
            if expected(world, visitor.person, address, "GET") == "open":
                for asked in ["", *EXTRA.get(page.name, [])]:
                    yield address.path + asked, text_of(visitor.get(address.path + asked))


def text_of(response: HttpResponse) -> str:
    """What a reader sees, of a page or of a PDF."""
    if response["Content-Type"] == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)
    return response.content.decode()


@pytest.mark.parametrize("key", PEOPLE)
def test_nobody_reads_what_they_may_not(key, world):
    visitor = Visitor(world.people[key])
    sung = set()
    for path, text in everything(world, visitor):
        for canary in world.found_in(text):
            assert may_read(world, visitor.person, canary), f"{key} read {canary} on {path}"
            sung.add(canary)
    asked_for = {canary for canary in world.canaries if canary.about in (*CASES, *ASKED, key) and canary.kind != "dob"}
    unread = {canary for canary in asked_for if may_read(world, visitor.person, canary)} - sung
    assert not unread, f"{key} may read these, and found them nowhere: {unread}"


def test_every_restricted_field_holds_a_canary(world):
    """A field that holds none proves nothing: everything that a sealed version tells has one."""
    from assessments.models import Version

    sealed = Version.objects.get(review=world.reviews["oak1"].id, number=2)
    told = json.loads(sealed.content)
    silent = {"no_concern_reason"}  # sings in review 2, where the ECT is on track
    for name in ("evidence", "previous_targets", "support_outline", "others_present"):
        assert world.found_in(told[name]), name
    second = json.loads(Version.objects.get(review=world.reviews["oak2"].id).content)
    assert all(world.found_in(second[name]) for name in silent)
    texts = {name for name, value in told.items() if isinstance(value, str) and " " not in value} - silent
    identity = {"held_on", "days_absent", "fte", "date_of_birth", "period_starts_on", "submitted_at", "submitted_on"}
    assert {name for name in texts if world.found_in(told[name])} >= {
        name for name in texts - identity if name not in {"school", "body", "tutor", "mentor", "author", "author_role"}
    }


def test_no_mail_tells_anything(world, mailbox):
    while delivery.deliver_waiting(100):
        pass
    assert not Message.objects.exclude(status="sent").exists()
    assert len(mailbox.messages) == Message.objects.count() > 20
    for mail in mailbox.messages:
        text = "\n".join(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")
        told = text + str(mail["Subject"]) + str(mail["Message-ID"])
        leaked = [c for c in world.found_in(told) if c.text not in _name_of(world, mail["X-Envelope-To"])]
        assert not leaked, f"{mail['Subject']} tells {leaked}"


def _name_of(world: World, address: str) -> str:
    return next(person.name for person in world.people.values() if person.email == address)


def test_nobody_is_told_of_what_they_may_not_see(world):
    reviews = {review.id: review for review in world.reviews.values()}
    people = {}
    for person in world.people.values():
        people.setdefault(person.user_id, []).append(person)
    for message in Message.objects.all():
        review = reviews[message.subject_id]
        assert any(
            person.role in REVIEWS and world.reaches_review(person, review) for person in people[message.recipient_id]
        ), f"{message.recipient} was told of {review.key}"


def test_the_trail_holds_nothing_of_what_was_written(world):
    columns = [field.attname for field in AuditEvent._meta.concrete_fields]
    trail = "\n".join(str(row) for row in AuditEvent.objects.values_list(*columns))
    assert AuditEvent.objects.count() > 100
    assert not world.found_in(trail)


def test_a_pdf_holds_no_other_case(world):
    issued = IssuedDocument.objects.all()
    assert issued.count() == 3
    for document in issued:
        review = next(r for r in world.reviews.values() if r.id == document.subject_id)
        content = bytes(StoredBytes.objects.get(pk=document.stored_id).content)
        text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        assert world.found_in(text)
        for canary in world.found_in(text):
            assert canary.about in {review.key, review.case}, f"{document} tells {canary}"


def test_the_logs_name_nobody(world, caplog):
    """Lines written while everything is read, searched for and refused."""
    caplog.set_level(logging.DEBUG, logger="")
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    visitor = Visitor(world.people["induction_tutor@oak"])
    for _ in everything(world, visitor):
        pass
    visitor.get(reverse("cases:cases") + "?search=zqOakect")
    visitor.get(f"/reviews/{world.reviews['harbour4'].id}/")
    visitor.client.post("/accounts/sign-in/", {"login": visitor.person.email, "password": "wrong-word"})
    assert len(caplog.records) > 20
    lines = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records if _ours(record))
    names = [person.name for person in world.people.values()] + [person.email for person in world.people.values()]
    assert not [name for name in names if name in lines]
    assert not world.found_in(lines)
    assert "wrong-word" not in lines


def _ours(record: logging.LogRecord) -> bool:
    """What reaches a log in production: INFO and above."""
    return record.levelno >= logging.INFO


def test_every_page_was_read():
    """A page added later is read without a change here: nothing is listed by hand but other ways of asking."""
    assert set(EXTRA) <= {page.name for page in pages()}
