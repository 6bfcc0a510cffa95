"""What is stored of a case's dates: that it is what the rules say, says why, and may be rebuilt at any time."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from cases import reckon
from cases.management.commands.export_facts import exported
from cases.models import Clock, Deadline, Induction
from cases.parts import PARTS, Part, task_url
from cases.reckon import mark_stale, reckon_batch
from cases.rules.calculate import answer
from induction_portal import clock
from tests.factories import (
    AbsenceFactory,
    BodyPeriodFactory,
    BodyPolicyFactory,
    PlacementFactory,
    PriorServiceFactory,
    WorkingPatternFactory,
)

START = date(2025, 9, 1)
EVENTS = {"progress_review", "first_assessment", "final_assessment", "extension_assessment"}


def lines():
    return [json.loads(line) for line in exported(as_of=clock.today())]


def disagreements():
    """Each exported line goes to the calculator as it is; where its answer is not what is stored. Of an induction that
    is over for good nothing falls due, whatever the calculator says.
    """
    found = []
    over = {str(key) for key in Clock.objects.filter(over_on__isnull=False).values_list("induction", flat=True)}
    for line in [line for line in lines() if line["id"] not in over]:
        told = json.loads(answer("timeline", json.dumps(line), date(1999, 9, 1)))
        stored = line["stored"]
        assert "error" not in told, told
        second = next((part["starts_on"] for part in told["parts"] if part["number"] == 2), None)
        told |= {"part_2_starts_on": second}
        keys = ("ends_on", "part_2_starts_on", "assumed_from", "events")
        found += [(line["id"], key, told[key], stored[key]) for key in keys if told[key] != stored[key]]
    return found


def projections():
    fields = [field.attname for field in Deadline._meta.concrete_fields if field.name != "id"]
    clocks = Induction.objects.values_list("pk", "clock__ends_on", "clock__part_2_starts_on", "clock__assumed_from")
    return set(Deadline.objects.values_list(*fields)), set(clocks)


def rebuild():
    mark_stale(Induction.objects.all())
    while reckon_batch():
        pass


class TestInTheWorld:
    def test_what_is_stored_is_what_the_calculator_says(self, world):
        assert len(lines()) == Induction.objects.count() > 4
        assert not disagreements()

    def test_rebuilding_all_changes_nothing(self, world):
        before = projections()
        rebuild()
        assert projections() == before
        assert len(before[0]) > 20

    def test_every_deadline_says_why_and_whose_it_is(self, world):
        for row in Deadline.objects.all():
            assert row.why.endswith("."), row
            assert row.rule
            assert row.owner
            assert row.opened_on <= row.due_on
            assert [part.label(row) for part in PARTS if part.label(row)], row.kind
            assert task_url(row) or row.kind not in {"progress_review", "termly_return", "named_contact", "leaver"}

    def test_many_cases_take_as_many_queries_as_one(self, world, django_assert_max_num_queries):
        mark_stale(Induction.objects.all())
        with django_assert_max_num_queries(51):
            assert reckon_batch() > 4

    def test_a_case_that_cannot_be_reckoned_keeps_no_other_from_it(self, world, monkeypatch, caplog):
        bad = world.cases["oak"].id

        class Stumbles(Part):
            def deadlines(self, cases):
                assert bad not in {each.induction.pk for each in cases}
                return ()

        monkeypatch.setattr(reckon, "PARTS", [*PARTS, Stumbles()])
        mark_stale(Induction.objects.all())
        while reckon_batch():
            pass
        assert [row.pk for row in Induction.objects.filter(stale=True)] == [bad]
        assert str(bad) in caplog.text


@pytest.mark.django_db
class TestOfCasesAsTheyMayBe:
    def test_a_body_that_drops_reviews_is_told_to_the_calculator(self):
        case = self.served(fte="0.4")
        body = BodyPeriodFactory(induction=case, starts_on=START).body
        kept = self.reviews()
        BodyPolicyFactory(organisation=body, starts_on=START, drops_earlier_review=True)
        rebuild()
        assert self.reviews() < kept
        assert not disagreements()

    def test_earlier_service_is_told_to_the_calculator(self):
        PriorServiceFactory(induction=self.served())
        rebuild()
        assert not disagreements()

    @pytest.mark.parametrize("back", [True, False])
    def test_who_is_away_on_the_day_is_assessed_on_return(self, back):
        case = self.served()
        review = case.deadlines.get(kind="progress_review", number=2)
        until = review.due_on + timedelta(days=20) if back else None
        placement = case.placements.get()
        AbsenceFactory(placement=placement, starts_on=review.due_on - timedelta(days=9), ends_on=until)
        rebuild()
        held = case.deadlines.get(kind="progress_review", number=2)
        assert (held.waits, held.nominal_on) == ("" if back else "return", review.due_on)
        assert not disagreements()

    def test_what_a_body_makes_of_absence_is_told_to_the_calculator(self):
        case = self.served(fte="0.4")
        body = BodyPeriodFactory(induction=case, starts_on=START).body
        BodyPolicyFactory(organisation=body, starts_on=START, absence_reading="calendar_prorata", part_day_as_full=True)
        placement = case.placements.get()
        for day in range(30, 100):
            AbsenceFactory(placement=placement, starts_on=START + timedelta(days=day), day_fraction="0.5")
        rebuild()
        assert "D20" in set(case.deadlines.values_list("code", flat=True))
        assert not disagreements()

    def test_two_schools_at_once(self):
        case = self.served(fte="0.6")
        second = PlacementFactory(induction=case, starts_on=START + timedelta(days=90), is_lead=False)
        WorkingPatternFactory(placement=second, starts_on=second.starts_on, fte="0.5")
        rebuild()
        assert not disagreements()

    def test_a_case_that_was_never_reckoned_is_exported_without_dates(self):
        placement = PlacementFactory(starts_on=START)
        WorkingPatternFactory(placement=placement)
        (line,) = lines()
        assert line["stored"] is None

    def test_the_command_writes_a_line_for_each_case(self, capsys):
        self.served()
        rebuild()
        call_command("export_facts")
        (line,) = capsys.readouterr().out.splitlines()
        assert json.loads(line)["stored"]["events"]

    def test_more_cases_than_are_read_at_a_time(self, monkeypatch):
        monkeypatch.setattr("cases.management.commands.export_facts.BATCH", 2)
        keys = {str(self.served().pk) for _ in range(5)}
        told = [line["id"] for line in lines()]
        assert len(told) == 5
        assert set(told) == keys

    def served(self, fte="1"):
        placement = PlacementFactory(starts_on=START)
        WorkingPatternFactory(placement=placement, starts_on=START, fte=fte)
        rebuild()
        return placement.induction

    def reviews(self):
        rebuild()
        return Deadline.objects.filter(kind="progress_review").count()
