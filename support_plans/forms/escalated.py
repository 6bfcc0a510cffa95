"""The form that narrows and orders an appropriate body's board of ECTs on extra support."""

from cases.forms.filters import Narrowing
from cases.rules.statuses import SupportLevel
from induction_portal.govuk.fields import SelectField

LATE = "late"
LEVELS = [(level.value, level.label) for level in SupportLevel if level is not SupportLevel.NONE]


class EscalatedFilter(Narrowing):
    """Narrows the board to an officer, a level or what is late; and says what comes first."""

    submit = "Show"

    officer = SelectField(label="Officer", blank="Every officer", required=False)
    level = SelectField(label="Level", blank="Every level", choices=LEVELS, required=False)
    show = SelectField(
        label="Show", blank="Everybody", choices=[(LATE, "With an update or a review overdue")], required=False
    )
    order = SelectField(
        label="First come",
        blank="The highest levels",
        choices=[("since", "The longest at their level"), ("update", "The next updates"), ("name", "By name")],
        required=False,
    )
