"""What people say under an assessment: the ECT's comments, signatures, refusals, the headteacher's recommendation."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cases.rules.outcomes import Recommended
from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import (
    CheckboxesField,
    LongTextField,
    NumberField,
    RadioChoiceField,
    TickField,
    YesNoField,
)
from induction_portal.govuk.layout import Fieldset, Reveal, Submit

from ..actions import Recommends
from ..models.signatures import RECOMMENDED
from ..signing_pages import Desk
from ..signing_queue import Waits

CHANGED = "A report has changed, or was signed already, since you opened this page: look at the list, and select again"


class AssessmentCommentForm(PortalForm):
    """The ECT's comments, or their word that they have none (R53)."""

    submit = "Send"
    may_save_for_later = True

    has_comments = YesNoField(
        label="Do you want to comment on the report?",
        yes_if="you want to comment on the report",
        yes="Yes",
        no="No, I have no comments",
        inline=False,
    )
    text = LongTextField(
        label="Your comments", named="your comments", required=False, say_optional=False, max_length=4000, rows=8
    )

    def layout(self) -> list[Any]:
        return [Reveal("has_comments", yes=["text"])]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("has_comments") is False and told.get("text"):
            self.add_error("has_comments", "You have typed comments: select yes to send them, or remove them")
        return told

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the comments as `text`, None for none."""
        told = self.cleaned_data
        text = told["text"] if told["has_comments"] else None
        return self.apply(lambda **_typed: action(text=text, **options))


class SignForm(PortalForm):
    """A signature in one role under one version; of a headteacher, where it is due, with what they recommend (R60)."""

    submit = "Sign"

    outcome = RadioChoiceField(
        label="What do you recommend to the appropriate body?",
        missing="Select what you recommend to the appropriate body",
        choices=RECOMMENDED,
        coerce=Recommended,
    )
    extend_by = NumberField(
        label="How long should the extension last, in full-time terms?",
        named="the length of the extension",
        hint="For example, 1.5",
        required=False,
        say_optional=False,
        min_value=Decimal(0),
        max_digits=3,
        decimal_places=1,
        width=4,
        suffix="terms",
    )
    reason = LongTextField(
        label="Reasons for your recommendation",
        named="the reasons for your recommendation",
        hint="Needed for an extension, and where performance is not satisfactory. The ECT and the appropriate body "
        "read them",
        required=False,
        say_optional=False,
        max_length=4000,
        rows=6,
    )
    agrees = TickField(label="I have read this report and sign it", missing="Confirm that you have read and sign it")
    both = TickField(label="I know that I sign in both roles", missing="Confirm that you sign in both roles")

    def __init__(self, *args: Any, desk: Desk, **options: Any) -> None:
        self.desk = desk
        super().__init__(*args, **options)
        unasked = [] if desk.recommends else ["outcome", "extend_by", "reason"]
        for name in [*unasked, *([] if desk.also else ["both"])]:
            del self.fields[name]
        self.fields[
            "agrees"
        ].label = f"I have read version {desk.version.number} of this report, and sign it as {desk.named}"
        if desk.also:
            told = f"I have signed it as {desk.also}, and know that I now sign as {desk.named} as well"
            self.fields["both"].label = told

    def layout(self) -> list[Any]:
        recommends = ["outcome", "extend_by", "reason"]
        confirms = [name for name in ("agrees", "both") if name in self.fields]
        if not self.desk.recommends:
            return confirms
        asked = Fieldset("Your recommendation", Reveal(recommends[0], extension=[recommends[1]]), recommends[2])
        return [asked, Fieldset("Your signature", *confirms)]

    def buttons(self) -> list[Any]:
        return [Submit(f"Sign as {self.desk.named}")]

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes who signs, in which role, and what they recommend."""
        told = self.cleaned_data
        given = {"role": self.desk.role, "both": told.get("both", False), "recommends": self._recommends()}
        return self.apply(lambda **_typed: action(**given, **options))

    def _recommends(self) -> Recommends | None:
        told = self.cleaned_data
        if "outcome" not in told:
            return None
        length = Fraction(told["extend_by"] or 0) if told["outcome"] is Recommended.EXTENSION else Fraction(0)
        return Recommends(told["outcome"], length, told["reason"])


class RefusalForm(PortalForm):
    """Somebody does not sign, and says why."""

    submit = "Confirm that you do not sign"
    reason = LongTextField(
        label="Why do you not sign?",
        missing="Say why you do not sign",
        hint="It is kept with the report. The others who sign it read it",
        max_length=4000,
        rows=6,
    )


class SigningQueueForm(PortalForm):
    """Several reports signed at once. `rows` are those of `signing_queue.queue_of`."""

    submit = "Sign the selected reports"
    chosen = CheckboxesField(
        label="Which reports do you sign?",
        missing="Select the reports that you sign",
        error_messages={"invalid_choice": CHANGED, "invalid_list": CHANGED},
    )

    def __init__(self, *args: Any, rows: Sequence[Waits], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = {row.value: row for row in rows if not row.alone}
        field = self.fields["chosen"]
        field.choices = [(value, f"{row.name}, as {row.role}") for value, row in self.rows.items()]
        field.hints = {value: "" if row.opened else "Not opened yet" for value, row in self.rows.items()}

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the chosen reports, each with the version that was shown."""
        chosen = [self.rows[value].assessment for value in self.cleaned_data["chosen"]]
        return self.apply(lambda **_typed: action(chosen=[(row, row.latest) for row in chosen], **options))
