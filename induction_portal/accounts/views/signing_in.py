"""Signing in, and choosing whom to act for. The library's views, at our addresses and with our pages."""

from allauth.account.views import (
    AccountInactiveView,
    LoginView,
    LogoutView,
    PasswordResetDoneView,
    PasswordResetFromKeyDoneView,
    PasswordResetFromKeyView,
    PasswordResetView,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from ... import clock
from ...pages import public, signed_in
from ..forms import ActingForm, NewPasswordForm, PasswordResetForm, SignInForm
from ..viewer import SESSION_KEY, options


def _titled(title: str) -> dict[str, str]:
    return {"title": title}


sign_in = public(
    LoginView.as_view(template_name="accounts/sign_in.html", form_class=SignInForm, extra_context=_titled("Sign in"))
)
inactive = public(
    AccountInactiveView.as_view(
        template_name="accounts/inactive.html", extra_context=_titled("Your sign-in is switched off")
    )
)
sign_out = signed_in(LogoutView.as_view(http_method_names=["post"]))
password_reset = public(
    PasswordResetView.as_view(
        template_name="accounts/password_reset.html",
        form_class=PasswordResetForm,
        extra_context=_titled("Reset your password"),
    )
)
password_reset_sent = public(
    PasswordResetDoneView.as_view(
        template_name="accounts/password_reset_sent.html", extra_context=_titled("Check your email")
    )
)
new_password = public(
    PasswordResetFromKeyView.as_view(
        template_name="accounts/new_password.html",
        form_class=NewPasswordForm,
        extra_context=_titled("Set a new password"),
    )
)
new_password_set = public(
    PasswordResetFromKeyDoneView.as_view(
        template_name="accounts/new_password_set.html", extra_context=_titled("Your password is set")
    )
)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the organisation to act for. One way only: chosen already. None: say whom to ask."""
    ways = options(request.user, on=clock.today())
    form = ActingForm(request.POST or None, ways=ways, initial={"acting_for": request.session.get(SESSION_KEY)})
    onward = _onward(request)
    if form.is_valid():
        request.session[SESSION_KEY] = form.cleaned_data["acting_for"]
        return redirect(onward)
    title = "Who are you acting for?" if ways else "You have no role at the moment"
    return TemplateResponse(request, "accounts/choose.html", {"form": form, "ways": ways, "title": title})


def _onward(request: HttpRequest) -> str:
    """Where to go next: only ever within the portal."""
    onward = request.GET.get("next", "")
    return onward if url_has_allowed_host_and_scheme(onward, allowed_hosts=None) else "home"
