"""Whom schools of the world asked for input, and what came: words that sing only to those who may read them (R79).

At Oakfield one was answered and read, one is open and was sent again, one was withdrawn.
"""

from datetime import timedelta

from assessments import actions
from assessments.models import InputRequest
from cases.models import Placement
from cases.rules.standards import Standard
from tests.support.world import Canary, Piece, World
from tests.support.world_people import People


def ask_colleagues(world: World, people: People) -> None:
    """Everything."""
    for name, placed, days_ago in (("oak", "oak", 8), ("harbour", "harbour", 8), ("moved", "moved", 8)):
        _answered(world, people, name, placed, days_ago)
    _answered(world, people, "moved_old", "moved_old", 190)
    _read(world, people)
    actions.ask_again(
        by=people.acting("induction_lead@oak"), on=world.today, asked=_asked(world, people, "oakasked", "oak", 2)
    )
    off = _asked(world, people, "oakoff", "oak", 5)
    actions.withdraw_request(by=people.acting("headteacher@oak"), on=world.today, asked=off)


def _asked(world: World, people: People, name: str, placed: str, days_ago: int) -> InputRequest:
    """A request so many days ago, open for a fortnight, of which the ECT has been told."""
    piece, on = world.placements[placed], world.today - timedelta(days=days_ago)
    key = name.replace("_", "")
    words = {place: f"zqinput{place}{key}zq" for place in ("name", "post", "question")}
    world.canaries += [Canary(text, "input", name) for text in words.values()]
    address = f"zqinputaddress{key}"
    if name == "oakasked":
        world.canaries.append(Canary(address, "input_address", name))
    row = actions.ask_colleague(
        by=people.acting(f"induction_tutor@{piece.school}", on),
        on=on,
        placement=Placement.objects.get(pk=piece.id),
        email=f"{address}@school.example",
        standards=[Standard.TS4, Standard.TS7],
        answer_by=on + timedelta(days=14),
        **words,
    )
    shared = frozenset({"harbour", "south"} if placed == "moved_old" else ())
    told = {"case": piece.case, "school": piece.school, "body": piece.body, "over": piece.over}
    world.inputs[name] = Piece(name, row.pk, shared=shared, **told)
    return row


def _answered(world: World, people: People, name: str, placed: str, days_ago: int) -> None:
    row = _asked(world, people, name, placed, days_ago)
    text = f"zqinputanswer{name.replace('_', '')}zq"
    world.canaries.append(Canary(text, "input", name))
    on = world.today - timedelta(days=days_ago - 2)
    actions.note_opened(on=on, asked_id=row.pk)
    actions.give_input(on=on, asked_id=row.pk, words={Standard.TS7: text}, nothing_to_say=False)


def _read(world: World, people: People) -> None:
    row = InputRequest.objects.get(pk=world.inputs["oak"].id)
    actions.read_input(by=people.acting("induction_tutor@oak"), on=world.today, asked=row)
