"""School years set, copied, removed; whose cases are reckoned again, and that nothing is left behind."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from cases.actions import CalendarConflict, copy_forward, register, remove_calendar, set_calendar
from cases.actions.registration import NewPost, NewTeacher
from cases.models import Clock, Deadline, Induction, SchoolYear
from cases.reckon import fresh, freshen, mark_stale, reckon, reckon_batch
from cases.rules.errors import RuleBroken
from cases.rules.school_year import Span, YearPlan, england_plan
from cases.tasks import begin_school_year
from induction_portal import clock
from induction_portal.accounts.viewer import System
from tests.factories import BodyFactory, PlacementFactory, SchoolFactory, TrustFactory, WorkingPatternFactory
from tests.support.trail import last_event, recorded, told

pytestmark = pytest.mark.django_db
PORTAL, DAY = System("test"), date(2026, 6, 1)
USUAL = england_plan(2026)
# The autumn term ends a fortnight earlier: everything that falls due at its end moves.
SHORT = YearPlan(2026, (Span(USUAL.terms[0].start, date(2026, 12, 4)), *USUAL.terms[1:]), USUAL.closures)
FORTNIGHT_EARLIER = (date(2026, 12, 18), date(2026, 12, 4))


def a_case(school=None, starts_on=date(2026, 9, 1)):
    placement = PlacementFactory(starts_on=starts_on, **({"school": school} if school else {}))
    WorkingPatternFactory(placement=placement)
    reckon(placement.induction)
    return placement.induction


def set_year(organisation, plan=USUAL, **options):
    return set_calendar(by=PORTAL, on=DAY, organisation=organisation, plan=plan, **options)


def first_due(induction):
    return Deadline.objects.filter(induction=induction).earliest("due_on").due_on


def stale(induction):
    return Induction.objects.get(pk=induction.pk).stale


def everything():
    clocks = Clock.objects.order_by("induction").values_list("induction", "ends_on", "part_2_starts_on", "assumed_from")
    deadlines = Deadline.objects.order_by("induction", "kind", "number")
    return list(clocks), list(deadlines.values_list("induction", "kind", "number", "due_on", "owner", "is_open"))


class TestSetCalendar:
    def test_the_whole_year_is_kept_and_told(self):
        school = SchoolFactory()
        year = set_year(school, SHORT)
        assert year.plan() == SHORT
        assert (year.version, year.copied_from, year.set_on, year.set_by) == (1, None, DAY, None)
        assert recorded() == ("calendar_set", "organisation")
        after = told(last_event())["after"]
        assert after["school_year"] == "2026/27"
        assert after["terms"][0] == ["2026-09-01", "2026-12-04"]
        assert told(last_event())["before"] is None
        again = set_year(school, version=1)
        assert (again.pk, again.version, again.plan()) == (year.pk, 2, USUAL)
        assert told(last_event())["before"]["terms"][0] == ["2026-09-01", "2026-12-04"]

    def test_its_cases_are_stale_at_once_and_true_when_reckoned(self):
        induction, other = a_case(), a_case()
        school = induction.placements.get().school
        assert first_due(induction) == FORTNIGHT_EARLIER[0]
        set_year(school, SHORT)
        assert (stale(induction), stale(other)) == (True, False)
        assert reckon_batch() == 1
        assert first_due(induction) == FORTNIGHT_EARLIER[1]
        assert first_due(other) == FORTNIGHT_EARLIER[0]
        assert not stale(induction)
        assert reckon_batch() == 0

    def test_a_trusts_year_holds_for_its_schools_without_one_of_their_own(self):
        trust = TrustFactory()
        followers, own = a_case(SchoolFactory(trust=trust)), a_case(SchoolFactory(trust=trust))
        outside = a_case()
        set_year(own.placements.get().school)
        reckon_batch()
        set_year(trust, SHORT)
        assert [stale(each) for each in (followers, own, outside)] == [True, False, False]
        reckon_batch()
        assert [first_due(each) for each in (followers, own)] == [FORTNIGHT_EARLIER[1], FORTNIGHT_EARLIER[0]]
        school = own.placements.get().school
        remove_calendar(by=PORTAL, on=DAY, organisation=school, first_year=2026, version=1)
        reckon_batch()
        assert first_due(own) == FORTNIGHT_EARLIER[1]

    def test_each_school_of_a_case_keeps_its_own(self):
        induction = a_case()
        second = PlacementFactory(induction=induction, starts_on=date(2026, 9, 1))
        WorkingPatternFactory(placement=second)
        reckon(induction)
        set_year(second.school, SHORT)
        assert stale(induction)
        reckon_batch()
        assert first_due(induction) == FORTNIGHT_EARLIER[0], "the lead school's terms are counted"

    def test_what_cannot_be_is_refused_and_changes_nothing(self):
        school = SchoolFactory()
        upside_down = YearPlan(2026, USUAL.terms[::-1])
        with pytest.raises(RuleBroken, match="in the order in which they come"):
            set_year(school, upside_down)
        with pytest.raises(RuleBroken, match="neither a school nor a trust"):
            set_year(BodyFactory())
        with pytest.raises(RuleBroken, match="2000/01 to 2098/99"):
            set_year(school, england_plan(2099))
        assert not SchoolYear.objects.exists()

    def test_whoever_was_looking_at_another_version_is_told(self):
        school = SchoolFactory()
        year = set_year(school)
        for version in (0, 2):
            with pytest.raises(CalendarConflict) as conflict:
                set_year(school, SHORT, version=version)
            assert conflict.value.year == year
        assert SchoolYear.objects.get().plan() == USUAL

    def test_past_the_last_year_told_terms_are_assumed(self):
        induction = a_case(starts_on=date(2025, 9, 1))
        school = induction.placements.get().school
        induction.placements.get().patterns.update(fte="0.2")
        reckon(induction)
        assumed = Clock.objects.get(induction=induction).assumed_from
        assert assumed > clock.today() + timedelta(days=2 * 365)
        later = assumed.year
        set_year(school, england_plan(later))
        reckon_batch()
        assert Clock.objects.get(induction=induction).assumed_from >= date(later + 1, 8, 1)


class TestCopyForward:
    def test_the_same_shape_a_year_later(self):
        year = set_year(SchoolFactory(), SHORT)
        later = copy_forward(by=PORTAL, on=DAY, year=year)
        assert (later.first_year, later.copied_from, later.version) == (2027, 2026, 1)
        assert later.plan().terms[0] == Span(date(2027, 8, 31), date(2027, 12, 3))
        assert recorded() == ("calendar_set", "organisation")
        with pytest.raises(RuleBroken, match="2027/28 is set already"):
            copy_forward(by=PORTAL, on=DAY, year=year)


class TestRemoveCalendar:
    def test_englands_usual_terms_hold_again(self):
        induction = a_case()
        before = everything()
        school = induction.placements.get().school
        set_year(school, SHORT)
        reckon_batch()
        assert everything() != before
        remove_calendar(by=PORTAL, on=DAY, organisation=school, first_year=2026, version=1)
        assert recorded() == ("calendar_removed", "organisation")
        assert told(last_event())["before"]["terms"][0] == ["2026-09-01", "2026-12-04"]
        assert stale(induction)
        reckon_batch()
        assert everything() == before

    @pytest.mark.parametrize("version", [0, 1, 3])
    def test_nothing_is_removed_that_somebody_else_has_changed(self, version):
        school = SchoolFactory()
        if version != 1:
            set_year(school)
            set_year(school, version=1)
        with pytest.raises(CalendarConflict):
            remove_calendar(by=PORTAL, on=DAY, organisation=school, first_year=2026, version=version)


class TestReckoning:
    def test_rebuilding_everything_finds_no_difference(self):
        trust = TrustFactory()
        cases = [a_case(SchoolFactory(trust=trust), date(2025, 9, 1 + n)) for n in range(6)]
        cases[0].placements.get().patterns.update(fte="0.4")
        set_year(trust, SHORT)
        set_year(cases[1].placements.get().school)
        while reckon_batch(2):
            pass
        told_bit_by_bit = everything()
        for induction in cases:
            reckon(induction)
        assert everything() == told_bit_by_bit
        mark_stale(Induction.objects.all())
        assert reckon_batch() == 6
        assert everything() == told_bit_by_bit

    def test_many_cases_take_no_more_queries_than_one(self):
        trust = TrustFactory()
        for number in range(12):
            induction = a_case(SchoolFactory(trust=trust))
            if number % 2:
                set_year(induction.placements.get().school)
        set_year(trust)
        with CaptureQueriesContext(connection) as one:
            assert reckon_batch(1) == 1
        with CaptureQueriesContext(connection) as many:
            assert reckon_batch() == 11
        assert len(many) <= len(one) + 1 <= 40

    def test_only_what_is_stale_is_reckoned_before_a_page_shows_it(self):
        cases = [a_case() for _ in range(3)]
        wrong = date(2000, 1, 1)
        Clock.objects.update(ends_on=wrong)
        mark_stale(Induction.objects.filter(pk=cases[1].pk))
        found = fresh(lambda: list(Induction.objects.select_related("clock").order_by("pk")))
        assert {each.pk for each in found if each.clock.ends_on != wrong} == {cases[1].pk}
        assert not any(each.stale for each in found)
        assert freshen(Induction.objects.all()) == 0
        assert freshen([]) == 0

    def test_on_1_august_every_case_is_reckoned_again(self):
        induction = a_case()
        assert begin_school_year() == 1
        assert stale(induction)


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_two_who_set_one_year_make_one(self):
        school, barrier = SchoolFactory(), Barrier(2)

        def save(plan):
            barrier.wait()
            try:
                return set_year(school, plan)
            except CalendarConflict:
                return None
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            made = list(pool.map(save, [USUAL, SHORT]))
        assert made.count(None) == 1
        assert SchoolYear.objects.get().version == 1
        assert SchoolYear.objects.get().terms.count() == 3

    def test_a_case_registered_meanwhile_is_not_forgotten(self):
        """Whoever comes first, the new case's dates follow the new terms in the end."""
        school, body = SchoolFactory(), BodyFactory()
        for number in range(3):
            barrier = Barrier(2)

            def registering(trn, barrier=barrier):
                barrier.wait()
                try:
                    teacher = NewTeacher(trn, "Ann Lee", date(2000, 1, 1), date(2026, 7, 1))
                    post = NewPost(date(2026, 9, 1), date(2026, 9, 1))
                    return register(by=PORTAL, on=DAY, school=school, body=body, teacher=teacher, post=post)
                finally:
                    connections.close_all()

            def changing(version, barrier=barrier):
                barrier.wait()
                try:
                    return set_year(school, SHORT if version % 2 == 0 else USUAL, version=version)
                finally:
                    connections.close_all()

            with ThreadPoolExecutor(2) as pool:
                new, changed = pool.submit(registering, f"710000{number}"), pool.submit(changing, number)
                induction = new.result()
                changed.result()
            reckon_batch()
            assert first_due(induction) == FORTNIGHT_EARLIER[1 if number % 2 == 0 else 0]

    def test_two_workers_share_the_stale_and_neither_waits(self):
        cases = [a_case() for _ in range(4)]
        mark_stale(Induction.objects.all())
        barrier = Barrier(2)

        def work(_number):
            barrier.wait()
            try:
                return reckon_batch(2)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as pool:
            done = sum(pool.map(work, range(2)))
        done += reckon_batch()
        assert done == len(cases)
        assert not Induction.objects.filter(stale=True).exists()
