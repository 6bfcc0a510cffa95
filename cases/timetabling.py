"""How timetables on record stand to the cap, as pages show it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse

from induction_portal.accounts.permissions import Permission
from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .access import as_at, visible_records
from .frame import frame, seen_placements
from .models import Induction, Placement, Timetable
from .rules.amounts import spoken
from .rules.explained import Explained, Reason
from .rules.timetable import Cap
from .rules.timetables import Served
from .service_access import holds_case, is_own_now


@dataclass(frozen=True, slots=True)
class Line:
    """One timetable on record, in words."""

    since: date
    taught: str
    reference: str
    cycle: str
    recorded: str


@dataclass(frozen=True, slots=True)
class Standing:
    """One school's timetable as it stands on a day: the verdict in a sentence, whether it complies, the reasons."""

    placement: Placement
    says: str
    complies: bool | None
    because: tuple[Reason, ...]
    lines: tuple[Line, ...] = ()
    record_url: str = ""

    @property
    def state(self) -> str:
        """In a word."""
        return {None: "Not recorded", True: "Within the cap", False: "Over the cap"}[self.complies]

    @property
    def colour(self) -> str:
        """The colour of the word."""
        return {None: "grey", True: "green", False: "red"}[self.complies]


def standings_of(viewer: Viewer, induction: Induction) -> list[Standing]:
    """How the timetable stands at each school that the viewer may know of and where the ECT serves on the day as at
    which the viewer sees the case; without the earlier ones.
    """
    on = as_at(viewer, induction)
    return [
        standing(placement, rows, _second(induction), on)
        for placement, rows in _placed(viewer, induction)
        if placement.ends_on is None or placement.ends_on >= on
    ]


def timetable_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """Everything of the page for this viewer."""
    viewer = request.viewer
    on, holds = as_at(viewer, induction), holds_case(viewer, induction)
    shown = [
        standing(
            placement,
            rows,
            _second(induction),
            on,
            lines=tuple(map(_line, rows)),
            record_url=_url(placement)
            if holds and Permission.CHANGE_TIMETABLE in request.permissions and is_own_now(viewer, placement)
            else "",
        )
        for placement, rows in _placed(viewer, induction)
    ]
    return frame(request, induction) | {"title": "Reduced timetable", "standings": shown}


def _url(placement: Placement) -> str:
    return reverse("cases:record_timetable", args=[placement.pk])


def _placed(viewer: Viewer, induction: Induction) -> list[tuple[Placement, list[Timetable]]]:
    """The placements that the viewer may know of, the latest first, each with its timetables, the latest first."""
    seen = visible_records(viewer, Timetable.objects.filter(induction=induction)).select_related("recorded_by")
    prefetch_related_objects([induction], Prefetch("placements__timetables", seen, to_attr="seen_timetables"))
    prefetch_related_objects([induction], "placements__patterns")
    seen_here = reversed(seen_placements(induction, viewer))
    return [(placement, list(placement.seen_timetables)) for placement in seen_here]  # type: ignore[attr-defined]


def _second(induction: Induction) -> date | None:
    clock = getattr(induction, "clock", None)
    return clock.part_2_starts_on if clock else None


def standing(
    placement: Placement, rows: list[Timetable], part_2_starts_on: date | None, on: date, **more: Any
) -> Standing:
    """How what holds on a day at one school stands to the cap of the part being served then."""
    on = max(on, placement.starts_on)
    held = next((row for row in rows if row.starts_on <= on), None)
    if held is None:
        return Standing(placement, _nothing(rows), None, (), **more)
    found = verdict(placement, held, part_2_starts_on, on)
    return Standing(placement, sentence(held.unit, found), found.value.complies, tuple(found.because), **more)


def verdict(placement: Placement, row: Timetable, part_2_starts_on: date | None, on: date) -> Explained[Cap]:
    """One timetable against the cap of the part being served on a day (R40, R42)."""
    served = served_of(placement, part_2_starts_on)
    return row.told.standing(part=served.part(on), fte=served.fte(on))


def served_of(placement: Placement, part_2_starts_on: date | None) -> Served:
    """A placement, its patterns fetched if there are many, as the rules take it."""
    steps = tuple((step.starts_on, Fraction(step.fte)) for step in placement.patterns.all())
    return Served(placement.starts_on, placement.ends_on, steps, part_2_starts_on)


def sentence(unit: str, found: Explained[Cap]) -> str:
    """ "At most 1,134 minutes may be taught; 14 to spare"."""
    cap, room = found.value.cap, found.value.headroom
    assert room is not None  # noqa: S101 - what is recorded has an amount taught
    rest = f"{spoken(room, 2)} to spare" if found.value.complies else f"{spoken(-room, 2)} too many are taught"
    return f"At most {cap:,} {unit} may be taught in a cycle: {rest}"


def _nothing(rows: list[Timetable]) -> str:
    if rows:
        return f"No timetable is recorded yet for today: the first on record is from {day(rows[-1].starts_on)}"
    return "No timetable is recorded"


def _line(row: Timetable) -> Line:
    unit = row.get_unit_display().lower()
    by = f"{row.recorded_by.name}, " if row.recorded_by else ""
    return Line(
        row.starts_on,
        f"{_amount(row.taught)} {unit}",
        f"{_amount(row.reference)} {unit}",
        row.get_cycle_display(),
        f"{by}{day(row.recorded_on)}",
    )


def _amount(amount: Decimal) -> str:
    return f"{amount.normalize():,f}"


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be recorded, against the cap of the part being served on its first day."""

    says: str
    complies: bool
    part: int
    because: tuple[Reason, ...]


def preview(placement: Placement, *, starts_on: date, unit: str, reference: Decimal, taught: Decimal) -> Preview:
    """How a timetable would stand if it were recorded (R40, R42)."""
    row = Timetable(placement=placement, starts_on=starts_on, unit=unit, reference=reference, taught=taught)
    served = served_of(placement, _second(placement.induction))
    found = row.told.standing(part=served.part(starts_on), fte=served.fte(starts_on))
    return Preview(sentence(unit, found), bool(found.value.complies), served.part(starts_on), tuple(found.because))


def recorded_now(placement: Placement) -> list[tuple[str, str]]:
    """The latest timetable on record, as pairs; one that says so when there is none."""
    row = placement.timetables.order_by("-starts_on").first()
    if row is None:
        return [("Timetable", "None recorded")]
    line = _line(row)
    return [
        ("From", day(line.since)),
        ("A comparable teacher teaches", f"{line.reference}, counted over {line.cycle.lower()}"),
        ("The ECT teaches", line.taught),
    ]
