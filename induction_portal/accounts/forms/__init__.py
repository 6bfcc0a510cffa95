from .people import (
    ConfirmForm,
    EndRoleForm,
    GrantRoleForm,
    InviteForm,
    NewPersonForm,
    PersonalEmailForm,
    ResendForm,
    WithdrawForm,
)
from .signing_in import ActingForm, NewPasswordForm, PasswordResetForm, SignInForm

__all__ = [
    "ActingForm",
    "ConfirmForm",
    "EndRoleForm",
    "GrantRoleForm",
    "InviteForm",
    "NewPasswordForm",
    "NewPersonForm",
    "PasswordResetForm",
    "PersonalEmailForm",
    "ResendForm",
    "SignInForm",
    "WithdrawForm",
]
