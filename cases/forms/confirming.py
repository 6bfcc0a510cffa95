"""The forms in which a body answers a registration: confirm, return and refuse are three journeys."""

from typing import Any

from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import LongTextField, TickField, YesNoField
from induction_portal.govuk.layout import Fieldset

from ..actions.confirming import Verified
from .responsible import BodyThatActs


class ConfirmRegistrationForm(BodyThatActs):
    """What the body verified of a registration (R1, R2, R3, R6, R9, R81)."""

    submit = "Confirm registration"

    qts_on = DateField(
        label="Date of qualified teacher status, as you found it",
        named="the date of qualified teacher status",
        hint="Look it up in the national record. It stands beside what the school said",
        past=True,
    )
    identity_checked = TickField(
        label="We have checked both against the national record: the school’s details are right",
        missing="Say that you have checked the teacher’s identity, or return the registration",
        required=False,
    )
    post_is_suitable = YesNoField(
        label="Is the post suitable for induction?",
        yes_if="the post is suitable for induction",
        hint="You have considered what the school said of the post, its tutor and its mentor",
        inline=False,
    )
    starts_on = DateField(
        label="Start date of induction that you agree to",
        named="the start date",
        hint="Today or later: an induction cannot start before you agreed to act",
    )

    def __init__(self, *args: Any, needs_identity: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not needs_identity:
            del self.fields["identity_checked"]

    def layout(self) -> list[Any]:
        identity = ["identity_checked"] if "identity_checked" in self.fields else []
        return [
            Fieldset("Eligibility", "qts_on", *identity),
            Fieldset("The post and the start", "post_is_suitable", "starts_on"),
            *super().layout(),
        ]

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes what was verified as one value."""
        verified = Verified(**self.cleaned_data)
        return self.apply(lambda **_typed: action(verified=verified, **options))


class ReturnRegistrationForm(PortalForm):
    """The body sends a registration back."""

    submit = "Return registration"
    reason = LongTextField(
        label="What has to change?",
        named="what has to change",
        missing="Say what has to change before you can confirm the registration",
        hint="The school sees this. Do not write about health or other confidential matters",
        max_length=2000,
        rows=5,
    )


class RefuseRegistrationForm(PortalForm):
    """The body refuses a registration."""

    submit = "Refuse registration"
    reason = LongTextField(
        label="Why do you refuse?",
        named="why you refuse",
        missing="Say why you refuse the registration, and what the school can do",
        hint="The school sees this. It can ask another appropriate body, or register again",
        max_length=2000,
        rows=5,
    )
