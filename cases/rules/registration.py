"""Whether an induction may be registered, and begin, as reported (R1, R2, R3, R8, R10, R12)."""

from __future__ import annotations

import re
from datetime import date

from .errors import RuleBroken

TRN = re.compile(r"\d{7}", re.ASCII)


def check_trn(trn: str) -> None:
    """R12: a teacher reference number is exactly seven digits. Raises RuleBroken otherwise."""
    if not TRN.fullmatch(trn):
        raise RuleBroken("Enter the teacher reference number: 7 digits, like 1234567", "trn")


def check_registration(
    *, qts_on: date, contract_starts_on: date, starts_on: date, special_measures_from: date | None
) -> None:
    """Whether a school may report an induction as starting on a day.

    No service counts before qualified teacher status (R1); the programme starts within the contract (R3); no new
    induction starts in a school in special measures (R8). Raises RuleBroken for the first of these that is broken.
    """
    if starts_on < qts_on:
        raise RuleBroken("Induction cannot start before qualified teacher status was awarded", "starts_on")
    if starts_on < contract_starts_on:
        raise RuleBroken("Induction cannot start before the contract does", "starts_on")
    if special_measures_from and starts_on >= special_measures_from:
        raise RuleBroken("A school in special measures cannot start an induction without Ofsted’s agreement", "school")


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
