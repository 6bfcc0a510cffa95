"""The forms of changes after registration: shape and wording of what is typed."""

import hashlib
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from induction_portal.accounts.models import User
from induction_portal.audit.record import canonical
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import (
    LongTextField,
    NumberField,
    RadioChoiceField,
    SelectField,
    TextField,
    WholeNumberField,
    YesNoField,
)
from induction_portal.govuk.layout import Buttons, Fieldset, Reveal, Submit

from ..models import Appointment
from ..models.placements import DAYS
from ..rules.absence_effects import AbsenceEffect
from ..rules.changes import Effect
from ..rules.moving import CAUSES, LeavingCause
from ..worded import DAY_NAMES
from .weekdays import weekday


class CheckedForm(PortalForm):
    """A form that is sent twice: what it would change is shown first, then it is confirmed as it was shown.

    The button that confirms carries a token of what was typed and of the effect shown for it: when either is different
    by then, the effect is shown again and nothing is saved.
    """

    submit = "Check what changes"
    confirming = "Save this change"
    effect: Effect | AbsenceEffect | None = None

    def confirmed(self, effect: Effect | AbsenceEffect) -> bool:
        """Whether exactly this was confirmed; from now on the page shows the effect and offers to confirm it."""
        self.effect = effect
        return self.data.get("confirmed") == self.token

    @property
    def token(self) -> str:
        typed = {name: self.cleaned_data[name] for name in self.fields}
        shown = self.effect.shown if self.effect else []
        return hashlib.sha256(canonical({"typed": typed, "shown": shown}).encode()).hexdigest()

    def fields_laid_out(self) -> list[Any]:
        """The layout without its buttons."""
        return list(self.fields)

    def layout(self) -> list[Any]:
        if self.effect is None:
            return self.fields_laid_out()
        save = Submit(self.confirming, name="confirmed", value=self.token)
        return [*self.fields_laid_out(), Buttons(save, Submit("Check again", kind="secondary"))]


class PatternForm(CheckedForm):
    """How much is worked, from a day on (R18)."""

    starts_on = DateField(
        label="From which day?", named="the day from which this holds", hint="The first day on which it is worked"
    )
    fte = NumberField(
        label="Full-time equivalent",
        named="the full-time equivalent",
        missing="Enter the full-time equivalent as a number from 0.05 to 1, like 0.6",
        hint="1 is full time, 0.6 is three days of five. Only the teaching post counts",
        max_digits=5,
        decimal_places=4,
        width=5,
    )
    mon, tue, wed, thu, fri = map(weekday, DAY_NAMES.values())

    def fields_laid_out(self) -> list[Any]:
        hint = "1 for a whole day, 0.5 for half a day, 0 for none. Leave all five empty if every day is worked alike"
        return ["starts_on", "fte", Fieldset("Weekdays worked (optional)", *DAYS, size="s", hint=hint)]

    @property
    def days(self) -> dict[str, Decimal]:
        """The weight of each weekday, or nothing when none was given."""
        given = {day: self.cleaned_data.get(day) for day in DAYS}
        return {} if all(weight is None for weight in given.values()) else given

    def clean(self) -> dict[str, Any]:
        super().clean()
        missing = [day for day in DAYS if self.cleaned_data.get(day) is None and day not in self.errors]
        if missing and len(missing) < len(DAYS):
            self.add_error(missing[0], f"Enter how much of {DAY_NAMES[missing[0]]} is worked: 0 for none")
        return self.cleaned_data

    def typed(self) -> dict[str, Any]:
        """What the actions take."""
        return {"starts_on": self.cleaned_data["starts_on"], "fte": self.cleaned_data["fte"], "days": self.days}

    def blame(self, field: str | None, message: str) -> None:
        super().blame("mon" if field == "days" else field, message)


class ContractForm(PortalForm):
    """When the contract ends, if it does."""

    submit = "Save"
    contract_ends_on = DateField(
        label="Last day of the contract",
        named="the last day of the contract",
        hint="Leave empty if the contract has no end date",
        required=False,
        say_optional=False,
    )


