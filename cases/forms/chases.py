"""A body asks a school for what is overdue."""

from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import TextField


class ChaseForm(PortalForm):
    submit = "Ask the school"

    line = TextField(
        label="Add a line of your own",
        hint="The school reads it here after signing in. It is in no email",
        max_length=300,
        required=False,
    )
