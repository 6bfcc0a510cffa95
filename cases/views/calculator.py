"""The public calculator: nobody signs in, nothing is kept, and the address is all there is to know."""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from induction_portal.pages import public
from induction_portal.throttle import within_limit

from ..calculatorpage import deadline_words, timeline_words, timetable_words
from ..forms.calculator import CalculatorForm, DeadlineForm, TimelineForm, TimetableForm

FRAGMENT = "X-Fragment"
LONGEST_ADDRESS = 8000
A_MINUTE = 120
PATIENCE = (
    "The calculator has been asked very often from where you are. Nothing that you entered is lost. Wait a minute, "
    "then reload this page."
)


class Tool(NamedTuple):
    """One calculator: its form, what the page says of what was found, and the template that shows it."""

    title: str
    lead: str
    form: type[CalculatorForm]
    words: Callable[[CalculatorForm], dict[str, Any]]
    template: str

    @property
    def heading(self) -> dict[str, str]:
        return {"title": self.title, "lead": self.lead, "caption": "Induction calculator"}


TIMELINE = Tool(
    "When does induction end?",
    "Work out when an early career teacher’s induction in England ends, and what is due until then.",
    TimelineForm, timeline_words, "cases/calculator/timeline.html",
)  # fmt: skip
TIMETABLE = Tool(
    "How much may an ECT teach?",
    "Work out the most that an early career teacher may be timetabled to teach.",
    TimetableForm, timetable_words, "cases/calculator/short.html",
)  # fmt: skip
DEADLINE = Tool(
    "When is it due?",
    "Work out the last day for something that induction law gives a number of working days for.",
    DeadlineForm, deadline_words, "cases/calculator/short.html",
)  # fmt: skip


@public
@require_safe
def timeline(request: HttpRequest) -> HttpResponse:
    return _show(request, TIMELINE)


@public
@require_safe
def timetable(request: HttpRequest) -> HttpResponse:
    return _show(request, TIMETABLE)


@public
@require_safe
def deadline(request: HttpRequest) -> HttpResponse:
    return _show(request, DEADLINE)


def _show(request: HttpRequest, tool: Tool) -> HttpResponse:
    if _too_long(request):
        return _page(request, tool, tool.form(), status=414)
    form = tool.form(request.GET)
    if form.is_bound and not within_limit(request, "calculator", a_minute=A_MINUTE):
        return TemplateResponse(request, "429.html", {"patience": PATIENCE}, status=429, headers={"Retry-After": "60"})
    return _page(request, tool, form)


def _too_long(request: HttpRequest) -> bool:
    try:
        return len(request.META.get("QUERY_STRING", "")) > LONGEST_ADDRESS or request.GET is None
    except TooManyFieldsSent:
        return True


def _page(request: HttpRequest, tool: Tool, form: CalculatorForm, *, status: int = 200) -> HttpResponse:
    fragment, settled = FRAGMENT in request.headers, form.settled
    context = {"tool": tool, "form": form, "fragment": fragment, "too_long": status == 414} | tool.heading
    if settled.is_valid():
        context |= tool.words(settled) | {"query": settled.query, "inputs": json.dumps(settled.sheet.inputs)}
    response = TemplateResponse(request, tool.template if fragment else "cases/calculator.html", context, status=status)
    # The same address answers with a page or with a part of it: no cache may take one for the other.
    patch_vary_headers(response, [FRAGMENT])
    response["Cache-Control"] = "private, no-cache"
    return response
