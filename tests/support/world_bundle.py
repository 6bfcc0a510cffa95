"""Bundles that bodies of the world have asked for and no worker has made; of one, what goes in has been laid out."""

from assessments.actions import ask_for_bundle
from assessments.bundle.making import step
from cases.models import Induction
from tests.support.world import Kept, World
from tests.support.world_people import People


def ask_for_bundles(world: World, people: People) -> None:
    """One of each body."""
    for key, body in (("joined", "north"), ("moved", "south")):
        induction = Induction.objects.get(pk=world.cases[key].id)
        by = people.acting(f"body_officer@{body}")
        told = {"induction": induction, "purpose": "appeal", "with_earlier": False}
        bundle = ask_for_bundle(by=by, on=world.today, **told)
        world.bundles[f"bundle@{key}"] = Kept(f"bundle@{key}", bundle.pk, body)
    assert step(world.bundles["bundle@joined"].id)
