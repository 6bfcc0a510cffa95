"""Whether a school may register a teacher as it reports them: everything that stands in the way (R1, R3, R4, R8–R13).

What the school reports goes to the body that it names. These stops keep back what no body could confirm; whether the
teacher is known already they do not ask, so they tell nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Self
from uuid import UUID

from .calendar import Calendar
from .dates import add_years, say
from .errors import RuleBroken
from .length import counts, supply_ends_on
from .registration import check_appointment, check_pattern, check_registration, check_trn
from .reviews import Objection
from .suitable_post import PostCheck

YOUNGEST, OLDEST = 18, 100
BETWEEN_DIGITS = re.compile(r"[\s/.\-\u2010-\u2015]|RP", re.IGNORECASE)
ENTERED_TRN = re.compile(r"\d{5,7}", re.ASCII)


class RecordedStatus(StrEnum):
    """What the Department's record of a teacher may say of induction (R14), and what forbids it altogether (R4)."""

    label: str

    def __new__(cls, code: str, label: str) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    REQUIRED_TO_COMPLETE = "required_to_complete", "Required to complete"
    IN_PROGRESS = "in_progress", "In progress"
    EXEMPT = "exempt", "Exempt"
    PASSED = "passed", "Passed"
    FAILED = "failed", "Failed"
    FAILED_IN_WALES = "failed_in_wales", "Failed in Wales"
    NONE = "none", "No induction status"
    PROHIBITED = "prohibited", "Prohibited from teaching"


STOPPED_BY = {
    RecordedStatus.EXEMPT: "A teacher who is exempt does not serve induction, so there is nothing to register",
    RecordedStatus.PASSED: "This teacher has passed induction. Nobody serves it twice, so there is nothing to register",
    RecordedStatus.FAILED: "This teacher has failed induction. Nobody serves it twice, so they cannot be registered",
    RecordedStatus.FAILED_IN_WALES: "This teacher has failed induction in Wales. Nobody serves it twice, so they "
    "cannot be registered",
    RecordedStatus.NONE: "A teacher without an induction status has no qualified teacher status yet. Register them "
    "once the national record shows it",
    RecordedStatus.PROHIBITED: "A teacher who is prohibited from teaching cannot be registered",
}


