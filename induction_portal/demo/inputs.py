"""Colleagues who were asked for input in the story: plain data, and how it came about."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from assessments import actions
from assessments.models import InputRequest
from cases.rules.standards import Standard

from .observations import HANNAH, PRIYA
from .replay_cases import Happening
from .story import Ect
from .world import World

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Asked:
    """A colleague at `school`, asked by `by` so many days ago to answer within a week; `answer` came two days later."""

    school: str
    by: str
    days_ago: int
    name: str
    post: str
    email: str
    question: str
    standards: str
    answer: dict[str, str] | None = None


ASKED: dict[str, tuple[Asked, ...]] = {
    HANNAH: (
        Asked(
            "oakfield", PRIYA, 9, "Marcus Bell", "Head of English", "m.bell@oakfield.example",
            "What have you seen of Hannah’s planning in the department, and of her classes in the corridor block?",
            "TS4 TS7 TS8",
            {
                "TS4": "She shares her plans before the unit starts and asks what worked for others. Two of us now use "
                "her hinge questions.",
                "TS7": "Lines up her Year 8 class at the door every time. I pass three times a week and it is calm.",
            },
        ),
        Asked(
            "oakfield", PRIYA, 1, "Ingrid Solheim", "SENCO", "i.solheim@oakfield.example",
            "How does Hannah use what the support plans of her pupils say?", "TS5",
        ),
    ),
}  # fmt: skip


def steps(world: World, ect: Ect) -> Iterator[Happening]:
    """Each is asked in turn, and answers where the story says so."""
    for asked in ASKED.get(ect.trn, ()):
        day = world.days.today - timedelta(days=asked.days_ago)
        yield day, partial(_ask, world, ect, asked)
        if asked.answer:
            yield day + timedelta(days=2), partial(_answer, world, ect, asked)


def _ask(world: World, ect: Ect, asked: Asked, on: date) -> None:
    actions.ask_colleague(
        by=world.acting(asked.by, asked.school, on),
        on=on,
        placement=world.placements[ect.trn, asked.school],
        name=asked.name,
        post=asked.post,
        email=asked.email,
        standards=[Standard(code) for code in asked.standards.split()],
        question=asked.question,
        answer_by=on + WEEK,
    )


def _answer(world: World, ect: Ect, asked: Asked, on: date) -> None:
    row = InputRequest.objects.get(induction=world.inductions[ect.trn], email=asked.email)
    actions.note_opened(on=on, asked_id=row.pk)
    words = {Standard(code): text for code, text in (asked.answer or {}).items()}
    actions.give_input(on=on, asked_id=row.pk, words=words, nothing_to_say=False)
