"""python -m tests.bench [NAME ...]: runs the benchmarks and writes one JSON object of all their figures.

Each module of this folder has `measure() -> dict[str, float | int | str]`. Each runs in a process of its own, on a
migrated, empty database of its own, with the settings of the demo; names of figures must differ between modules.
"""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ONE = "--one"


def main(names: list[str]) -> int:
    """Runs the named benchmarks, or all. Exit status 1 if one failed; the others' figures are written all the same."""
    known = sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_"))
    unknown = sorted(set(names) - set(known))
    if unknown:
        _tell(f"There is no benchmark called {', '.join(unknown)}. There are: {', '.join(known)}.")
        return 1
    figures: dict[str, float | int | str] = {}
    failed = []
    for name in names or known:
        _tell(f"{name} ...")
        result = _run(name)
        if result is None or figures.keys() & result.keys():
            failed.append(name)
        figures |= result or {}
    print(json.dumps(figures, indent=2))
    if failed:
        _tell(f"Failed, or named a figure that another benchmark has: {', '.join(failed)}.")
    return 1 if failed else 0


def _run(name: str) -> dict | None:
    command = [sys.executable, "-m", "tests.bench", ONE, name]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 else None


def _measure(name: str) -> None:
    """In the process of its own: the database first, then the module, then its figures on the last line."""
    import django

    from tests.support.services import Services

    os.environ["DJANGO_SETTINGS_MODULE"] = "induction_portal.settings.dev"
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    services = Services.start()
    try:
        os.environ["CELERY_BROKER_URL"] = services.broker.url()
        django.setup()
        services.give_database("portal_bench")
        os.environ["DATABASE_URL"] = services.database_url()
        figures = importlib.import_module(f"tests.bench.{name}").measure()
        print(json.dumps(figures))
    finally:
        services.stop()


def _tell(line: str) -> None:
    print(f"bench: {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == [ONE]:
        _measure(sys.argv[2])
    else:
        sys.exit(main(sys.argv[1:]))
