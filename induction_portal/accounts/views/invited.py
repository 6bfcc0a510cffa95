"""What somebody sees who opens a link that was mailed to them.

The address with the secret only leads on (`accounts.following`).
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from ... import clock
from ...pages import public
from .. import actions
from ..finding import address_by, invitation_by, user_at
from ..following import opener, shut
from ..forms import ConfirmForm, NewPersonForm
from ..models import Invitation
from ..throttle import held_back
from ..viewer import AS_SELF, SESSION_KEY

INVITED, ADDRESS = "invited_by", "address_to_confirm"
TITLE = "Invitation to the Induction Portal"


open_invitation = opener(INVITED, "accounts:invitation")
open_personal_email = opener(ADDRESS, "accounts:confirm_personal_email")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Accept: as who one is, after signing in, or as somebody new."""
    offered = invitation_by(request.session.get(INVITED, ""))
    if offered is None or not offered.works(on=clock.today()):
        return _plain(request, "gone", offered, status=410)
    owner, signed_in = user_at(offered.email), request.user.is_authenticated
    if signed_in and owner != request.user:
        return _plain(request, "another", offered, status=403)
    if owner and not signed_in:
        return _plain(request, "sign_in_first", offered)
    if request.method == "POST" and (wait := held_back(request, "answer_link")):
        return wait
    return _accept(request, offered) if signed_in else _join(request, offered)


def _accept(request: HttpRequest, offered: Invitation) -> HttpResponse:
    form = ConfirmForm(_sent(request), submit="Accept invitation")
    whose = {"on": clock.today(), "invitation_id": offered.pk, "user": request.user}
    if form.is_valid() and form.apply(actions.accept_invitation, **whose):
        del request.session[INVITED]
        request.session[SESSION_KEY] = str(offered.organisation_id or AS_SELF)
        messages.success(request, "You have accepted the invitation.")
        return redirect("home")
    return _plain(request, "accept", offered, form=form)


def _join(request: HttpRequest, offered: Invitation) -> HttpResponse:
    form = NewPersonForm(request.POST or None, email=offered.email, initial={"name": offered.name})
    if form.is_valid() and form.apply(actions.accept_invitation, on=clock.today(), invitation_id=offered.pk):
        del request.session[INVITED]
        messages.success(request, f"Your sign-in is ready. Sign in with {offered.email} and your password.")
        return redirect("account_login")
    return _plain(request, "join", offered, form=form)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_personal_email(request: HttpRequest) -> HttpResponse:
    """Confirm a personal address: a button, so that a mail scanner confirms nothing."""
    address = address_by(request.session.get(ADDRESS, ""))
    if address is None or not address.works(on=clock.today()):
        return _plain(request, "address_gone", address, status=410, title="This link does not work any more")
    form = ConfirmForm(_sent(request), submit="Confirm this address")
    if request.method == "POST" and (wait := held_back(request, "answer_link")):
        return wait
    if form.is_valid() and form.apply(actions.verify_personal_email, on=clock.today(), address_id=address.pk):
        del request.session[ADDRESS]
        messages.success(request, "Your personal email address is confirmed. You can sign in with it.")
        return redirect("accounts:account")
    return _plain(request, "confirm_address", address, form=form, title="Confirm your personal email address")


def _sent(request: HttpRequest) -> Any:
    """What was sent, be it empty: a form without fields is a button alone."""
    return request.POST if request.method == "POST" else None


def _plain(
    request: HttpRequest, page: str, row: Any, *, form: Any = None, status: int = 200, title: str = TITLE
) -> HttpResponse:
    context = {"title": title, "row": row, "form": form, "on": clock.today()}
    return shut(TemplateResponse(request, f"accounts/invited/{page}.html", context, status=status))
