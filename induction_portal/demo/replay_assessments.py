"""What happens around a formal assessment: held, written, commented on, signed by three, sent and accepted."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from assessments import actions
from assessments.models import Assessment, HeadLetter
from assessments.report import Judged, Report, Unsatisfactory
from cases.rules.standards import Standard
from induction_portal.accounts.viewer import Viewer

from .assessments import ASSESSED, Assessed
from .people import HEADS, OFFICERS
from .replay_cases import SCHOOLS, Happening
from .story import Ect, Stay
from .world import World

HELD = -8  # school days before it is due; the rest are school days from then
WRITTEN, COMMENTED, TUTOR, HEAD, ECT, SENT, ACKNOWLEDGED, ACCEPTED = 1, 3, 4, 5, 6, 7, 8, 9


class Meeting(NamedTuple):
    """One assessment of one ECT: where, and when it was held."""

    world: World
    ect: Ect
    stay: Stay
    held_on: date
    told: Assessed

    def row(self) -> Assessment:
        induction = self.world.inductions[self.ect.trn]
        return Assessment.objects.get(induction=induction, kind=self.told.kind)

    def acting(self, role: str, on: date) -> Viewer:
        """Whoever signs in a role."""
        if role == "ect":
            return self.world.themself(self.ect.email, on)
        email = HEADS[self.stay.school] if role == "headteacher" else self.stay.tutor
        return self.world.acting(email, self.stay.school, on)

    def officer(self, on: date) -> Viewer:
        """Whoever answers for the appropriate body."""
        body = SCHOOLS[self.stay.school].body
        return self.world.acting(OFFICERS[body], body, on)


def steps(world: World, ect: Ect) -> Iterator[Happening]:
    """Everything that happens around the assessments of one ECT, each with its day."""
    began = world.days.on(ect.stays[0].starts)
    for told in ASSESSED.get(ect.trn, ()):
        held_on = world.days.school_day(world.days.elapsed(began, told.terms), HELD)
        yield from _steps(Meeting(world, ect, ect.stays[-1], held_on, told))


def _steps(meeting: Meeting) -> Iterator[Happening]:
    day = partial(meeting.world.days.school_day, meeting.held_on)
    yield day(WRITTEN), partial(_write, meeting)
    yield day(COMMENTED), partial(_comment, meeting)
    yield day(TUTOR), partial(_sign, meeting, "induction_tutor")
    yield day(HEAD), partial(_sign, meeting, "headteacher")
    yield day(ECT), partial(_sign, meeting, "ect")
    yield day(SENT), partial(_send, meeting)
    if meeting.told.letter:
        yield day(ACKNOWLEDGED), partial(_acknowledge, meeting)
    if meeting.told.answered:
        yield day(ACCEPTED), partial(_accept, meeting)


def _write(meeting: Meeting, on: date) -> None:
    told, kind = meeting.told, meeting.told.kind
    low = dict(told.low)
    judged = zip(Standard, told.evidence, strict=True)
    report = Report(
        kind=kind,
        held_on=meeting.held_on,
        present=("ect", "author"),
        judged={each: _judged(each, says, low.get(each, ""), told.came) for each, says in judged},
        strengths=told.strengths,
        development=told.development,
        support_given=True,
        satisfactory=not low if kind.asks_progress else None,
        unsatisfactory=told.letter or Unsatisfactory(),
        stays=True if kind.asks_stays else None,
        others_present=told.others,
    )
    placement = meeting.world.placements[meeting.ect.trn, meeting.stay.school]
    actions.send_for_comments(by=meeting.acting("induction_tutor", on), on=on, placement=placement, report=report)


def _judged(standard: Standard, says: str, development: str, came: str) -> Judged:
    if not development:
        return Judged(True, says)
    return Judged(False, says, development=development, surprise_reason=came)


def _comment(meeting: Meeting, on: date) -> None:
    by, row = meeting.acting("ect", on), meeting.row()
    actions.open_version(by=by, on=on, version=row.versions.get())
    actions.comment_on_assessment(by=by, on=on, assessment=row, version=1, text=meeting.told.comment or None)


def _sign(meeting: Meeting, role: str, on: date) -> None:
    by, row = meeting.acting(role, on), meeting.row()
    actions.open_version(by=by, on=on, version=row.versions.get())
    recommends = role == "headteacher" and meeting.told.kind.takes_recommendation
    told = meeting.told.recommends if recommends else None
    actions.sign(by=by, on=on, assessment=row, version=1, role=role, recommends=told)


def _send(meeting: Meeting, on: date) -> None:
    actions.send_to_body(by=meeting.acting("induction_tutor", on), on=on, assessment=meeting.row(), version=1)


def _acknowledge(meeting: Meeting, on: date) -> None:
    letter = HeadLetter.objects.with_report().get(signature__version__assessment=meeting.row())
    actions.acknowledge_letter(by=meeting.acting("ect", on), on=on, letter=letter)


def _accept(meeting: Meeting, on: date) -> None:
    by, row = meeting.officer(on), meeting.row()
    actions.accept_assessment(by=by, on=on, assessment=row, version=1)
