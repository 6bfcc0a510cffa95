"""Inviting people, giving and ending roles, accepting an invitation, a personal address."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError

from ...forms import PortalForm
from ...govuk.dates import DateField
from ...govuk.fields import EmailField, PasswordField, RadioChoiceField, TextField
from ..models import User
from ..permissions import Role

ROLE_HINTS = {
    Role.MENTOR: "Sees the profile of the ECTs they mentor; never reviews",
    Role.INDUCTION_TUTOR: "Reviews and assesses the ECTs they are appointed to",
    Role.INDUCTION_LEAD: "Runs induction for every ECT of the school",
    Role.HEADTEACHER: "Sees every ECT of the school and is responsible for their induction",
    Role.SCHOOL_ADMIN: "Registers ECTs and keeps details and people up to date; reads no review",
    Role.GOVERNOR: "Sees general figures; no individual",
    Role.BODY_OFFICER: "Looks after cases, reads reviews and answers them",
    Role.BODY_CONTACT: "Whom ECTs turn to with a concern; decides on none of them",
    Role.BODY_ADMIN: "Looks after the body’s people, settings and cases",
}


def _roles(field: RadioChoiceField, roles: Any) -> None:
    field.choices = [(role.value, role.label) for role in Role if role in roles]
    field.hints = {role.value: ROLE_HINTS.get(role, "") for role in roles}


class InviteForm(PortalForm):
    submit = "Send invitation"

    name = TextField(label="Full name", missing="Enter their full name", autocomplete="off")
    email = EmailField(
        label="Their email address", missing="Enter their email address", max_length=254, autocomplete="off"
    )
    role = RadioChoiceField(label="What will they do?", missing="Select what they will do", choices=(), coerce=Role)

    def __init__(self, *args: Any, roles: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _roles(self.fields["role"], roles)


class GrantRoleForm(PortalForm):
    submit = "Give role"

    role = RadioChoiceField(label="Role", missing="Select a role", choices=(), coerce=Role)
    starts_on = DateField(label="First day", missing="Enter the first day")

    def __init__(self, *args: Any, roles: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        _roles(self.fields["role"], roles)


class EndRoleForm(PortalForm):
    submit = "End role"

    last_day = DateField(
        label="Last day",
        missing="Enter the last day",
        hint="They keep their access on this day and lose it on the day after",
    )


class ResendForm(PortalForm):
    submit = "Send again"


class WithdrawForm(PortalForm):
    submit = "Withdraw invitation"


class PersonalEmailForm(PortalForm):
    submit = "Send me a link"

    email = EmailField(
        label="Personal email address",
        missing="Enter your personal email address",
        hint="One that stays yours when you leave your school",
        max_length=254,
    )


class ConfirmForm(PortalForm):
    """A button alone, for whoever opened a link that was mailed to them."""

    submit = "Confirm"

    def __init__(self, *args: Any, submit: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.submit = submit


class NewPersonForm(PortalForm):
    """A new person's name and password. `email` is the address that the invitation went to."""

    submit = "Create sign-in"

    name = TextField(label="Full name", missing="Enter your full name", autocomplete="name")
    password1 = PasswordField(
        label="Password",
        missing="Enter a password",
        hint="At least 12 characters. Three random words work well",
        autocomplete="new-password",
    )
    password2 = PasswordField(label="Password again", missing="Enter the password again", autocomplete="new-password")

    def __init__(self, *args: Any, email: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """As strong as the settings ask, and not the person’s own name or address; both alike. The password leaves
        this form only as its hash.
        """
        super().clean()
        first, second = (self.cleaned_data.pop(name, "") for name in ("password1", "password2"))
        if not first or not second:
            return self.cleaned_data
        if first != second:
            self.add_error("password2", "Enter the same password twice")
            return self.cleaned_data
        try:
            get_adapter().clean_password(first, user=User(email=self.email, name=self.cleaned_data.get("name", "")))
        except ValidationError as weak:
            self.add_error("password1", weak)
        else:
            self.cleaned_data["password_hash"] = make_password(first)
        return self.cleaned_data
