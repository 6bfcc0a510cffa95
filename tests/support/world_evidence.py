"""What was observed in the world, and when mentors and ECTs met: words that sing only to those who may read them (R79).

At each school a lesson was observed; at Oakfield one has no record yet, and more are planned.
"""

from datetime import timedelta

from assessments import actions
from assessments.models import Observation
from assessments.observed import Plan, Written
from cases.models import Placement
from cases.rules.self_rating import OwnView
from cases.rules.standards import Rating, Standard
from tests.support.world import SCHOOLS, Canary, Piece, World
from tests.support.world_people import People


def gather_evidence(world: World, people: People) -> None:
    """Everything."""
    for key in (*SCHOOLS, "moved"):
        _shared(world, people, key, key, 20)
    for key in ("moved_old", "left_old"):
        _shared(world, people, key, key, 190)
    _read(world, people)
    _ahead(world, people)
    for key in ("oak", "elm", "harbour", "moved", "moved_old"):
        _met(world, people, key, 180 if key == "moved_old" else 6)
    for key in ("oak", "harbour"):
        _noted(world, people, key)
    for key in ("oak", "moved"):
        _rated(world, people, key)


def _piece(world: World, name: str, placed: str, row) -> Piece:
    piece = world.placements[placed]
    shared = frozenset({"harbour", "south"} if placed == "moved_old" else ())
    told = {"case": piece.case, "school": piece.school, "body": piece.body, "over": piece.over}
    return Piece(name, row.pk, shared=shared, **told)


def _canary(world: World, kind: str, place: str, about: str) -> str:
    text = f"zq{kind}{place}{about.replace('_', '')}zq"
    world.canaries.append(Canary(text, kind, about))
    return text


def _plan(world: World, name: str, days: int, observer=None) -> Plan:
    """Of a lesson so many days from today."""
    day = world.today + timedelta(days=days)
    outside = {} if observer else {"observer_name": "Amy Lowe", "observer_from": "A school nearby"}
    focus = _canary(world, "observation", "focus", name)
    return Plan(day, day + timedelta(days=1), focus, observer, observer_has_qts=True, **outside)


def _placed(world: World, placed: str) -> Placement:
    return Placement.objects.get(pk=world.placements[placed].id)


def _shared(world: World, people: People, name: str, placed: str, days_ago: int) -> None:
    on = world.today - timedelta(days=days_ago - 2)
    by = people.acting(f"induction_tutor@{world.placements[placed].school}", on)
    words = [_canary(world, "observation", place, name) for place in ("strengths", "development")]
    written = Written((Standard.TS4, Standard.TS7), *words)
    plan = _plan(world, name, -days_ago, by.user)
    row = actions.record_observation(by=by, on=on, placement=_placed(world, placed), plan=plan, written=written)
    world.observations[name] = _piece(world, name, placed, row)


def _read(world: World, people: People) -> None:
    """Oakfield's ECT has read the record and said something; Elmbridge's has said something."""
    for key in ("oak", "elm"):
        by = people.acting(f"ect@{key}")
        observation = Observation.objects.get(pk=world.observations[key].id)
        text = _canary(world, "observation", "comment", key)
        actions.comment_on_observation(by=by, on=world.today, observation=observation, text=text)
        if key == "oak":
            actions.acknowledge_observation(by=by, on=world.today, observation=observation)


def _ahead(world: World, people: People) -> None:
    """Planned: one that has taken place, one to come that was moved, and one that was called off."""
    for name, days, asked in (("oakdue", -3, -6), ("oakahead", 6, 0), ("oakoff", 9, 0)):
        by = people.acting("induction_lead@oak", world.today + timedelta(days=asked))
        observer = people.users["mentor@oak"] if name == "oakdue" else None
        plan = _plan(world, name, days, observer)
        row = actions.plan_observation(by=by, on=by.on, placement=_placed(world, "oak"), plan=plan)
        world.observations[name] = _piece(world, name, "oak", row)
        if name == "oakahead":
            actions.change_plan(by=by, on=by.on, observation=row, plan=_plan(world, name, 7), version=1)
        if name == "oakoff":
            actions.cancel_observation(by=by, on=by.on, observation=row, version=1)


def _met(world: World, people: People, name: str, days_ago: int) -> None:
    held = world.today - timedelta(days=days_ago)
    by = people.acting(f"mentor@{world.placements[name].school}", held)
    words = [_canary(world, "meeting", place, name) for place in ("focus", "next")]
    induction = _placed(world, name).induction
    row = actions.note_meeting(
        by=by, on=held, induction=induction, held_on=held, focus=f"First {words[0]}", next_step=words[1]
    )
    world.meetings[name] = _piece(world, name, name, row)
    if name == "oak":
        ect = people.acting("ect@oak")
        told = {"held_on": held, "focus": words[0], "next_step": words[1], "version": 1}
        actions.change_meeting(by=ect, on=world.today, meeting=row, **told)


def _noted(world: World, people: People, key: str) -> None:
    """The ECT has observed a colleague."""
    by, day = people.acting(f"ect@{key}"), world.today - timedelta(days=9)
    words = [_canary(world, "visit", place, key) for place in ("colleague", "learned")]
    told = {"observed_on": day, "colleague": words[0], "learned": words[1], "standards": (Standard.TS7,)}
    row = actions.note_visit(by=by, on=day, induction=_placed(world, key).induction, **told)
    world.visits[key] = _piece(world, key, key, row)
    if key == "oak":
        actions.change_visit(by=by, on=world.today, visit=row, version=1, **told)


def _rated(world: World, people: People, key: str) -> None:
    """The ECT has said how they see themself before the next review."""
    views = {Standard.TS7: OwnView(Rating.SECURE, _canary(world, "self_rating", "words", key)), Standard.TS1: OwnView()}
    by, induction = people.acting(f"ect@{key}"), _placed(world, key).induction
    row = actions.share_self_rating(by=by, on=world.today, induction=induction, views=views)
    world.self_ratings[key] = _piece(world, key, key, row)
