"""The ECT takes everything along: each document as it was issued, each row in words, nobody else's affairs (R83)."""

import csv
import io
import re
import tracemalloc
from hashlib import sha256
from uuid import uuid4
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.actions import comment, issue_assessment, issue_letter, issue_review
from assessments.models import ProgressReview
from cases.archive import Names, archive_of
from cases.models import Absence, Induction, Placement, Teacher
from cases.own_record import OwnRecord
from cases.parts import Bundle, Paper, Part
from induction_portal import clock
from induction_portal.accounts.permissions import GRANTS, Role
from induction_portal.accounts.viewer import System
from induction_portal.audit.models import AccessLog
from induction_portal.documents import kinds
from induction_portal.documents.models import IssuedDocument, StoredBytes
from induction_portal.documents.store import issue
from tests.support.visitors import Visitor, text_of
from tests.support.world_people import viewer_of

RENDERER = System("document renderer")


def page(world, key="oak"):
    return reverse("cases:own_record", args=[world.cases[key].id])


def file(world, key="oak"):
    return reverse("cases:whole_record", args=[world.cases[key].id])


def ect(world, key="oak"):
    return Visitor(world.people[f"ect@{key}"])


def opened(world, key="oak") -> ZipFile:
    response = ect(world, key).get(file(world, key))
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    content = response.getvalue()
    assert int(response["Content-Length"]) == len(content)
    archive = ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return archive


def read(archive, name) -> BeautifulSoup:
    return BeautifulSoup(archive.read(name), "html.parser")


def words(archive, name) -> str:
    return " ".join(read(archive, name).get_text(" ").split())


def of_case(world, key):
    reviews = [review.id for review in world.reviews.values() if review.case == key]
    return IssuedDocument.objects.filter(subject_id__in=reviews)


def test_it_is_all_there_byte_for_byte(world):
    issue_review(by=RENDERER, on=world.today, review_id=world.reviews["oak2"].id)
    documents = list(of_case(world, "oak"))
    assert len(documents) == 2
    archive = opened(world)
    kept = {sha256(archive.read(name)).hexdigest() for name in archive.namelist() if name.endswith(".pdf")}
    assert kept == {document.stored_id for document in documents}
    index = words(archive, "index.html")
    for document in documents:
        assert document.stored_id in index


def test_every_issued_document_lies_in_the_record_of_its_ect(world):
    """Whatever the portal issues of a case: a kind that no part bundles fails here."""
    assert set(IssuedDocument.objects.values_list("kind", flat=True)) <= set(kinds.NAMES)
    found = set()
    for key in ("oak", "elm", "harbour", "moved", "left", "joined", "ended", "appealed", "signed"):
        record = _record(world, key)
        found |= set(record.issued.values_list("pk", flat=True))
    assert found == set(IssuedDocument.objects.values_list("pk", flat=True))


def _record(world, key) -> OwnRecord:
    person = world.people[f"ect@{key}"]
    viewer = viewer_of(person.user_id, person.acting_for, world.today)
    return OwnRecord(viewer, GRANTS[Role.ECT], Induction.objects.get(pk=world.cases[key].id))


def test_the_index_leads_to_each_file_and_the_spreadsheet_says_the_same(world):
    archive = opened(world)
    names = set(archive.namelist())
    for name in ("index.html", "record.html"):
        links = [tag["href"] for tag in read(archive, name).select("[href]")]
        assert set(links) <= names
        assert not read(archive, name).select("script, img, style, [src]")
    linked = {tag["href"] for tag in read(archive, "index.html").select("tbody a")}
    assert linked == {name for name in names if name.endswith(".pdf")}
    lines = list(csv.reader(io.StringIO(archive.read("documents.csv").decode("utf-8-sig"))))
    assert lines[0] == ["Document", "Version", "Issued on", "File", "SHA-256"]
    for line in lines[1:]:
        assert sha256(archive.read(line[3])).hexdigest() == line[4]
    assert {line[3] for line in lines[1:]} == linked


def test_earlier_versions_stand_beside_the_latest(world):
    first = ProgressReview.objects.get(pk=world.reviews["oak1"].id)
    comment(by=_record(world, "oak").viewer, on=world.today, review=first, text="One thing more")
    issue_review(by=RENDERER, on=world.today, review_id=first.pk)
    archive = opened(world)
    latest, earlier = (
        [n for n in archive.namelist() if n.startswith(folder)] for folder in ("documents/", "earlier-versions/")
    )
    assert [re.sub(r"-version-\d+", "", name) for name in latest] == [
        "documents/progress-review-1-zqoakect-surname.pdf"
    ]
    assert len(earlier) == 1
    assert "Versions that a later one followed" in words(archive, "index.html")


