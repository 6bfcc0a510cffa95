"""An ECT who comes part-way: a confirmed balance or earlier schools, and the dates that follow from either."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from cases.actions import add_earlier_placement, change_officer, confirm_prior_service, lead
from cases.actions.prior import Balance
from cases.facts import facts_of
from cases.models import Induction, PriorService
from cases.rules.calculate import calculate_timeline
from cases.rules.errors import RuleBroken
from induction_portal.accounts.permissions import Role
from tests.factories import MembershipFactory, SchoolFactory
from tests.support.registering import SENT, START, Hub
from tests.support.trail import last_event, recorded, told

pytestmark = pytest.mark.django_db
BALANCE = Balance(Decimal("1.4"), Decimal(2), Decimal(12), "Letter of the Southern Hub, 3 July 2025")


@pytest.fixture
def hub():
    return Hub()


@pytest.fixture
def induction(hub) -> Induction:
    """Part time, at 0.6 of full time, from 1 September 2025."""
    return hub.confirm(hub.registration(fte=Decimal("0.6"))).induction


def confirm(hub, induction, version=None, **changes):
    balance = replace(BALANCE, **changes)
    return confirm_prior_service(by=hub.by, on=SENT, induction=induction, version=version, balance=balance)


def as_asked(induction) -> dict:
    """The same facts as a question to the calculator, told apart from the rows."""
    facts = facts_of(induction, as_of=SENT)
    terms = [
        {
            "name": term.name,
            "school_year": term.school_year,
            "start": term.start.isoformat(),
            "end": term.end.isoformat(),
            "closures": [{"start": c.start.isoformat(), "end": c.end.isoformat()} for c in term.closures],
        }
        for term in next(iter(facts.calendars.values())).terms
    ]
    return {
        "id": 1,
        "as_of": SENT.isoformat(),
        "calendars": {"school": {"terms": terms}},
        "placements": [
            {"school": "school", "start": "2025-09-01", "working_pattern": [{"from": "2025-09-01", "fte": "0.6"}]}
        ],
        "before": {"terms": "1.4", "calendar_terms": "2", "absence_days": "12"},
    }


class TestBalance:
    def test_the_dates_are_those_of_the_calculator(self, hub, induction):
        without = induction.clock.ends_on
        confirm(hub, induction)
        clock = Induction.objects.get().clock
        asked = calculate_timeline(as_asked(induction), SENT)
        assert clock.ends_on.isoformat() == asked["ends_on"]
        assert clock.part_2_starts_on.isoformat() == asked["parts"][1]["starts_on"]
        assert clock.ends_on < without

    def test_it_is_recorded_with_its_source(self, hub, induction):
        prior = confirm(hub, induction)
        assert (prior.body, prior.confirmed_by, prior.confirmed_on) == (hub.body, hub.officer, SENT)
        assert recorded() == ("prior_service_confirmed", "case")
        assert told(last_event())["after"]["source"] == BALANCE.source

    def test_it_may_be_confirmed_anew(self, hub, induction):
        confirm(hub, induction)
        assert confirm(hub, induction, version=1, terms=Decimal(2)).version == 2
        assert told(last_event())["before"]["terms"] == "1.400"

    @pytest.mark.parametrize("version", [None, 2])
    def test_not_over_what_somebody_else_confirmed(self, hub, induction, version):
        confirm(hub, induction)
        with pytest.raises(RuleBroken, match="Somebody else"):
            confirm(hub, induction, version=version)

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"terms": Decimal(0)}, "terms"),
            ({"terms": Decimal(6), "calendar_terms": Decimal(10)}, "terms"),
            ({"terms": Decimal("0.5"), "calendar_terms": Decimal("0.9")}, "calendar_terms"),
            ({"calendar_terms": Decimal("1.3")}, "calendar_terms"),
            ({"absence_days": Decimal(-1)}, "absence_days"),
            ({"source": "  "}, "source"),
        ],
    )
    def test_what_cannot_be(self, hub, induction, changes, field):
        with pytest.raises(RuleBroken) as broken:
            confirm(hub, induction, **changes)
        assert broken.value.field == field
        assert not PriorService.objects.exists()

    def test_only_by_the_body_that_is_responsible(self, induction):
        with pytest.raises(RuleBroken, match="responsible"):
            confirm(Hub(), induction)

    def test_not_by_a_body_that_has_let_go(self, hub, induction):
        induction.body_periods.update(starts_on=date(2025, 1, 1), agreed_on=date(2025, 1, 1), ends_on=date(2025, 7, 1))
        with pytest.raises(RuleBroken, match="responsible"):
            confirm(hub, induction)


def add(hub, induction, **changes):
    facts = {
        "school": SchoolFactory(),
        "starts_on": date(2024, 9, 2),
        "ends_on": date(2025, 4, 4),
        "fte": Decimal("0.7"),
        "days": {},
    }
    induction.teacher.qts_on = date(2024, 7, 12)
    induction.teacher.save()
    return add_earlier_placement(by=hub.by, on=SENT, induction=induction, **facts | changes)


class TestEarlierSchool:
    def test_the_case_goes_on_from_it(self, hub, induction):
        without = induction.clock.ends_on
        placement = add(hub, induction)
        assert (placement.reported_body, placement.is_lead, placement.patterns.get().fte) == (
            hub.body, True, Decimal("0.7"),
        )  # fmt: skip
        assert recorded() == ("placement_started", "case")
        assert Induction.objects.get().clock.ends_on < without

    def test_several_in_any_order(self, hub, induction):
        add(hub, induction)
        add(hub, induction, starts_on=date(2025, 4, 21), ends_on=date(2025, 7, 1))
        add(hub, induction, starts_on=date(2024, 7, 15), ends_on=date(2024, 8, 20))
        assert induction.placements.count() == 4

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"ends_on": date(2024, 9, 1)}, "ends_on"),
            ({"starts_on": date(2024, 7, 11)}, "starts_on"),
            ({"starts_on": date(1998, 9, 1)}, "starts_on"),
            ({"ends_on": SENT}, "ends_on"),
            ({"fte": Decimal("0.01")}, "fte"),
        ],
    )
    def test_what_cannot_be(self, hub, induction, changes, field):
        with pytest.raises(RuleBroken) as broken:
            add(hub, induction, **changes)
        assert broken.value.field == field

    def test_not_twice_at_one_school_at_a_time(self, hub, induction):
        school = add(hub, induction).school
        with pytest.raises(RuleBroken) as broken:
            add(hub, induction, school=school, starts_on=date(2025, 4, 4), ends_on=date(2025, 5, 1))
        assert broken.value.field == "starts_on"

    def test_not_beside_the_placement_that_goes_on(self, hub, induction):
        hub.on = date(2026, 3, 2)
        with pytest.raises(RuleBroken, match="goes on now"):
            add_earlier_placement(
                by=hub.by, on=hub.on, induction=induction, school=SchoolFactory(), starts_on=date(2025, 9, 1),
                ends_on=date(2026, 1, 1), fte=Decimal(1), days={},
            )  # fmt: skip

    def test_not_where_a_balance_stands_for_it(self, hub, induction):
        confirm(hub, induction)
        with pytest.raises(RuleBroken, match="nothing counts twice"):
            add(hub, induction)


class TestLeading:
    def joined(self, hub, induction):
        same = {"trn": induction.teacher.trn, "date_of_birth": induction.teacher.date_of_birth}
        return hub.confirm(hub.registration(**same)).placement

    def test_another_school_leads_from_now_on(self, hub, induction):
        second = self.joined(hub, induction)
        lead(by=hub.by, on=SENT, placement=second)
        assert list(induction.placements.filter(is_lead=True)) == [second]
        assert recorded() == ("placement_led", "case")

    def test_not_the_one_that_leads_nor_one_that_is_over(self, hub, induction):
        second = self.joined(hub, induction)
        with pytest.raises(RuleBroken, match="leads already"):
            lead(by=hub.by, on=SENT, placement=induction.placements.get(is_lead=True))
        second.ends_on = START
        second.save()
        with pytest.raises(RuleBroken, match="is over"):
            lead(by=hub.by, on=date(2026, 1, 5), placement=second)

    def test_not_by_another_body(self, hub, induction):
        with pytest.raises(RuleBroken, match="responsible"):
            lead(by=Hub().by, on=SENT, placement=self.joined(hub, induction))


class TestOfficer:
    def change(self, hub, induction, version=1, **people):
        people = {"officer": hub.other_officer, "contact": hub.contact} | people
        return change_officer(by=hub.admin, on=SENT, induction=induction, version=version, **people)

    def test_another_officer_the_contact_stays(self, hub, induction):
        period = self.change(hub, induction)
        assert (period.officer, period.contact, period.version) == (hub.other_officer, hub.contact, 2)
        assert recorded() == ("officer_changed", "case")
        assert told(last_event())["before"]["officer_id"] == str(hub.officer.pk)

    def test_not_one_person_as_both(self, hub, induction):
        MembershipFactory(organisation=hub.body, role=Role.BODY_OFFICER, user=hub.contact)
        with pytest.raises(RuleBroken) as broken:
            self.change(hub, induction, officer=hub.contact)
        assert broken.value.field == "contact"

    def test_not_what_is_so_already_nor_over_a_change(self, hub, induction):
        with pytest.raises(RuleBroken, match="already"):
            self.change(hub, induction, officer=hub.officer)
        with pytest.raises(RuleBroken, match="Somebody else"):
            self.change(hub, induction, version=2)
