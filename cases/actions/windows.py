"""An appropriate body sets its submission windows; a headteacher records that the governors have the general report."""

import zlib
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.viewer import System, Viewer
from induction_portal.audit.acting import action
from induction_portal.audit.events import Event
from induction_portal.audit.record import organisation_chain, record

from ..models import BodyPeriod, GivenReport, Induction, SubmissionWindow
from ..reckon import mark_stale
from ..rules.errors import RuleBroken
from ..rules.windows import TermKey, Window, check_window, term_words
from ..tasks import reckon_soon

Told = dict[str, Any] | None


def windows_version(body: Organisation) -> int:
    """A number that differs whenever the windows of a body differ: the windows themselves are their version."""
    told = SubmissionWindow.objects.filter(body=body).order_by("pk").values_list("pk", "opens_on", "due_on")
    return zlib.crc32(repr(list(told)).encode()) % 10**9


@action
def set_window(
    *,
    by: Viewer | System,
    on: date,
    body: Organisation,
    term: TermKey,
    opens_on: date | None,
    due_on: date | None,
    version: int,
) -> SubmissionWindow | None:
    """Set, change or (without dates) take back a body's window for a term, and have its cases reckoned again.

    `version` is `windows_version` as its author saw it. Raises RuleBroken for one date without the other, for a window
    that cannot be (`check_window`), when nothing changes, or when somebody else was first.
    """
    Organisation.objects.select_for_update().get(pk=body.pk)
    if version != windows_version(body):
        raise RuleBroken("Somebody else has changed the windows since you opened this page. Look at them again")
    windows = list(SubmissionWindow.objects.filter(body=body))
    held = next((each for each in windows if each.key == term), None)
    typed = _typed(term, opens_on, due_on)
    if typed == (held.facts if held else None):
        raise RuleBroken("Nothing was changed: change a date, or go back")
    before = _told(held) if held else None
    _have_reckoned(body, term)
    if typed is None:
        _take_back(by, on, held, before)
        return None
    check_window(typed, [each.facts for each in windows])
    window = held or SubmissionWindow(body=body, first_year=term[0], term=term[1], version=0)
    window.opens_on, window.due_on, window.version = typed.opens_on, typed.due_on, window.version + 1
    window.set_by, window.set_on = by.user, on
    window.save()
    _record(by, on, window, before=before, after=_told(window))
    return window


def _take_back(by: Viewer | System, on: date, window: SubmissionWindow | None, before: Told) -> None:
    if window is not None:
        _record(by, on, window, before=before)
        window.delete()


def _typed(term: TermKey, opens_on: date | None, due_on: date | None) -> Window | None:
    if opens_on and due_on:
        return Window(*term, opens_on, due_on)
    if opens_on:
        raise RuleBroken("Enter the last day, or leave both dates empty", "due_on")
    if due_on:
        raise RuleBroken("Enter the day the window opens, or leave both dates empty", "opens_on")
    return None


def _told(window: SubmissionWindow) -> Told:
    return {"term": term_words(window.key), "opens_on": window.opens_on, "due_on": window.due_on}


def _record(by: Viewer | System, on: date, window: SubmissionWindow, *, before: Told, after: Told = None) -> None:
    chain = organisation_chain(window.body_id)
    record(by, Event.WINDOW_SET, window, chain=chain, on=on, before=before, after=after)


def _have_reckoned(body: Organisation, term: TermKey) -> None:
    """Every case that the body has in that school year or after is reckoned again, soon."""
    periods = BodyPeriod.objects.filter(body=body, induction=OuterRef("pk"))
    mark_stale(Induction.objects.filter(Exists(periods.exclude(ends_on__lt=date(term[0], 8, 1)))))
    reckon_soon()


@action
def record_given_report(
    *, by: Viewer | System, on: date, school: Organisation, term: TermKey, given_on: date
) -> GivenReport:
    """Record that the governing body was given the general report of a term (D31, closed by hand: R90).

    Raises RuleBroken for a day to come, or when it has been recorded already.
    """
    if given_on > on:
        raise RuleBroken("The day you gave the report must be today or in the past", "given_on")
    Organisation.objects.select_for_update().get(pk=school.pk)
    if GivenReport.objects.filter(school=school, first_year=term[0], term=term[1]).exists():
        raise RuleBroken(f"The report of the {term_words(term)} has been recorded already", "term")
    given = GivenReport.objects.create(
        school=school, first_year=term[0], term=term[1], given_on=given_on, set_by=by.user, set_on=on
    )
    record(by, Event.GENERAL_REPORT_GIVEN, given, chain=organisation_chain(school.pk), on=on, after=given)
    return given
