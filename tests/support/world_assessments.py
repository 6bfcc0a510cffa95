"""Formal assessments in the world, one in each tenant and each in another state; every text of theirs is a canary.

Oakfield's was sent to the body, Elmbridge's waits for the ECT's comments, Harbour's for its headteacher. Of the ECT who
moved there is an interim one, accepted and handed over; of the ECT whom Elmbridge leads, a final one with its
recommendation; of the ECT who left, an interim one that is being corrected.
"""

from datetime import date, timedelta

from assessments import actions
from assessments.actions import Recommends
from assessments.models import Assessment
from assessments.report import AssessmentKind, Judged, Report, Source, Unsatisfactory
from cases.models import Placement
from cases.rules.outcomes import Recommended
from cases.rules.standards import Standard
from tests.support.world import SCHOOLS, Assessed, Canary, World
from tests.support.world_people import People

FIRST, FINAL, INTERIM = AssessmentKind.FIRST, AssessmentKind.FINAL, AssessmentKind.INTERIM
ORDER = ("induction_tutor", "headteacher", "ect")


def assess(world: World, people: People, start: date) -> None:
    """Everything."""
    held = start + timedelta(days=330)
    oak = write_report(world, people, "oak", "oak", FIRST, held)
    sign_report(world, people, oak, "oak", *ORDER)
    _send(people, oak, "oak")
    weeks_ago = world.today - timedelta(days=21)  # long enough for the ECT's answer to be recorded for them
    write_report(world, people, "elm", "elm", FIRST, held, on=weeks_ago)
    harbour = write_report(world, people, "harbour", "harbour", FIRST, held)
    sign_report(world, people, harbour, "harbour", "induction_tutor")
    head = people.acting("headteacher@harbour")
    actions.open_version(by=head, on=world.today, version=harbour.versions.get())
    _moved(world, people)
    _final(world, people)
    _taken_back(world, people)
    _know(world)


def _moved(world: World, people: People) -> None:
    """Written after the ECT had left, so by the induction lead: the tutor's appointment ended with the placement."""
    left_on = world.today - timedelta(days=150)
    row = write_report(world, people, "moved", "oak", INTERIM, left_on - timedelta(days=2), writer="induction_lead")
    sign_report(world, people, row, "oak", *ORDER, tutor="induction_lead")
    _send(people, row, "oak", by="induction_lead")
    officer = people.acting("body_officer@north")
    actions.accept_assessment(by=officer, on=world.today, assessment=row, version=1)


def _taken_back(world: World, people: People) -> None:
    """Of the ECT who left: an interim one that Elmbridge corrects, which nobody else was sent."""
    left_on = world.today - timedelta(days=150)
    row = write_report(world, people, "left", "elm", INTERIM, left_on - timedelta(days=2), writer="induction_lead")
    lead = people.acting("induction_lead@elm")
    actions.withdraw_assessment(by=lead, on=world.today, assessment=row, version=1)


def _final(world: World, people: People) -> None:
    row = write_report(world, people, "joined", "elm", FINAL, world.today - timedelta(days=2))
    reason = canary(world, "recommended", "joined")
    recommends = Recommends(Recommended.UNSATISFACTORY, reason=reason)
    sign_report(world, people, row, "elm", *ORDER, recommends=recommends)


def write_report(
    world: World, people: People, case: str, school: str, kind: AssessmentKind, held_on: date,
    writer: str = "induction_tutor", on: date | None = None,
) -> Assessment:  # fmt: skip
    by = people.acting(f"{writer}@{school}")
    placement = Placement.objects.get(induction=world.cases[case].id, school=by.organisation)
    told = report(world, case, kind, held_on, placement)
    return actions.send_for_comments(by=by, on=on or world.today, placement=placement, report=told)


def report(world: World, case: str, kind: AssessmentKind, held_on: date, placement: Placement) -> Report:
    """A report each text of which is a canary."""

    def text(place: str) -> str:
        return canary(world, place, case)

    sound = Judged(True, text("judgedevidence"), text("judgedstrengths"), text("judgeddevelopment"))
    low = Judged(False, text("lowevidence"), "", text("lowdevelopment"), text("surprise"))
    asked = kind.asks_progress
    letter = Unsatisfactory(*(text(name) for name in Unsatisfactory.__slots__)) if asked else Unsatisfactory()
    review = placement.induction.progressreviews.order_by("number").first()
    source = Source("review", str(review.pk if review else placement.pk), text("source"), Standard.TS1)
    return Report(
        kind=kind,
        held_on=held_on,
        present=("ect", "author"),
        judged=dict.fromkeys(Standard, sound) | {Standard.TS4: low},
        strengths=text("strengths"),
        development=text("development"),
        support_given=True,
        satisfactory=False if asked else None,
        stays=True if kind.asks_stays else None,
        leaves_on=placement.ends_on if kind is INTERIM else None,
        next_school=text("nextschool") if kind is INTERIM else "",
        others_present=text("otherspresent"),
        unsatisfactory=letter,
        sources=(source,),
    )


def sign_report(
    world: World, people: People, row: Assessment, school: str, *roles: str, tutor: str = "induction_tutor",
    recommends: Recommends | None = None,
) -> None:  # fmt: skip
    """The ECT comments, then each signs."""
    case = next(key for key, case in world.cases.items() if case.id == row.induction_id)
    told = {"on": world.today, "assessment": row, "version": 1}
    people_by_role = {"induction_tutor": f"{tutor}@{school}", "headteacher": f"headteacher@{school}"}
    ect = people.acting(f"ect@{case}")
    actions.comment_on_assessment(by=ect, text=canary(world, "commented", case), **told)
    for role in roles:
        by = people.acting(people_by_role.get(role, f"ect@{case}"))
        actions.open_version(by=by, on=world.today, version=row.versions.get())
        actions.sign(by=by, role=role, recommends=recommends if role == "headteacher" else None, **told)


def _send(people: People, row: Assessment, school: str, by: str = "headteacher") -> None:
    sender = people.acting(f"{by}@{school}")
    actions.send_to_body(by=sender, on=sender.on, assessment=row, version=1)


def canary(world: World, place: str, case: str) -> str:
    """A text of an assessment that only who may read it should ever see."""
    text = f"zqassessed{place}{case}zq"
    world.canaries.append(Canary(text, "assessment", case))
    return text


def _know(world: World) -> None:
    places = {pk: place for place, pk in world.places.items()}
    cases = {case.id: case for case in world.cases.values()}
    for row in Assessment.objects.all():
        case, school, body = cases[row.induction_id], places[row.school_id], places[row.body_id]
        given = frozenset({"harbour", SCHOOLS["harbour"]}) if case.key == "moved" else frozenset[str]()
        told = Assessed(case.key, row.pk, case.key, school, body, given, row.status, row.latest, row.sent)
        world.assessments[case.key] = told
