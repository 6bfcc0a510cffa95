"""python -m induction_portal.embedded.prepare PEOPLE [UNFINISHED]

Brings the demo's database up to date and writes the file PEOPLE, which says who can sign in. Given UNFINISHED, an empty
database is filled with the story; that file exists meanwhile, so that an interrupted story is noticed. One process,
because loading Django takes longer than the work.
"""

import sys
from pathlib import Path

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection


def main(people: Path, unfinished: Path | None) -> None:
    """Migrates as the owner, then fills and reads as the application."""
    django.setup()
    _become("portal_owner")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    _become("portal_app")
    if unfinished and _is_empty():
        print("loading the demo story", flush=True)  # noqa: T201 - shown by the supervisor
        unfinished.touch()
        call_command("seed_demo")
        unfinished.unlink()
    people.write_text(_roll())


def _become(role: str) -> None:
    connection.close()
    connection.settings_dict["OPTIONS"]["assume_role"] = role


def _is_empty() -> bool:
    return not get_user_model().objects.exists()


def _roll() -> str:
    from .people import roll  # models can be imported only once Django is set up

    return roll()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
