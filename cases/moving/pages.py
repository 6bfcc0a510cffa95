"""What the pages of moving are given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from induction_portal.accounts.models import Organisation
from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from ..access import as_at, visible_records
from ..frame import frame
from ..models import (
    BodyPeriod,
    Confirmation,
    HandoverGrant,
    Induction,
    RecordBundle,
    Release,
    ReleaseRequest,
)
from ..people import responsibility
from ..rules.amounts import spoken
from . import access
from .figures import figures_at, in_words
from .new_school import new_school_of
from .words import latest_school, standing_words, what_next

State = ReleaseRequest.State
COLOURS = {State.ASKED: "yellow", State.RELEASED: "green", State.REFUSED: "red", State.WITHDRAWN: "grey"}
MOST = 100


@dataclass(frozen=True, slots=True)
class Card:
    """A release as its card shows it: its rows, and what the viewer may do about it."""

    title: str
    rows: list[dict[str, Any]]
    actions: list[tuple[str, str]]


def move_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """The page of a case that says who is responsible, who was, and what was handed over."""
    viewer, may = request.viewer, request.permissions
    acts = Permission.RELEASE_ECT in may
    releases, on = releases_seen(viewer, induction), as_at(viewer, induction)
    held = responsibility(viewer, induction, on=viewer.on) if acts else None
    return frame(request, induction) | {
        "title": "Moving",
        "stands": standing_words(viewer, induction, on),
        "next": what_next(viewer, induction, on),
        "cards": [_card(viewer, each, acts) for each in releases if each.stands or each.body == viewer.organisation],
        "bundles": bundle_rows(viewer, bundles_seen(viewer, induction), acts),
        "requests": _requests(viewer, induction) if acts else [],
        "new_school": new_school_of(induction, viewer) if acts and held else None,
        "may_release": bool(held and held.ends_on is None),
    }


def releases_seen(viewer: Viewer, induction: Induction) -> list[Release]:
    """The releases of a case that this viewer may know of, the latest first."""
    on = as_at(viewer, induction)
    found = Release.objects.filter(induction=induction).select_related("body", "to", "released_by", "claim__body")
    seen = visible_records(viewer, found).order_by("-last_day", "-released_at")
    return [each for each in seen if on >= viewer.on or each.last_day <= on]


def bundles_seen(viewer: Viewer, induction: Induction) -> list[RecordBundle]:
    """The records handed over, for the ECT and the two bodies between whom they went."""
    found = RecordBundle.objects.filter(induction=induction).select_related("body", "to", "acknowledged_by")
    if viewer.organisation is None:
        return list(found)
    return list(found.filter(pk__in=access.visible_bundles(viewer).values("pk")))


def _card(viewer: Viewer, release: Release, acts: bool) -> Card:
    own = viewer.organisation is not None and release.body == viewer.organisation
    exact = Fraction(release.exact)
    told = day(release.told_on) if release.told_on else "Not recorded yet"
    rows = [
        ("Last day", day(release.last_day)),
        ("Terms reported", f"{release.terms} (exactly {spoken(exact)})"),
        ("Why another figure", release.terms_reason if own else ""),
        ("Released", f"By {release.released_by.name}, on {day(release.released_on)}"),
        ("Next appropriate body", _next(viewer, release)),
        ("National service told", told if own and release.stands else ""),
        ("Taken back", f"On {day(release.undone_on)}: {release.undone_reason}" if not release.stands else ""),
    ]
    return Card(
        f"Released by {release.body.name}",
        [{"key": key, "value": value} for key, value in rows if value],
        list(_actions(release)) if own and acts and release.stands else [],
    )


def _next(viewer: Viewer, release: Release) -> str:
    """Who has the case now is nobody's affair who let it go before them; who let it go knows to whom (R86)."""
    if release.claim_id and (viewer.organisation is None or viewer.organisation in {release.body, release.claim.body}):
        return f"{release.claim.body.name}, from {day(release.claim.starts_on)}"
    return f"{release.to.name}: it may take the ECT on" if release.to else ""


def _actions(release: Release) -> Iterable[tuple[str, str]]:
    told = "Change the day" if release.told_on else "Record that the national service was told"
    yield told, reverse("cases:report_leaver", args=[release.pk])
    if not release.claim_id:
        yield "Take the release back", reverse("cases:undo_release", args=[release.pk])


def bundle_rows(viewer: Viewer, bundles: Iterable[RecordBundle], acts: bool) -> list[list[Any]]:
    """Rows of a table: from, to, when, and whether it was acknowledged."""
    return [
        [
            _linked(each) if acts else day(each.made_on),
            each.body.name,
            each.to.name,
            f"Acknowledged on {day(each.acknowledged_on)}" if each.acknowledged_on else "Not acknowledged yet",
        ]
        for each in bundles
    ]


