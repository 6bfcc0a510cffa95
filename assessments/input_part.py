"""What the input of colleagues adds to a case: a section of its page, lines of its timeline, tasks, what the ECT takes
along, and who was let know of the ECT.
"""

from collections.abc import Iterable, Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse

from cases.accessing import Viewing
from cases.models import Induction
from cases.parts import Bundle, Entry, Panel, Part, Section, Task, Work
from cases.reach import current_keys, reviewed_keys
from cases.worded import due_words
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .evidence_pages import own_goes_on
from .input_access import visible_inputs
from .input_pages import rows_of
from .models import InputRequest

SHOWN, MOST = 4, 50


class InputPart(Part):
    """Input from colleagues on the case page."""

    def timeline(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Entry]:
        given = [(each, each.answered_on) for each in _seen(viewer, induction, may)]
        return [Entry(on, f"Input came from {each.colleague}", _page(each)) for each, on in given if on]

    def panel(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Panel | None:
        if Permission.READ_INPUT not in may:
            return None
        seen = [each for each in _seen(viewer, induction, may) if not each.withdrawn_on]
        asks = Permission.ASK_FOR_INPUT in may and own_goes_on(induction, viewer)
        if not seen and not asks:
            return None
        rows = rows_of(seen[:SHOWN], on=viewer.on)
        return Panel("assessments/inputs_panel.html", {"rows": rows, "asks": asks, "induction": induction})

    def work(self, viewer: Viewer) -> Work:
        own = list(_own(viewer))
        awaited = [each for each in own if _only_waits(each, viewer)]
        tasks = [_task(each, viewer) for each in own if each not in awaited]
        return Work(tasks, [_task(each, viewer) for each in awaited])

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        return Bundle(sections=_said(viewer, induction)) if Permission.READ_INPUT in may else Bundle()

    def guests(self, induction: Induction, viewer: Viewer) -> Iterable[Viewing]:
        found = visible_inputs(viewer).filter(induction=induction, answered_on=None, withdrawn_on=None)
        return [_guest(each) for each in found.filter(expires_on__gte=viewer.on)]


def _seen(viewer: Viewer, induction: Induction, may: frozenset[Permission]) -> list[InputRequest]:
    """The requests of a case that this viewer may know of; a page that asks several times reads them once."""
    if Permission.READ_INPUT not in may:
        return []
    if not hasattr(induction, "seen_inputs"):
        induction.seen_inputs = list(visible_inputs(viewer).filter(induction=induction))
    return induction.seen_inputs


def _own(viewer: Viewer) -> QuerySet[InputRequest] | list[InputRequest]:
    """What the viewer's school asked and has not read or withdrawn, of their own cases and of what they asked."""
    if viewer.organisation is None or not viewer.may(Permission.ASK_FOR_INPUT):
        return []
    mine = Q(induction__in=reviewed_keys(viewer)) | Q(asked_by=viewer.user, induction__in=current_keys(viewer))
    waiting = visible_inputs(viewer).filter(mine, school=viewer.organisation, withdrawn_on=None, read_on=None)
    return waiting.order_by("answer_by", "pk")[:MOST]


def _only_waits(asked: InputRequest, viewer: Viewer) -> bool:
    """Whether it is the colleague's turn: the mail was not refused, and there is time left."""
    return asked.is_open and not asked.failure and not asked.is_late(on=viewer.on)


def _task(asked: InputRequest, viewer: Viewer) -> Task:
    if asked.answered_on:
        on, says, state = asked.answered_on, f"Read the input from {asked.name}", ""
    elif asked.failure:
        on, says, state = asked.asked_on, f"Ask for input anew: the email to {asked.name} was refused", ""
    else:
        on, says, state = asked.answer_by, f"{asked.name} gives input", ""
        if asked.is_late(on=viewer.on):
            says, state = f"{asked.name} has not given input: ask again, or withdraw it", due_words(on, today=viewer.on)
    return Task(
        on=on,
        says=says,
        about=asked.induction.teacher.name,
        url=_page(asked),
        state=state,
        kind="input",
        kind_says="Input from colleagues",
        case_id=asked.induction_id,
        is_due=bool(state),
    )


def _said(viewer: Viewer, induction: Induction) -> Iterator[Section]:
    found = visible_inputs(viewer).filter(induction=induction, answered_on__isnull=False).prefetch_related("answers")
    rows = [
        [each.colleague, day(each.answered_on), each.question, *said]
        for each in found.order_by("answered_on", "pk")
        for said in [[a.of.label, a.words] for a in each.answers.all()] or [["", "Nothing to say"]]
    ]
    yield Section("What colleagues said of your teaching", ("Colleague", "On", "Asked", "Standard", "Said"), rows)


def _guest(asked: InputRequest) -> Viewing:
    return Viewing(
        asked.name,
        f"Colleague: {asked.post}",
        asked.school.name,
        f"Asked for input by {asked.asked_by.name}, until {day(asked.expires_on)}",
        asked.asked_on,
        "The ECT’s name and school, and the question: no records",
    )


def _page(asked: InputRequest) -> str:
    return reverse("assessments:input_request", args=[asked.pk])
