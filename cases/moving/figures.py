"""What an ECT has served when a body lets them go, and what goes along with them (R24, R25, R85)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ..facts import facts_of
from ..models import Induction
from ..rules.amounts import spoken
from ..rules.moves import as_recorded
from ..rules.moving import carried_over
from ..rules.new_school import extension_left
from ..rules.timeline import timeline


@dataclass(frozen=True, slots=True)
class Figures:
    """At the end of a day: FTE terms served and left, days absent of the part being served, which part that is, and
    the day on which induction would be complete.
    """

    exact: Fraction
    remaining: Fraction
    absence_days: Fraction
    part: int
    extension_left: Fraction
    completes_on: date | None

    @property
    def reckoned(self) -> Decimal:
        """The terms served as the national record takes them (R25)."""
        return as_recorded(self.exact)

    @property
    def said(self) -> dict[str, str]:
        """The figures as the record that is handed over keeps them, by name."""
        return {
            "terms_served": str(self.exact),
            "terms_left": str(self.remaining),
            "absence_days": str(self.absence_days),
            "part": str(self.part),
            "extension_left": str(self.extension_left),
        }


def figures_at(induction: Induction, last_day: date) -> Figures:
    """The figures of a case at the end of a day."""
    told = timeline(facts_of(induction, as_of=last_day))
    before = carried_over(told)
    begun = [stage.plan.number for stage in told.parts if stage.starts_on <= last_day]
    return Figures(
        exact=told.served_terms,
        remaining=told.remaining_terms,
        absence_days=before.absence_days,
        part=begun[-1] if begun else 1,
        extension_left=extension_left(told),
        completes_on=told.ends_on,
    )


def in_words(figures: dict[str, str]) -> list[dict[str, str]]:
    """The figures that a record keeps, as rows: to two places, and as they are where that is exact."""
    amount = {name: spoken(Fraction(value), 2) for name, value in figures.items()}
    rows = [
        ("Full-time equivalent terms served", amount["terms_served"]),
        ("Terms left to serve", amount["terms_left"]),
        (f"School days absent in part {figures['part']}, which count on", amount["absence_days"]),
    ]
    if figures["extension_left"] != "0":
        rows.append(("Terms of an extension left", amount["extension_left"]))
    return [{"key": key, "value": value} for key, value in rows]
