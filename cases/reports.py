"""The general report on one ECT: on track or not, part and dates; nothing of what was written or rated (R80)."""

from typing import Any

from induction_portal.accounts.viewer import Viewer
from induction_portal.govuk.words import day

from .access import as_at
from .frame import current_placement
from .models import Induction
from .parts import PARTS
from .worded import part_of


def report_on(viewer: Viewer, induction: Induction) -> dict[str, Any]:
    """The facts of the page, as the viewer's organisation may know them."""
    on = as_at(viewer, induction)
    placement, clock = current_placement(induction, viewer), getattr(induction, "clock", None)
    goes_on, known = on >= viewer.on, clock is not None
    facts = [
        ("Early career teacher", induction.teacher.name),
        ("School", placement.school.name if placement else ""),
        ("Induction here began", day(placement.starts_on) if placement else ""),
        ("Part", part_of(induction, on) if placement and placement.starts_on <= on else ""),
        ("Part 2 begins", day(clock.part_2_starts_on) if goes_on and known else ""),
        ("Induction ends, as things stand", day(clock.ends_on) if goes_on and known else ""),
        ("On track to complete", _on_track(viewer, induction)),
        ("Left", "" if goes_on else day(on)),
    ]
    return {"facts": [{"key": key, "value": value} for key, value in facts if value], "as_at": on}


def _on_track(viewer: Viewer, induction: Induction) -> str:
    said = [told for part in PARTS if (told := part.on_track(induction, viewer))]
    found = max(said, key=lambda told: told[1], default=None)
    if found is None:
        return "Not said yet: the first progress review has not been sent"
    return f"{'Yes' if found[0] else 'No'}, as of {day(found[1])}"