@dataclass(frozen=True, slots=True)
class FirstTarget:
    """What the ECT will work on first, and the Teachers' Standard that it serves."""

    text: str
    standard: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a school says of the teacher it registers: the columns of a registration, as plain values.

    Minutes are a week's; `days` holds the weight of each weekday ("mon" to "fri", 0 to 1) or is empty.
    """

    body_id: UUID
    trn: str
    name: str
    date_of_birth: date
    email: str
    qts_on: date
    qts_checked_on: date
    qts_checked_by: str
    induction_status: str
    route: str
    contract_starts_on: date
    starts_on: date
    post_checks: tuple[str, ...]
    tutor_id: UUID
    tutor_has_qts: bool
    tutor_minutes_a_week: int
    mentor_id: UUID
    mentor_has_qts: bool
    mentor_minutes_a_week: int
    lead_provider: str = ""
    contract_ends_on: date | None = None
    fte: Decimal = Decimal(1)
    days: Mapping[str, Decimal] = field(default_factory=dict)
    is_supply: bool = False
    supply_agreed_on: date | None = None
    special_measures_from: date | None = None
    first_worked_here_on: date | None = None
    ofsted_permission_on: date | None = None
    ofsted_scope: str = ""
    mentor_trained_on: date | None = None
    mentor_subject: str = ""
    exception_reason: str = ""
    first_meeting_on: date | None = None
    targets: tuple[FirstTarget, ...] = ()


def tidy_trn(typed: str) -> str:
    """R12: a teacher reference number as entered, 5 to 7 digits with punctuation, as its seven digits.

    What is no such number comes back as it was typed, for `check_trn` to refuse.
    """
    digits = BETWEEN_DIGITS.sub("", typed)
    return digits.zfill(7) if ENTERED_TRN.fullmatch(digits) else typed


def is_of_age(date_of_birth: date, on: date) -> bool:
    """R12: whether somebody is 18 to 100 years old on a day."""
    return add_years(date_of_birth, YOUNGEST) <= on < add_years(date_of_birth, OLDEST + 1)


def objections(
    report: Report, *, on: date, known_special_measures_from: date | None, calendar: Calendar, names_the_ect: bool
) -> list[Objection]:
    """Everything that stops a registration on the day `on`, in the order in which it is asked.

    `known_special_measures_from` is what the portal knows of the school; `calendar` the school's terms;
    `names_the_ect` whether tutor or mentor signs in with the ECT's own address.
    """
    return [
        *_who(report, on),
        *_status(report, on),
        *_post(report, on),
        *_supply(report, calendar),
        *_special_measures(report, known_special_measures_from),
        *_suitable(report),
        *_people(report, names_the_ect),
    ]


def _who(report: Report, on: date) -> Iterator[Objection]:
    """R12: a whole TRN, and an age from 18 to 100."""
    yield from _broken(lambda: check_trn(report.trn))
    if not is_of_age(report.date_of_birth, on):
        yield Objection(
            "date_of_birth", f"The ECT must be {YOUNGEST} to {OLDEST} years old: check the year of their birth"
        )


def _status(report: Report, on: date) -> Iterator[Objection]:
    """R1, R4, R13: qualified, looked up since, and neither through with induction, exempt nor prohibited."""
    if report.qts_on <= report.date_of_birth:
        yield Objection("qts_on", "Qualified teacher status must have been awarded after the ECT was born")
    elif report.qts_on > on:
        yield Objection(
            "qts_on", "Qualified teacher status must have been awarded already: register the ECT once it is"
        )
    elif not report.qts_on <= report.qts_checked_on <= on:
        yield Objection(
            "qts_checked_on",
            "The check must have been made since qualified teacher status was awarded, today or before",
        )
    found = RecordedStatus(report.induction_status)  # type: ignore[call-arg]  # a member by its value
    if stop := STOPPED_BY.get(found):
        yield Objection("induction_status", stop)


def _post(report: Report, on: date) -> Iterator[Objection]:
    """R1, R3, R18: the programme starts within the contract and after QTS; the working pattern is possible."""
    if report.route == "provider_led" and not report.lead_provider:
        yield Objection("lead_provider", "Enter the lead provider of the training")
    yield from _broken(
        lambda: check_registration(
            on=on,
            qts_on=report.qts_on,
            contract_starts_on=report.contract_starts_on,
            starts_on=report.starts_on,
            special_measures_from=None,
        )
    )
    if report.contract_ends_on and report.contract_ends_on < report.starts_on:
        yield Objection("contract_ends_on", "The contract must end on or after the day on which induction starts")
    yield from _broken(lambda: check_pattern(fte=report.fte, days=report.days))


def _supply(report: Report, calendar: Calendar) -> Iterator[Objection]:
    """R11: supply counts only in a post of a term or more, agreed by the headteacher before; never backdated."""
    if not report.is_supply:
        return
    if report.supply_agreed_on is None:
        yield Objection("supply_agreed_on", "Enter the day on which the headteacher agreed that the supply post counts")
    elif report.supply_agreed_on >= report.starts_on:
        yield Objection(
            "supply_agreed_on",
            "The headteacher must have agreed before induction starts. Supply is never counted backwards: choose a "
            "later start",
        )
    ends_on = report.contract_ends_on
    if ends_on and not counts(calendar.terms_between(report.starts_on, ends_on)):
        yield Objection(
            "contract_ends_on",
            "A supply post of less than a term does not count towards induction. Short-term supply without induction "
            f"is allowed until {say(supply_ends_on(report.qts_on))}",
        )


def _special_measures(report: Report, known_from: date | None) -> Iterator[Objection]:
    """R8: a school in special measures starts no induction, unless the ECT worked there before or Ofsted agreed."""
    since = report.special_measures_from
    if since is None:
        if known_from and known_from <= report.starts_on:
            yield Objection(
                "in_special_measures",
                f"Your school has been in special measures since {say(known_from)}. Select yes, and say why this ECT "
                "may start induction",
            )
    elif since > report.starts_on:
        yield Objection(
            "special_measures_from", "Special measures begin after induction starts: select no for special measures"
        )
    elif not (report.first_worked_here_on and report.first_worked_here_on < since):
        yield from _by_ofsteds_leave(report)


def _by_ofsteds_leave(report: Report) -> Iterator[Objection]:
    """R8: who came after special measures began needs the agreement of Ofsted, in writing and before the start."""
    if report.first_worked_here_on and not report.ofsted_permission_on:
        yield Objection(
            "first_worked_here_on",
            "A school in special measures cannot start the induction of somebody who came after special measures "
            "began, unless Ofsted has agreed in writing",
        )
    elif not report.ofsted_permission_on:
        yield Objection(
            "first_worked_here_on",
            "A school in special measures cannot start an induction. Say when the ECT first worked here, if that was "
            "before, or when Ofsted agreed in writing",
        )
    elif report.ofsted_permission_on > report.starts_on:
        yield Objection(
            "ofsted_permission_on", "Ofsted must have agreed on or before the day on which induction starts"
        )
    elif not report.ofsted_scope:
        yield Objection("ofsted_scope", "Enter what Ofsted’s agreement covers")


def _suitable(report: Report) -> Iterator[Objection]:
    """R9: every statement about the post holds."""
    missing = [check for check in PostCheck if check not in report.post_checks]
    if missing:
        says = missing[0].label
        more = f", and {len(missing) - 1} more" if len(missing) > 1 else ""
        yield Objection(
            "post_checks",
            f"Induction can be served only in a suitable post. Not selected: “{says}”{more}",
        )


def _people(report: Report, names_the_ect: bool) -> Iterator[Objection]:
    """R10: the ECT is neither their own tutor nor their own mentor; tutor and mentor are two, or there is a reason."""
    same = report.tutor_id == report.mentor_id
    for objection in _broken(
        lambda: check_appointment(
            is_the_ect=names_the_ect, holds_other_role=same, exception_reason=report.exception_reason
        )
    ):
        yield objection if objection.field != "user" else objection._replace(field="mentor")


def _broken(check: Callable[[], None]) -> Iterator[Objection]:
    try:
        check()
    except RuleBroken as broken:
        yield Objection(broken.field or "", broken.message)
