"""The bundle of a case: asked for once, made a piece at a time, resumed, kept, and read only by its body."""

import hashlib
import io
from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connections
from django.http import Http404
from django.utils import timezone
from pypdf import PdfReader

from assessments.actions import ask_for_bundle, give_up_bundle, issue_assessment, issue_bundle, issue_review
from assessments.bundle import access, making, printing
from assessments.bundle.laying_out import sections_of
from assessments.models import CaseBundle, ProgressReview
from cases.actions import record_absence
from cases.models import Induction, Placement
from cases.parts import Chapter
from cases.reckon import reckon
from cases.rules.absence_kinds import AbsenceKind
from induction_portal.accounts.permissions import Role
from induction_portal.accounts.viewer import System
from induction_portal.audit.events import Event
from induction_portal.audit.models import AuditEvent
from induction_portal.documents.models import IssuedDocument
from induction_portal.documents.store import bytes_of, fetch
from notifications.models import Message
from tests.factories import BodyPeriodFactory, PlacementFactory, WorkingPatternFactory, viewer
from tests.support.pdfs import assert_accessible
from tests.support.world_people import viewer_of
from tests.sweeps.rights import may_read

RENDERER = System("document renderer")
MAKER = System("bundle maker")


def of(world, key):
    person = world.people[key]
    return viewer_of(person.user_id, person.acting_for, world.today)


def ask(world, key="elm", who="body_officer@north", **other) -> CaseBundle:
    induction = Induction.objects.get(pk=world.cases[key].id)
    told = {"purpose": "appeal", "with_earlier": False} | other
    return ask_for_bundle(by=of(world, who), on=world.today, induction=induction, **told)


def text_of(document: IssuedDocument) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(bytes_of(document))).pages)


def rows_of(bundle: CaseBundle, chapter: Chapter) -> str:
    return bundle.pieces.get(title=chapter.value).content


def test_asking_twice_makes_one(world):
    first, second = ask(world), ask(world, who="body_admin@north", purpose="decision")
    assert first == second
    assert AuditEvent.objects.filter(event=Event.BUNDLE_ASKED, subject_id=first.pk).count() == 1


def test_a_bundle_is_one_tagged_document_with_every_page_numbered(world, mailbox):
    issue_assessment(by=RENDERER, on=world.today, assessment_id=world.assessments["oak"].id)
    issue_review(by=RENDERER, on=world.today, review_id=world.reviews["oak1"].id)
    bundle = ask(world, "oak")
    making.make(bundle.pk)
    bundle.refresh_from_db()
    issued = fetch(subject_id=bundle.pk, kind=printing.KIND)
    assert (bundle.status, issued.fingerprint) == ("ready", printing.fingerprint_of(list(bundle.pieces.all())))
    content = bytes_of(issued)
    reader = assert_accessible(content, title="Case bundle")
    total = len(reader.pages)
    assert total == bundle.pages
    for number, page in enumerate(reader.pages, 1):
        assert f"Bundle page {number} of {total}" in page.extract_text()
    _the_index_is_right(bundle, reader)
    _the_documents_stand_as_they_were(bundle, reader)
    _every_tag_is_on_its_page(reader)
    assert Message.objects.filter(kind="bundle_ready", subject_id=bundle.pk).count() == 1
    assert not any(piece.content or piece.pdf for piece in bundle.pieces.all())
    making.make(bundle.pk)
    assert bytes_of(fetch(subject_id=bundle.pk, kind=printing.KIND)) == content


def _the_index_is_right(bundle, reader) -> None:
    """Each line's page is where its bookmark and its link lead."""
    pieces = list(bundle.pieces.all())
    front = len(reader.pages) - sum(piece.pages for piece in pieces)
    lines = printing.index_of(pieces, first=front + 1)
    top = [each for each in reader.outline if not isinstance(each, list)]
    starts = {each.title: reader.get_destination_page_number(each) + 1 for each in top[1:]}
    assert starts == {line.title: line.page for line in lines}
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(reader.pages, 1)}
    links = [each.get_object() for page in reader.pages[:front] for each in page.get("/Annots", [])]
    assert [numbers[link["/Dest"][0].idnum] for link in links] == [line.page for line in lines]
    contents = "\n".join(page.extract_text() for page in reader.pages[:front])
    assert all(f"{line.page}" in contents for line in lines)


