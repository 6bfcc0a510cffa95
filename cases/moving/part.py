"""What moving adds to a case page, and to the tasks of an appropriate body."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer

from ..access import as_at
from ..models import BodyPeriod, Induction, Placement, ReleaseRequest
from ..parts import Bundle, Entry, Panel, Part, Task, Work
from . import access
from .pages import bundles_seen, releases_seen
from .rows import move_sections
from .words import body_on, last_before, standing_words, what_next

MOST = 50
KIND, KIND_SAYS = "moves", "Moves between appropriate bodies"
REPORT_WITHIN = timedelta(days=28)  # the national service is told on the termly return (R88): soon enough for any [P]


class MovingPart(Part):
    """Where an induction stands between bodies; what was let go, asked for and handed over."""

    def timeline(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Iterable[Entry]:
        # Whoever released an ECT has a last day: without one there is nothing to ask for.
        if Permission.READ_MOVE not in may or not any(period.ends_on for period in induction.body_periods.all()):
            return []
        page = reverse("cases:move", args=[induction.pk])
        standing = [each for each in releases_seen(viewer, induction) if each.stands and each.last_day <= viewer.on]
        entries = [Entry(each.last_day, f"{each.body.name} released the ECT", page) for each in standing]
        if standing:
            told = bundles_seen(viewer, induction)
            entries += [Entry(b.made_on, f"{b.body.name} handed the record over to {b.to.name}", page) for b in told]
        return entries

    def panel(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Panel | None:
        """While induction is paused, and for a school whose ECT leaves."""
        if Permission.READ_MOVE not in may:
            return None
        on = as_at(viewer, induction)
        paused = on >= viewer.on and body_on(induction, on) is None and last_before(induction, on) is not None
        steps = what_next(viewer, induction, on)
        if not paused and not steps:
            return None
        says = standing_words(viewer, induction, on) if paused else []
        return Panel("cases/moving/panel.html", {"says": says, "steps": steps, "induction": induction})

    def bundle(self, induction: Induction, viewer: Viewer, may: frozenset[Permission]) -> Bundle:
        return Bundle(sections=move_sections(induction)) if Permission.TAKE_OWN_RECORD in may else Bundle()

    def work(self, viewer: Viewer) -> Work:
        if not viewer.may(Permission.RELEASE_ECT) or viewer.organisation is None:
            return Work()
        asked = access.visible_requests(viewer).filter(state=ReleaseRequest.State.ASKED)
        requests = list(asked.order_by("answer_by", "pk")[: 2 * MOST])
        to_answer = [_to_answer(viewer, each) for each in requests if each.holder_id == viewer.organisation.pk]
        tasks = [*to_answer, *_of_releases(viewer), *_to_acknowledge(viewer), *_to_release(viewer)]
        return Work(tasks, [_awaited(each) for each in requests if each.asker == viewer.organisation])


def _to_answer(viewer: Viewer, each: ReleaseRequest) -> Task:
    """A request to this body, until the last day on which an answer is in time."""
    about = f"{access.name_for(viewer, each)}, asked by {each.asker.name}"
    return _task(each.answer_by, "Answer a request for a release", about, _request(each), is_due=True)


def _awaited(each: ReleaseRequest) -> Task:
    return _task(each.answer_by, "Another appropriate body releases", each.name, _request(each), is_due=True)


def _of_releases(viewer: Viewer) -> Iterable[Task]:
    """Releases to this body to be claimed, and its own of which the national service has not been told (R88)."""
    claims = Q(to=viewer.organisation, claim=None)
    reports = Q(body=viewer.organisation, told_on=None)
    found = access.visible_releases(viewer).filter(claims | reports, undone_on=None).order_by("last_day", "pk")
    for each in found[:MOST]:
        name = each.induction.teacher.name
        if each.body == viewer.organisation:
            url = reverse("cases:report_leaver", args=[each.pk])
            due = max(each.last_day, each.released_on) + REPORT_WITHIN
            yield _task(due, "Tell the national service of a release", name, url, is_due=True)
        else:
            url = reverse("cases:claim", args=[each.pk])
            yield _task(each.last_day, "Take on an ECT released to you", f"{name}, from {each.body.name}", url)


def _to_acknowledge(viewer: Viewer) -> Iterable[Task]:
    found = access.visible_bundles(viewer).filter(
        to=viewer.organisation, acknowledged_on=None, release__last_day__lt=viewer.on
    )
    for each in found.order_by("made_on", "pk")[:MOST]:
        url = reverse("cases:record_bundle", args=[each.pk])
        about = f"{each.induction.teacher.name}, from {each.body.name}"
        yield _task(each.made_on, "Acknowledge a record handed over to you", about, url)


def _to_release(viewer: Viewer) -> Iterable[Task]:
    """ECTs who have left their school and serve nowhere, and whom this body still has (R84)."""
    own = BodyPeriod.objects.filter(body=viewer.organisation, ends_on=None, starts_on__lte=viewer.on)
    serving = Placement.objects.filter(induction=OuterRef("induction")).exclude(ends_on__lt=viewer.on)
    gone = own.filter(~Exists(serving)).annotate(left_on=Max("induction__placements__ends_on"))
    for each in gone.select_related("induction__teacher", "induction__clock").order_by("left_on", "pk")[:MOST]:
        clock = getattr(each.induction, "clock", None)
        if clock and clock.ends_on and each.left_on and clock.ends_on <= each.left_on:
            continue  # who has completed induction is owed a decision (R62)
        url = reverse("cases:release_ect", args=[each.induction_id])
        about = each.induction.teacher.name
        yield _task(each.left_on or viewer.on, "Release an ECT who has left", about, url, case_id=each.induction_id)


def _request(each: ReleaseRequest) -> str:
    return reverse("cases:release_request", args=[each.pk])


def _task(on: date, says: str, about: str, url: str, *, is_due: bool = False, case_id: UUID | None = None) -> Task:
    return Task(on, says, about, url, kind=KIND, kind_says=KIND_SAYS, is_due=is_due, case_id=case_id)
