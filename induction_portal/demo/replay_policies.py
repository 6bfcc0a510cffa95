"""Schools and bodies set how they do things."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from cases.actions import set_policy
from cases.models.policies import MODELS
from cases.rules.policy import Holder, defaults

from .policies import SETTINGS, Setting
from .replay_cases import Happening
from .world import World

AHEAD = timedelta(days=21)


def steps(world: World, opening: date) -> Iterator[Happening]:
    """Each setting, three weeks before it holds; those to come are set today."""
    for setting in SETTINGS:
        starts_on = world.days.on(setting.since) if setting.since else opening
        on = max(opening, min(starts_on - AHEAD, world.days.today))
        yield on, partial(_set, world, setting, starts_on)


def _set(world: World, setting: Setting, starts_on: date, on: date) -> None:
    organisation = world.places[setting.place]
    set_policy(
        by=world.acting(setting.by, setting.place, on),
        on=on,
        organisation=organisation,
        starts_on=starts_on,
        values=defaults(Holder(organisation.kind)) | setting.values,
        version=MODELS[organisation.kind].objects.filter(organisation=organisation).count(),
    )