def _the_documents_stand_as_they_were(bundle, reader) -> None:
    """What an issued page prints is printed in the bundle, and its own bytes were not touched."""
    documents = [piece for piece in bundle.pieces.select_related("document") if piece.document]
    assert {piece.document.kind for piece in documents} == {"formal_assessment", "progress_review"} or documents
    whole = "".join("".join(page.extract_text().split()) for page in reader.pages)
    for piece in documents:
        content = bytes_of(piece.document)
        assert hashlib.sha256(content).hexdigest() == piece.sha256
        assert piece.sha256 in whole
        for page in PdfReader(io.BytesIO(content)).pages:
            assert "".join(page.extract_text().split()) in whole


def _every_tag_is_on_its_page(reader) -> None:
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    known = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in reader.pages:
        told = known[page["/StructParents"]]
        assert told
        assert {tag.get_object().raw_get("/Pg").idnum for tag in told} == {page.indirect_reference.idnum}


def test_it_tells_of_the_case_as_it_stood_when_it_was_begun(world):
    bundle = ask(world)
    making.step(bundle.pk)
    before = rows_of(bundle, Chapter.ABSENCE)
    placement = Placement.objects.get(induction=bundle.induction)
    day = world.today - timedelta(days=1)
    by = of(world, "induction_tutor@elm")
    told = {"kind": AbsenceKind.JURY_SERVICE, "starts_on": day, "ends_on": day}
    record_absence(by=by, on=world.today, placement=placement, **told)
    assert making.step(bundle.pk)
    assert rows_of(bundle, Chapter.ABSENCE) == before
    assert "Jury service" not in before


@pytest.mark.parametrize("key", ["oak", "elm", "harbour", "moved", "left", "joined"])
def test_a_bundle_holds_what_its_body_may_read_and_nothing_else(world, key):
    """Canaries of every sort: health reasons, other cases, reports that were not sent, drafts."""
    case = world.cases[key]
    for body in sorted(case.bodies):
        officer = world.people[f"body_officer@{body}"]
        bundle = ask(world, key, officer.key, with_earlier=True)  # of two there is one under way
        if not bundle.pieces.exists():
            making.step(bundle.pk)
        told = "\n".join(bundle.pieces.values_list("content", flat=True))
        heard = world.found_in(told)
        assert heard or key == "left", "Nothing of that case was handed over"
        assert not [canary for canary in heard if not may_read(world, officer, canary)]
        assert not [canary for canary in heard if canary.kind in {"health", "draft", "meeting", "self_rating"}]
        shown = {piece.document_id for piece in bundle.pieces.all() if piece.document_id}
        reviews = {r.id for r in world.reviews.values() if world.reaches_review(officer, r) and r.case == key}
        assert set(IssuedDocument.objects.filter(pk__in=shown).values_list("subject_id", flat=True)) <= reviews | {
            a.id for a in world.assessments.values() if world.reaches_assessment(officer, a) and a.case == key
        }


def test_what_is_left_out_is_said_with_its_reason(world):
    bundle = ask(world)
    making.step(bundle.pk)
    (section,) = sections_of(bundle.pieces.get(title=Chapter.LEFT_OUT.value))
    left_out = dict(section["rows"])
    assert "A matter of health" in left_out["Why the ECT was absent"]
    assert {"Mentor meetings", "How the ECT rates themself"} <= set(left_out)
    assert any(name.startswith("Progress review") for name in left_out), "Documents that were not made yet are named"
    assert all(left_out.values())


