"""Exemption where records were lost (R83; Sch 1 para 24; SG 3.12-3.13)."""

from __future__ import annotations

from datetime import date

from .dates import ONE_DAY, add_years, say
from .errors import RuleBroken

APPRAISED_YEARS = 1
WITHIN_YEARS = 5


def check_search(searched_on: date, *, on: date) -> None:
    """A search is recorded once it was made. Raises RuleBroken."""
    if searched_on > on:
        raise RuleBroken("The search must not lie in the future.", "searched_on")


def check_exempted(
    *,
    on: date,
    searches: int,
    appraisal: tuple[date, date],
    satisfactory: bool,
    is_over: bool,
    is_named_contact: bool,
) -> None:
    """Whether a body may deem a teacher exempt because records were lost. Raises RuleBroken.

    After exhausting the audit trail, and on the latest appraisal report: it covers at least one year (``appraisal`` is
    its first and last day), ended within the five years before the decision, and shows satisfactory teaching.
    """
    if is_named_contact:
        raise RuleBroken(
            "You are the ECT’s named contact for concerns, so you cannot decide this: another officer has to."
        )
    if is_over:
        raise RuleBroken("This induction has ended already.")
    if not searches:
        raise RuleBroken("Record first what was searched for the records, and by whom.")
    check_appraisal(*appraisal, on=on)
    if not satisfactory:
        raise RuleBroken("Exempt the ECT only if the appraisal report shows satisfactory teaching.", "satisfactory")


def check_appraisal(first: date, last: date, *, on: date) -> None:
    """Whether an appraisal report covers one year and ended within the five before ``on``. Raises RuleBroken."""
    if last > on:
        raise RuleBroken("The appraisal report must not end in the future.", "appraisal_to")
    if last < first:
        raise RuleBroken("The last day of the appraisal report must be on or after its first.", "appraisal_to")
    if last < add_years(first, APPRAISED_YEARS) - ONE_DAY:
        raise RuleBroken("The appraisal report must cover at least one year.", "appraisal_to")
    earliest = add_years(on, -WITHIN_YEARS)
    if last < earliest:
        raise RuleBroken(
            f"The appraisal report must end within the last 5 years: on or after {say(earliest)}.", "appraisal_to"
        )
