"""Issued documents: kept once, exactly, and for good."""

from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from induction_portal.accounts.models import User
from induction_portal.accounts.viewer import System
from induction_portal.documents.models import IssuedDocument, StoredBytes
from induction_portal.documents.store import bytes_of, fetch, followed, issue, issued_with, known_by

pytestmark = pytest.mark.django_db

REVIEW = UUID(int=7)
SCHOOL = UUID(int=8)
PDF = b"%PDF-1.7 \x00\xff a review"


def issued(content: bytes = PDF, **facts) -> IssuedDocument:
    given = {"subject_id": REVIEW, "kind": "progress_review", "organisation_id": SCHOOL, "filename": "review.pdf"}
    return issue(content=content, by=System("documents"), **given | facts)


def test_the_file_is_served_exactly_as_it_was_issued():
    document = issued()
    assert bytes_of(IssuedDocument.objects.get(pk=document.pk)) == PDF
    assert document.stored_id == sha256(PDF).hexdigest()
    assert (document.version, document.issued_by, document.body_id) == (1, None, None)


def test_a_document_is_issued_once():
    first = issued()
    again = issued(b"rendered again, differently", filename="other.pdf")
    assert again == first
    assert bytes_of(again) == PDF
    assert StoredBytes.objects.count() == 1


def test_a_new_version_is_another_document():
    issued()
    second = issued(b"second", version=2)
    assert fetch(subject_id=REVIEW, kind="progress_review") == second
    assert fetch(subject_id=REVIEW, kind="progress_review", version=1).version == 1
    assert fetch(subject_id=REVIEW, kind="progress_review", version=3) is None
    assert fetch(subject_id=REVIEW, kind="letter") is None


def test_the_same_bytes_are_kept_once_and_every_issue_is_found_by_them():
    one, two = issued(), issued(subject_id=uuid4())
    assert StoredBytes.objects.count() == 1
    assert list(issued_with(sha256(PDF).hexdigest().upper() + "\n")) == [one, two]
    assert not issued_with(sha256(b"never issued").hexdigest()).exists()


def test_every_issue_that_prints_a_fingerprint_is_found_by_it():
    printed = sha256(b"the record").hexdigest()
    one, two = issued(fingerprint=printed), issued(b"commented on", version=2, fingerprint=printed)
    issued(b"of another record", version=3)
    assert list(known_by(printed.upper() + "\n")) == [one, two]
    assert list(known_by(sha256(b"commented on").hexdigest())) == [two]


def test_only_a_later_version_of_the_same_document_follows_it():
    first = issued()
    issued(subject_id=uuid4(), version=2)
    issued(kind="letter", version=2)
    assert not followed(first)
    second = issued(b"second", version=2)
    assert (followed(first), followed(second)) == (True, False)


def test_who_issued_it_is_kept():
    class Viewer:
        user = User.objects.create(email="officer@northern-hub.example", name="Sam Hill")

    document = issue(
        subject_id=REVIEW,
        kind="letter",
        content=PDF,
        filename="l.pdf",
        organisation_id=SCHOOL,
        body_id=SCHOOL,
        by=Viewer,
    )
    assert (document.issued_by, document.body_id) == (Viewer.user, SCHOOL)


def test_bytes_that_do_not_match_their_name_are_refused():
    with pytest.raises(IntegrityError, match="stored_bytes_match_their_sha256"):
        StoredBytes.objects.create(sha256="0" * 64, content=PDF)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [({"version": 0}, "document_version_from_one"), ({"filename": ""}, "kind_and_filename_given")],
)
def test_the_database_refuses_what_makes_no_sense(facts, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        issued(**facts)


@pytest.mark.parametrize("model", [IssuedDocument, StoredBytes])
def test_nothing_issued_is_changed_or_deleted(model):
    issued()
    rows = model.objects.all()
    column = "filename" if model is IssuedDocument else "content"
    value = "forged.pdf" if model is IssuedDocument else b"forged"
    for change in (lambda: rows.update(**{column: value}), lambda: rows._raw_delete("default")):
        with pytest.raises(DatabaseError, match="is kept as it was"), transaction.atomic():
            change()


def test_erasing_by_retention_deletes_but_cannot_change():
    issued()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.erasing', 'by retention', true)")
    with pytest.raises(DatabaseError, match="UPDATE on documents_issueddocument"), transaction.atomic():
        IssuedDocument.objects.update(filename="forged.pdf")
    IssuedDocument.objects.all().delete()
    StoredBytes.objects.all().delete()
    assert not StoredBytes.objects.exists()


@pytest.mark.parametrize("table", ["documents_issueddocument", "documents_storedbytes"])
def test_emptying_the_table_is_refused_where_the_tests_do_not_allow_it(table):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE portal_owner")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        with pytest.raises(DatabaseError, match="TRUNCATE on"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")
