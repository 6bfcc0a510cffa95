"""What the pages of a colleague's input show, and what may be done there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, QueryDict

from cases.frame import frame
from cases.models import Induction
from cases.rules.standards import Standard
from induction_portal.accounts.permissions import Permission

from .evidence_pages import own_goes_on
from .forms import AskAgainForm, InputForm, InputReadForm, WithdrawInputForm
from .forms.inputs import WORDS
from .input_access import is_own_request, visible_inputs
from .models import InputRequest

NOT_SENT_AGAIN = {"csrfmiddlewaretoken", "submission", "acting_as", "send", "go_back"}


def state_of(asked: InputRequest, *, on: date) -> tuple[str, str]:
    """Where a request stands on a day, in words, and the colour of its tag."""
    if asked.answered_on:
        return ("Nothing to say", "grey") if asked.nothing_to_say else ("Answered", "green")
    if asked.withdrawn_on:
        return "Withdrawn", "grey"
    if asked.failure:
        return "Email refused", "red"
    return ("No answer yet", "red") if asked.is_late(on=on) else ("Asked", "blue")


def rows_of(found: list[InputRequest], *, on: date) -> list[dict[str, Any]]:
    """Requests with where each stands."""
    return [{"asked": each, "state": state_of(each, on=on)} for each in found]


def inputs_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """Every request of a case that this viewer may know of, the latest first."""
    viewer = request.viewer
    found = list(visible_inputs(viewer).filter(induction=induction))
    return frame(request, induction) | {
        "title": "Input from colleagues",
        "rows": rows_of(found, on=viewer.on),
        "asks": Permission.ASK_FOR_INPUT in request.permissions and own_goes_on(induction, viewer),
    }


def input_context(request: HttpRequest, asked: InputRequest) -> dict[str, Any]:
    """One request: what was asked, what came of it, and what this viewer may do next."""
    viewer = request.viewer
    asks = Permission.ASK_FOR_INPUT in request.permissions and is_own_request(viewer, asked)
    unread = asks and asked.answered_on and not asked.read_on
    return frame(request, asked.induction) | {
        "title": f"Input from {asked.name}",
        "asked": asked,
        "state": state_of(asked, on=viewer.on),
        "works": asked.works(on=viewer.on),
        "answers": list(asked.answers.all()) if asked.answered_on else [],
        "of_the_asker": asks,
        "again": AskAgainForm(acting=viewer) if asks and asked.is_open else None,
        "withdraw": WithdrawInputForm(acting=viewer) if asks and asked.is_open else None,
        "read": InputReadForm(acting=viewer) if unread else None,
    }


def check_context(form: InputForm) -> dict[str, Any]:
    """What is about to be sent, in words and once more as it was typed."""
    sent = [(n, value) for n, values in form.data.lists() if n not in NOT_SENT_AGAIN for value in values]
    told = [(standard.label, words) for standard, words in form.words().items()]
    return {"title": "Check what you wrote", "form": form, "asked": form.asked, "told": told, "sent": sent}


def typed_in(sent: Mapping[str, str] | QueryDict) -> list[tuple[str, str]]:
    """What somebody wrote in a form that can no longer be sent, so that they can take it along."""
    labels = {f"{WORDS}{standard.value}": standard.label for standard in Standard}
    return [(label, sent[name]) for name, label in labels.items() if sent.get(name, "").strip()]