def test_what_is_still_being_prepared_is_named_on_the_page_and_in_the_index(world):
    main = BeautifulSoup(ect(world).get(page(world)).content, "html.parser").main.get_text(" ")
    assert "4 documents are being prepared" in " ".join(main.split())
    missing = words(opened(world), "index.html").partition("Not in here yet")[2].partition("Documents The latest")[0]
    assert "Progress review 2, held on" in missing
    assert "Progress review 4, held on" in missing
    assert "Progress review 1" not in missing
    for name in ("oak2", "oak4"):
        issue_review(by=RENDERER, on=world.today, review_id=world.reviews[name].id)
    assert "First formal assessment, held on" in missing
    issue_assessment(by=RENDERER, on=world.today, assessment_id=world.assessments["oak"].id)
    issue_letter(by=RENDERER, on=world.today, letter_id=world.letters["oak"].id)
    assert "Not in here yet" not in words(opened(world), "index.html")
    assert "being prepared" not in ect(world).get(page(world)).content.decode()


def test_a_newer_state_that_is_not_made_yet_is_named_too(world):
    review = ProgressReview.objects.get(pk=world.reviews["oak1"].id)
    comment(by=_record(world, "oak").viewer, on=world.today, review=review, text="One thing more")
    assert "Progress review 1, held on" in words(opened(world), "index.html").partition("Not in here yet")[2]
    assert "a newer version is being prepared" in ect(world).get(page(world)).content.decode()
    assert "One thing more" in words(opened(world), "record.html")


def test_the_rows_stand_in_it_in_words(world):
    told = words(opened(world), "record.html")
    teacher = Teacher.objects.get(induction=world.cases["oak"].id)
    assert teacher.trn in told
    for text in ("zqhealthoakzq", "zqcommentoak1zq", "Zq", "Full time", "Sickness", "Carer", "Queried"):
        assert text in told, text
    assert "You confirmed that you had read it" in told
    for heading in ("Where you have served", "Mentors and induction tutors", "Timetable", "What falls due"):
        assert heading in told
    assert told.count("Nothing is recorded") < 6


def test_service_before_and_absences_taken_back_are_in_it(world):
    assert "zqsourcejoinedzq" in words(opened(world, "joined"), "record.html")
    assert Absence.objects.filter(induction=world.cases["elm"].id).exclude(withdrawn_on=None).exists()
    assert "Taken back on" in words(opened(world, "elm"), "record.html")


def test_both_schools_of_an_ect_who_moved_are_in_it(world):
    for name in ("moved1", "moved4"):
        issue_review(by=RENDERER, on=world.today, review_id=world.reviews[name].id)
    archive = opened(world, "moved")
    assert len([name for name in archive.namelist() if name.startswith("documents/")]) == 2
    told = words(archive, "record.html")
    schools = Placement.objects.filter(induction=world.cases["moved"].id).values_list("school__name", flat=True)
    assert len(set(schools)) == 2
    assert all(name in told for name in schools)


def test_it_stays_when_every_school_is_left(world):
    Placement.objects.filter(induction=world.cases["left"].id, ends_on=None).update(ends_on=world.today)
    clock_day = world.today
    assert not Placement.objects.filter(induction=world.cases["left"].id, ends_on__gt=clock_day).exists()
    issue_review(by=RENDERER, on=world.today, review_id=world.reviews["left1"].id)
    assert [n for n in opened(world, "left").namelist() if n.startswith("documents/")]
    assert ect(world, "left").get(page(world, "left")).status_code == 200


@pytest.mark.parametrize("key", ["oak", "elm", "moved", "joined"])
def test_it_tells_nobodys_address_and_of_no_other_case(world, key):
    archive = opened(world, key)
    text = text_of_archive(world, key)
    assert not re.search(r"[\w.]+@[\w.]+", text)
    assert "access" not in {name.partition(".")[0] for name in archive.namelist()}
    for canary in world.found_in(text):
        assert canary.about == key or canary.about.startswith(key), canary


def text_of_archive(world, key) -> str:
    return text_of(ect(world, key).get(file(world, key)))


