"""The northern hub's files for the national service: one answered with a refusal, the next waits to be made; and a
claim from before the portal that Elmbridge is asked to register.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from cases.actions import answer_file, carry_on, check_import, confirm_import, make_files
from cases.models import NationalFile
from cases.rules.csv_files import as_csv
from cases.rules.importing import OPTIONAL
from cases.rules.national import COLUMNS, ERROR, rows_of

from .days import first
from .people import OFFICERS, PLACES
from .replay_cases import Happening
from .world import World

BODY = "northern"
REFUSED, SAYS = "3091188", "TRN and date of birth do not match"  # Ruth Adebayo-Finch
IMPORTED = timedelta(days=5)
CLAIMED = (
    ("3166402", 24, "provider-led", "Leila Haddadi", "elmbridge"),
    ("3150087", 29, "school-led", "Rhys Morgan", ""),
)


def steps(world: World) -> Iterator[Happening]:
    """The file of those who started with the term, its answer two days later; the import a few days ago."""
    made = world.days.on(first(0))
    yield made, partial(_make, world)
    yield made + timedelta(days=2), partial(_answer, world)
    yield world.days.today - IMPORTED, partial(_import, world)


def _make(world: World, on: date) -> None:
    make_files(by=world.acting(OFFICERS[BODY], BODY, on), on=on, kind="claims")


def _answer(world: World, on: date) -> None:
    file = NationalFile.objects.get(body=world.places[BODY])
    refused = [(*cells, SAYS) for cells in rows_of(file.kind, file.content) if cells[0] == REFUSED]
    returned = as_csv([*COLUMNS[file.kind], ERROR], refused, quoted=True).encode()
    by = world.acting(OFFICERS[BODY], BODY, on)
    answer_file(by=by, on=on, file=file, uploaded_on=on, returned=returned)


def _import(world: World, on: date) -> None:
    """Two ECTs whose induction was claimed a term ago; the school of one is known."""
    by, starts_on = world.acting(OFFICERS[BODY], BODY, on), world.days.on(first(-1)).isoformat()
    urns = {place.key: place.identifier for place in PLACES} | {"": ""}
    rows = [
        (trn, world.days.born(age, trn).isoformat(), programme, starts_on, name, urns[school])
        for trn, age, programme, name, school in CLAIMED
    ]
    content = as_csv([*COLUMNS["claims"], *OPTIONAL], rows, quoted=True).encode()
    batch = confirm_import(by=by, on=on, batch=check_import(by=by, on=on, content=content))
    carry_on(on=on, batch_id=batch.pk)