def test_earlier_versions_are_listed_or_put_in(world):
    review = ProgressReview.objects.get(pk=world.reviews["oak1"].id)
    issue_review(by=RENDERER, on=world.today, review_id=review.pk)
    later = fetch(subject_id=review.pk, kind="progress_review")
    IssuedDocument.objects.create(
        kind=later.kind, subject_id=review.pk, version=review.revision + 7, organisation_id=review.school_id,
        filename="x.pdf", stored=later.stored, issued_at=timezone.now(),
    )  # fmt: skip
    ProgressReview.objects.filter(pk=review.pk).update(revision=review.revision + 7)
    for with_earlier in (True, False):
        bundle = ask(world, "oak", with_earlier=with_earlier)
        making.step(bundle.pk)
        versions = [
            p.document.version for p in bundle.pieces.all() if p.document and p.document.subject_id == review.pk
        ]
        assert versions[-1] == review.revision + 7
        assert (len(versions) > 1) is with_earlier
        rows = dict(sections_of(bundle.pieces.get(title=Chapter.LEFT_OUT.value))[0]["rows"])
        assert any(later.stored_id in name for name in rows) is not with_earlier
        give_up_bundle(by=MAKER, on=world.today, bundle_id=bundle.pk)


def test_an_ect_with_nothing_has_a_bundle_too(db):
    placement = PlacementFactory()
    WorkingPatternFactory(placement=placement)
    period = BodyPeriodFactory(induction=placement.induction, starts_on=placement.starts_on)
    reckon(placement.induction)
    by = viewer(period.body, Role.BODY_OFFICER, on=placement.starts_on)
    told = {"purpose": "complaint", "with_earlier": True}
    bundle = ask_for_bundle(by=by, on=by.on, induction=placement.induction, **told)
    making.make(bundle.pk)
    document = fetch(subject_id=bundle.pk, kind=printing.KIND)
    assert "None recorded." in text_of(document)
    assert_accessible(bytes_of(document), title="Case bundle")


def test_another_body_a_school_and_the_ect_know_of_none(world):
    kept = world.bundles["bundle@joined"]
    for key in ("body_officer@south", "headteacher@oak", "ect@oak"):
        with pytest.raises(Http404):
            access.bundle(of(world, key), kept.id)
    assert access.bundle(of(world, "body_admin@north"), kept.id).subject.pk == kept.id
    with pytest.raises(Http404):
        access.bundle(of(world, "body_admin@north"), uuid4())


def test_what_cannot_be_made_is_given_up_and_can_be_asked_for_again(world, monkeypatch):
    bundle = ask(world)
    making.step(bundle.pk)

    def broken(_piece):
        raise OSError("no font")

    monkeypatch.setattr(making, "pages_of_piece", broken)
    for _ in range(making.MOST_TRIES):
        with pytest.raises(OSError, match="no font"):
            making.make(bundle.pk)
    making.make(bundle.pk)
    bundle.refresh_from_db()
    assert bundle.status == "failed"
    assert Message.objects.filter(kind="bundle_failed", recipient=bundle.asked_by).exists()
    assert ask(world).number == bundle.number + 1


def test_getting_further_is_a_new_start_for_the_count(world):
    bundle = ask(world)
    CaseBundle.objects.filter(pk=bundle.pk).update(tries=making.MOST_TRIES - 1)
    making.step(bundle.pk)
    bundle.refresh_from_db()
    assert (bundle.status, bundle.tries) == ("asked", 0)


def test_a_bundle_that_was_given_up_meanwhile_is_not_issued(world):
    bundle = ask(world)
    give_up_bundle(by=MAKER, on=world.today, bundle_id=bundle.pk)
    give_up_bundle(by=MAKER, on=world.today, bundle_id=bundle.pk)
    made = printing.Printed(b"%PDF", 1, "")
    assert issue_bundle(by=MAKER, on=world.today, bundle_id=bundle.pk, printed=made) is None
    assert not IssuedDocument.objects.filter(subject_id=bundle.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_make_one():
    placement = PlacementFactory()
    period = BodyPeriodFactory(induction=placement.induction, starts_on=placement.starts_on)
    ready, found = Barrier(2), []
    viewers = [viewer(period.body, Role.BODY_OFFICER, on=placement.starts_on) for _ in range(2)]

    def click(by):
        ready.wait()
        told = {"purpose": "appeal", "with_earlier": False}
        found.append(ask_for_bundle(by=by, on=by.on, induction=placement.induction, **told).pk)
        connections.close_all()

    threads = [Thread(target=click, args=[by]) for by in viewers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2
    assert len(set(found)) == CaseBundle.objects.count() == 1
