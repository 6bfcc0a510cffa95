"""The forms of a concern about an ECT's progress."""

from typing import Any

from cases.rules.standards import Standard
from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import CheckboxesField, LongTextField, RadioChoiceField
from induction_portal.govuk.layout import Reveal

from ..actions import Told

STANDARDS = [(standard.value, standard.label) for standard in Standard]


def _standards(**options: Any) -> CheckboxesField:
    return CheckboxesField(
        label="Which Teachers’ Standards does it touch?",
        missing="Select the Teachers’ Standards that the concern touches",
        choices=STANDARDS,
        coerce=Standard,
        small=True,
        **options,
    )


def _seen(**options: Any) -> LongTextField:
    return LongTextField(
        label="What was seen?",
        missing="Enter what was seen",
        hint="When and where, as facts. The ECT reads it",
        max_length=3000,
        rows=5,
        **options,
    )


def _tried(**options: Any) -> LongTextField:
    return LongTextField(
        label="What has been tried already?",
        missing="Enter what has been tried already, or that nothing has",
        max_length=3000,
        rows=4,
        **options,
    )


class ConcernForm(PortalForm):
    """Raise a concern."""

    submit = "Raise the concern"
    may_save_for_later = True

    standards = _standards()
    seen = _seen()
    tried = _tried()

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes what is said as one value."""
        return self.apply(lambda **typed: action(told=Told(**typed), **options))


class ProposalForm(PortalForm):
    """Raise the concern that a report proposes, or say why not."""

    submit = "Save your answer"
    may_save_for_later = True

    answer = RadioChoiceField(
        label="What do you do?",
        missing="Select what you do",
        choices=[("raise", "Raise a concern"), ("decline", "Raise no concern, and say why")],
    )
    standards = _standards(required=False, say_optional=False)
    seen = _seen(required=False, say_optional=False)
    tried = _tried(required=False, say_optional=False)
    reason = LongTextField(
        label="Why is no concern raised?",
        missing="Enter why no concern is raised",
        hint="The ECT, the headteacher and the appropriate body can read it",
        max_length=2000,
        rows=4,
        required=False,
        say_optional=False,
    )

    def layout(self) -> list[Any]:
        return [Reveal("answer", choices={"raise": ["standards", "seen", "tried"], "decline": ["reason"]})]

    @property
    def raises(self) -> bool:
        """Whether a concern is raised."""
        return self.cleaned_data["answer"] == "raise"

    def send(self, raising: Any, declining: Any, **options: Any) -> Any:
        """Apply one of two actions: the one that takes what is said, or the one that takes the reason."""
        typed = self.cleaned_data
        told = Told(typed["standards"], typed["seen"], typed["tried"])
        if self.raises:
            return self.apply(lambda **_typed: raising(told=told, **options))
        return self.apply(lambda **_typed: declining(reason=typed["reason"], **options))


class PassOnForm(PortalForm):
    """The trust's officer passes a concern on: a button."""

    submit = "Pass on to the appropriate body"
