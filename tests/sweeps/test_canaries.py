"""A text that sits in every restricted field is read only by those whom the law lets read it (R78, R79).

The world's canaries stand in names and numbers, in everything written in a review or about one, and in drafts. What
comes by a page or as a file is searched for all of them by the sweep over every address (test_every_url.py); here are
mails, messages, the trail, issued files and logs.
"""

import json
import logging
from io import BytesIO

from django.urls import reverse
from pypdf import PdfReader

from assessments.models import HeadLetter
from cases.models import Reminder
from cases.rules.standards import Standard
from induction_portal.audit.models import AuditEvent
from induction_portal.documents.models import IssuedDocument, StoredBytes
from notifications import delivery, kinds
from notifications.models import Message
from support_plans.models import BodyUpdate, LevelAgreement, LevelChange, Plan, PlanAnswer, PlanMeeting
from tests.support.visitors import Visitor
from tests.support.world import World
from tests.support.world_people import viewer_of
from tests.sweeps.addresses import addresses
from tests.sweeps.rights import BODY, LEVELS, OBSERVES, REVIEWS
from tests.sweeps.test_every_url import DOORS

OF_LEVELS = (PlanMeeting, BodyUpdate, PlanAnswer)


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


def test_every_answer_of_an_assessment_holds_a_canary(world):
    from assessments.models import AssessmentVersion

    sealed = AssessmentVersion.objects.get(assessment=world.assessments["moved"].id)
    told = dict(leaves(json.loads(sealed.content)))
    plain = {"kind", "held_on", "leaves_on", "period_starts_on", "sealed_on", "date_of_birth", "author", "author_role"}
    plain |= {"school", "body", "tutor", "mentor", "part", "fte", "served", "required", "absent_in_period"}
    texts = {path: value for path, value in told.items() if isinstance(value, str) and path not in plain}
    empty = {"judged.TS4.strengths", "absent_in_part", *(f"judged.{s}.surprise_reason" for s in Standard if s != "TS4")}
    assert [path for path, value in texts.items() if path not in empty and not world.found_in(value)] == []


def leaves(told, path=""):
    """Every answer of a sealed report by its path."""
    for name, value in told.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", value


def test_no_mail_tells_anything(world, mailbox):
    while delivery.deliver_waiting(100):
        pass
    assert set(Message.objects.values_list("status", flat=True)) <= {"sent", "withdrawn"}
    assert len(mailbox.messages) == Message.objects.filter(status="sent").count() > 20
    for mail in mailbox.messages:
        text = "\n".join(part.get_content() for part in mail.walk() if part.get_content_maintype() == "text")
        told = text + str(mail["Subject"]) + str(mail["Message-ID"])
        leaked = [c for c in world.found_in(told) if c.text not in _name_of(world, mail["X-Envelope-To"])]
        assert not leaked, f"{mail['Subject']} tells {leaked}"


def _name_of(world: World, address: str) -> str:
    return next(person.name for person in world.people.values() if person.email == address.split(", ")[0])


