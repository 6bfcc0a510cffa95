"""Ends what an earlier start left running, when it was killed on a system whose kernel does not do so for us.

A mark is a file with a process's number and birth time, so that a number given to somebody else is never signalled.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path


def leave_mark(mark: Path, pid: int) -> None:
    """Notes that process `pid` is ours."""
    mark.write_text(f"{pid}\n{_birth(pid)}")


def end_leftover(mark: Path, polite: signal.Signals, patience: float = 20.0) -> None:
    """Ends the process noted in `mark` if it is still that process, and removes the mark."""
    if not mark.exists():
        return
    pid, _, birth = mark.read_text().partition("\n")
    if pid.isdigit() and birth:
        _end(int(pid), birth, polite, patience)
    mark.unlink()


def _end(pid: int, birth: str, polite: signal.Signals, patience: float) -> None:
    if _is_same(pid, birth):
        with suppress(ProcessLookupError):
            os.kill(pid, polite)
    limit = time.monotonic() + patience
    while _is_same(pid, birth):
        if time.monotonic() > limit:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)


def _is_same(pid: int, birth: str) -> bool:
    return _birth(pid) == birth


def _birth(pid: int) -> str:
    """When `pid` started, in the system's own terms; empty if there is no such process or it has ended."""
    if sys.platform == "linux":
        return _birth_on_linux(pid)
    command = ["ps", "-o", "lstart=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


def _birth_on_linux(pid: int) -> str:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    state, started = fields[0], fields[19]
    return "" if state in {"Z", "X"} else started
