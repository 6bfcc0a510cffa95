"""Claims that a body brings along: checked, confirmed, brought in once, met by a registration (R2, R12, ADR 82)."""

from datetime import date, timedelta

import pytest

from cases import tasks
from cases.actions import cancel_import, carry_on, check_import, confirm_import, imports, withdraw_claim
from cases.confirming_pages import started_from
from cases.models import BodyPeriod, Confirmation, EarlierClaim, HandRecord, ImportBatch, ImportRow, Induction
from cases.national.access import filled_in, to_register
from cases.national.sources import to_tell
from cases.registration_tasks import registration_work
from cases.rules.csv_files import as_csv
from cases.rules.errors import RuleBroken
from cases.rules.importing import OPTIONAL
from cases.rules.national import COLUMNS
from induction_portal import clock
from induction_portal.accounts.permissions import Role
from induction_portal.audit.models import AuditEvent, AuditPayload
from tests.factories import (
    BodyFactory,
    BodyPeriodFactory,
    EarlierClaimFactory,
    InductionFactory,
    RegistrationFactory,
    SchoolFactory,
    viewer,
)
from tests.support.registering import QTS, START, Hub

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
GOOD = ("7000001", "2001-03-04", "school-led", "2025-09-01", "Ann Lark", "")


@pytest.fixture
def by():
    return viewer(BodyFactory(), Role.BODY_OFFICER, on=TODAY)


def csv_of(*rows) -> bytes:
    return as_csv([*COLUMNS["claims"], *OPTIONAL], rows, quoted=True).encode()


def check(by, *rows, on=TODAY):
    return check_import(by=by, on=on, content=csv_of(*rows))


def bring_in(by, *rows, on=TODAY):
    batch = confirm_import(by=by, on=on, batch=check(by, *rows, on=on))
    while carry_on(on=on, batch_id=batch.pk):
        pass
    batch.refresh_from_db()
    return batch


def said(batch):
    return {row.cells["TRN"]: row.says for row in batch.rows.filter(state="bad")}


def refusal(function, **options):
    with pytest.raises(RuleBroken) as broken:
        function(**options)
    return broken.value


class TestChecking:
    def test_nothing_is_brought_in_before_it_is_confirmed(self, by):
        batch = check(by, GOOD, ("1", "", "", "", "", ""))
        assert (batch.state, batch.row_count, batch.checked_by) == ("checked", 2, by.user)
        assert [row.state for row in batch.rows.all()] == ["ready", "bad"]
        assert not EarlierClaim.objects.exists()
        assert AuditEvent.objects.filter(event="import_checked").count() == 1

    def test_a_file_that_is_none_leaves_nothing(self, by):
        assert refusal(check_import, by=by, on=TODAY, content=b"Name\nAnn\n").field == "file"
        assert not ImportBatch.objects.exists()

    def test_rows_are_held_against_what_the_body_has_here(self, by):
        own = InductionFactory(teacher__trn="7000002", teacher__date_of_birth=date(2001, 3, 4))
        BodyPeriodFactory(induction=own, body=by.organisation)
        EarlierClaimFactory(body=by.organisation, trn="7000003")
        rows = [(trn, "2001-03-04", *GOOD[2:5], urn) for trn, urn in (
            ("7000002", ""), ("7000003", ""), ("7000004", "123456"))]  # fmt: skip
        told = said(check(by, *rows))
        assert told["7000002"].startswith("This ECT is with you here already")
        assert told["7000003"].startswith("You have imported this claim already")
        assert told["7000004"].startswith("No school here has the URN 123456")

    def test_another_date_of_birth_of_an_own_ect_is_named(self, by):
        own = InductionFactory(teacher__trn="7000001", teacher__date_of_birth=date(2000, 1, 1))
        BodyPeriodFactory(induction=own, body=by.organisation)
        assert "another date of birth" in said(check(by, GOOD))["7000001"]

    def test_nothing_is_told_of_another_bodys_ects_and_claims(self, by):
        """R79: whether somebody is here with another body, a file does not find out."""
        other = InductionFactory(teacher__trn="7000001", teacher__date_of_birth=date(2000, 1, 1))
        BodyPeriodFactory(induction=other)
        EarlierClaimFactory(trn="7000001")
        assert said(check(by, GOOD)) == {}


