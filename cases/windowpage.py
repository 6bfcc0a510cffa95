"""What the pages of a body's submission windows are given."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.pages import Found

from . import access
from .forms.windows import choice_of, first_years
from .models import SubmissionWindow
from .policypage import breadcrumbs
from .rules.calendar import TERM_NAMES
from .rules.windows import TermKey, term_words


class Line(NamedTuple):
    """A term, and its window if there is one."""

    name: str
    window: SubmissionWindow | None
    choice: str


def body(viewer: Viewer, body_id: UUID) -> Found:
    """The viewer's own appropriate body, as the keeper of windows. Raises Http404 for anything else."""
    found = access.settings(viewer, body_id)
    if found.subject.kind != Organisation.Kind.BODY:
        raise Http404
    return found


def terms_ahead(today: date) -> list[TermKey]:
    """Every term of this school year and the next."""
    return [(first, name) for first in first_years(today) for name in TERM_NAMES]


def windows_context(viewer: Viewer, may: frozenset[Permission], body: Organisation) -> dict[str, Any]:
    """The windows of this school year and the next, and the one that is open or comes next."""
    known = {window.key: window for window in SubmissionWindow.objects.filter(body=body).select_related("set_by")}
    terms = terms_ahead(viewer.on)
    earlier = sorted(key for key in known if key not in terms)
    lines = [Line(term_words(key).capitalize(), known.get(key), choice_of(key)) for key in [*earlier[-3:], *terms]]
    return {
        "title": "Submission windows",
        "caption": body.name,
        "organisation": body,
        "lines": lines,
        "settable": {choice_of(key) for key in terms},
        "may_change": Permission.CHANGE_SETTINGS in may,
        "breadcrumbs": breadcrumbs(viewer, body),
    }


def starting_point(body: Organisation, terms: list[TermKey], asked: str) -> dict[str, Any]:
    """The form as it is opened for one term, if the address names one that may be set."""
    key = next((key for key in terms if choice_of(key) == asked), None)
    if key is None:
        return {}
    held = SubmissionWindow.objects.filter(body=body, first_year=key[0], term=key[1]).first()
    return {"term": asked} | ({"opens_on": held.opens_on, "due_on": held.due_on} if held else {})


def form_crumbs(viewer: Viewer, body: Organisation) -> list[dict[str, str]]:
    """Home, settings, windows."""
    windows = {"text": "Submission windows", "href": reverse("cases:windows", args=[body.pk])}
    return [*breadcrumbs(viewer, body), windows]
