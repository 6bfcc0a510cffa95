"""The forms by which a colleague is asked for input, and answers."""

from typing import Any

from cases.rules.colleague_input import check_answer
from cases.rules.standards import Standard
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import CheckboxesField, EmailField, LongTextField, TextField, TickField
from induction_portal.govuk.layout import Fieldset

from ..models import InputRequest

WORDS = "words_"


class AskColleagueForm(PortalForm):
    """Whom, about which Standards, what, and by when."""

    submit = "Send the request"
    may_save_for_later = True

    name = TextField(label="Full name", named="your colleague’s full name")
    post = TextField(
        label="What they do at the school",
        named="what your colleague does at the school",
        hint="For example, head of department",
    )
    email = EmailField(
        label="School email address", named="your colleague’s email address", hint="They do not need a sign-in"
    )
    standards = CheckboxesField(
        label="Which Standards should they comment on?",
        missing="Select at least one Standard to ask about",
        choices=[(standard.value, standard.label) for standard in Standard],
        coerce=Standard,
        small=True,
    )
    question = LongTextField(
        label="What would you like to know?",
        missing="Enter what you would like to know",
        hint="The ECT can read this too. Ask about teaching, and say nothing about health or how the ECT is doing",
        max_length=1000,
        rows=4,
    )
    answer_by = DateField(
        label="Answer by", named="the day to answer by", hint="Within 4 weeks. The link works for a week longer"
    )

    def layout(self) -> list[Any]:
        return [
            Fieldset("Your colleague", "name", "post", "email"),
            Fieldset("What you ask", "standards", "question", "answer_by"),
        ]


class AskAgainForm(PortalForm):
    """A button alone: the mail goes again, with a new link."""

    submit = "Send the email again"


class WithdrawInputForm(PortalForm):
    """A button alone: the link stops working."""

    submit = "Withdraw the request"


class InputReadForm(PortalForm):
    """A button alone: the school has read the answer."""

    submit = "Confirm that you have read it"


class InputForm(PortalForm):
    """What the colleague writes: something of each Standard asked about, or that there is nothing to say."""

    submit = "Check what you wrote"

    nothing_to_say = TickField(
        label="I have nothing to say about these Standards", missing="", required=False, say_optional=False
    )

    def __init__(self, *args: Any, asked: InputRequest, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked = asked
        for standard in asked.asked:
            self.fields[f"{WORDS}{standard.value}"] = LongTextField(
                label=standard.label,
                named=f"what you wrote about {standard.label}",
                hint="What you have seen yourself. Leave it empty if you have nothing to say about it",
                max_length=2000,
                rows=5,
                required=False,
                say_optional=False,
            )

    def layout(self) -> list[Any]:
        return [*(f"{WORDS}{standard.value}" for standard in self.asked.asked), "nothing_to_say"]

    def clean(self) -> dict[str, Any]:
        """That it says something, or that there is nothing to say, is asked before it is shown to be checked."""
        told = super().clean()
        if not self.errors:
            asked = self.asked.asked
            for wrong in check_answer(self.words(), nothing_to_say=told["nothing_to_say"], asked=asked):
                self.blame(wrong.field, wrong.message)
        return told

    def words(self) -> dict[Standard, str]:
        """What was written, by Standard."""
        return {standard: self.cleaned_data.get(f"{WORDS}{standard.value}", "") for standard in self.asked.asked}

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the words as one value."""
        told = {"words": self.words(), "nothing_to_say": self.cleaned_data["nothing_to_say"]}
        return self.apply(lambda **_typed: action(**told, **options))
