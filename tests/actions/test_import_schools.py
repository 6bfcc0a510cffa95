"""`import_schools`: both kinds of the register's file, broken rows, wrong files, and what an import never touches."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cases.actions import import_register, open_school
from cases.models import RegisterImport, School
from cases.register import read_register
from cases.rules.errors import RuleBroken
from induction_portal.accounts.actions import add_organisation
from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import System
from induction_portal.audit.events import Event
from induction_portal.audit.models import AuditChain, AuditEvent
from induction_portal.audit.verify import faults

pytestmark = pytest.mark.django_db
REGISTERS = Path(__file__).parents[1] / "support" / "registers"
GIAS, ALLOCATION = REGISTERS / "gias.csv", REGISTERS / "allocation_2021.csv"
HEADINGS = "URN,EstablishmentName,Town\n"
PORTAL, DAY = System("test"), date(2026, 9, 1)


def import_text(text, encoding="utf-8"):
    register = read_register(text.encode(encoding))
    return import_register(by=PORTAL, on=DAY, register=register), register.rejections


def counts(done):
    return done.created, done.updated, done.unchanged, done.rejected


def named(urn):
    return School.objects.select_related("organisation").get(organisation__identifier=urn)


@pytest.mark.parametrize(("file", "schools"), [(GIAS, 8), (ALLOCATION, 9)])
def test_both_kinds_of_file_import_and_a_second_time_change_nothing(file, schools, capsys):
    call_command("import_schools", str(file))
    assert capsys.readouterr().out == f"Schools created: {schools}, updated: 0, unchanged: 0, rejected: 0\n"
    call_command("import_schools", str(file))
    assert capsys.readouterr().out == f"Schools created: 0, updated: 0, unchanged: {schools}, rejected: 0\n"
    assert School.objects.count() == Organisation.objects.count() == schools


def test_every_fact_the_file_has_is_kept():
    import_register(by=PORTAL, on=DAY, register=read_register(GIAS.read_bytes()))
    school = named("20002")
    assert school.organisation.name == "Carlisle South Petteril Bank Upperby SureStart Children's Centre"
    assert (school.local_authority, school.establishment_type) == ("Pre-LGR 2023 Cumbria", "Children's centre")
    assert (school.establishment_status, school.phase) == ("Open", "Not applicable")
    assert (school.town, school.postcode, school.is_relevant_school) == ("Carlisle", "CA1 3BX", True)


def test_accents_commas_and_types_of_the_other_file():
    import_register(by=PORTAL, on=DAY, register=read_register(ALLOCATION.read_bytes()))
    names = set(Organisation.objects.values_list("name", flat=True))
    assert "Christ Church Primary School, Hampstead" in names
    assert any(not name.isascii() for name in names)
    assert named("139837").is_relevant_school is False, "an academy chooses to offer induction (R7)"
    assert named("100000").is_relevant_school is True


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_accents_survive_in_every_encoding(encoding):
    import_text(HEADINGS + "100001,École Sacré-Cœur – “Annexe”,Bath\n", encoding)
    assert named("100001").organisation.name == "École Sacré-Cœur – “Annexe”"


def test_one_broken_line_does_not_change_how_the_others_are_read():
    content = (HEADINGS + "100001,École Une,\n100002,École Deux,\n100003,").encode() + b"\xc9cole,\n"
    register = read_register(content)
    assert [entry.name for entry in register.entries] == ["École Une", "École Deux"]
    assert register.rejections == [(4, "it holds characters that are not text")]


def test_a_byte_that_windows_1252_does_not_know_spoils_its_row_only():
    register = read_register((HEADINGS + "100001,École,\n100002,Two ").encode("cp1252") + b"\x81,\n100003,Three,\n")
    assert [entry.urn for entry in register.entries] == ["100001", "100003"]
    assert register.rejections == [(3, "it holds characters that are not text")]


@pytest.mark.parametrize("lines", ["\r\n", "\r", "\n"])
def test_lines_end_as_any_system_ends_them(lines):
    done, _ = import_text((HEADINGS + "100001,One,\n\n,,\n100002,Two,\n").replace("\n", lines))
    assert counts(done) == (2, 0, 0, 0)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1234,Short,", "its URN is not a number of 5 or 6 digits"),
        ("1234567,Long,", "its URN is not a number of 5 or 6 digits"),
        ("١٢٣٤٥٦,Other digits,", "its URN is not a number of 5 or 6 digits"),
        (",None,", "its URN is not a number of 5 or 6 digits"),
        ("100002, ,Bath", "it has no EstablishmentName"),
        (f"100002,{'n' * 201},", "its EstablishmentName is longer than 200 characters"),
        (f"100002,Two,{'t' * 101}", "its Town is longer than 100 characters"),
        ("100002,Two", "the number of its values is 2, that of the headings 3"),
        ("100002,Two,Bath,More", "the number of its values is 4, that of the headings 3"),
        ("100002,T\x00wo,", "it holds characters that are not text"),
        ("100002,\u202eowT,", "it holds characters that are not text"),
        ("100001,Again,", "URN 100001 is on line 2 already"),
        (
            '100002,"Two,Bath',
            "it is not a CSV row: a quotation mark is missing or not closed, or a value is far too long",
        ),
        ('100002,"Tw"o,', "it is not a CSV row: a quotation mark is missing or not closed, or a value is far too long"),
        (
            f"100002,{'n' * 140_000},",
            "it is not a CSV row: a quotation mark is missing or not closed, or a value is far too long",
        ),
    ],
)
def test_a_malformed_row_is_named_and_skipped_and_the_rows_around_it_are_taken(row, reason):
    done, rejections = import_text(f'{HEADINGS}100001,One,\n{row}\n100009,"Nine, by the sea",\n')
    assert rejections == [(3, reason)]
    assert counts(done) == (2, 0, 0, 1)
    assert set(Organisation.objects.values_list("identifier", flat=True)) == {"100001", "100009"}


def test_a_value_over_two_lines_is_one_row_and_later_lines_keep_their_numbers():
    done, rejections = import_text(HEADINGS + '100001,"One\n  School",\nbad,,x\n')
    assert named("100001").organisation.name == "One School"
    assert rejections == [(4, "its URN is not a number of 5 or 6 digits")]
    assert counts(done) == (1, 0, 0, 1)


def test_what_looks_like_a_formula_is_kept_as_the_text_it_is():
    import_text(HEADINGS + "100001,=1+1,@SUM(A1)\n")
    assert (named("100001").organisation.name, named("100001").town) == ("=1+1", "@SUM(A1)")


def test_the_longest_name_and_the_shortest_urn_fit():
    done, _ = import_text(f"{HEADINGS}10001,{'n' * 200},{'t' * 100}\n")
    assert counts(done) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "The file is empty"),
        (b" \r\n\n", "The file is empty"),
        (b"URN,Town\n100001,Bath\n", "has no heading EstablishmentName"),
        (b"urn;establishmentname\n100001;One\n", "has no heading URN and no EstablishmentName"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 9, "has no heading URN and no EstablishmentName"),
        (b"PK\x03\x04" + b"\x00" * 200_000, "has no heading URN and no EstablishmentName"),
        ((HEADINGS + "100001,One,\n").encode("utf-16"), "The file is in UTF-16"),
        (b"URN,EstablishmentName,URN\n100001,One,100001\n", "The heading URN stands twice"),
        (b"URN,EstablishmentName\n", "The file has headings but no schools"),
        (b"URN,EstablishmentName\nx,One\ny,Two\n", "No row of the file can be used. Line 2: its URN is not"),
    ],
)
def test_a_wrong_file_changes_nothing_and_says_what_is_wrong(content, says, tmp_path):
    (tmp_path / "wrong.csv").write_bytes(content)
    with pytest.raises(CommandError, match=r"wrong\.csv: .*Nothing was changed\.") as refused:
        call_command("import_schools", str(tmp_path / "wrong.csv"))
    assert says in str(refused.value)
    assert refused.value.returncode == 1
    assert not Organisation.objects.exists()
    assert not AuditEvent.objects.exists()


def test_a_file_that_cannot_be_read_is_refused_in_plain_words(tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.csv cannot be read: No such file or directory"):
        call_command("import_schools", str(tmp_path / "nowhere.csv"))
    with pytest.raises(CommandError, match="cannot be read: Is a directory"):
        call_command("import_schools", str(tmp_path))


def test_the_command_names_each_rejected_row(tmp_path, capsys):
    (tmp_path / "some.csv").write_text(HEADINGS + "1,One,\n100002,Two,\n", encoding="utf-8")
    call_command("import_schools", str(tmp_path / "some.csv"))
    assert capsys.readouterr().out.splitlines() == [
        "Line 2 rejected: its URN is not a number of 5 or 6 digits",
        "Schools created: 1, updated: 0, unchanged: 0, rejected: 1",
    ]


def test_what_was_entered_here_is_never_overwritten():
    trust = add_organisation(by=PORTAL, on=DAY, kind="trust", name="Meridian", identifier="T1")
    ours = add_organisation(by=PORTAL, on=DAY, kind="school", name="Old name", identifier="100001", trust=trust)
    school = open_school(by=PORTAL, on=DAY, organisation=ours, is_relevant_school=True)
    School.objects.filter(pk=school.pk).update(special_measures_from=date(2026, 2, 1), phase="Secondary")
    done, _ = import_text("URN,EstablishmentName,SchoolType,Town\n100001,New name,Mainstream academy,Bath\n")
    assert counts(done) == (0, 1, 0, 0)
    after = named("100001")
    assert (after.organisation.name, after.town, after.establishment_type) == ("New name", "Bath", "Mainstream academy")
    assert (after.organisation.trust, after.special_measures_from) == (trust, date(2026, 2, 1))
    assert (after.is_relevant_school, after.phase) == (True, "Secondary"), "phase is no column of this file"


def test_a_file_of_names_alone_changes_names_alone():
    import_text(HEADINGS + "100001,One,Bath\n100002,Two,Wells\n")
    done, _ = import_text("URN,EstablishmentName\n100001,Uno\n100002,Two\n")
    assert counts(done) == (0, 1, 1, 0)
    assert (named("100001").organisation.name, named("100001").town) == ("Uno", "Bath")


def test_a_school_that_the_file_does_not_name_stays_as_it_is():
    import_text(HEADINGS + "100001,One,Bath\n100002,Two,Wells\n")
    import_text(HEADINGS + "100002,Two,Frome\n")
    assert (named("100001").town, named("100002").town) == ("Bath", "Frome")


def test_an_import_is_one_event_that_tells_the_file_and_every_change():
    import_text(HEADINGS + "100001,One,Bath\n")
    text = HEADINGS + "100001,One,Wells\n100002,Two,Frome\n"
    done, _ = import_text(text)
    event = AuditEvent.objects.latest("id")
    assert (event.event, event.chain_id, event.subject_id, event.on) == (
        Event.REGISTER_IMPORTED, "installation", done.pk, DAY
    )  # fmt: skip
    assert json.loads(event.payload.content) == {
        "before": {"100001": {"name": "One", "town": "Bath"}},
        "after": {
            "file": hashlib.sha256(text.encode()).hexdigest(),
            "created": ["100002"],
            "updated": {"100001": {"name": "One", "town": "Wells"}},
        },
    }
    assert AuditChain.objects.get().length == RegisterImport.objects.count() == 2
    assert list(faults()) == []


def test_a_refused_register_raises_the_rule_and_names_the_field():
    with pytest.raises(RuleBroken) as broken:
        read_register(b"")
    assert broken.value.field == "file"
