"""What a colleague records of an ECT's answer to a report: on paper, in a meeting, or none."""

from datetime import date
from typing import Any

from cases.rules.on_paper import OnPaper, Waiting, Way, check_on_paper
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import LongTextField, RadioChoiceField, TextField, TickField
from induction_portal.govuk.layout import Component, Fieldset, Reveal

from ..models.on_paper import COMMENTED, SIGNED

OPTIONAL = {"required": False, "say_optional": False}
BY_WHOM = "You record this for somebody else. It is shown as recorded by you, and the ECT is told."
SEEN = "The ECT was given version {} of the report to read before that"


class OnPaperForm(PortalForm):
    """How the ECT answered who did not do so in the portal. `waiting` is since when they are asked, and for what; None
    where they no longer are.
    """

    submit = "Record the answer"

    given_on = DateField(
        label="Date the ECT answered",
        named="the date the ECT answered",
        hint="Leave this empty if they have not answered",
        **OPTIONAL,
    )
    asked_on = DateField(label="Date the ECT was asked", named="the date the ECT was asked", **OPTIONAL)
    asked_again_on = DateField(
        label="Date the ECT was asked again", named="the date the ECT was asked again", **OPTIONAL
    )
    seen = TickField(label=SEEN, missing="Confirm that the ECT was given the report to read")

    def __init__(self, *args: Any, waiting: Waiting | None, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.waiting, self.on = waiting, on
        self.fields["seen"].label = SEEN.format(self.version)

    def layout(self) -> list[Any]:
        return [Component("components/warning_text.html", text=BY_WHOM), *self.asked(), "seen"]

    def asked(self) -> list[Any]:
        """What is asked between the warning and the confirmation."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Everything that the rules hold against it, each at its field."""
        told = super().clean()
        if self.waiting and told.get("way"):
            for field, message in check_on_paper(self.told(), self.waiting, today=self.on):
                if field not in self.errors:
                    self.add_error(field, message)
        return told

    def told(self) -> OnPaper:
        """What was typed, as the rules take it."""
        typed = self.cleaned_data
        days = {name: typed.get(name) for name in ("given_on", "asked_on", "asked_again_on")}
        texts = {name: typed.get(name, "") for name in ("text", "witness")}
        return OnPaper(typed["way"], typed.get("seen", False), **days, **texts)

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes what was recorded as `told`."""
        return self.apply(lambda **_typed: action(told=self.told(), **options))


class RecordCommentsForm(OnPaperForm):
    """What the ECT said of a report before it is signed."""

    way = RadioChoiceField(
        label="How did the ECT answer?", missing="Select how the ECT answered", choices=COMMENTED, coerce=Way
    )
    text = LongTextField(
        label="The ECT’s comments",
        named="the ECT’s comments",
        hint="Word for word. Everybody who signs the report reads them, and so does the appropriate body",
        max_length=4000,
        rows=8,
        **OPTIONAL,
    )

    def asked(self) -> list[Any]:
        return [Reveal("way", commented=["text"], silent=["asked_on", "asked_again_on"]), "given_on"]


class RecordSignatureForm(OnPaperForm):
    """Whether the ECT signed on paper, and before whom."""

    way = RadioChoiceField(label="Did the ECT sign?", missing="Select how the ECT answered", choices=SIGNED, coerce=Way)
    given_on = DateField(label="Date the ECT signed", named="the date the ECT signed", **OPTIONAL)
    witness = TextField(
        label="Who saw the ECT sign?",
        named="who saw the ECT sign",
        hint="Full name. Keep the signed paper at the school",
        max_length=200,
        **OPTIONAL,
    )
    text = LongTextField(
        label="Why did the ECT not sign?",
        named="why the ECT did not sign",
        hint="In the ECT’s words, or what you know of it. It is kept with the report, which goes on without their "
        "signature",
        max_length=4000,
        rows=6,
        **OPTIONAL,
    )

    def asked(self) -> list[Any]:
        unsigned = Fieldset("If the ECT did not sign", "asked_on", "asked_again_on", "text", size="s")
        return [Reveal("way", signed=["given_on", "witness"]), unsigned]
