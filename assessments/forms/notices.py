"""What an officer types to give notice of a decision, and how a body words its letters (R63, R64)."""

from collections.abc import Mapping, Sequence
from typing import Any

from cases.rules.notices import Told
from cases.rules.wording import PARAGRAPHS
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import (
    CheckboxesField,
    EmailField,
    LongTextField,
    RadioChoiceField,
    TextField,
    TickField,
)
from induction_portal.govuk.layout import Submit

from ..models.notices import TOLD

AGENCY = "Cheylesmore House, 5 Quinton Road, Coventry CV1 2WT"
UNNAMED = "Enter the name of the employer"
CHANGED = "Somebody else has sent a notice since you opened this page: look at the list, and select again"


class EmailNoticesForm(PortalForm):
    """Who is told by e-mail, and the addresses of those without an account. `left` are those still to be told."""

    submit = "Send"

    to = CheckboxesField(
        label="Whom do you send a letter to?",
        missing="Select whom you send a letter to",
        coerce=Told,
        error_messages={"invalid_choice": CHANGED, "invalid_list": CHANGED},
    )
    employer_name = TextField(
        label="Name of the employer",
        hint="If you send to the employer: the local authority, trust or proprietor that employs the ECT",
        required=False,
        say_optional=False,
        max_length=200,
    )
    employer = EmailField(
        label="Email address of the employer",
        hint="If you send to the employer",
        required=False,
        say_optional=False,
        autocomplete="off",
    )
    agency = EmailField(
        label="Email address of the Teaching Regulation Agency",
        hint="If you send to the Agency",
        required=False,
        say_optional=False,
        autocomplete="off",
    )

    def __init__(self, *args: Any, left: Sequence[Told], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["to"]
        field.choices = [(key, name) for key, name in TOLD if key in left]
        field.hints = {Told.ECT.value: "At the school’s address and the personal one that they have confirmed"}
        for who in (Told.EMPLOYER, Told.AGENCY):
            if who not in left:
                del self.fields[who.value]
        if Told.EMPLOYER not in left:
            del self.fields["employer_name"]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if Told.EMPLOYER in told.get("to", ()) and not told.get("employer_name"):
            self.add_error("employer_name", UNNAMED)
        return told

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes whom to tell, the addresses, and the employer's name."""
        told = self.cleaned_data
        addresses = {who: told.get(who.value, "") for who in (Told.EMPLOYER, Told.AGENCY)}
        given = {"to": told["to"], "addresses": addresses, "employer": told.get("employer_name", "")}
        return self.apply(lambda **_typed: action(**given, **options))


class PrepareLetterForm(PortalForm):
    """Who is told by post, and where."""

    submit = "Prepare the letter"

    to = RadioChoiceField(
        label="Whom is the letter to?",
        missing="Select whom the letter is to",
        coerce=Told,
        error_messages={"invalid_choice": CHANGED},
    )
    employer = TextField(
        label="Name of the employer",
        hint="If the letter is to the employer: the local authority, trust or proprietor that employs the ECT",
        required=False,
        say_optional=False,
        max_length=200,
    )
    address = LongTextField(
        label="Postal address", missing="Enter the postal address", max_length=500, rows=4, count=False
    )

    def __init__(self, *args: Any, left: Sequence[Told], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [(key, name) for key, name in TOLD if key in left]
        if Told.AGENCY in left:
            self.fields["address"].help_text = f"That of the Agency is {AGENCY}"
        if Told.EMPLOYER not in left:
            del self.fields["employer"]

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("to") is Told.EMPLOYER and not told.get("employer"):
            self.add_error("employer", UNNAMED)
        return told


class BodyIsEmployerForm(PortalForm):
    """The employer needs no notice."""

    submit = "Record it"
    sure = TickField(
        label="My organisation employs this ECT, so no notice to the employer is needed",
        missing="Confirm that your organisation employs this ECT",
    )

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes nothing typed."""
        return self.apply(lambda **_typed: action(**options))


class PostingForm(PortalForm):
    """The day on which a letter was posted."""

    submit = "Save"
    posted_on = DateField(label="When was it posted?", named="the day of posting", hint="For example, 27 3 2026")


class UndeliveredForm(PortalForm):
    """A notice that went out did not arrive."""

    submit = "Save"
    why = TextField(
        label="How do you know that it did not arrive?",
        missing="Say how you know that it did not arrive",
        hint="For example, “The mail came back: mailbox unknown”. The notice has then to be sent again",
        max_length=200,
    )


class NoticeReceiptForm(PortalForm):
    """The day on which a posted letter was received."""

    submit = "Save"
    received_on = DateField(
        label="When was it received?",
        named="the day of receipt",
        hint="For example, 27 3 2026. Ask for proof of delivery: the time to appeal runs from this day",
    )


class WordingForm(PortalForm):
    """A body's wording of its letters, from a day on."""

    submit = "Save"
    starts_on = DateField(
        label="From which day does it hold?", named="the day from which it holds", hint="Today or later"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in PARAGRAPHS.items():
            hint = "Leave it empty for the portal’s own wording"
            self.fields[name] = LongTextField(label=label, hint=hint, required=False, max_length=3000, rows=4)

    def buttons(self) -> list[Any]:
        return [Submit(self.submit), Submit("Preview", name="preview", kind="secondary")]

    @property
    def texts(self) -> Mapping[str, str]:
        """The paragraphs as typed."""
        return {name: self.cleaned_data[name] for name in PARAGRAPHS}

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the day and the paragraphs."""
        starts_on = self.cleaned_data["starts_on"]
        return self.apply(lambda **_typed: action(starts_on=starts_on, texts=self.texts, **options))
