"""The system account that a service runs as. PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import EmbeddedError


@dataclass(frozen=True)
class Account:
    """A user to run a process as; `uid` None means ourselves."""

    uid: int | None = None
    gid: int | None = None

    def as_popen_arguments(self) -> dict[str, Any]:
        """The keyword arguments that make subprocess run as this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}

    def own(self, folder: Path) -> None:
        """Makes `folder` private to this account."""
        folder.mkdir(parents=True, exist_ok=True)
        if self.uid is not None:
            os.chown(folder, self.uid, self.gid or 0)
        folder.chmod(0o700)

    def can_reach(self, path: Path) -> bool:
        """Whether this account may enter the folder, or run the program, at `path`."""
        if self.uid is None:
            return os.access(path, os.X_OK)
        # Asked of the system itself: mode bits alone miss access lists and mount options.
        probe = subprocess.run(["/bin/sh", "-c", 'test -x "$0"', path], check=False, **self.as_popen_arguments())
        return probe.returncode == 0


OURSELVES = Account()


def database_account(data: Path) -> Account:
    """Who runs PostgreSQL over `data`: ourselves, or for root the folder's owner, `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return OURSELVES
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise EmbeddedError("PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody' to run it as.")
