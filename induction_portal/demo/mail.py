"""How people of the story are mailed: an administrator of a body has what may wait once a day, a trust's officer once a
week; and one mail to a mentor of Oakfield came back.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from cases.rules.mailing import Pace, Topic
from notifications.actions import set_email_choices

from .history import came_back
from .replay_cases import Happening
from .world import World

FRIDAY = 4
CHOSE = timedelta(days=20)  # ago
DAILY, WEEKLY = ("admin@northern-hub.example", "northern"), ("trust@meridian.example", "meridian")
UNREACHED = "r.whitcombe@oakfield.example"


def steps(world: World) -> Iterator[Happening]:
    """Two people choose; then the last mail to a third is refused."""
    today = world.days.today
    yield today - CHOSE, partial(_choose, world, DAILY, Pace.DAILY)
    yield today - CHOSE, partial(_choose, world, WEEKLY, Pace.WEEKLY)
    yield today, partial(_come_back, world)


def _choose(world: World, who: tuple[str, str], pace: Pace, on: date) -> None:
    paces = {topic.value: pace for topic in Topic}
    set_email_choices(by=world.acting(*who, on), on=on, weekday=FRIDAY, **paces)


def _come_back(world: World, on: date) -> None:
    came_back(world.users[UNREACHED])
