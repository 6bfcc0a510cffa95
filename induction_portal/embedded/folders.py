"""Where a clone keeps its services' data, and the small private files in there."""

import fcntl
import hashlib
import os
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import IO

from .account import Account, database_account
from .errors import EmbeddedError

CLONE = Path(__file__).resolve().parents[2]
_SHORT = "/tmp"  # noqa: S108 - mkdtemp makes a private folder with a name of its own in it
_SOCKET_NOTE = "socket-folder"
_ELSEWHERE = Path("/var/lib/induction-portal")


def state_folder(clone: Path = CLONE) -> Path:
    """The clone's `.state`, made when missing. EmbeddedError when it belongs to somebody else."""
    folder = Path(os.environ.get("PORTAL_STATE") or clone / ".state").absolute()
    try:
        if not folder.exists():
            passable(folder)
        (folder / "lock").touch()
    except PermissionError as problem:
        owner = folder.stat().st_uid if folder.exists() else "another user"
        raise EmbeddedError(
            f"{folder} belongs to user {owner} and cannot be written. Run as that user, or remove the folder."
        ) from problem
    return folder


def services_folder(state: Path) -> Path:
    """Where the database's account can keep its files: under `state`, or for root perhaps under /var/lib."""
    account = database_account(state / "postgres" / "data")
    if account.can_reach(state):
        return state
    name = hashlib.sha256(str(state).encode()).hexdigest()[:16]
    passable(_ELSEWHERE)
    return passable(_ELSEWHERE / name)


def passable(folder: Path) -> Path:
    """Makes `folder`: every account may pass through it to what it owns in there, and list nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o711)
    return folder


def socket_folder(home: Path, account: Account) -> Path:
    """A new short folder for the socket of the service at `home`, in place of the one it had before.

    A socket's path may have 107 bytes, so it cannot lie in a deep clone.
    """
    forget_socket(home)
    folder = Path(tempfile.mkdtemp(prefix="portal-", dir=_SHORT if len(tempfile.gettempdir()) > 60 else None))
    account.own(folder)
    (home / _SOCKET_NOTE).write_text(str(folder))
    return folder


def forget_socket(home: Path) -> None:
    """Removes the socket folder that the service at `home` had, when a crash left it behind."""
    note = home / _SOCKET_NOTE
    if note.exists():
        shutil.rmtree(note.read_text(), ignore_errors=True)
        note.unlink()


def private_file(path: Path, content: str | None = None, account: Account | None = None) -> str:
    """The text kept in `path`; written first, readable by its owner alone, when there is none yet.

    Without `content` a random secret is made up.
    """
    if not path.exists():
        replace_private_file(path, secrets.token_urlsafe(40) if content is None else content, account)
    return path.read_text().strip()


def replace_private_file(path: Path, content: str, account: Account | None = None) -> None:
    """Writes `path` whole or not at all, readable by its owner (or `account`) alone."""
    unfinished = path.with_name(path.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    unfinished.touch(mode=0o600)
    unfinished.write_text(content)
    if account and account.uid is not None:
        os.chown(unfinished, account.uid, account.gid or 0)
    unfinished.rename(path)


def lock(path: Path) -> IO[str]:
    """Holds `path` until the returned file is closed or we end. EmbeddedError naming who holds it already."""
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        file.close()
        raise EmbeddedError(f"Already running in this folder, as process {holder}. Stop that one first.") from problem
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def forget(folder: Path) -> None:
    """Removes a service's folder with all it holds, its socket included; missing is fine."""
    if folder.exists():
        forget_socket(folder)
        shutil.rmtree(folder)
