"""What is answered under a finished plan: a signature, the ECT's word that they do not sign, a correction."""

from typing import Any

from cases.rules.plans import Ending
from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import LongTextField, RadioChoiceField, TickField
from induction_portal.govuk.layout import Reveal

from .plan_weeks import PlanFinishForm

SIGN, DECLINE = "sign", "decline"


class PlanSignForm(PortalForm):
    """The induction tutor signs."""

    submit = "Sign"
    agrees = TickField(
        label="I have read this plan, and sign it as the induction tutor", missing="Confirm that you have read the plan"
    )

    def send(self, sign: Any, decline: Any, **options: Any) -> Any:
        """Apply the action that signs: a tutor does not decline."""
        return self.apply(lambda **_typed: sign(**options))


class PlanOwnSignForm(PortalForm):
    """The ECT signs, or says why not."""

    submit = "Send"
    may_save_for_later = True

    answer = RadioChoiceField(
        label="Do you sign this plan?",
        missing="Select whether you sign this plan",
        choices=[(SIGN, "Yes, I have read it and sign it"), (DECLINE, "No, I do not sign it")],
    )
    words = LongTextField(
        label="Why do you not sign it?",
        missing="Say in your own words why you do not sign",
        hint="It is kept with the plan and printed on it. Your school and the appropriate body read it",
        required=False,
        say_optional=False,
        max_length=3000,
        rows=6,
    )

    def layout(self) -> list[Any]:
        return [Reveal("answer", choices={DECLINE: ["words"]})]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("answer") == SIGN and told.get("words"):
            self.add_error("answer", "You have written why you do not sign: select no to send it, or remove it")
        return told

    def send(self, sign: Any, decline: Any, **options: Any) -> Any:
        """Apply the action that was chosen."""
        told = self.cleaned_data
        if told["answer"] == SIGN:
            return self.apply(lambda **_typed: sign(**options))
        return self.apply(lambda **_typed: decline(words=told["words"], **options))


class PlanCorrectionForm(PlanFinishForm):
    """Put right what a finished plan says at its end."""

    submit = "Save as a new version"

    correction = LongTextField(
        label="What was wrong?",
        missing="Enter what was wrong",
        hint="Everybody who reads the plan reads it",
        max_length=1000,
        rows=3,
    )

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the end as one value, and what was wrong."""

        def correct(correction: str, **typed: Any) -> Any:
            return action(ending=Ending(**typed), correction=correction, **options)

        return self.apply(correct)
