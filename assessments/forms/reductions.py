"""The forms of a shorter induction: asked for, answered, decided."""

from typing import Any

from cases.rules.reducing import ReductionKind
from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import LongTextField, NumberField, RadioChoiceField, YesNoField
from induction_portal.govuk.layout import Reveal

STANDARDS = "Does the ECT meet the Teachers’ Standards now?"


class AskReductionForm(PortalForm):
    """The headteacher asks, with their advice."""

    submit = "Ask for a shorter induction"
    kind = RadioChoiceField(
        label="Why should induction be shorter?",
        missing="Select why induction should be shorter",
        choices=[(kind.value, kind.label) for kind in ReductionKind],
        coerce=ReductionKind,
    )
    terms = NumberField(
        label="How many full-time terms should induction take in all?",
        named="how many full-time terms induction should take",
        hint="Those served already count. At least 1, and fewer than 6. For example, 3.5",
        max_digits=3,
        decimal_places=1,
        width=4,
    )
    standards_met = YesNoField(label=STANDARDS, yes_if="the ECT meets the Teachers’ Standards now")
    advice = LongTextField(
        label="Your advice",
        missing="Enter your advice",
        hint="The experience, and how you know that the Standards are met. The ECT and the appropriate body read it",
        max_length=4000,
        rows=8,
    )


class AnswerReductionForm(PortalForm):
    """The ECT agrees, or keeps the full period."""

    submit = "Send your answer"
    agrees = YesNoField(
        label="Do you agree to a shorter induction?",
        yes_if="you agree to a shorter induction",
        yes="Yes, I agree",
        no="No, I keep the full period",
        inline=False,
    )


class DecideReductionForm(PortalForm):
    """The body grants or refuses."""

    submit = "Decide"
    grant = YesNoField(
        label="What do you decide?",
        yes_if="you grant it",
        missing="Select what you decide",
        yes="Grant it",
        no="Refuse it",
        inline=False,
    )
    standards_met = YesNoField(
        label="Are you satisfied that the ECT meets the Teachers’ Standards?",
        yes_if="you are satisfied that the ECT meets the Teachers’ Standards",
        required=False,
        say_optional=False,
    )
    reason = LongTextField(
        label="Reason for the decision",
        missing="Enter the reason for the decision",
        hint="The ECT and the school read it",
        max_length=4000,
        rows=6,
    )

    def layout(self) -> list[Any]:
        return [Reveal("grant", yes=["standards_met"]), "reason"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        told = self.cleaned_data
        if told.get("grant") and told.get("standards_met") is None and "standards_met" not in self.errors:
            self.add_error("standards_met", "Select whether you are satisfied that the Standards are met")
        return told
