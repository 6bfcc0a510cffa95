"""What the world's ECTs teach: one within the cap, one exactly at it, one over it. The amounts are canaries."""

from decimal import Decimal

from cases.actions import record_timetable
from cases.models import Placement
from tests.support.world import Canary, World
from tests.support.world_people import People

TAUGHT = {"oak": ("60.83", 70), "elm": ("64.6", 68), "harbour": ("68.97", 69)}


def record_timetables(world: World, people: People) -> None:
    """Each school's own ECT, full time and in part 2, beside the periods of a fortnight: the cap is 95 % of them."""
    for key, (taught, reference) in TAUGHT.items():
        record_timetable(
            by=people.acting(f"headteacher@{key}"),
            on=world.today,
            placement=Placement.objects.get(pk=world.placements[key].id),
            starts_on=world.today,
            cycle="fortnight",
            unit="periods",
            reference=Decimal(reference),
            taught=Decimal(taught),
        )
        world.canaries.append(Canary(f"{taught} periods", "timetable", key))
