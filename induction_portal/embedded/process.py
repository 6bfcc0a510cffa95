"""One child process: started in its own session, tied to our life, stopped with patience."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from .account import OURSELVES, Account
from .errors import EmbeddedError
from .leftovers import end_leftover, leave_mark


def nap() -> None:
    """What to do while waiting, when there is nothing better to do."""
    time.sleep(0.02)


_PR_SET_PDEATHSIG = 1
# Loaded before any fork: between fork and exec a child must not import.
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Program:
    """What to run, as whom, and which signals end it.

    `on_orphan` is sent by the kernel when we are killed without a chance to clean up (Linux only).
    """

    name: str
    command: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)
    account: Account = OURSELVES
    on_stop: signal.Signals = signal.SIGTERM
    on_orphan: signal.Signals = signal.SIGTERM
    patience: float = 20.0


class Process:
    """A running Program. Its output goes to `log`, or to the pipe `output` when no log is given.

    `mark` is a file that remembers it, so that the next start can end it if we are killed.
    """

    def __init__(self, program: Program, *, log: Path | None = None, mark: Path | None = None) -> None:
        self.program = program
        self.log = log
        self._mark = mark
        if mark:
            end_leftover(mark, program.patience)
        self._popen = _spawn(program, log)
        self.pid = self._popen.pid
        self.output = self._popen.stdout
        if mark:
            leave_mark(mark, self.pid, program.on_stop)

    @property
    def exit_code(self) -> int | None:
        """The exit status, negative for a signal; None while it runs."""
        return self._popen.poll()

    def wait_until(self, ready: Callable[[], bool], seconds: float = 30.0, idle: Callable[[], None] = nap) -> None:
        """Returns once `ready()` is true; `idle` passes the time. EmbeddedError if it ends first or `seconds` pass."""
        limit = time.monotonic() + seconds
        while not ready():
            if self.exit_code is not None:
                raise EmbeddedError(f"The {self.program.name} stopped while starting.{self._last_words()}")
            if time.monotonic() > limit:
                raise EmbeddedError(
                    f"The {self.program.name} was not ready in {seconds:.0f} seconds.{self._last_words()}"
                )
            idle()

    def stop(self, idle: Callable[[], None] = nap) -> None:
        """Ends it: politely, then after its patience by force, with everything that it started."""
        limit = time.monotonic() + self.program.patience
        if self.exit_code is None:
            self._popen.send_signal(self.program.on_stop)
        while self.exit_code is None and time.monotonic() < limit:
            idle()
        self.kill()

    def kill(self) -> None:
        """Ends it and its own children at once."""
        # It leads a session of its own, so the group holds nothing but what it started.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._popen.wait()
        if self._mark:
            self._mark.unlink(missing_ok=True)

    def _last_words(self) -> str:
        if self.log is None or not self.log.exists():
            return ""
        lines = self.log.read_text(errors="replace").splitlines()[-8:]
        return "\n".join(["", f"Its last lines in {self.log}:", *lines])


def _spawn(program: Program, log: Path | None) -> subprocess.Popen[bytes]:
    sink = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600) if log else subprocess.PIPE
    try:
        return subprocess.Popen(
            program.command,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=subprocess.STDOUT,
            env={**os.environ, **program.env},
            start_new_session=True,
            preexec_fn=_tie_to_parent(program.on_orphan),
            **program.account.as_popen_arguments(),
        )
    finally:
        if log:
            os.close(sink)


def _tie_to_parent(number: signal.Signals) -> Callable[[], None] | None:
    """A hook for the forked child: the kernel sends it `number` when we die, however we die."""
    if _LIBC is None:
        return None
    parent = os.getpid()

    def tie() -> None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
        if os.getppid() != parent:  # we died between the fork and the line above
            os._exit(1)

    return tie
