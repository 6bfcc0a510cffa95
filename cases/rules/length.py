"""Length of induction (R15-R25) for those who must work it out away from the timeline."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from .amounts import ONE, rounded
from .dates import ONE_DAY, add_years
from .errors import RuleBroken
from .facts import FULL_INDUCTION

TERMS_A_YEAR = 3
WORKING_DAYS_A_YEAR = 195
SUPPLY_YEARS = 5
MOST_EXPORTED_TERMS = Fraction(16)


def nominal_days(terms: Fraction, days_a_year: int = WORKING_DAYS_A_YEAR) -> Fraction:
    """R16: derived days, 65 a term and 390 in all; never the legal test, which is in terms."""
    return terms * days_a_year / TERMS_A_YEAR


def terms_by_day_count(days: Fraction, days_a_year: int = WORKING_DAYS_A_YEAR) -> Fraction:
    """R17, the alternative a body may choose: days served against a year's working days."""
    return days * TERMS_A_YEAR / days_a_year


def terms_of_short_terms(short_terms: Fraction) -> Fraction:
    """R17: where a school has six terms a year, two of them are one induction term (SG 2.31)."""
    return short_terms / 2


def calendar_terms_needed(fte: Fraction, terms: Fraction = FULL_INDUCTION) -> Fraction:
    """R18: how many calendar terms it takes to serve ``terms`` at a constant full-time equivalent (SG 2.36)."""
    return terms / fte


def counts(calendar_terms: Fraction) -> bool:
    """R19: whether an employment of so many calendar terms counts; exactly one does (Reg 7(2); SG 2.33)."""
    return calendar_terms >= ONE


def check_reduction(required: Fraction, *, standards_met: bool, head_advised: bool, ect_consents: bool) -> None:
    """R21: a body may reduce induction to no less than one term (Reg 7(3); SG 3.2-3.3). Raises RuleBroken."""
    if not ONE <= required < FULL_INDUCTION:
        raise RuleBroken("A reduced induction takes at least 1 term and fewer than 6.", "required_terms")
    if not standards_met:
        raise RuleBroken("Reduce induction only if the ECT already meets the Teachers’ Standards.", "standards_met")
    if not head_advised:
        raise RuleBroken("Record the headteacher’s advice first.", "head_advised")
    if not ect_consents:
        raise RuleBroken("The ECT may insist on the full period: record their consent first.", "ect_consents")


def may_complete_early(elapsed_calendar_terms: Fraction, served: Fraction, required: Fraction = FULL_INDUCTION) -> bool:
    """R23: a part-time ECT may be assessed early once two school years are covered (SG 2.38, 3.5)."""
    return elapsed_calendar_terms >= FULL_INDUCTION and served < required


def exported_terms(terms: Fraction) -> str:
    """R25: terms as the Department's service takes them, to one place, half up. Raises RuleBroken outside 0 to 16."""
    if not 0 <= terms <= MOST_EXPORTED_TERMS:
        raise RuleBroken("The Department’s service takes 0 to 16 terms.", "number_of_terms")
    return rounded(terms, 1)


def supply_ends_on(qts_on: date) -> date:
    """R11, D32: the last day of short-term supply without induction: five years starting on the day of QTS."""
    return add_years(qts_on, SUPPLY_YEARS) - ONE_DAY
