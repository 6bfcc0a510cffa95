"""Which settings hold where and when: one question to the database for as many organisations as are asked about."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from .models import BodyPolicy, Induction, SchoolPolicy
from .querysets import in_force
from .rules.policy import AbsenceReading, Effective, Holder, Row, Value, effective, periods_of, values_on

Spell = tuple[date, date | None]
SETTING = "drops_earlier_review"


class Policies:
    """The rows of some schools and bodies, read once, asked as often as there are lines in a list."""

    def __init__(self, *, schools: Iterable[UUID] = (), bodies: Iterable[UUID] = ()) -> None:
        self._schools = _rows(SchoolPolicy, schools)
        self._bodies = _rows(BodyPolicy, bodies)

    def on(self, day: date, *, school: UUID | None = None, body: UUID | None = None) -> Effective:
        """What holds on a day for a school and a body; the defaults for one that is None."""
        return effective(self._schools[school], self._bodies[body], day)

    def of_school(self, school: UUID, day: date) -> dict[str, Value]:
        """What one school has set for a day, or the defaults."""
        return values_on(Holder.SCHOOL, self._schools[school], day)

    def of_body(self, body: UUID, day: date) -> dict[str, Value]:
        """What one body has set for a day, or the defaults."""
        return values_on(Holder.BODY, self._bodies[body], day)


def policy_of(*, school: UUID | None, body: UUID | None, on: date) -> Effective:
    """What holds on a day for one school and one body, either of which may be missing."""
    return Policies(schools=filter(None, [school]), bodies=filter(None, [body])).on(on, school=school, body=body)


def body_of(induction: Induction, *, on: date) -> UUID | None:
    """The body responsible on a day."""
    return induction.body_periods.filter(in_force("", on=on)).values_list("body_id", flat=True).first()


class Dropping:
    """In which spells the body then responsible has no review held less than a term before an assessment (R49), and how
    it reads absence, for cases whose body periods were fetched.
    """

    def __init__(self, inductions: Iterable[Induction]) -> None:
        self._rows = _rows(BodyPolicy, {p.body_id for each in inductions for p in each.body_periods.all()})

    def spells(self, induction: Induction) -> tuple[Spell, ...]:
        """Those of one case."""
        return self._spells(induction, SETTING, True)

    def pro_rata(self, induction: Induction) -> tuple[Spell, ...]:
        """The spells in which the body responsible reads absence "30 days pro rata" (R32)."""
        return self._spells(induction, "absence_reading", AbsenceReading.CALENDAR_PRORATA.value)

    def part_day_as_full(self, induction: Induction) -> tuple[Spell, ...]:
        """The spells in which the body responsible counts part of a day as a whole one (R27)."""
        return self._spells(induction, "part_day_as_full", True)

    def _spells(self, induction: Induction, name: str, value: Value) -> tuple[Spell, ...]:
        return tuple(
            spell
            for period in induction.body_periods.all()
            for spell in periods_of(name, self._rows[period.body_id], period.starts_on, period.ends_on, value)
        )


def _rows(model: type[SchoolPolicy] | type[BodyPolicy], ids: Iterable[UUID]) -> defaultdict[UUID | None, list[Row]]:
    found: defaultdict[UUID | None, list[Row]] = defaultdict(list)
    if ids := set(ids):
        for policy in model.objects.filter(organisation__in=ids, withdrawn_on=None):
            found[policy.organisation_id].append(policy.row)
    return found
