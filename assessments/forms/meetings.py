"""The form of a mentor meeting: shape and wording of what is typed."""

from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import LongTextField


class MeetingForm(PortalForm):
    """A light note: when, about what, and what comes next (R46)."""

    submit = "Save"

    held_on = DateField(label="Date of the meeting", named="the date of the meeting", past=True)
    focus = LongTextField(
        label="What was it about?",
        missing="Enter what the meeting was about",
        named="what the meeting was about",
        hint="A line or two is enough",
        max_length=1000,
        rows=3,
    )
    next_step = LongTextField(
        label="Next step", named="the next step", required=False, max_length=1000, rows=2, count=False
    )
