"""Questions to the absences of a case: what stands, what a change would do, and what the ECT may choose."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from induction_portal.govuk.words import day

from .facts import absence_facts, facts_of
from .models import Absence, AbsenceReason, Induction, Placement
from .rules.absence_effects import AbsenceEffect, days_absent, effect_of_absences
from .rules.absence_kinds import AbsenceKind, Effect
from .rules.absence_records import Noted, check_absence, election_status
from .rules.amounts import spoken
from .rules.facts import CaseFacts
from .rules.statuses import ElectionStatus
from .rules.timeline import Timeline, timeline


def standing(induction: Induction) -> list[Absence]:
    """The absences of a case that were not taken back, the earliest first."""
    return list(Absence.objects.filter(induction=induction, withdrawn_on=None).order_by("starts_on", "pk"))


def noted(row: Absence) -> Noted:
    """An absence as the rules check it."""
    return Noted(row.what, row.starts_on, row.ends_on, Fraction(row.day_fraction))


def check_record(
    placement: Placement, changing: Absence | None, *, on: date, kind: AbsenceKind, starts_on: date,
    ends_on: date | None, fraction: Decimal,
) -> None:  # fmt: skip
    """Whether an absence may be recorded, or changed into this. Raises RuleBroken otherwise."""
    others = [noted(row) for row in standing(placement.induction) if changing is None or row.pk != changing.pk]
    new = Noted(kind, starts_on, ends_on, Fraction(fraction))
    check_absence(new, on=on, served=(placement.starts_on, placement.ends_on), others=others)


def effect_of_record(
    placement: Placement, changing: Absence | None, *, on: date, kind: AbsenceKind, starts_on: date,
    ends_on: date | None, fraction: Decimal,
) -> AbsenceEffect:  # fmt: skip
    """What recording this absence, or changing one into it, would do to the dates: the rules that reckon after."""
    row = Absence(pk=changing.pk if changing else None, kind=kind, starts_on=starts_on, ends_on=ends_on)
    row.day_fraction = fraction
    row.elected = changing.elected if changing and kind.effect is Effect.STATUTORY else None
    return _effect(placement.induction, on, row, changing)


def effect_of_withdrawal(absence: Absence, *, on: date) -> AbsenceEffect:
    """What taking an absence back would do."""
    return _effect(absence.induction, on, None, absence)


def _effect(induction: Induction, on: date, new: Absence | None, instead_of: Absence | None) -> AbsenceEffect:
    kept = [row for row in standing(induction) if instead_of is None or row.pk != instead_of.pk]
    facts = facts_of(induction, as_of=on)
    return effect_of_absences(facts, absence_facts([*kept, *([new] if new else [])], facts.part_days_as_full))


def choices(absence: Absence, *, on: date) -> tuple[Timeline, Timeline]:
    """The induction if the ECT extends by this leave, and if they do not (R29)."""
    rows = standing(absence.induction)
    facts = facts_of(absence.induction, as_of=on)
    for row in rows:
        if row.pk == absence.pk:
            chosen = row
    found = []
    for elected in (True, False):
        chosen.elected = elected
        found.append(timeline(replace(facts, absences=absence_facts(rows, facts.part_days_as_full))))
    return found[0], found[1]


def reason_of(absence: Absence) -> AbsenceReason | None:
    """Why, if it is written down: for who may read it (R79)."""
    return AbsenceReason.objects.filter(absence=absence).select_related("written_by").first()


def status_of(absence: Absence, on: date) -> ElectionStatus:
    """Where the choice about this absence stands on a day."""
    return election_status(absence.what, absence.ends_on, absence.elected, on)


def absent_between(facts: CaseFacts, first: date, last: date) -> Fraction:
    """All days absent from `first` to `last`, leave included (SG 2.74)."""
    absent = days_absent(facts, first, last)
    return absent.counting + absent.elected


def dates_of(absence: Absence) -> str:
    """ "3 March 2026", "3 to 5 March" in full, or "3 March 2026, still away"."""
    if absence.ends_on is None:
        return f"{day(absence.starts_on)}, still away"
    if absence.ends_on == absence.starts_on:
        return day(absence.starts_on)
    return f"{day(absence.starts_on)} to {day(absence.ends_on)}"


def in_words(absence: Absence) -> str:
    """ "Sickness, 3 March 2026, 0.5 of the day"."""
    part = "" if absence.day_fraction == 1 else f", {spoken(Fraction(absence.day_fraction))} of the day"
    return f"{absence.what.label}, {dates_of(absence)}{part}"


def rows_of(facts: CaseFacts, first: date, last: date) -> Iterator[Absence]:
    """The absences of a case with a day from `first` to `last`, as rows that are only read."""
    for known in facts.absences:
        if known.start <= last and (known.end is None or known.end >= first):
            yield Absence(kind=known.kind, starts_on=known.start, ends_on=known.end, day_fraction=known.fraction)
