"""Signing in and setting a password: the library's checks, our words and our look."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ResetPasswordForm, ResetPasswordKeyForm

from ...forms import PortalForm
from ...govuk.fields import EmailField, PasswordField, RadioChoiceField
from ..viewer import Viewer


class SignInForm(LoginForm, PortalForm):
    submit = "Sign in"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"] = EmailField(missing="Enter your email address")
        self.fields["password"] = PasswordField(missing="Enter your password")
        self.order_fields(["login", "password"])


class PasswordResetForm(ResetPasswordForm, PortalForm):
    submit = "Send me a link"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["email"] = EmailField(missing="Enter your email address")


class NewPasswordForm(ResetPasswordKeyForm, PortalForm):
    submit = "Set password"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["password1"] = PasswordField(
            label="New password",
            missing="Enter a new password",
            hint="At least 12 characters. Three random words work well",
            autocomplete="new-password",
        )
        self.fields["password2"] = PasswordField(
            label="New password again", missing="Enter the new password again", autocomplete="new-password"
        )

    def clean_password1(self) -> str:
        """As strong as the settings ask, and not the person’s own name. Raises ValidationError beside the field."""
        return get_adapter().clean_password(self.cleaned_data["password1"], user=self.user)


class ActingForm(PortalForm):
    """Which organisation to act for; the choice is made afresh whenever somebody has several."""

    submit = "Continue"
    question = True

    acting_for = RadioChoiceField(label="Who are you acting for?", missing="Select who you are acting for", choices=())

    def __init__(self, *args: Any, ways: list[Viewer], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["acting_for"]
        field.choices = [
            (way.acting_for, way.organisation.name if way.organisation else "Myself, as an ECT") for way in ways
        ]
        field.hints = {way.acting_for: way.role_names for way in ways}