class TestBringingIn:
    def test_good_rows_become_claims_that_wait(self, by):
        school = SchoolFactory()
        batch = bring_in(by, (*GOOD[:5], school.identifier), ("7000002", "2001-02-31", *GOOD[2:]))
        assert (batch.state, batch.imported, batch.confirmed_by) == ("done", 1, by.user)
        claim = EarlierClaim.objects.get()
        assert (claim.trn, claim.date_of_birth, claim.route) == ("7000001", date(2001, 3, 4), "school_led")
        assert (claim.starts_on, claim.name, claim.school) == (date(2025, 9, 1), "Ann Lark", school)
        assert (claim.imported_by, claim.imported_on) == (by.user, TODAY)
        assert not Induction.objects.exists(), "a body knows a start, not a post"
        event = AuditEvent.objects.get(event="claims_imported")
        assert "7000001" in AuditPayload.objects.get(event=event).content

    def test_rows_are_checked_again_when_they_are_brought_in(self, by):
        batch = confirm_import(by=by, on=TODAY, batch=check(by, GOOD))
        EarlierClaimFactory(body=by.organisation, trn="7000001")
        carry_on(on=TODAY, batch_id=batch.pk)
        batch.refresh_from_db()
        assert (batch.state, batch.imported) == ("done", 0)
        assert "imported this claim already" in said(batch)["7000001"]

    def test_it_goes_on_in_parts_and_never_twice(self, by, monkeypatch):
        monkeypatch.setattr(imports, "AT_A_TIME", 2)
        rows = [(f"700000{n}", *GOOD[1:]) for n in range(5)]
        batch = confirm_import(by=by, on=TODAY, batch=check(by, *rows))
        assert [carry_on(on=TODAY, batch_id=batch.pk) for _ in range(5)] == [2, 2, 1, 0, 0]
        assert EarlierClaim.objects.count() == 5
        assert AuditEvent.objects.filter(event="claims_imported").count() == 3

    def test_what_fits_the_parts_exactly_ends_too(self, by, monkeypatch):
        monkeypatch.setattr(imports, "AT_A_TIME", 1)
        batch = bring_in(by, GOOD)
        assert (batch.state, batch.imported) == ("done", 1)

    def test_it_is_confirmed_once(self, by):
        batch = check(by, GOOD)
        confirm_import(by=by, on=TODAY, batch=batch)
        assert "confirmed already" in refusal(confirm_import, by=by, on=TODAY, batch=batch).message
        assert "cannot be cancelled" in refusal(cancel_import, by=by, on=TODAY, batch=batch).message

    def test_a_file_of_bad_rows_is_not_confirmed(self, by):
        batch = check(by, ("1", *GOOD[1:]))
        assert "No row of this file" in refusal(confirm_import, by=by, on=TODAY, batch=batch).message

    def test_what_was_cancelled_is_gone(self, by):
        batch = check(by, GOOD)
        cancel_import(by=by, on=TODAY, batch=batch)
        batch.refresh_from_db()
        assert (batch.state, batch.rows.count()) == ("cancelled", 0)
        assert "This import was cancelled" in refusal(confirm_import, by=by, on=TODAY, batch=batch).message
        assert AuditEvent.objects.filter(event="import_deleted").count() == 1

    def test_a_batch_that_was_not_confirmed_brings_nothing_in(self, by):
        assert carry_on(on=TODAY, batch_id=check(by, GOOD).pk) == 0
        assert not EarlierClaim.objects.exists()


class TestSweeping:
    def test_rows_are_deleted_after_a_day(self, by):
        waiting, done = check(by, GOOD), bring_in(by, ("7000002", *GOOD[1:]))
        assert tasks.sweep_imports() == 0
        ImportBatch.objects.update(kept_until=clock.now() - timedelta(seconds=1))
        assert tasks.sweep_imports() == 2
        assert ImportBatch.objects.get(pk=waiting.pk).state == "cancelled"
        assert ImportBatch.objects.get(pk=done.pk).imported == 1
        assert not ImportRow.objects.exists()
        assert EarlierClaim.objects.count() == 1
        assert tasks.sweep_imports() == 0

    def test_what_is_being_brought_in_is_not_swept(self, by):
        batch = confirm_import(by=by, on=TODAY, batch=check(by, GOOD))
        ImportBatch.objects.update(kept_until=clock.now() - timedelta(days=3))
        assert tasks.sweep_imports() == 0
        assert batch.rows.count() == 1


