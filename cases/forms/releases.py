"""The forms by which a body lets an ECT go, asks for one, answers, takes one on and says that the record has come."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from induction_portal.accounts.models import Organisation
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import (
    LongTextField,
    NumberField,
    SelectField,
    TextField,
    TickField,
)

from ..actions.claiming import Claimed
from ..moving.figures import Figures
from .changes import CheckedForm
from .responsible import BodyThatActs


@dataclass(frozen=True, slots=True)
class ReleaseEffect:
    """What a release would say, to be confirmed as it was shown: the figures of its last day, and the next body."""

    figures: Figures
    terms: Decimal
    to: str

    @property
    def shown(self) -> list[object]:
        """What a page shows of it."""
        return [str(self.figures.exact), str(self.figures.remaining), str(self.terms), self.to]


class ReleaseForm(CheckedForm):
    """The last day, and the terms to report (R25, R84, R85)."""

    submit = "Check the release"
    confirming = "Release this ECT"

    last_day = DateField(
        label="Last day of your responsibility",
        named="the last day of your responsibility",
        hint="Usually the ECT’s last day at the school",
    )
    terms = NumberField(
        label="Full-time equivalent terms to report",
        named="the terms to report",
        hint="Leave this empty to report what the portal works out, rounded to one decimal",
        required=False,
        max_digits=3,
        decimal_places=1,
        min_value=0,
        max_value=16,
        width=5,
    )
    terms_reason = TextField(
        label="Why do you report another figure?",
        named="why you report another figure",
        hint="Only where you have entered terms that differ from what the portal works out",
        required=False,
        max_length=500,
    )
    to = SelectField(
        label="Next appropriate body, if you know it",
        named="the next appropriate body",
        hint="Name it where the school changes its body and the ECT stays. It can then take the ECT on",
        blank="Not known",
        required=False,
    )

    def __init__(self, *args: Any, bodies: list[Organisation] | None, **options: Any) -> None:
        """`bodies` are the other bodies to choose from; None where a request names the next one."""
        super().__init__(*args, **options)
        if bodies is None:
            del self.fields["to"]
            return
        known = {str(body.pk): body for body in bodies}
        field: Any = self.fields["to"]
        field.choices = [("", "Not known"), *((key, body.name) for key, body in known.items())]
        field.coerce, field.empty_value = known.__getitem__, None

    @property
    def token(self) -> str:
        """The chosen body goes by its id: what was typed is compared as text."""
        chosen = self.cleaned_data.get("to")
        if chosen is None:
            return super().token
        self.cleaned_data["to"] = chosen.pk
        try:
            return super().token
        finally:
            self.cleaned_data["to"] = chosen


class UndoReleaseForm(PortalForm):
    """A wrong release is taken back."""

    submit = "Take the release back"
    reason = TextField(
        label="Why was it wrong?",
        named="why it was wrong",
        missing="Say why the release was wrong",
        hint="Only your body sees this",
        max_length=500,
    )


class ReportLeaverForm(PortalForm):
    """When the national service was told."""

    submit = "Save"
    done_on = DateField(
        label="When did you tell the national service?", named="the day you told the national service", past=True
    )


class AskReleaseForm(PortalForm):
    """Whom a body asks for, and why."""

    submit = "Send the request"

    trn = TextField(
        label="Teacher reference number",
        named="the teacher reference number",
        missing="Enter the teacher reference number: 7 digits, like 1234567",
        width=10,
        max_length=20,
    )
    date_of_birth = DateField(label="Date of birth", named="the date of birth", past=True)
    name = TextField(label="The teacher’s name", named="the teacher’s name", missing="Enter the teacher’s name")
    reason = LongTextField(
        label="Why do you ask?",
        named="why you ask",
        missing="Say why you ask for this ECT",
        hint="The other body reads this. For example: the ECT starts at a school of yours on 1 September",
        max_length=2000,
        rows=4,
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("trn"):
            self.cleaned_data["trn"] = "".join(filter(str.isdigit, self.cleaned_data["trn"]))
        return self.cleaned_data


class RefuseReleaseForm(PortalForm):
    """Why a body does not release."""

    submit = "Refuse the request"
    reason = LongTextField(
        label="Why do you refuse?",
        named="why you refuse",
        missing="Say why you refuse",
        hint="The body that asks reads this. Do not write about health or how induction is going",
        max_length=2000,
        rows=4,
    )


class AddressReleaseForm(PortalForm):
    """An earlier release is for the body that asks."""

    submit = "Release to this body"


class WithdrawRequestForm(PortalForm):
    """A request is taken back."""

    submit = "Withdraw the request"


class ClaimForm(BodyThatActs):
    """From when a body is responsible, and that nothing keeps it from acting (R2, R6, R81)."""

    submit = "Take this ECT on"

    starts_on = DateField(
        label="From which day are you responsible?",
        named="the first day of your responsibility",
        hint="Today or later, and after the release",
    )

    def layout(self) -> list[Any]:
        return ["starts_on", *super().layout()]

    def claimed(self) -> Claimed:
        """What the action takes."""
        return Claimed(**self.cleaned_data)


class ReceiptForm(PortalForm):
    """The record has come."""

    submit = "Acknowledge the record"

    missing = LongTextField(
        label="Is anything missing?",
        named="what is missing",
        hint="The body that handed the record over reads this. Leave it empty if everything is there",
        required=False,
        max_length=1000,
        rows=3,
    )
    to_school = TickField(
        label="Hand these reviews and assessments on to the school",
        missing="Say whether the school gets these records",
        required=False,
    )

    def __init__(self, *args: Any, school: str, **options: Any) -> None:
        """`school` is the new school to which the records may be handed on; empty where there is none."""
        super().__init__(*args, **options)
        if school:
            self.fields["to_school"].label = f"Hand these reviews and assessments on to {school}"
        else:
            del self.fields["to_school"]


class NewSchoolForm(PortalForm):
    """How much of the extension is served at the new school (R37)."""

    submit = "Save"

    terms = NumberField(
        label="Full-time equivalent terms to serve here at least",
        named="the terms to serve here at least",
        max_digits=3,
        decimal_places=1,
        width=5,
    )
    reason = TextField(
        label="Why is less enough?",
        named="why less is enough",
        hint="Only where you enter less than the guidance asks for",
        required=False,
        max_length=500,
    )
