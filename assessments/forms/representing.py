"""What an ECT writes to the appropriate body before it decides (R61)."""

from typing import Any

from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import LongTextField, TickField, YesNoField


class RepresentationsForm(PortalForm):
    """A letter to the body, and whether more is to follow."""

    submit = "Send to the appropriate body"
    may_save_for_later = True

    text = LongTextField(
        label="What do you want the appropriate body to know?",
        missing="Enter what you want the appropriate body to know",
        hint="The appropriate body reads this. Your school does not",
        max_length=4000,
        rows=12,
    )
    more = YesNoField(
        label="Do you want to be able to add to this later?",
        yes_if="you want to be able to add to this later",
        yes="Yes, keep the rest of my 10 working days",
        no="No, the appropriate body need not wait for more",
        inline=False,
    )

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the letter and whether the rest of the days is waived."""
        told = self.cleaned_data
        return self.apply(lambda **_typed: action(text=told["text"], waives=not told["more"], **options))


class WaiverForm(PortalForm):
    """The ECT writes nothing more."""

    submit = "Tell the appropriate body that it need not wait"
    sure = TickField(
        label="I know that I cannot change this, and that the appropriate body may then decide at once",
        missing="Confirm that the appropriate body may decide at once",
    )

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes nothing typed."""
        return self.apply(lambda **_typed: action(**options))
