"""What the world's ECTs teach: one within the cap, one exactly at it, one over it. The amounts are canaries."""

from decimal import Decimal

from cases.actions import record_timetable
from cases.models import Placement
from tests.support.world import Canary, World
from tests.support.world_people import People

TAUGHT = {"oak": "60.83", "elm": "66.5", "harbour": "68.97"}
COMPARATOR = Decimal(70)


def record_timetables(world: World, people: People) -> None:
    """Each school's own ECT, full time and in part 2, beside 70 periods in a fortnight: the cap is 66.5."""
    for key, taught in TAUGHT.items():
        record_timetable(
            by=people.acting(f"headteacher@{key}"),
            on=world.today,
            placement=Placement.objects.get(pk=world.placements[key].id),
            starts_on=world.today,
            cycle="fortnight",
            unit="periods",
            reference=COMPARATOR,
            taught=Decimal(taught),
        )
        world.canaries.append(Canary(f"{taught} periods", "timetable", key))
