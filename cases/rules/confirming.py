"""What an appropriate body has to have verified before it confirms a registration (R1, R2, R3, R6, R81)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .errors import RuleBroken
from .registration import check_acceptance

NOT_STATE_FUNDED = ("independent", "british schools overseas", "offshore")


class BodyKind(StrEnum):
    """R6: the kinds of body that may still act (SG 2.24)."""

    HUB = "teaching_school_hub"
    ISTIP = "istip"
    ESP = "esp"

    @property
    def label(self) -> str:
        """The kind in words."""
        return {
            BodyKind.HUB: "Teaching school hub",
            BodyKind.ISTIP: "Independent Schools Teacher Induction Panel",
            BodyKind.ESP: "Educational Success Partners, for British schools overseas",
        }[self]


def is_state_funded(establishment_type: str) -> bool:
    """Whether the state pays for such an establishment; one whose type is not known counts as if it did (R6)."""
    named = establishment_type.casefold()
    return not any(kind in named for kind in NOT_STATE_FUNDED)


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What may keep a body from acting for an ECT, as the body declares it (R6; Reg 4(3))."""

    acts_as: BodyKind
    state_funded: bool
    recommended_qts: bool
    employs_ect: bool


def check_may_act(declared: Conflicts) -> None:
    """R6: which kind of body a school takes, and the conflicts of interest of a hub (SG 2.24, 2.25).

    Raises RuleBroken for the first that is broken.
    """
    if declared.state_funded and declared.acts_as is not BodyKind.HUB:
        raise RuleBroken(
            "A state-funded school needs a teaching school hub as its appropriate body: refuse the registration, and "
            "ask the school to choose a hub",
            "acts_as",
        )
    if declared.recommended_qts:
        raise RuleBroken(
            "A body that assessed or recommended this teacher for qualified teacher status cannot be their appropriate "
            "body: refuse the registration, and ask the school to choose another",
            "recommended_qts",
        )
    if declared.employs_ect:
        raise RuleBroken(
            "A body that employs this teacher, or in whose school they served any of their induction, cannot be their "
            "appropriate body: refuse the registration, and ask the school to choose another",
            "employs_ect",
        )


@dataclass(frozen=True, slots=True)
class Start:
    """The start as the body confirms it, between the days that bound it; `contract_ends_on` None is permanent."""

    agreed_on: date
    starts_on: date
    qts_on: date
    contract_starts_on: date
    contract_ends_on: date | None


def check_start(start: Start) -> None:
    """R1, R2, R3: service begins with qualified teacher status, in the contract, and not before the body agreed.

    Raises RuleBroken for the first that is broken.
    """
    if start.starts_on < start.qts_on:
        raise RuleBroken("Induction cannot start before qualified teacher status was awarded", "starts_on")
    check_acceptance(agreed_on=start.agreed_on, starts_on=start.starts_on)
    if start.starts_on < start.contract_starts_on:
        raise RuleBroken("Induction cannot start before the contract does", "starts_on")
    if start.contract_ends_on and start.starts_on > start.contract_ends_on:
        raise RuleBroken("Induction cannot start after the contract has ended", "starts_on")


def check_verified(*, post_is_suitable: bool, needs_identity: bool, identity_checked: bool) -> None:
    """R7, R9, R12: the post is suitable and, where a record here says otherwise, who the teacher is was checked.

    Raises RuleBroken otherwise.
    """
    if needs_identity and not identity_checked:
        raise RuleBroken(
            "Check identity: the TRN or the date of birth does not agree with a record. Check both against the "
            "national record and say that you have, or return the registration to the school",
            "identity_checked",
        )
    if not post_is_suitable:
        raise RuleBroken(
            "A post that is not suitable cannot be confirmed: return the registration, or refuse it, and say why",
            "post_is_suitable",
        )
