"""Addresses of signing in. allauth looks its own pages up by name, hence theirs."""

from django.urls import include, path, re_path

from . import views

ours = (
    [
        path("acting-for/", views.choose, name="choose"),
        path("sign-out/", views.sign_out, name="sign_out"),
    ],
    "accounts",
)

urlpatterns = [
    path("", include(ours)),
    path("sign-in/", views.sign_in, name="account_login"),
    path("inactive/", views.inactive, name="account_inactive"),
    path("password/", views.password_reset, name="account_reset_password"),
    path("password/sent/", views.password_reset_sent, name="account_reset_password_done"),
    re_path(
        r"^password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$", views.new_password, name="account_reset_password_from_key"
    ),
    path("password/set/", views.new_password_set, name="account_reset_password_from_key_done"),
]