def test_nobody_is_told_of_what_they_may_not_see(world, mailbox):
    while delivery.deliver_waiting(100):
        pass
    reviews = {review.id: review for review in world.reviews.values()}
    assessments = {assessment.id: assessment for assessment in world.assessments.values()}
    people = {}
    for person in world.people.values():
        people.setdefault(person.user_id, []).append(person)
    registrations = {registration.id: registration for registration in world.registrations.values()}
    cases = {case.id: case for case in world.cases.values()}
    cases |= {reminder: cases[about] for reminder, about in Reminder.objects.values_list("pk", "induction")}
    letters = HeadLetter.objects.values_list("pk", "signature__version__assessment")
    assessments |= {letter: assessments[about] for letter, about in letters}
    kept = (world.observations, world.self_ratings, world.reductions, world.exemptions)
    kept = (*kept, world.appeals, world.recommendations, world.decisions, world.decision_notices, world.inputs)
    kept = (*kept, world.concerns, world.own_concerns, world.body_records, world.chases)
    of_support = [row for model in (LevelChange, LevelAgreement, Plan, *OF_LEVELS) for row in model.objects.all()]
    levels = {row.pk: cases[row.induction_id] for row in of_support}
    observations = {piece.id: piece for group in kept for piece in group.values()}
    between = {each.id: each for kept in (world.releases, world.requests, world.handed) for each in kept.values()}
    visits = {visit.id: visit for visit in world.quality_visits.values()}
    for message in Message.objects.exclude(status="withdrawn"):
        if case := cases.get(message.subject_id):
            assert any(world.reaches(person, case) for person in people[message.recipient_id]), message.kind
            continue
        if message.subject_id in registrations:
            told = registrations[message.subject_id]
            assert any(world.reaches_registration(person, told) for person in people[message.recipient_id])
            continue
        if assessment := assessments.get(message.subject_id):
            told = people[message.recipient_id]
            assert any(p.role in REVIEWS and world.reaches_assessment(p, assessment) for p in told), message.kind
            continue
        if piece := observations.get(message.subject_id):
            assert any(world.reaches_piece(person, piece) for person in people[message.recipient_id]), message.kind
            continue
        if looked := visits.get(message.subject_id):
            told = people[message.recipient_id]
            assert any(p.role in BODY | OBSERVES and world.reaches_quality(p, looked) for p in told), message.kind
            continue
        if level := levels.get(message.subject_id):
            told = people[message.recipient_id]
            assert any(p.role in LEVELS and world.reaches(p, level) for p in told), message.kind
            continue
        if passing := between.get(message.subject_id):
            told = people[message.recipient_id]
            assert any(p.role in BODY and p.place in {passing.giver, passing.taker} for p in told), message.kind
            continue
        review = reviews[message.subject_id]
        assert any(
            person.role in REVIEWS and world.reaches_review(person, review) for person in people[message.recipient_id]
        ), f"{message.recipient} was told of {review.key}"


def test_the_inbox_names_subjects_to_whoever_asks(world):
    """A person keeps what they were told when they act for somebody else, and may know nothing of its subject then."""
    ids = list(Message.objects.values_list("subject_id", flat=True).distinct())
    for key in ("mentor@oak", "induction_tutor@harbour", "governor@oak", "trust_officer@meridian", "operator@portal"):
        person = world.people[key]
        viewer = viewer_of(person.user_id, person.acting_for, world.today)
        for about in {kind.about for kind in kinds.registered() if kind.about}:
            assert about(viewer, ids).order_by().count() <= len(ids), f"{about.__module__} for {key}"


def test_the_trail_holds_nothing_of_what_was_written(world):
    columns = [field.attname for field in AuditEvent._meta.concrete_fields]
    trail = "\n".join(str(row) for row in AuditEvent.objects.values_list(*columns))
    assert AuditEvent.objects.count() > 100
    assert not world.found_in(trail)


def test_a_pdf_holds_no_other_case(world):
    issued = IssuedDocument.objects.all()
    assert issued.count() > 3
    kept = (world.reviews, world.decision_notices, world.appeal_replies, world.plans)
    subjects = {each.id: each for group in kept for each in group.values()}
    for document in issued:
        about = subjects[document.subject_id]
        content = bytes(StoredBytes.objects.get(pk=document.stored_id).content)
        text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
        assert world.found_in(text)
        for canary in world.found_in(text):
            assert canary.about in {about.key, about.case}, f"{document} tells {canary}"


def test_the_logs_name_nobody(world, caplog):
    """Lines written while everything is read, searched for and refused."""
    caplog.set_level(logging.DEBUG, logger="")
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    visitor = Visitor(world.people["induction_tutor@oak"])
    for page in DOORS:
        for address in addresses(world, page, few=True):
            visitor.get(address.path)
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
