"""Rows of earlier claims against what is here already. A body is told of its own cases alone (R12, R79)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from induction_portal.accounts.models import Organisation

from ..models import BodyPeriod, EarlierClaim
from ..models.imports import OPEN_CLAIM
from ..rules.importing import URN, claim_in, faults
from ..rules.importing import EarlierClaim as Claim
from ..rules.national import TRN


@dataclass(frozen=True, slots=True)
class Known:
    """What is known here of the teachers of some rows: the body's own ECTs with their day of birth, claims that wait,
    and schools by URN.
    """

    own: dict[str, date]
    waiting: set[str]
    schools: dict[str, UUID]

    def faults(self, cells: dict[str, Any], *, on: date) -> list[str]:
        """Everything wrong with a row, by itself or beside what is here."""
        return faults(cells, on=on) or self._beside(claim_in(cells))

    def _beside(self, claim: Claim) -> list[str]:
        found = []
        if claim.trn in self.own:
            same = self.own[claim.trn] == claim.date_of_birth
            found.append(
                "This ECT is with you here already: nothing to import"
                if same
                else "You have this TRN here with another date of birth: check both against the national record"
            )
        if claim.trn in self.waiting:
            found.append("You have imported this claim already: it waits for the school to register the ECT")
        if claim.urn and claim.urn not in self.schools:
            found.append(f"No school here has the URN {claim.urn}: check it, or leave {URN} empty")
        return found


def known(body: Organisation, rows: Iterable[dict[str, Any]]) -> Known:
    """What is known of the teachers of some rows, in three queries."""
    rows = list(rows)
    trns, urns = {row[TRN] for row in rows}, {row.get(URN, "") for row in rows} - {""}
    here = BodyPeriod.objects.filter(body=body, induction__teacher__trn__in=trns)
    own = dict(here.order_by().values_list("induction__teacher__trn", "induction__teacher__date_of_birth"))
    waiting = set(EarlierClaim.objects.filter(OPEN_CLAIM, body=body, trn__in=trns).values_list("trn", flat=True))
    schools = Organisation.objects.filter(kind=Organisation.Kind.SCHOOL, identifier__in=urns)
    return Known(own, waiting, dict(schools.values_list("identifier", "pk")))
