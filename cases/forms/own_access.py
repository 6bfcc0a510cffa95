"""The address at which an ECT is invited to their own record."""

from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import EmailField


class InviteEctForm(PortalForm):
    submit = "Send invitation"

    email = EmailField(
        label="The ECT’s email address",
        missing="Enter the ECT’s email address",
        hint="Best one of their own, which stays theirs when they leave the school",
        max_length=254,
        autocomplete="off",
    )
