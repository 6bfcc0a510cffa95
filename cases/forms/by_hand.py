"""The form that records that a step was done."""

from typing import Any

from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import RadioChoiceField


class RecordDoneForm(PortalForm):
    """Says which step was done, and when (R90)."""

    submit = "Save"

    what = RadioChoiceField(label="What was done?", missing="Select what was done")
    done_on = DateField(label="When was it done?", named="the day it was done", hint="For example, 27 3 2026")

    def __init__(self, *args: Any, steps: dict[str, str], hints: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["what"]
        field.choices, field.hints = list(steps.items()), hints
        field.coerce = _key


def _key(value: str) -> tuple[str, int]:
    code, _, number = value.partition("-")
    return code, int(number)
