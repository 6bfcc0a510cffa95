"""What must hold of every case (R15-R35): laws rather than examples."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules.calendar import Calendar, Closure, Term
from cases.rules.facts import CaseFacts
from cases.rules.timeline import timeline
from cases.rules.working_days import nth, number_after
from tests.rules.build import ENGLAND, FIRST_DAY, away, equal_terms, facts, placed, reckoned, school_days, step

COUNTING = ["sickness", "strike", "other", "covid"]
FEW = settings(max_examples=60, deadline=None)
DAYS = school_days(ENGLAND, FIRST_DAY, 900)
FTES = st.sampled_from(["1", "0.8", "0.6", "0.5", "0.3"])
rows = st.lists(
    st.builds(
        lambda place, length, kind, fraction, elected: away(DAYS[place], DAYS[place + length], kind, fraction, elected),
        st.integers(0, 700),
        st.integers(0, 45),
        st.sampled_from([*COUNTING, "maternity", "training", "school_closure"]),
        st.sampled_from(["1", "0.5", "0.3"]),
        st.sampled_from([None, True, False]),
    ),
    max_size=5,
)


def dates_of(found):
    """Every date a timeline holds, in the order it holds them."""
    stages = [(stage.starts_on, stage.unextended_end, stage.ends_on) for stage in found.stages]
    return [*stages, found.ends_on, found.assumed_from, *found.events]


@FEW
@given(FTES, rows, st.integers(0, 700), st.integers(0, 45), st.sampled_from(["1", "0.5"]))
def test_r26_more_absence_on_free_days_never_brings_the_end_of_its_part_forward(fte, absences, place, length, fraction):
    before = reckoned(placed(fte=fte), absences=tuple(absences))
    taken = [(row.start, row.end) for row in absences]
    free = [day for day in DAYS[place : place + length] if not any(first <= day <= last for first, last in taken)]
    more = tuple(away(day, fraction=fraction) for day in free)
    after = reckoned(placed(fte=fte), absences=(*absences, *more))
    for number, part in enumerate(before.parts):
        first, last = part.starts_on, part.ends_on
        if all(first <= day <= last for day in free):
            assert after.parts[number].ends_on >= last


@FEW
@given(st.integers(0, 20), st.integers(1, 60), st.booleans())
def test_r17_a_whole_full_time_term_is_worth_one_whatever_its_length(place, days, closed):
    term = ENGLAND.terms[place]
    end = school_days(ENGLAND, term.start, term.length)[min(days, term.length - 1)]
    closures = (Closure(term.start + timedelta(days=2), term.start + timedelta(days=3)),) if closed else ()
    short = Term(term.name, term.school_year, term.start, end, closures)
    calendar = Calendar((*ENGLAND.terms[:place], short, *ENGLAND.terms[place + 1 :]))
    found = reckoned(placed(term.start), calendars={"A": calendar}, as_of=end)
    assert found.served_terms == 1


@FEW
@given(FTES, rows, st.integers(0, 900))
def test_r19_splitting_a_placement_at_any_day_without_a_gap_changes_nothing(fte, absences, day):
    whole = placed(fte=fte)
    cut = FIRST_DAY + timedelta(days=day)
    first, second = replace(whole, end=cut), replace(whole, start=cut + timedelta(days=1))
    one, two = reckoned(whole, absences=tuple(absences)), reckoned(first, second, absences=tuple(absences))
    assert dates_of(one) == dates_of(two)
    assert one.served_terms == two.served_terms
    assert [stage.absent for stage in one.stages] == [stage.absent for stage in two.stages]


@FEW
@given(rows, st.integers(0, 200))
def test_r20_two_half_time_posts_at_one_calendar_equal_one_full_time(absences, later):
    start = FIRST_DAY + timedelta(days=later)
    one = reckoned(placed(start), absences=tuple(absences))
    two = reckoned(placed(start, fte="0.5"), placed(start, fte="0.5", school="B"), absences=tuple(absences))
    assert dates_of(one) == dates_of(two)
    assert one.served_terms == two.served_terms


def shifted(case: CaseFacts, weeks: int) -> CaseFacts:
    by = timedelta(weeks=weeks)
    terms = tuple(replace(term, start=term.start + by, end=term.end + by) for term in case.calendars["A"].terms)
    return replace(
        case,
        as_of=case.as_of + by,
        calendars={"A": Calendar(terms)},
        placements=tuple(
            replace(each, start=each.start + by, steps=tuple(replace(s, starts=s.starts + by) for s in each.steps))
            for each in case.placements
        ),
        absences=tuple(replace(row, start=row.start + by, end=row.end + by) for row in case.absences),
    )


CLEAR = equal_terms(6)


@FEW
@given(FTES, st.integers(1, 2), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 40)), max_size=3))
def test_shifting_case_and_calendar_together_shifts_every_date_alike(fte, weeks, spells):
    days = school_days(CLEAR, CLEAR.terms[0].start, 260)
    absences = tuple(away(days[place], days[place + length]) for place, length in spells)
    case = facts(placed(CLEAR.terms[0].start, fte=fte), calendars={"A": CLEAR}, absences=absences)
    here, there = timeline(case), timeline(shifted(case, weeks))
    by = timedelta(weeks=weeks)
    for one, two in zip(here.stages, there.stages, strict=True):
        assert (two.starts_on, two.ends_on) == (one.starts_on + by, one.ends_on + by)
    assert [(e.kind, e.number, e.due_on + by) for e in here.events] == [
        (e.kind, e.number, e.due_on) for e in there.events
    ]
    assert here.served_terms == there.served_terms


def test_the_calendar_of_the_shift_is_clear_of_bank_holidays():
    assert {term.length for term in CLEAR.terms} == {30}
    for weeks in (1, 2):
        by = timedelta(weeks=weeks)
        assert {replace(term, start=term.start + by, end=term.end + by).length for term in CLEAR.terms} == {30}


@FEW
@given(st.integers(0, 150), FTES)
def test_r26_r27_the_edge_at_twenty_nine_and_a_half_and_thirty(place, fte):
    """Full days on a pattern whose weekdays weigh 1, so that the sum is the number of days."""
    everyday = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), "1")
    where = placed(fte=fte, pattern=everyday)
    full = away(DAYS[place], DAYS[place + 28])
    under = reckoned(where, absences=(full, away(DAYS[place + 29], fraction="0.5"))).parts[0]
    reach = reckoned(where, absences=(full, away(DAYS[place + 29]))).parts[0]
    assert under.absent.counting == Fraction("29.5")
    assert under.ends_on == under.unextended_end
    assert reach.absent.counting == 30
    assert number_after(reach.ends_on) > number_after(reach.unextended_end)
    assert reach.ends_on == school_days(ENGLAND, nth(number_after(reach.unextended_end)), 30)[-1]


@FEW
@given(FTES, rows.flatmap(lambda drawn: st.tuples(st.just(drawn), st.permutations(drawn))))
def test_the_order_of_absence_rows_never_matters(fte, orders):
    one, two = (reckoned(placed(fte=fte), absences=tuple(order)) for order in orders)
    assert dates_of(one) == dates_of(two)
    assert [stage.absent for stage in one.stages] == [stage.absent for stage in two.stages]


@FEW
@given(FTES, FTES, st.integers(1, 500), rows)
def test_the_order_of_steps_never_matters(fte, later, days, absences):
    steps = [step(fte), step(later, FIRST_DAY + timedelta(days=days))]
    one = reckoned(placed(steps=steps), absences=tuple(absences))
    two = reckoned(placed(steps=steps[::-1]), absences=tuple(absences))
    assert dates_of(one) == dates_of(two)


@FEW
@given(FTES, rows)
def test_events_are_in_order_and_none_lies_after_the_end(fte, absences):
    found = reckoned(placed(fte=fte), absences=tuple(absences))
    keys = [(event.due_on, event.kind) for event in found.events]
    assert keys == sorted(keys)
    assert keys[-1][0] == found.ends_on
    assert found.events[-1].kind == "final_assessment"
