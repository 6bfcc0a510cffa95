"""The forms in which a body enters what an ECT served before."""

from typing import Any

from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import LongTextField, NumberField, TextField
from induction_portal.govuk.layout import Fieldset

from ..rules.errors import RuleBroken
from ..schools import find_school

AMOUNT = {"min_value": 0, "max_digits": 6, "decimal_places": 3, "width": 4}


class PriorServiceForm(PortalForm):
    """A confirmed balance: what was served before, in place of the placements themselves (R85)."""

    submit = "Confirm earlier service"

    terms = NumberField(
        label="Terms served, full-time equivalent",
        named="the terms served",
        hint="For example, 1.4: a teacher at 0.7 of full time serves 1.4 in two terms",
        **AMOUNT,
    )
    calendar_terms = NumberField(
        label="Terms that ran meanwhile",
        named="the terms that ran meanwhile",
        hint="Calendar terms, whatever the working pattern. For example, 2",
        **AMOUNT,
    )
    absence_days = NumberField(
        label="School days absent in the part of induction they were in",
        named="the school days absent",
        hint="They count towards the 30 days of that part. Enter 0 if there were none",
        min_value=0,
        max_digits=6,
        decimal_places=2,
        width=4,
    )
    source = LongTextField(
        label="Where do these figures come from?",
        named="where these figures come from",
        missing="Say where these figures come from",
        hint="For example, “Letter of the previous appropriate body, 3 July 2026, and its interim assessment”",
        max_length=500,
        rows=3,
    )


class EarlierPlacementForm(PortalForm):
    """Service at an earlier school, with its dates and working pattern."""

    submit = "Add earlier school"

    school = TextField(
        label="School",
        named="the school",
        missing="Enter the school’s name or URN",
        hint="Its unique reference number (URN), or its name",
        max_length=200,
    )
    starts_on = DateField(label="First day of induction there", named="the first day", past=True)
    ends_on = DateField(label="Last day there", named="the last day", past=True)
    fte = NumberField(
        label="Full-time equivalent",
        named="the full-time equivalent",
        hint="1 is full time. If it changed, enter the average over the time there",
        min_value=0,
        max_value=1,
        max_digits=5,
        decimal_places=4,
        width=4,
    )

    def layout(self) -> list[Any]:
        return [Fieldset("Where and when", "school", "starts_on", "ends_on"), "fte"]

    def clean_school(self) -> Any:
        """The school itself, where exactly one answers to what was typed."""
        try:
            return find_school(self.cleaned_data["school"])
        except RuleBroken as unknown:
            self.add_error("school", unknown.message)
            return None
