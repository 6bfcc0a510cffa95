"""The pages of the national service's files and of imports: from the file that is made to its answer, and bad files."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.actions import carry_on
from cases.models import EarlierClaim, ImportBatch, ImportRow, NationalFile, NationalRow
from cases.rules import national
from cases.rules.csv_files import as_csv
from cases.rules.national import COLUMNS
from tests.factories import EarlierClaimFactory, ImportRowFactory
from tests.support.forms import Page
from tests.support.national import error_file
from tests.support.visitors import Visitor

HEADINGS = ",".join(COLUMNS["claims"])
ROW = "7300001,1998-04-05,school-led,2025-09-01"


@pytest.fixture
def officer(world):
    return Visitor(world.people["body_officer@north"])


@pytest.fixture
def south(world):
    return Visitor(world.people["body_officer@south"])


def upload(visitor, content: bytes, *, to="cases:import_claims", args=(), field="file", name="claims.csv", **more):
    address = reverse(to, args=args)
    sent = Page(visitor.get(address).content.decode()).data | {field: SimpleUploadedFile(name, content)} | more
    return visitor.client.post(address, sent)


def date_of(name, day):
    return {f"{name}-day": day.day, f"{name}-month": day.month, f"{name}-year": day.year}


class TestFiles:
    def test_a_file_is_made_and_fetched_again_byte_for_byte(self, officer, world):
        shown = officer.get(reverse("cases:make_claims")).content.decode()
        assert "ZqOakect Surname" in shown
        response = officer.post(reverse("cases:make_claims"))
        made = NationalFile.objects.get(pk=response["Location"].split("/")[-2])
        page = officer.get(response["Location"]).content.decode()
        assert made.digest in page
        file = officer.get(reverse("cases:national_csv", args=[made.pk]))
        assert file.content == made.content.encode()
        assert file.content.startswith(b'"TRN","Date of birth","Induction programme","Induction period start date"\n')
        assert file["Content-Type"] == "text/csv; charset=utf-8"
        assert "attachment" in file["Content-Disposition"]
        assert "Zq" not in made.content, "a file has no name"

    def test_who_is_left_out_is_named_with_the_reason(self, south):
        shown = south.get(reverse("cases:make_actions")).content.decode()
        assert "Nobody is to be told now" in shown

    def test_the_errors_stand_beside_the_names(self, south, world):
        file = NationalFile.objects.get(pk=world.files["south"].id)
        trn = national.rows_of("claims", file.content)[0][0]
        says = "Zq is completing their induction with another appropriate body"
        response = upload(
            south, error_file(file, {trn: says}), to="cases:answer_file", args=[file.pk], field="returned",
            others_accepted="yes",
        )  # fmt: skip
        assert response.status_code == 302, Page(response.content.decode()).errors
        shown = south.get(response["Location"]).content.decode()
        refused = NationalRow.objects.get(file=file, state="refused")
        assert says in shown
        assert refused.period.induction.teacher.name in shown
        assert "Put right what the service names" in shown
        again = Page(south.get(reverse("cases:make_claims")).content.decode())
        assert says in again.form.get_text()

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (b"PK\x03\x04 a workbook", "spreadsheet’s own format"),
            (HEADINGS.encode() + b"\n" + ROW.encode() + b"\n", "It has no “Error message”"),
            (f"{HEADINGS},Error message\n{ROW},No\n".encode(), "Row 2: no teacher in the file"),
            (b"", "The error file is empty"),
        ],
    )  # fmt: skip
    def test_a_bad_error_file_is_named_beside_its_field(self, south, world, content, says):
        file = world.files["south"].id
        response = upload(south, content, to="cases:answer_file", args=[file], field="returned", others_accepted="yes")
        assert response.status_code == 200
        answer = Page(response.content.decode())
        assert any(says in error for error in answer.errors), answer.errors
        assert not answer.broken_links
        assert NationalFile.objects.get(pk=file).state == "waiting"

    def test_a_file_that_was_settled_meanwhile_is_a_conflict(self, south, world):
        file = world.files["south_old"].id
        response = south.post(reverse("cases:set_file_aside", args=[file]))
        assert response.status_code == 409
        assert "Somebody else has recorded already" in response.content.decode()
        response = south.get(reverse("cases:answer_file", args=[file]))
        assert response.status_code == 302

    def test_a_long_file_is_paged(self, officer, world):
        response = officer.post(reverse("cases:make_claims"))
        made = NationalFile.objects.get(pk=response["Location"].split("/")[-2])
        shown = officer.get(f"{response['Location']}?after=1").content.decode()
        first = made.rows.get(position=1).period.induction.teacher.name
        table = shown.partition("<table")[2]
        assert first not in table
        assert officer.get(f"{response['Location']}?after=-1%00").status_code == 200


BAD_FILES = [
    (b"", "The file is empty"),
    (b"\n\n", "The file is empty"),
    (f"{HEADINGS}\n".encode(), "no row below them"),
    (f"{HEADINGS}\n".encode() + b"".join(b"%07d,1998-04-05,school-led,2025-09-01\n" % n for n in range(1001)),
     "The file has 1,001 rows. Split it"),
    (f"{HEADINGS}\n{ROW}\n{ROW}\n".encode(), "Rows 2 and 3 have the same TRN, 7300001"),
    (f"TRN,DOB,Programme,Start\n{ROW}\n".encode(), "“DOB”, “Programme”, “Start” is not known"),
    (f"{HEADINGS},Name\n{ROW},Zoë\n".encode("cp1252"), "Row 2 has a letter that is not in UTF-8"),
    (f"{HEADINGS}\n{ROW}\n".encode("utf-16"), "The file is in UTF-16"),
    (f"{HEADINGS}\n{ROW}\x00\n".encode(), "Row 2 has a character that is not text"),
    (b"PK\x03\x04\x14\x00\x06\x00" + b"\x00" * 60, "This is a spreadsheet’s own format"),
    (f'{HEADINGS},Name\n{ROW},"Ann\nLark"\n'.encode(), "Row 2 has a quotation mark that is not closed"),
    (f"{HEADINGS}\n".encode() + b"x" * 102_400, "larger than 100 KB"),
]  # fmt: skip


class TestUploading:
    @pytest.mark.parametrize(("content", "says"), BAD_FILES, ids=[says[:30] for _, says in BAD_FILES])
    def test_a_bad_file_is_named_beside_the_field_and_nothing_is_kept(self, officer, content, says):
        before = ImportBatch.objects.count()
        response = upload(officer, content)
        assert response.status_code == 200
        answer = Page(response.content.decode())
        (error,) = answer.errors
        assert says in error
        assert not answer.broken_links
        assert ImportBatch.objects.count() == before

    def test_rows_are_shown_with_what_is_wrong_and_the_good_ones_wait(self, officer):
        rows = [
            ROW + ",=HYPERLINK(1)",
            "7300002,1998-02-31,school-led,2025-09-01,Bo",
            ROW.replace("7300001", "7300003") + ",Cy",
        ]
        response = upload(officer, "\n".join([f"{HEADINGS},Name", *rows]).encode(), name="claims.xlsx")
        shown = officer.get(response["Location"]).content.decode()
        assert "1 of 3 rows can be imported. Nothing has been imported yet." in shown
        assert "must be a real date in the format YYYY-MM-DD, not 1998-02-31" in shown
        assert "Name begins like a spreadsheet formula" in shown
        assert "Import 1 claim" in shown

    def test_bad_rows_come_back_with_reasons_and_may_be_mended_and_sent_again(self, officer):
        rows = [ROW + ",=1+1", "7300002,1998-02-31,school-led,2025-09-01,Bo"]
        batch = upload(officer, "\n".join([f"{HEADINGS},Name", *rows]).encode())["Location"]
        file = officer.get(f"{batch}csv/").content.decode()
        assert file.startswith('"TRN",')
        assert file.splitlines()[0].endswith('"Error message"')
        assert "'=1+1" in file, "no formula leaves the portal"
        mended = file.replace("'=1+1", "Ann").replace("1998-02-31", "1998-02-28")
        again = upload(officer, mended.encode())["Location"]
        assert "2 of 2 rows can be imported" in officer.get(again).content.decode()

    def test_no_file_is_written_to_a_disk(self, officer, tmp_path, monkeypatch):
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        large = f"{HEADINGS}\n{ROW}\n".encode() + b"x" * 4_000_000
        assert "larger than 100 KB" in upload(officer, large).content.decode()
        assert list(Path(tmp_path).iterdir()) == []

    def test_the_template_is_taken_as_it_is(self, officer):
        template = officer.get(reverse("cases:import_template")).content
        assert template == (as_csv([*COLUMNS["claims"], "Name", "School URN"], (), quoted=True)).encode()
        assert "no row below them" in upload(officer, template).content.decode()

    def test_progress_is_shown_and_found_again_by_a_link(self, officer, world):
        batch = upload(officer, f"{HEADINGS}\n{ROW}\n".encode())["Location"]
        assert officer.post(f"{batch}confirmation/").status_code == 302
        shown = officer.get(batch).content.decode()
        assert "0 of 1 row imported; 1 to go" in shown
        assert "Look again" in shown
        carry_on(on=world.today, batch_id=batch.split("/")[-2])
        assert "1 of 1 row imported." in officer.get(batch).content.decode()
        assert EarlierClaim.objects.filter(trn="7300001").exists()

    def test_confirmed_or_cancelled_meanwhile_is_a_conflict(self, officer):
        batch = upload(officer, f"{HEADINGS}\n{ROW}\n".encode())["Location"]
        officer.post(f"{batch}cancellation/")
        response = officer.post(f"{batch}confirmation/")
        assert response.status_code == 409
        assert "This import was cancelled" in response.content.decode()

    def test_many_rows_cost_no_more_queries(self, officer, world, django_assert_max_num_queries):
        batch = ImportBatch.objects.get(pk=world.batches["north"].id)
        cells = ImportRow.objects.filter(batch=batch).first().cells
        for number in range(10, 160):
            state = {"state": "bad", "says": "No"} if number % 2 else {"state": "ready"}
            ImportRowFactory(batch=batch, number=number, cells=cells, **state)
        ImportBatch.objects.filter(pk=batch.pk).update(row_count=152)
        officer.get(reverse("cases:import", args=[batch.pk]))  # the first visit of the hour writes the access log
        with django_assert_max_num_queries(13):
            officer.get(reverse("cases:import", args=[batch.pk]))


class TestClaims:
    def test_the_school_finds_its_registration_filled_in(self, world):
        visitor = Visitor(world.people["school_admin@harbour"])
        assert "Register an ECT whom your appropriate body has already" in visitor.get("/").content.decode()
        claim = EarlierClaim.objects.get(pk=world.claims["south"].id)
        form = Page(visitor.get(f"{reverse('cases:new_registration')}?claim={claim.pk}").content.decode())
        assert (form.boxes["trn"], form.boxes["name"]) == (claim.trn, claim.name)
        assert form.boxes["starts_on-day"] == str(claim.starts_on.day)
        elsewhere = Visitor(world.people["school_admin@oak"])
        form = Page(elsewhere.get(f"{reverse('cases:new_registration')}?claim={claim.pk}").content.decode())
        assert form.boxes["trn"] == ""

    def test_they_are_listed_and_paged(self, officer, world):
        body, start = world.places["north"], world.today - timedelta(days=100)
        for _ in range(120):
            EarlierClaimFactory(body_id=body, starts_on=start, imported_on=world.today)
        shown = officer.get(reverse("cases:earlier_claims")).content.decode()
        assert 'rel="next"' in shown
        assert 'rel="next"' not in officer.get(f"{reverse('cases:earlier_claims')}?after=100").content.decode()

    def test_one_that_does_not_wait_any_more_leads_back(self, world):
        visitor = Visitor(world.people["body_admin@south"])
        gone = EarlierClaim.objects.get(trn="7000005")
        response = visitor.client.get(reverse("cases:withdraw_claim", args=[gone.pk]), follow=True)
        assert "does not wait any more" in response.content.decode()
