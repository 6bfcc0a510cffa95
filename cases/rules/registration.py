"""Whether an induction may be registered, and begin, as reported (R1, R2, R3, R8, R10, R12)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from .dates import add_years
from .errors import RuleBroken

TRN = re.compile(r"\d{7}", re.ASCII)
WEEKDAYS = {"mon", "tue", "wed", "thu", "fri"}
LEAST_FTE = Decimal("0.05")
DUPLICATE_WITHIN = timedelta(days=14)


def check_trn(trn: str) -> None:
    """R12: a teacher reference number is exactly seven digits. Raises RuleBroken otherwise."""
    if not TRN.fullmatch(trn):
        raise RuleBroken("Enter the teacher reference number: 7 digits, like 1234567", "trn")


def check_registration(
    *, on: date, qts_on: date, contract_starts_on: date, starts_on: date, special_measures_from: date | None
) -> None:
    """Whether a school may report, on the day `on`, an induction as starting on a day.

    No service counts before qualified teacher status (R1); the programme starts within the contract (R3); no new
    induction starts in a school in special measures (R8). A start may be planned (D1), but one over a year away is
    taken for a slip. Raises RuleBroken for the first of these that is broken.
    """
    if starts_on > add_years(on, 1):
        raise RuleBroken("Induction would start more than a year from now: check the year", "starts_on")
    if starts_on < qts_on:
        raise RuleBroken("Induction cannot start before qualified teacher status was awarded", "starts_on")
    if starts_on < contract_starts_on:
        raise RuleBroken("Induction cannot start before the contract does", "starts_on")
    if special_measures_from and starts_on >= special_measures_from:
        raise RuleBroken("A school in special measures cannot start an induction without Ofsted’s agreement", "school")


def check_pattern(*, fte: Decimal, days: Mapping[str, Decimal]) -> None:
    """R18: a working pattern is 0.05 to 1 FTE, with the weight of each weekday, 0 to 1 and not all 0, or of none.

    Raises RuleBroken otherwise.
    """
    if not LEAST_FTE <= fte <= 1:
        raise RuleBroken("Enter the full-time equivalent as a number from 0.05 to 1, like 0.6", "fte")
    if days and (set(days) != WEEKDAYS or not all(0 <= weight <= 1 for weight in days.values())):
        raise RuleBroken("Enter how much of each weekday is worked: a number from 0 to 1 for all five", "days")
    if days and not any(days.values()):
        raise RuleBroken("Enter at least one weekday that is worked", "days")


def check_not_claimed_twice(*, starts_on: date, last_claimed: date | None) -> None:
    """R85: a body that took the case less than a fortnight before, and let it go, has not taken it afresh.

    Two periods of one body so close together are one that was entered twice. Raises RuleBroken for them.
    """
    if last_claimed and starts_on - last_claimed < DUPLICATE_WITHIN:
        raise RuleBroken(
            "This body took the case less than two weeks before that day: it looks as if it was entered twice. Choose "
            "a later start date, or ask for the first period to be corrected",
            "starts_on",
        )


def check_acceptance(*, agreed_on: date, starts_on: date) -> None:
    """R2: the body agrees to act before induction starts; nothing is backdated. Raises RuleBroken otherwise."""
    if agreed_on > starts_on:
        raise RuleBroken(
            "Induction cannot start before the appropriate body has agreed to act: choose a start date on or after "
            "the day it agreed",
            "starts_on",
        )


def check_appointment(*, is_the_ect: bool, holds_other_role: bool, exception_reason: str) -> None:
    """R10: nobody mentors or reviews themself; mentor and tutor are two people unless a reason is given.

    Raises RuleBroken otherwise.
    """
    if is_the_ect:
        raise RuleBroken("An ECT cannot be their own mentor or induction tutor: choose somebody else", "user")
    if holds_other_role and not exception_reason.strip():
        raise RuleBroken(
            "The mentor and the induction tutor should be two people. If they cannot be, say why and how the ECT is "
            "protected",
            "exception_reason",
        )


def check_contact(*, is_officer: bool, decides: bool, is_the_ect: bool, holds_role: bool) -> None:
    """R81: the named contact holds that role at the body and neither monitors, supports nor decides this induction.

    Raises RuleBroken otherwise.
    """
    if is_officer:
        raise RuleBroken(
            "The named contact must not be the officer who looks after this induction: choose two people", "contact"
        )
    if decides:
        raise RuleBroken(
            "The named contact must not decide this induction, and you are deciding it: choose somebody else", "contact"
        )
    if is_the_ect or not holds_role:
        raise RuleBroken("Choose somebody who is a named contact of this body", "contact")
