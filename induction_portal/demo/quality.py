"""The northern hub’s quality assurance: Elmbridge was visited and has actions to answer, Oakfield’s is planned."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from cases.actions import (
    answer_finding,
    draw_sample,
    plan_quality_visit,
    plan_round,
    record_quality_visit,
    share_quality_visit,
)
from cases.actions.quality_visits import Answered, Arrangement, Checked, Found, Report
from cases.models import QualityRound, QualityVisit
from cases.rules.calendar import school_year_of
from cases.rules.quality import DEFAULTS, Audience, FindingKind
from induction_portal.accounts.viewer import Viewer

from .people import HEADS, OFFICERS
from .replay_cases import Happening
from .world import World

DAY = timedelta(days=1)
IMOGEN = "3042687"
AIMS = (
    "Do ECTs and mentors have the time that they are due? We look at ECTs of every school of ours this term, those at "
    "risk first."
)
ANSWERS = {
    "mentor_time": ("met", "Mentor meetings stand in the timetable on Tuesdays. Seen in the school’s own plan.", True),
    "tutor_time": ("met", "Two hours a week, outside of lessons.", True),
    "timetable": ("not_met", "It is over the cap: the headteacher had taken planning time for a part of it.", True),
    "evidence": ("partly", "The latest review leans on one observation alone.", False),
}  # fmt: skip
VOICE = {
    "supported": ("partly", "She likes her mentor, and finds it hard to get away from lessons to meet her."),
    "voice": ("met", "She knows her induction tutor, and our named contact."),
}
QUIET = ("met", "")
GOOD = "Mentor and ECT meet each week at a fixed time, and write down what they agreed."
REDUCE = (
    "Bring the timetable under the cap: it must be reduced by 10% in the first year, on top of planning time. Record "
    "the new one in the portal."
)
EVIDENCE = "Draw on two observations at least in the next progress review."
NOTE = "Look at the timetable of this school again next term, before anything else."
SAID = "Both observations of this half term are in the plan now, and the next review will draw on them."


def steps(world: World) -> Iterator[Happening]:
    """Planned and drawn, visited on a school day a week or more ago, shared, and one action answered."""
    visited = world.days.school_day(world.days.today - 9 * DAY, -1)
    yield visited - 7 * DAY, partial(_plan, world)
    yield visited - 6 * DAY, partial(_arrange, world, visited)
    yield visited, partial(_visit, world)
    yield visited + DAY, partial(_share, world)
    yield visited + 3 * DAY, partial(_answer, world)
    yield world.days.today, partial(_plan_next, world)


def _officer(world: World, on: date) -> Viewer:
    return world.acting(OFFICERS["northern"], "northern", on)


def _plan(world: World, on: date) -> None:
    by, first = _officer(world, on), int(school_year_of(on)[:4])
    term = "autumn" if on.month >= 8 else "spring" if on.month < 4 else "summer"
    codes = [each.code for each in DEFAULTS if each.code in {*ANSWERS, *VOICE}]
    row = plan_round(by=by, on=on, term=(first, term), draws="ects", aims=AIMS, questions=codes)
    draw_sample(by=by, on=on, round_=row, method="risk", size=2, seed="northern-1")
    number, wanted = 2, {world.places[key].pk for key in ("elmbridge", "oakfield")}
    while not wanted <= set(row.picks.values_list("school", flat=True)):
        draw_sample(by=by, on=on, round_=row, method="random", size=2, seed=f"northern-{number}")
        number += 1


def _arrange(world: World, visited: date, on: date) -> None:
    _to(world, "elmbridge", visited, on)


def _to(world: World, school: str, day: date, on: date) -> None:
    """A visit to one of the sample's schools."""
    by, row = _officer(world, on), QualityRound.objects.get()
    arranged = Arrangement(day, "in_person", by.user, world.users["admin@northern-hub.example"])
    plan_quality_visit(by=by, on=on, round_=row, school=world.places[school], arranged=arranged)


def _visit(world: World, on: date) -> None:
    visit = QualityVisit.objects.get(school=world.places["elmbridge"])
    drawn = [pick.induction_id for pick in visit.round.picks.filter(school=visit.school).order_by("pk")]
    answers = []
    for each in visit.round.questions.all():
        if each.in_confidence:
            said = (VOICE[each.code] if place == 0 else QUIET for place in range(len(drawn)))
            answers += [Answered(each, *told, induction_id=key) for key, told in zip(drawn, said, strict=True)]
        else:
            judged, note, shown = ANSWERS[each.code]
            answers.append(Answered(each, judged, note, Audience.SCHOOL if shown else Audience.BODY))
    today = world.days.today
    findings = [
        Found(FindingKind.GOOD, GOOD),
        Found(FindingKind.ACTION, REDUCE, "headteacher", today + 14 * DAY),
        Found(FindingKind.ACTION, EVIDENCE, "induction_tutor", today + 21 * DAY),
        Found(FindingKind.NOTE, NOTE),
    ]
    looked = "The timetable in the portal, and the one on the wall"
    over = world.inductions[IMOGEN].pk
    checks = [Checked("met", "not_met" if key == over else "unknown", looked, key) for key in drawn]
    met = "The headteacher, the induction tutor, and the ECT alone"
    report = Report(on, "in_person", met, answers, checks, findings)
    record_quality_visit(by=_officer(world, on), on=on, visit=visit, version=visit.version, report=report)


def _share(world: World, on: date) -> None:
    visit = QualityVisit.objects.get(school=world.places["elmbridge"])
    share_quality_visit(by=_officer(world, on), on=on, visit=visit, version=visit.version)


def _answer(world: World, on: date) -> None:
    """The tutor's action is answered; the headteacher's waits."""
    visit = QualityVisit.objects.get(school=world.places["elmbridge"])
    head = world.acting(HEADS["elmbridge"], "elmbridge", on)
    finding = visit.findings.get(owner="induction_tutor")
    answer_finding(by=head, on=on, finding=finding, text=SAID, version=0)


def _plan_next(world: World, on: date) -> None:
    _to(world, "oakfield", world.days.school_day(on + 5 * DAY, 1), on)
