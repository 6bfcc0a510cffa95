"""Addresses of people: signing in, one's account, invitations, and an organisation's people.

allauth looks its own pages up by name, hence theirs.
"""

from django.urls import include, path, re_path

from .views import account, invited, people, signing_in

ours = (
    [
        path("accounts/acting-for/", signing_in.choose, name="choose"),
        path("accounts/sign-out/", signing_in.sign_out, name="sign_out"),
        path("accounts/you/", account.account, name="account"),
        path("accounts/you/personal-email/", account.personal_email, name="personal_email"),
        path("accounts/confirm/", invited.confirm_personal_email, name="confirm_personal_email"),
        path("accounts/confirm/<str:token>/", invited.open_personal_email, name="open_personal_email"),
        path("invitations/", invited.invitation, name="invitation"),
        path("invitations/<str:token>/", invited.open_invitation, name="open_invitation"),
        path("people/", people.people, name="people"),
        path("people/invite/", people.invite, name="invite"),
        path("people/invitations/<uuid:invitation_id>/", people.shown_invitation, name="shown_invitation"),
        path("people/invitations/<uuid:invitation_id>/resend/", people.resend, name="resend"),
        path("people/invitations/<uuid:invitation_id>/withdraw/", people.withdraw, name="withdraw"),
        path("people/<uuid:person_id>/role/", people.give_role, name="give_role"),
        path("people/roles/<uuid:membership_id>/end/", people.end_role, name="end_role"),
    ],
    "accounts",
)

urlpatterns = [
    path("", include(ours)),
    path("accounts/sign-in/", signing_in.sign_in, name="account_login"),
    path("accounts/inactive/", signing_in.inactive, name="account_inactive"),
    path("accounts/password/", signing_in.password_reset, name="account_reset_password"),
    path("accounts/password/sent/", signing_in.password_reset_sent, name="account_reset_password_done"),
    re_path(
        r"^accounts/password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        signing_in.new_password,
        name="account_reset_password_from_key",
    ),
    path("accounts/password/set/", signing_in.new_password_set, name="account_reset_password_from_key_done"),
]