class LeavingForm(CheckedForm):
    """The end of a placement, and why (R84)."""

    confirming = "End the placement"
    last_day = DateField(label="Last day at the school", named="the last day at the school")
    cause = RadioChoiceField(
        label="Why does the ECT leave?",
        missing="Select why the ECT leaves",
        hint="The appropriate body sees this. Mentors do not",
        choices=[(cause.value, label) for cause, label in CAUSES.items()],
        coerce=LeavingCause,
    )


class AppointForm(PortalForm):
    """Who is mentor or induction tutor, from when, and on what terms (R9, R10, R46, R47)."""

    submit = "Appoint"
    kind = RadioChoiceField(
        label="Role", choices=Appointment.Kind.choices, inline=True, missing="Select mentor or induction tutor"
    )
    user = SelectField(
        label="Person",
        missing="Select who is appointed",
        hint="Everybody who is a mentor, an induction tutor or an induction lead at your school",
    )
    starts_on = DateField(
        label="From which day?",
        named="the first day of the appointment",
        hint="Whoever holds the role until then ends the day before",
    )
    minutes_a_week = WholeNumberField(
        label="Minutes a week allotted to the role",
        named="the minutes a week allotted to the role",
        missing="Enter how many minutes a week the role is given, or 0",
        min_value=0,
        max_value=2400,
        width=4,
    )
    has_qts = YesNoField(label="Do they hold qualified teacher status?", yes_if="they hold qualified teacher status")
    trained_on = DateField(
        label="When their training for the role ended", required=False, past=True, named="the day their training ended"
    )
    subject = TextField(label="Subject or phase they teach", required=False, max_length=100)
    exception_reason = LongTextField(
        label="Why one person is both mentor and induction tutor",
        hint="Only if it is one person: the circumstances, and how the ECT is protected",
        required=False,
        say_optional=False,
        max_length=500,
        rows=3,
    )

    def __init__(self, *args: Any, people: Iterable[User] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(user.pk): user for user in people}
        self.fields["user"].choices = [("", "Select a person"), *((pk, user.name) for pk, user in self.people.items())]


class EndAppointmentForm(PortalForm):
    """The last day of an appointment."""

    submit = "End the appointment"
    last_day = DateField(label="Last day", named="the last day of the appointment")


class RenameForm(PortalForm):
    """A new name."""

    submit = "Save the new name"
    name = TextField(label="Full name", named="the ECT’s full name", hint="As the ECT wishes to be named in the record")


class IdentityForm(PortalForm):
    """The body's corrections (R1, R12)."""

    submit = "Save the corrections"
    name = TextField(label="Full name", named="the ECT’s full name")
    trn = TextField(
        label="Teacher reference number",
        named="the teacher reference number",
        missing="Enter the teacher reference number: 7 digits, like 1234567",
        width=10,
    )
    date_of_birth = DateField(label="Date of birth", named="the date of birth", past=True)
    qts_on = DateField(
        label="Day qualified teacher status was awarded",
        named="the day qualified teacher status was awarded",
        past=True,
    )


class AgreeForm(PortalForm):
    """What the ECT says of one thing that was recorded (SG 5.2)."""

    submit = "Send"
    answer = RadioChoiceField(
        label="Is this right?",
        missing="Select whether this is right",
        choices=[("agreed", "Yes, I agree"), ("queried", "No, I want to query it")],
    )
    text = LongTextField(
        label="What do you think is wrong?",
        named="what you think is wrong",
        hint="Your school answers. Your appropriate body can read it too",
        required=False,
        say_optional=False,
        max_length=2000,
        rows=5,
    )

    def layout(self) -> list[Any]:
        return [Reveal("answer", queried=["text"])]

    def clean(self) -> dict[str, Any]:
        super().clean()
        told = self.cleaned_data
        if told.get("answer") == "queried" and not told.get("text") and "text" not in self.errors:
            self.add_error("text", "Say what you think is wrong")
        return told


class AnswerForm(PortalForm):
    """The school's answer to a query."""

    submit = "Send the answer"
    corrected = YesNoField(
        label="Have you corrected what is recorded?", yes_if="you have corrected what is recorded", inline=False
    )
    reply = LongTextField(
        label="Your answer",
        named="your answer",
        hint="The ECT and the appropriate body read it",
        max_length=2000,
        rows=5,
    )
