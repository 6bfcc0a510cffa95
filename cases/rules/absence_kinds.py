"""Kinds of absence and what each does to induction (R28)."""

from __future__ import annotations

from datetime import date
from enum import Enum

from .statuses import Status

COVID_COUNTS_FROM = date(2022, 9, 1)


class Effect(Enum):
    """What a kind of absence does."""

    COUNTS = "counts towards the 30 days"
    COUNTS_SINCE_COVID_RULE_ENDED = "counts from 1 September 2022, before that not"
    STATUTORY = "does not count; the ECT may choose to extend by it"
    IGNORED = "is no absence"
    CLOSES_SCHOOL = "makes the day one on which nothing is absence"


class AbsenceKind(Status):
    """R28: ``label`` is what a page shows, ``effect`` what it does."""

    SICKNESS = "sickness", "Sickness"
    COMPASSIONATE = "compassionate", "Compassionate leave or bereavement"
    DEPENDANTS = "dependants", "Care of dependants"
    JURY_SERVICE = "jury_service", "Jury service"
    STRIKE = "strike", "Strike"
    UNPAID = "unpaid", "Unpaid leave or unauthorised absence"
    RELIGIOUS = "religious", "Religious observance"
    PARENTAL_UNPAID = "parental_unpaid", "Unpaid parental leave"
    OTHER = "other", "Other"
    COVID = "covid", "COVID-19"
    MATERNITY = "maternity", "Maternity leave"
    PATERNITY = "paternity", "Paternity leave"
    ADOPTION = "adoption", "Adoption leave"
    SHARED_PARENTAL = "shared_parental", "Shared parental leave"
    PARENTAL_BEREAVEMENT = "parental_bereavement", "Parental bereavement leave"
    CARERS = "carers", "Carer’s leave"
    NEONATAL_CARE = "neonatal_care", "Neonatal care leave"
    TRAINING = "training", "Training or induction activity"
    SCHOOL_CLOSURE = "school_closure", "School closed"

    @property
    def effect(self) -> Effect:
        """What this kind does to the part it falls in."""
        return _EFFECTS.get(self, Effect.COUNTS)


_EFFECTS = {
    AbsenceKind.COVID: Effect.COUNTS_SINCE_COVID_RULE_ENDED,
    AbsenceKind.MATERNITY: Effect.STATUTORY,
    AbsenceKind.PATERNITY: Effect.STATUTORY,
    AbsenceKind.ADOPTION: Effect.STATUTORY,
    AbsenceKind.SHARED_PARENTAL: Effect.STATUTORY,
    AbsenceKind.PARENTAL_BEREAVEMENT: Effect.STATUTORY,
    AbsenceKind.CARERS: Effect.STATUTORY,
    AbsenceKind.NEONATAL_CARE: Effect.STATUTORY,
    AbsenceKind.TRAINING: Effect.IGNORED,
    AbsenceKind.SCHOOL_CLOSURE: Effect.CLOSES_SCHOOL,
}
