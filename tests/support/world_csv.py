"""Files of the national service and imports of the world's bodies.

Each body imported a claim that waits. The north has a file that was never uploaded, and an import that waits for its
confirmation. The south has a file that was refused whole, and one that waits for its answer.
"""

from datetime import date, timedelta

from cases.actions import (
    answer_file,
    cancel_import,
    carry_on,
    check_import,
    confirm_import,
    make_files,
    set_file_aside,
    withdraw_claim,
)
from cases.models import EarlierClaim, ImportBatch, NationalFile
from cases.rules import national
from cases.rules.csv_files import as_csv
from cases.rules.importing import OPTIONAL
from cases.rules.national import COLUMNS, ERROR
from tests.support.world import Canary, Kept, World
from tests.support.world_people import URNS, People

BORN = date(1998, 4, 5)
URN = {"north": "", "south": URNS["harbour"]}  # Harbour is asked to register the ECT of the south


def tell_the_national_service(world: World, people: People) -> None:
    """Files, imports and claims of both bodies."""
    _files(world, people)
    for place, number in (("north", 1), ("south", 2)):
        batch = _import(world, people, place, number, urn=URN[place])
        confirm_import(by=people.acting(f"body_officer@{place}"), on=world.today, batch=batch)
        while carry_on(on=world.today, batch_id=batch.pk):
            pass
        claim = EarlierClaim.objects.get(body=batch.body)
        world.claims[place] = Kept(place, claim.pk, place)
        world.canaries += [Canary(text, "claim", place) for text in (claim.trn, claim.name)]
        _kept(world, f"{place}_done", batch, place)
    _kept(world, "north", _import(world, people, "north", 3), "north")
    _given_up(world, people)


def _kept(world: World, key: str, batch: ImportBatch, place: str) -> None:
    world.batches[key] = Kept(key, batch.pk, place)


def _files(world: World, people: People) -> None:
    north, south = people.acting("body_officer@north"), people.acting("body_officer@south")
    (aside,) = make_files(by=north, on=world.today, kind="claims")
    set_file_aside(by=north, on=world.today, file=aside)
    (refused,) = make_files(by=south, on=world.today, kind="claims")
    text = "zqrefusedsouthzq"
    answer_file(by=south, on=world.today, file=refused, uploaded_on=world.today, returned=_errors(refused, text))
    periods = list(refused.rows.values_list("period", flat=True))
    (waits,) = make_files(by=south, on=world.today, kind="claims", again=periods)
    world.canaries.append(Canary(text, "national", "south"))
    for key, file, place in (("north", aside, "north"), ("south_old", refused, "south"), ("south", waits, "south")):
        world.files[key] = Kept(key, file.pk, place)


def _errors(file: NationalFile, text: str) -> bytes:
    rows = [(*cells, text) for cells in national.rows_of(file.kind, file.content)]
    return as_csv([*COLUMNS["claims"], ERROR], rows, quoted=True).encode()


def _import(world: World, people: People, place: str, number: int, *, urn: str = "") -> ImportBatch:
    """A good row and a bad one."""
    starts_on = (world.today - timedelta(days=200)).isoformat()
    good = (f"700000{number}", BORN.isoformat(), "school-led", starts_on, f"Zqclaim{number}zq Lark", urn)
    bad = (f"700001{number}", "1998-02-31", "school-led", starts_on, f"Zqwrong{number}zq Lark", "")
    content = as_csv([*COLUMNS["claims"], *OPTIONAL], [good, bad], quoted=True).encode()
    world.canaries += [Canary(text, "import", place) for text in (bad[0], bad[4])]
    if number > 2:
        world.canaries += [Canary(text, "import", place) for text in (good[0], good[4])]
    return check_import(by=people.acting(f"body_officer@{place}"), on=world.today, content=content)


def _given_up(world: World, people: People) -> None:
    """An import that was cancelled, and a claim that was withdrawn: nothing of them is left to be read."""
    by = people.acting("body_admin@south")
    cancel_import(by=by, on=world.today, batch=_import(world, people, "south", 4))
    batch = _import(world, people, "south", 5)
    confirm_import(by=by, on=world.today, batch=batch)
    carry_on(on=world.today, batch_id=batch.pk)
    withdraw_claim(by=by, on=world.today, claim=EarlierClaim.objects.get(trn="7000005"))
