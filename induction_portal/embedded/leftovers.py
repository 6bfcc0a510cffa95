"""Ends what an earlier start left running, when it was killed on a system whose kernel does not do so for us.

A mark is a file with a process's number, its birth time and the signal that ends it politely; the birth time keeps us
from ever signalling a process that was given the number later.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path


def leave_mark(mark: Path, pid: int, polite: signal.Signals) -> None:
    """Notes that process `pid` is ours."""
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.write_text(f"{pid}\n{polite.name}\n{_birth(pid)}")


def end_leftover(mark: Path, patience: float = 20.0) -> None:
    """Ends the process noted in `mark` if it is still that process, waits until it is gone, and removes the mark."""
    try:
        pid, polite, birth = mark.read_text().split("\n", 2)
        _end(int(pid), birth, signal.Signals[polite], patience)
    except (FileNotFoundError, ValueError, KeyError):
        pass  # no mark, or one cut short by a crash: there is nothing that we could rightly signal
    mark.unlink(missing_ok=True)


def _end(pid: int, birth: str, polite: signal.Signals, patience: float) -> None:
    number, limit = polite, time.monotonic() + patience
    while birth and _birth(pid) == birth:
        if number is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        number = signal.SIGKILL if time.monotonic() > limit else None
        time.sleep(0.05)


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