class TestMeeting:
    """A claim meets the school's registration: the body had agreed by the start that it claimed (R2)."""

    DAY = date(2025, 11, 3)

    def claim(self, hub, **said):
        facts = {"trn": "7000001", "date_of_birth": date(2001, 3, 4), "starts_on": START, "imported_on": self.DAY}
        return EarlierClaimFactory(body=hub.body, **facts | said)

    def registration(self, hub, **said):
        return hub.registration(trn="7000001", date_of_birth=date(2001, 3, 4), qts_on=QTS, **said)

    def test_a_start_in_the_past_is_confirmed(self):
        hub = Hub(on=self.DAY)
        claim, registration = self.claim(hub), self.registration(hub)
        assert started_from(hub.by, registration)["starts_on"] == START
        answer = hub.confirm(registration)
        assert (answer.agreed_on, answer.starts_on, answer.decided_on) == (START, START, self.DAY)
        period = BodyPeriod.objects.get()
        assert (period.agreed_on, period.starts_on) == (START, START)
        claim.refresh_from_db()
        assert claim.confirmation == answer

    def test_what_the_service_has_already_is_not_told_again(self):
        hub = Hub(on=self.DAY)
        self.claim(hub)
        answer = hub.confirm(self.registration(hub))
        assert HandRecord.objects.get(induction=answer.induction).done_on == self.DAY
        told = to_tell(hub.body, "claims", on=self.DAY)
        assert (told.ready, told.left_out) == ([], [])

    def test_without_a_claim_nothing_is_backdated(self):
        hub = Hub(on=self.DAY)
        registration = self.registration(hub)
        with pytest.raises(RuleBroken, match="before the appropriate body has agreed"):
            hub.confirm(registration)

    @pytest.mark.parametrize(
        "other",
        [{"trn": "7000002"}, {"date_of_birth": date(2001, 4, 3)}, {"withdrawn_on": date(2025, 11, 2)},
         {"starts_on": date(2025, 9, 2)}],
    )  # fmt: skip
    def test_another_claim_does_not_help(self, other):
        hub = Hub(on=self.DAY)
        self.claim(hub, **other)
        with pytest.raises(RuleBroken, match="before the appropriate body has agreed"):
            hub.confirm(self.registration(hub))
        assert not Confirmation.objects.exists()

    def test_another_bodys_claim_does_not_help(self):
        hub = Hub(on=self.DAY)
        self.claim(Hub())
        with pytest.raises(RuleBroken, match="before the appropriate body has agreed"):
            hub.confirm(self.registration(hub))

    def test_a_later_start_than_was_claimed_is_told_to_the_service(self):
        hub = Hub(on=self.DAY)
        self.claim(hub)
        hub.confirm(self.registration(hub), starts_on=date(2025, 9, 8))
        assert len(to_tell(hub.body, "claims", on=self.DAY).ready) == 1


class TestTheSchool:
    def test_it_is_asked_to_register_and_finds_the_form_filled_in(self):
        school, hub = SchoolFactory(), Hub()
        claim = EarlierClaimFactory(body=hub.body, school=school, name="Ann Lark")
        by = viewer(school, Role.SCHOOL_ADMIN, on=TODAY)
        (task,) = registration_work(by).tasks
        assert (task.about, task.state) == ("Ann Lark", f"With {hub.body.name}")
        assert task.url.endswith(f"?claim={claim.pk}")
        known = filled_in(by, str(claim.pk))
        assert (known["trn"], known["starts_on"], known["body"]) == (claim.trn, claim.starts_on, hub.body.pk)

    def test_it_is_not_asked_once_it_has_registered_or_where_it_is_another(self):
        school, other = SchoolFactory(), SchoolFactory()
        claim = EarlierClaimFactory(school=school)
        assert filled_in(viewer(other, Role.HEADTEACHER, on=TODAY), str(claim.pk)) == {}
        assert not to_register(viewer(school, Role.MENTOR, on=TODAY)).exists()
        RegistrationFactory(school=school, trn=claim.trn)
        assert not to_register(viewer(school, Role.HEADTEACHER, on=TODAY)).exists()

    @pytest.mark.parametrize("forged", ["", "x", "\x00", "00000000-0000-0000-0000-000000000000"])
    def test_a_forged_address_fills_in_nothing(self, forged):
        assert filled_in(viewer(SchoolFactory(), Role.HEADTEACHER, on=TODAY), forged) == {}


def test_a_claim_is_withdrawn_once(by):
    claim = EarlierClaimFactory(body=by.organisation)
    withdraw_claim(by=by, on=TODAY, claim=claim)
    assert "does not wait any more" in refusal(withdraw_claim, by=by, on=TODAY, claim=claim).message
    assert said(check(by, (claim.trn, *GOOD[1:]))) == {}, "it may be imported again"