def _linked(bundle: RecordBundle) -> dict[str, str]:
    return {"text": day(bundle.made_on), "href": reverse("cases:record_bundle", args=[bundle.pk])}


def _requests(viewer: Viewer, induction: Induction) -> list[dict[str, Any]]:
    """What other bodies asked the viewer's about this case."""
    found = access.visible_requests(viewer).filter(induction=induction, holder=viewer.organisation)
    return [line(viewer, each) for each in found[:MOST]]


def requests_context(viewer: Viewer) -> dict[str, Any]:
    """Every request that the viewer's body sent or received, the latest first."""
    found = [line(viewer, each) for each in access.visible_requests(viewer)[:MOST]]
    return {
        "title": "Moves between appropriate bodies",
        "received": [each for each in found if not each["sent"]],
        "sent": [each for each in found if each["sent"]],
        "breadcrumbs": [{"text": "Home", "href": reverse("home")}],
    }


def line(viewer: Viewer, row: ReleaseRequest) -> dict[str, Any]:
    """One request in a list."""
    return {
        "request": row,
        "sent": row.asker == viewer.organisation,
        "name": access.name_for(viewer, row),
        "state": "No answer yet" if is_late(row, viewer.on) else row.get_state_display(),
        "colour": "red" if is_late(row, viewer.on) else COLOURS[State(row.state)],
    }


def is_late(row: ReleaseRequest, on: date) -> bool:
    """Whether the day on which an answer was due has passed without one."""
    return row.is_open and row.answer_by < on


def request_context(viewer: Viewer, row: ReleaseRequest) -> dict[str, Any]:
    """The page of one request, for the side that looks."""
    sent = row.asker == viewer.organisation
    rows = [
        ("Teacher", access.name_for(viewer, row)),
        ("Teacher reference number", row.trn),
        ("Date of birth", day(row.date_of_birth)),
        ("Asked by", f"{row.asker.name}: {row.asked_by.name}, on {day(row.asked_on)}"),
        ("Why", row.reason),
        ("Answer due by", day(row.answer_by) if row.is_open else ""),
        ("Answered", f"On {day(row.answered_on)}" if row.answered_on else ""),
        ("Why it was refused", row.answer),
    ]
    return {
        "title": "Request for a release",
        "row": row,
        "line": line(viewer, row),
        "sent": sent,
        "rows": [{"key": key, "value": value} for key, value in rows if value],
        "standing": None if sent else _standing(viewer, row),
        "waits": row.is_open,
        "breadcrumbs": [
            {"text": "Home", "href": reverse("home")},
            {"text": "Moves between appropriate bodies", "href": reverse("cases:release_requests")},
        ],
    }


def _standing(viewer: Viewer, row: ReleaseRequest) -> Release | None:
    """The viewer's own release that stands for this case, unclaimed."""
    own = {"body": viewer.organisation, "undone_on": None, "claim": None}
    return Release.objects.filter(induction=row.induction_id, **own).order_by("-last_day").first()


def other_bodies(viewer: Viewer) -> list[Organisation]:
    """Every appropriate body but the viewer's own."""
    bodies = Organisation.objects.filter(kind=Organisation.Kind.BODY).exclude(pk=viewer.organisation.pk)
    return list(bodies.order_by("name"))


def held_now(viewer: Viewer, induction: Induction) -> BodyPeriod | None:
    """The viewer's own period that can still be ended."""
    period = responsibility(viewer, induction, on=viewer.on)
    return period if period and period.ends_on is None else None


def started_from(viewer: Viewer, release: Release) -> dict[str, Any]:
    """Values to begin a claim with: the day after the release, and the kind of body as it was last time."""
    last = Confirmation.objects.filter(body=viewer.organisation).exclude(acts_as="").order_by("-decided_at").first()
    soonest = max(release.last_day + timedelta(days=1), viewer.on)
    return {"starts_on": soonest, "acts_as": last.acts_as if last else ""}


def released_rows(release: Release) -> list[dict[str, str]]:
    """What the next body is told of an ECT before it takes them on."""
    figures = figures_at(release.induction, release.last_day)
    rows = [
        ("Teacher", release.induction.teacher.name),
        ("Released by", f"{release.body.name}, last day {day(release.last_day)}"),
        ("School", release.placement.school.name),
        ("Terms reported", str(release.terms)),
    ]
    return [*({"key": key, "value": value} for key, value in rows), *in_words(figures.said)]


def receiving_school(viewer: Viewer, bundle: RecordBundle) -> str:
    """The new school to which the receiving body may hand the records on; empty where there is none."""
    if bundle.to != viewer.organisation or bundle.acknowledged_on:
        return ""
    school = latest_school(bundle.induction)
    handed = HandoverGrant.objects.filter(induction=bundle.induction, to=school, given_by=bundle.body)
    return "" if school == bundle.school or handed.exists() else school.name
