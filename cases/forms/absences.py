"""The forms of absences: shape and wording of what is typed."""

from decimal import Decimal
from typing import Any

from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import LongTextField, NumberField, RadioChoiceField, SelectField

from ..models import AbsenceNotice
from ..rules.absence_kinds import AbsenceKind
from .changes import CheckedForm

KINDS = [(kind.value, kind.label) for kind in AbsenceKind]


class AbsenceForm(CheckedForm):
    """Days away (R26-R28)."""

    confirming = "Save this absence"

    kind = SelectField(
        label="Kind of absence",
        missing="Select the kind of absence",
        hint="The kind only. A reason that is a matter of health has a place of its own, for the headteacher",
        choices=KINDS,
        coerce=AbsenceKind,
    )
    starts_on = DateField(label="First day away", named="the first day away")
    ends_on = DateField(
        label="Last day away",
        named="the last day away",
        hint="Leave it empty while the ECT is still away: the portal goes on counting every day",
        required=False,
        say_optional=False,
    )
    fraction = NumberField(
        label="How much of the day?",
        named="how much of the day",
        hint="Only for part of one day: 0.5 is half a day. Leave it empty for whole days",
        required=False,
        say_optional=False,
        min_value=Decimal("0.01"),
        max_value=1,
        max_digits=3,
        decimal_places=2,
        width=3,
    )

    def typed(self) -> dict[str, Any]:
        """What the actions take."""
        told = {name: self.cleaned_data[name] for name in ("kind", "starts_on", "ends_on")}
        return told | {"fraction": self.cleaned_data["fraction"] or Decimal(1)}


class AbsenceReturnForm(CheckedForm):
    """The last day away, once the ECT is back."""

    confirming = "Record the return"

    ends_on = DateField(
        label="Last day away",
        named="the last day away",
        hint="The day before the ECT was back at work",
    )


class WithdrawAbsenceForm(PortalForm):
    """A button alone: the absence was recorded wrongly."""

    submit = "Withdraw this absence"


class AbsenceReasonForm(PortalForm):
    """Why: a matter of health."""

    submit = "Save the reason"

    text = LongTextField(
        label="Reason",
        named="the reason",
        hint="Only the ECT and the headteacher can read it",
        max_length=2000,
        rows=5,
    )


class LeaveChoiceForm(PortalForm):
    """The ECT's own choice (R29)."""

    submit = "Send my choice"

    extend = RadioChoiceField(
        label="What do you choose?",
        missing="Select whether to extend your induction by this leave",
        choices=[("yes", "Extend my induction by this leave"), ("no", "Do not extend it")],
        coerce=lambda answer: answer == "yes",
    )


class ConfirmLeaveForm(PortalForm):
    """A button alone: the body confirms what the ECT chose."""

    submit = "Confirm the choice"


class AbsenceNoticeForm(PortalForm):
    """A button alone: a warning was seen, the body was told, or the body knows."""

    def __init__(self, *args: Any, notice: AbsenceNotice, for_body: bool, **options: Any) -> None:
        self.submit = submit_words(notice, for_body=for_body)
        super().__init__(*args, **options)


def submit_words(notice: AbsenceNotice, *, for_body: bool) -> str:
    """What the button says."""
    if not notice.is_to_body:
        return "I have seen this warning"
    return "Acknowledge this notice" if for_body else "Record that the body has been told"
