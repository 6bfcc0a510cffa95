"""The form of "what if" on a case: what would be otherwise. Sent by GET, so that nothing is stored."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

from crispy_forms.helper import FormHelper

from induction_portal.forms import AddressForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import RadioChoiceField
from induction_portal.govuk.layout import Fieldset, Rows
from induction_portal.govuk.rows import GrowingRows

from ..rules.absence_kinds import AbsenceKind, Effect
from ..rules.changes import check_weekdays_agree
from ..rules.errors import RuleBroken
from ..rules.facts import Absence, CaseFacts, PatternStep
from ..rules.told import Told
from ..rules.what_if import if_absent, if_chosen, if_worked
from .calculator import EARLIEST, LATEST, AbsenceRow, amount, weekdays
from .typed import KEYS

AS_IT_STANDS = "as_it_stands"
ELECTED = {"yes": True, "no": False}


class WhatIfForm(AddressForm):
    """Another pattern from a day on, absences, the choice about leave; `supposed` are the facts as they would be.

    `facts` are those of today, `told` how much of them the viewer may know: who may know of no absence is not asked
    about any. The choice is asked where statutory leave is recorded.
    """

    submit = "Show what would change"

    start = DateField(label="From", named="the day of the new pattern", required=False, say_optional=False,
                      hint="For example, 4 1 2027", earliest=EARLIEST, latest=LATEST)  # fmt: skip
    fte = amount(
        "Part of full time from then", named="the part of full time", hint="Full time is 1, three days are 0.6"
    )
    days = weekdays()
    leave = RadioChoiceField(
        label="Statutory leave that is recorded", named="what the ECT chooses", required=False, say_optional=False,
        choices=[(AS_IT_STANDS, "Nothing changes"), ("yes", "The ECT chooses to extend induction by it"),
                 ("no", "The ECT chooses not to extend induction by it")], initial=AS_IT_STANDS,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, facts: CaseFacts, told: Told) -> None:
        self.facts, self.told, self.supposed = facts, told, facts
        self.has_leave = any(a.kind.effect is Effect.STATUTORY for a in facts.absences if told.of_absence(a))
        super().__init__(data)
        if not self.has_leave:
            del self.fields["leave"]

    def declare_groups(self) -> dict[str, Any]:
        rows = GrowingRows(AbsenceRow, noun="absence", minimum=0, maximum=5)
        return {"absences": rows} if self.told.absences else {}

    def layout(self) -> list[Any]:
        pattern = Fieldset("Another working pattern", "start", "fte", "days", hint="Leave empty if it stays as it is.")
        if not self.told.absences:
            return [pattern]
        absence = Fieldset("Absence", Rows("absences", size="s"), hint="Beside what is recorded already.")
        return [pattern, absence, "leave"] if self.has_leave else [pattern, absence]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("start") and "fte" in values and values["fte"] is None:
            self.add_error("fte", "Enter the part of full time, such as 0.6")
        if (values.get("fte") is not None or values.get("days")) and "start" in values and values["start"] is None:
            self.add_error("start", "Enter the day from which they would work like this")
        if not self.errors and all(group.is_valid() for group in self.groups.values()):
            self._suppose(values)
        return values

    def _suppose(self, values: dict[str, Any]) -> None:
        if values["start"]:
            self._if_worked(values)
        if values.get("leave") in ELECTED:
            self._try("{}", lambda facts: if_chosen(facts, ELECTED[values["leave"]]))
        for group in self.groups.values():
            for row in group.used:
                self._if_absent(row)

    def _if_worked(self, values: dict[str, Any]) -> None:
        fte, days = values["fte"], values["days"]
        weights: Any = tuple(Fraction(days.get(day, "0")) for day in KEYS) if days else None
        placements = self.facts.placements
        own = [place for place, placement in enumerate(placements) if self.told.of_placement(placement)]

        def supposed(facts: CaseFacts) -> CaseFacts:
            if days:
                check_weekdays_agree(fte=fte, days={day: Decimal(weight) for day, weight in days.items()})
            return if_worked(facts, PatternStep(values["start"], Fraction(fte), weights), own)

        self._try("{}", supposed)

    def _if_absent(self, row: Any) -> None:
        values = row.cleaned_data
        absence = Absence(
            start=values["start"],
            end=values["end"],
            kind=AbsenceKind(values["kind"]),
            fraction=Fraction(values["day_fraction"] if values["day_fraction"] is not None else 1),
            elected=ELECTED.get(values["elect_extension"]),
        )
        served = [placement for placement in self.facts.placements if self.told.of_placement(placement)]
        self._try(row.add_prefix("{}"), lambda facts: if_absent(facts, absence, served))

    def _try(self, named: str, change: Any) -> None:
        """Suppose one thing more, or say beside its input why it cannot be."""
        try:
            self.supposed = change(self.supposed)
        except RuleBroken as broken:
            field = (broken.field or "").rpartition("pattern.")[2].partition(".")[0]
            self.blame(named.format(field) if field else None, broken.message.rstrip("."))

    def _again(self, data: Any) -> Self:
        return type(self)(data, facts=self.facts, told=self.told)

    def _helper(self) -> FormHelper:
        helper = super()._helper()
        helper.form_action = "#compared"
        return helper
