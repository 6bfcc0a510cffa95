"""The forms of an ECT's own concern."""

from typing import Any

from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import LongTextField, RadioChoiceField, TextField

SCHOOL, CONFIDENCE = "school", "confidence"
TRUST, BODY, SHARE, CLOSE = "trust", "body", "share", "close"
NEXT = {
    TRUST: "Take it to the trust",
    BODY: "Write to the appropriate body’s named contact",
    SHARE: "Let my school read it",
    CLOSE: "It is settled: close it",
}
HINTS = {
    TRUST: "Your school and the trust’s officer read it",
    BODY: "They read everything written so far. Who could read it before still can, and nobody else",
    SHARE: "Your induction tutor and headteacher then read it with all the answers. This cannot be taken back",
}


class OwnConcernForm(PortalForm):
    """Raise a concern, with the school or in confidence."""

    submit = "Send"
    may_save_for_later = True

    addressed = RadioChoiceField(
        label="Whom do you tell?",
        missing="Select whom you tell",
        choices=[
            (SCHOOL, "My school"),
            (CONFIDENCE, "The appropriate body’s named contact, in confidence"),
        ],
        hints={
            SCHOOL: "Your induction tutor, induction lead and headteacher read it. Your mentor does not",
            CONFIDENCE: "Nobody at your school or trust can see that you wrote, unless you agree later",
        },
    )
    subject = TextField(
        label="What is it about, in a few words?",
        missing="Enter what it is about, in a few words",
        max_length=120,
    )
    text = LongTextField(
        label="Your concern",
        missing="Enter your concern",
        hint="What happened, and what you would like to happen",
        max_length=4000,
        rows=8,
    )

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes whether it is told in confidence."""
        told = self.cleaned_data
        said = {"in_confidence": told["addressed"] == CONFIDENCE, "subject": told["subject"], "text": told["text"]}
        return self.apply(lambda **_typed: action(**said, **options))


class OwnAnswerForm(PortalForm):
    """Whoever the concern is with answers it."""

    submit = "Send your answer"
    may_save_for_later = True

    text = LongTextField(
        label="Your answer",
        missing="Enter your answer",
        hint="Say what you will do, and by when. Those who can read the concern read the answer",
        max_length=4000,
        rows=6,
    )


class OwnNextForm(PortalForm):
    """What the ECT does next with a concern. `steps` are those that are open."""

    submit = "Continue"

    to = RadioChoiceField(label="What do you want to do?", missing="Select what you want to do")
    text = LongTextField(
        label="What do you still want to be done?",
        missing="Enter what you still want to be done",
        hint="Needed when you take it further",
        max_length=4000,
        rows=5,
        required=False,
        say_optional=False,
    )

    def __init__(self, *args: Any, steps: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["to"]
        field.choices = [(step, NEXT[step]) for step in steps]
        field.hints = {step: HINTS[step] for step in steps if step in HINTS}

    def send(self, actions: dict[str, Any], **options: Any) -> Any:
        """Apply the action of the chosen step; those that take it further take what is written."""
        to, text = self.cleaned_data["to"], self.cleaned_data["text"]
        told = {"text": text} if to in {TRUST, BODY} else {}
        return self.apply(lambda **_typed: actions[to](**told, **options))
