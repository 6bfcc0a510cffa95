"""The form of a timetable: what is compared, over what, from which day (R41-R43)."""

import hashlib
from typing import Any

from induction_portal.audit.record import canonical
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import NumberField, RadioChoiceField
from induction_portal.govuk.layout import Fieldset

from ..models import Timetable
from ..timetabling import Preview
from .changes import CheckedForm

COMPARATOR = (
    "A full-time teacher here on the main pay range, who has no other time off timetable. Count what they teach in a "
    "cycle, without planning, preparation and assessment time"
)


def _amount(label: str, *, named: str, missing: str, hint: str) -> NumberField:
    return NumberField(
        label=label, named=named, missing=missing, hint=hint, max_digits=7, decimal_places=2, min_value=0, width=5
    )


class TimetableForm(CheckedForm):
    """What an ECT teaches beside a comparator. How it stands to the cap is shown before it is saved."""

    submit = "Check against the cap"
    confirming = "Save this timetable"
    effect: Preview | None = None  # type: ignore[assignment]  # what is shown, and confirmed

    starts_on = DateField(
        label="From which day?", named="the day from which this is taught", hint="The first day on which it is taught"
    )
    cycle = RadioChoiceField(
        label="Counted over",
        named="over what the time is counted",
        hint="Your school’s timetable cycle",
        choices=Timetable.CYCLES,
    )
    unit = RadioChoiceField(label="Counted in", named="minutes or periods", inline=True, choices=Timetable.Unit.choices)
    reference = _amount(
        "What a comparable teacher teaches",
        named="what a comparable teacher teaches",
        missing="Enter what a comparable teacher teaches in a cycle: the cap is a share of it",
        hint=COMPARATOR,
    )
    taught = _amount(
        "What the ECT teaches",
        named="what the ECT teaches",
        missing="Enter what the ECT teaches in the same cycle",
        hint="In the same cycle, without planning, preparation and assessment time",
    )

    @property
    def token(self) -> str:
        typed = {name: self.cleaned_data[name] for name in self.fields}
        shown = [each.says for each in self.effect.because] if self.effect else []
        return hashlib.sha256(canonical({"typed": typed, "shown": shown}).encode()).hexdigest()

    def fields_laid_out(self) -> list[Any]:
        return ["starts_on", Fieldset("What is compared", "cycle", "unit", "reference", "taught")]
