"""The page that a colleague opens by the link in the mail, without signing in (ADR 0076).

Nothing of the ECT is named before the link is known to work. An answer is sent once; then the page only says thank you.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from induction_portal import clock
from induction_portal.accounts.following import opener, shut
from induction_portal.accounts.throttle import held_back
from induction_portal.pages import public

from .. import actions
from ..forms import InputForm
from ..input_access import input_by
from ..input_pages import check_context, typed_in
from ..models import InputRequest

ASKED, SEND, GO_BACK = "asked_for_input", "send", "go_back"
TITLE = "Your input on an early career teacher"
WAIT = "You have sent this too often within a minute. What you wrote is still here: wait a minute, then send it again"

open_input = opener(ASKED, "assessments:give_input")


@public
@require_http_methods(["GET", "HEAD", "POST"])
def give_input(request: HttpRequest) -> HttpResponse:
    asked = input_by(request.session.get(ASKED, ""))
    if asked is not None and asked.answered_on:
        return _plain(request, "thanks", {"title": "Thank you: your input has been sent"})
    if asked is None or not asked.works(on=clock.today()):
        context = {"title": "This link does not work any more", "row": asked, "typed": typed_in(request.POST)}
        return _plain(request, "gone", context, status=410)
    if request.method == "POST":
        return _take(request, asked)
    if request.method == "GET":
        actions.note_opened(on=clock.today(), asked_id=asked.pk)
    return _form_page(request, InputForm(asked=asked))


def _take(request: HttpRequest, asked: InputRequest) -> HttpResponse:
    """What was written, to be put right, checked or sent."""
    if GO_BACK in request.POST:
        return _form_page(request, InputForm(draft=request.POST, asked=asked))
    form = InputForm(request.POST, asked=asked)
    if held_back(request, "answer_link"):
        form.blame(None, WAIT)
        return _form_page(request, form, status=429)
    if form.is_valid():
        if SEND not in request.POST:
            return _plain(request, "check", check_context(form))
        if form.send(actions.give_input, on=clock.today(), asked_id=asked.pk):
            return redirect("assessments:give_input")
    return _form_page(request, form)


def _form_page(request: HttpRequest, form: InputForm, *, status: int = 200) -> HttpResponse:
    return _plain(request, "form", {"title": TITLE, "form": form, "asked": form.asked}, status=status)


def _plain(request: HttpRequest, page: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    return shut(TemplateResponse(request, f"assessments/colleague/{page}.html", context, status=status))
