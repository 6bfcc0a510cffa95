"""A school year as it is told: what cannot be, six short terms folded into three, copying forward (R17, R92)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.rules.calendar import Calendar, england_default_year
from cases.rules.errors import RuleBroken
from cases.rules.facts_check import check_calendar
from cases.rules.school_year import (
    USUAL_DAYS,
    Span,
    YearPlan,
    assembled,
    check_plan,
    england_plan,
    folded,
    moved_on,
    school_days,
)

YEAR = england_plan(2026)
A, B, C = YEAR.terms
SIX = YearPlan(
    2026,
    (
        Span(date(2026, 9, 1), date(2026, 10, 23)),
        Span(date(2026, 11, 2), date(2026, 12, 18)),
        Span(date(2027, 1, 4), date(2027, 2, 12)),
        Span(date(2027, 2, 22), date(2027, 3, 25)),
        Span(date(2027, 4, 12), date(2027, 5, 28)),
        Span(date(2027, 6, 7), date(2027, 7, 22)),
    ),
    (Span(date(2026, 11, 27), date(2026, 11, 27), "Training"),),
)


def with_term(place, **changes):
    terms = list(YEAR.terms)
    terms[place] = replace(terms[place], **changes)
    return replace(YEAR, terms=tuple(terms))


def closed(*spans):
    return replace(YEAR, closures=spans)


CANNOT_BE = {
    "two terms": (replace(YEAR, terms=(A, B)), "terms[1].starts_on", "three terms, or six short ones"),
    "four terms": (replace(SIX, terms=SIX.terms[:4], closures=()), "terms[3].starts_on", "You have entered 4"),
    "no term": (replace(YEAR, terms=()), "terms[0].starts_on", "You have entered 0"),
    "out of order": (replace(YEAR, terms=(B, A, C)), "terms[1].starts_on", "in the order in which they come"),
    "a term twice": (replace(YEAR, terms=(A, A, C)), "terms[1].starts_on", "must start after term 1 ends"),
    "touching terms": (with_term(1, start=A.end), "terms[1].starts_on", "must start after term 1 ends"),
    "ends before it starts": (with_term(2, end=C.start - timedelta(1)), "terms[2].ends_on", "on or after its first"),
    "starts in July": (with_term(0, start=date(2026, 7, 31)), "terms[0].starts_on", "1 August 2026 to 31 July 2027"),
    "ends in August": (with_term(2, end=date(2027, 8, 1)), "terms[2].ends_on", "within the school year 2026/27"),
    "another year": (replace(YEAR, first=2027), "terms[0].starts_on", "within the school year 2027/28"),
    "the whole year": (
        replace(YEAR, terms=(replace(A, start=date(2026, 8, 1)), B, replace(C, end=date(2027, 7, 31))), closures=()),
        "terms[2].ends_on",
        "at most 364 days",
    ),
    "closure between terms": (closed(Span(A.end + timedelta(1), A.end + timedelta(3))), "closures[0].starts_on", "one"),
    "closure across terms": (closed(Span(A.end, B.start)), "closures[0].starts_on", "must lie within one term"),
    "closure backwards": (closed(Span(A.start, A.start - timedelta(1))), "closures[0].ends_on", "on or after"),
    "closures overlap": (
        closed(Span(A.start, A.start), Span(B.start, B.start + timedelta(4)), Span(B.start + timedelta(4), B.end)),
        "closures[2].starts_on",
        "Closure 3 overlaps closure 2",
    ),
    "all closed": (closed(Span(B.start, B.end)), "terms[1].ends_on", "The spring term would have 0 school days"),
}


@pytest.mark.parametrize("name", CANNOT_BE)
def test_r92_what_cannot_be_is_named_where_it_stands(name):
    plan, field, message = CANNOT_BE[name]
    with pytest.raises(RuleBroken, match=message) as broken:
        check_plan(plan)
    assert broken.value.field == field


@pytest.mark.parametrize(
    "plan",
    [
        YEAR,
        SIX,
        with_term(0, start=date(2026, 8, 1)),
        with_term(2, end=date(2027, 7, 31)),
        closed(Span(A.start, A.start), Span(A.start + timedelta(1), A.start + timedelta(3)), Span(C.end, C.end)),
        closed(),
    ],
)
def test_r92_what_can_be_is_taken_and_is_a_calendar_for_the_rules(plan):
    check_plan(plan)
    check_calendar(Calendar(folded(plan).in_terms()), "terms")


def test_r16_englands_usual_years_can_be_and_have_about_195_days():
    for first in range(2000, 2099):
        plan = england_plan(first)
        check_plan(plan)
        assert plan.in_terms() == england_default_year(first)
        assert school_days(plan) in USUAL_DAYS


def test_r17_six_short_terms_are_three():
    found = folded(SIX)
    assert found.terms == (
        Span(date(2026, 9, 1), date(2026, 12, 18)),
        Span(date(2027, 1, 4), date(2027, 3, 25)),
        Span(date(2027, 4, 12), date(2027, 7, 22)),
    )
    assert found.closures == (
        Span(date(2026, 10, 24), date(2026, 11, 1), "Half-term"),
        Span(date(2026, 11, 27), date(2026, 11, 27), "Training"),
        Span(date(2027, 2, 13), date(2027, 2, 21), "Half-term"),
        Span(date(2027, 5, 29), date(2027, 6, 6), "Half-term"),
    )
    assert folded(found) == found
    check_plan(found)


def test_r17_short_terms_without_a_day_between_leave_no_closure():
    first, second, *rest = SIX.terms
    plan = replace(SIX, terms=(first, replace(second, start=first.end + timedelta(1)), *rest), closures=())
    assert [closure.start for closure in folded(plan).closures] == [date(2027, 2, 13), date(2027, 5, 29)]


@st.composite
def six_terms(draw):
    """Six terms in order, with gaps and a few closures inside them."""
    day, terms, closures = date(2026, 8, 1) + timedelta(draw(st.integers(0, 30))), [], []
    for _ in range(6):
        length = draw(st.integers(20, 50))
        terms.append(Span(day, day + timedelta(length)))
        if draw(st.booleans()):
            at = day + timedelta(draw(st.integers(0, length - 4)))
            closures.append(Span(at, at + timedelta(draw(st.integers(0, 4)))))
        day += timedelta(length + draw(st.integers(1, 7)))
    return YearPlan(2026, tuple(terms), tuple(closures))


def by_hand(plan):
    """The school days of a plan, told apart from `folded`: each short term as a calendar's term of its own."""
    found = []
    for span in plan.terms:
        alone = replace(plan, terms=(span, span, span))
        term = alone.in_terms()[0]
        days = (span.start + timedelta(n) for n in range((span.end - span.start).days + 1))
        found += [day for day in days if Calendar((term,) * 3).is_school_day(day)]
    return found


@settings(max_examples=40, deadline=None)
@given(six_terms())
def test_r17_folding_never_changes_the_school_days(plan):
    calendar = Calendar(folded(plan).in_terms())
    first, last = plan.terms[0].start, plan.terms[-1].end
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    assert [day for day in days if calendar.is_school_day(day)] == by_hand(plan)
    assert school_days(plan) == len(by_hand(plan))


@settings(max_examples=40, deadline=None)
@given(six_terms())
def test_the_year_copied_forward_keeps_weekdays_and_lengths(plan):
    later = moved_on(plan)
    assert later.first == 2027
    for before, after in zip((*plan.terms, *plan.closures), (*later.terms, *later.closures), strict=True):
        assert (after.start - before.start).days == (after.end - before.end).days == 364
        assert after.start.weekday() == before.start.weekday()


def test_a_schools_own_years_stand_among_englands():
    own = folded(SIX).in_terms()
    calendar = assembled({2026: own}, 2025, 2027)
    assert calendar.terms == (*england_default_year(2025), *own, *england_default_year(2027))
    check_calendar(calendar, "terms")
    assert calendar.term(9).assumed
