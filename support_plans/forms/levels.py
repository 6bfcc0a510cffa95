"""The forms by which an ECT is moved on the ladder, and by which the appropriate body agrees to a move."""

from collections.abc import Mapping
from typing import Any

from cases.rules.escalation import Progress
from cases.rules.statuses import SupportLevel
from cases.rules.support import Ground
from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import LongTextField, RadioChoiceField, SelectField
from induction_portal.govuk.layout import Reveal

from ..actions import Wanted

FOUND = [
    (Progress.NONE.value, "No progress yet"),
    (Progress.SOME.value, "Some progress, but concerns remain"),
    (Progress.ON_TRACK.value, "The ECT is on track"),
]
CAPABILITY = (
    "Write nothing here about the employer’s procedure: no details of health, conduct or employment. They belong in "
    "the employer’s own file."
)


class LevelForm(PortalForm):
    """Move an ECT. `offers` are the levels that this person may move to, each with what it brings; `begins` says that
    no level is open, so that nothing was found by one; `answered` that its plan has said what it found.
    """

    submit = "Move the ECT"
    may_save_for_later = True

    found = RadioChoiceField(
        label="What did the support so far bring?",
        missing="Select what the support so far brought",
        choices=FOUND,
        coerce=Progress,
    )
    to = RadioChoiceField(label="Where does the ECT move?", missing="Select where the ECT moves", coerce=SupportLevel)
    ground = RadioChoiceField(
        label="Why does the school go to Level 6?",
        missing="Select why the school goes to Level 6",
        choices=[(ground.value, ground.label) for ground in Ground],
        hint=CAPABILITY,
        required=False,
        say_optional=False,
    )
    weeks = SelectField(
        label="How many weeks does the plan take?",
        missing="Select how many weeks the plan takes",
        hint="Level 1: 2 to 4. Levels 2 and 3: 4 to 6. Level 4: 6. Level 5: 1 to 6. Leave it for all others",
        choices=[(str(weeks), "1 week" if weeks == 1 else f"{weeks} weeks") for weeks in range(1, 7)],
        coerce=int,
        empty_value=None,
        required=False,
        say_optional=False,
    )
    reason = LongTextField(
        label="Why?",
        missing="Enter the reason",
        hint="What was seen, linked to the Teachers’ Standards. The ECT reads it. Leave it for Level 6",
        max_length=2000,
        rows=4,
        required=False,
        say_optional=False,
    )
    aim = LongTextField(
        label="What is the support to achieve?",
        missing="Enter what the support is to achieve",
        hint="Leave it where support ends, and for Level 6",
        max_length=2000,
        rows=3,
        required=False,
        say_optional=False,
    )
    steps_down = LongTextField(
        label="What has to be seen before support is reduced?",
        missing="Enter what has to be seen before support is reduced",
        hint="So that the ECT knows when less support is needed. For Levels 1 to 5",
        max_length=2000,
        rows=3,
        required=False,
        say_optional=False,
    )

    def __init__(
        self, *args: Any, offers: Mapping[SupportLevel, str], begins: bool, answered: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["to"]
        field.choices = [(level.value, level.label) for level in offers]
        field.hints = {level.value: brings for level, brings in offers.items() if brings}
        if begins or answered:
            del self.fields["found"]
        if SupportLevel.CAPABILITY not in offers:
            del self.fields["ground"]

    def layout(self) -> list[Any]:
        first = {"found", "to", "ground"}
        to: Any = Reveal("to", choices={SupportLevel.CAPABILITY.value: ["ground"]})
        found = [name for name in ("found",) if name in self.fields]
        return [*found, to if "ground" in self.fields else "to", *(n for n in self.fields if n not in first)]

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the answers as one value."""
        return self.apply(lambda **typed: action(wanted=Wanted(**typed), **options))


class LevelAgreementForm(PortalForm):
    """The appropriate body agrees to a move that the school may not make alone."""

    submit = "Agree"

    to = RadioChoiceField(
        label="Which move do you agree to?", missing="Select the move that you agree to", coerce=SupportLevel
    )
    reason = LongTextField(
        label="Why?",
        missing="Enter the reason",
        hint="The ECT and the school read it",
        max_length=2000,
        rows=4,
    )

    def __init__(self, *args: Any, levels: list[SupportLevel], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["to"]
        field.choices = [(level.value, level.label) for level in levels]