def test_no_name_holds_a_number_of_a_person_or_leads_anywhere(world):
    teacher = Teacher.objects.get(induction=world.cases["oak"].id)
    response = ect(world).get(file(world))
    names = [*ZipFile(io.BytesIO(response.getvalue())).namelist(), response["Content-Disposition"]]
    assert not [name for name in names if teacher.trn in name]
    assert f'filename="my-induction-record-{world.today}.zip"' in response["Content-Disposition"]
    assert all(re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)?\.(pdf|html|csv|css)", name) for name in names[:-1])


@pytest.mark.parametrize("filename", [
    "../../etc/passwd", "C:\\x.pdf", "con.pdf", "李.pdf", "a\x00b.pdf", "x" * 150, "a/b/c.pdf", ".pdf", "<script>.pdf",
])  # fmt: skip
def test_any_file_name_becomes_one_that_every_system_takes(filename):
    names = Names()
    document = IssuedDocument(filename=filename, version=1)
    first, second = names.give("documents", document), names.give("documents", document)
    assert first != second
    for name in (first, second):
        assert re.fullmatch(r"documents/[a-z0-9-]{1,100}\.pdf", name)


def test_what_somebody_typed_is_text_in_it(world):
    Teacher.objects.filter(induction=world.cases["oak"].id).update(name="<script>alert(1)</script>")
    comment(
        by=_record(world, "oak").viewer,
        on=world.today,
        review=ProgressReview.objects.get(pk=world.reviews["oak2"].id),
        text="<img src=x onerror=alert(1)>",
    )
    archive = opened(world)
    for name in ("index.html", "record.html"):
        assert not read(archive, name).select("script, img")
    assert "<img src=x" in words(archive, "record.html")


def test_the_download_is_entered_where_the_ect_sees_it(world):
    visitor = ect(world)
    visitor.get(file(world))
    log = AccessLog.objects.filter(case_id=world.cases["oak"].id, subject_kind="cases.wholerecord")
    assert [row.user_id for row in log] == [visitor.person.user_id]
    access = visitor.get(reverse("cases:access", args=[world.cases["oak"].id])).content.decode()
    assert "A copy of the whole record, downloaded" in access


@pytest.mark.parametrize("who", ["headteacher@oak", "induction_tutor@oak", "mentor@oak", "body_admin@north"])
def test_nobody_else_takes_it_however_much_they_may_read(world, who):
    for path in (page(world), file(world)):
        assert Visitor(world.people[who]).get(path).status_code == 403
    assert not AccessLog.objects.filter(subject_kind="cases.wholerecord").exists()
    assert Visitor(world.people["ect@elm"]).get(file(world)).status_code == 404


class ManyPapers(Part):
    """Papers of an app with a great many documents."""

    def __init__(self, ids) -> None:
        self.ids = ids

    def bundle(self, induction, viewer, may) -> Bundle:
        on = viewer.on
        return Bundle([Paper("letter", key, "Letter", on, "Oakfield", 1, "/") for key in self.ids])


KILOBYTES = 200


def many(world, monkeypatch, count, kilobytes=1) -> None:
    from cases import own_record

    ids = [uuid4() for _ in range(count)]
    for number, key in enumerate(ids):
        content = number.to_bytes(4) * 256 * kilobytes
        place = world.places["oak"]
        issue(subject_id=key, kind="letter", content=content, filename="l.pdf", by=RENDERER, organisation_id=place)
    monkeypatch.setattr(own_record, "PARTS", [*own_record.PARTS, ManyPapers(ids)])


@pytest.mark.parametrize("address", [page, file])
def test_two_hundred_documents_ask_no_more_than_three(world, monkeypatch, address):
    counts = []
    for count in (3, 200):
        with monkeypatch.context() as patch:
            many(world, patch, count)
            visitor = ect(world)
            visitor.get(address(world))
            with CaptureQueriesContext(connection) as asked:
                assert visitor.get(address(world)).status_code == 200
            counts.append(len(asked))
    assert counts[0] == counts[1] <= 50


def test_two_hundred_documents_are_not_held_at_once(world, monkeypatch):
    """40 MB of documents pass through; a few of them at a time are in memory, and the archive is on disk."""
    many(world, monkeypatch, 200, KILOBYTES)
    record = _record(world, "oak")
    tracemalloc.start()
    with archive_of(record, at=clock.now()) as made:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert made.seek(0, io.SEEK_END) > 200 * KILOBYTES * 1024
    assert peak < 12 * 1024 * 1024
    assert StoredBytes.objects.count() >= 200
