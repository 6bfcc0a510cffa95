"""The interim assessment of an ECT who moved: written before he left, and never signed by the headteacher.

Callum has no sign-in. What he said of it his tutor recorded; it waits for Harbour's headteacher, and after that for
his signature on paper.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial

from assessments import actions
from assessments.models import Assessment
from assessments.report import AssessmentKind, Judged, Report
from cases.rules.on_paper import OnPaper, Way
from cases.rules.standards import Standard
from induction_portal.accounts.viewer import Viewer

from .replay_cases import Happening
from .story import Ect
from .world import World

CALLUM = "3018452"
HELD, WRITTEN, SAID, SIGNED = -9, -8, -7, -6  # school days before his last one here
EVIDENCE = (
    "Pupils know what is expected of them; Year 5 lines up and settles without a word.",
    "Writing improved by a level of the school’s scale for two thirds of the class.",
    "Secure in English; prepares science with the subject leader.",
    "Units of reading are well sequenced and were kept for next year.",
    "Two pupils with support plans work on the same text as the class.",
    "Marks for the next lesson rather than for the shelf.",
    "Firm and fair, also with a class that tested him in the autumn.",
    "Ran the school newspaper with Year 6.",
    "Discreet and dependable.",
)
SAYS = "I agree. I would have liked one more visit in mathematics before I left."


def steps(world: World, ect: Ect) -> Iterator[Happening]:
    """What happened around Callum's interim assessment, each with its day."""
    last_day = ect.stays[0].ends
    if ect.trn != CALLUM or last_day is None:
        return
    day = partial(world.days.school_day, world.days.on(last_day))
    yield day(WRITTEN), partial(_write, world, ect, day(HELD))
    yield day(SAID), partial(_record, world, ect)
    yield day(SIGNED), partial(_sign, world, ect)


def _write(world: World, ect: Ect, held_on: date, on: date) -> None:
    stay = ect.stays[0]
    placement = world.placements[ect.trn, stay.school]
    placement.refresh_from_db()  # his last day was recorded since
    report = Report(
        kind=AssessmentKind.INTERIM,
        held_on=held_on,
        present=("ect", "author"),
        judged={standard: Judged(True, told) for standard, told in zip(Standard, EVIDENCE, strict=True)},
        strengths="A calm classroom, and writing that children are proud of.",
        development="Mathematics: planning from what the class can do already.",
        support_given=True,
        satisfactory=True,
        leaves_on=placement.ends_on,
        next_school=world.places[stay.handed_over_to].name,
        others_present="Elspeth Muir, mentor",
    )
    actions.send_for_comments(by=_tutor(world, ect, on), on=on, placement=placement, report=report)


def _record(world: World, ect: Ect, on: date) -> None:
    told = OnPaper(Way.COMMENTED, seen=True, given_on=on, text=SAYS)
    by = _tutor(world, ect, on)
    actions.record_comments(by=by, on=on, assessment=_row(world, ect), version=1, told=told)


def _sign(world: World, ect: Ect, on: date) -> None:
    by, row = _tutor(world, ect, on), _row(world, ect)
    actions.open_version(by=by, on=on, version=row.versions.get())
    actions.sign(by=by, on=on, assessment=row, version=1, role="induction_tutor")


def _tutor(world: World, ect: Ect, on: date) -> Viewer:
    return world.acting(ect.stays[0].tutor, ect.stays[0].school, on)


def _row(world: World, ect: Ect) -> Assessment:
    return Assessment.objects.get(induction=world.inductions[ect.trn], kind=AssessmentKind.INTERIM)
