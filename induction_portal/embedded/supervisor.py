"""Keeps a set of processes: starts them in order, shows what they say, stops them in reverse. One thread, no magic."""

import os
import selectors
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Protocol, Self

from .errors import EmbeddedError
from .process import Process, Program

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequestedError(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM: not a failure."""


class Service(Protocol):
    """A service that starts its own process and logs to its own file."""

    process: Process

    def start(self) -> str: ...

    def stop(self) -> None: ...


class Supervisor:
    """A context: whatever was started in it is stopped when it ends, however it ends.

    The first signal asks for a clean stop; a second one, while stopping, ends everything at once.
    """

    def __init__(self, run: Path) -> None:
        self._run = run
        self._kept: list[tuple[Process, Callable[[], None]]] = []
        self._selector = selectors.DefaultSelector()
        self._rest: dict[str, bytes] = {}
        self._asked_to_stop = 0

    def __enter__(self) -> Self:
        self._earlier = {number: signal.signal(number, self._note_signal) for number in _SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        for process, stop in reversed(self._kept):
            if self._asked_to_stop > 1:
                process.kill()
            else:
                stop()
            self._let_go(process)
        self._selector.close()
        for number, handler in self._earlier.items():
            signal.signal(number, handler)

    def adopt(self, service: Service) -> str:
        """Starts a service that minds its own log, and returns its address."""
        address = service.start()
        self._kept.append((service.process, service.stop))
        self._check()
        return address

    def start(self, program: Program) -> Process:
        """Starts a program whose lines are shown under its name."""
        process = Process(program, mark=self._run / f"{program.name}.pid")
        self._kept.append((process, lambda: process.stop(idle=self._listen)))
        os.set_blocking(process.output.fileno(), False)
        self._selector.register(process.output, selectors.EVENT_READ, program.name)
        self._check()
        return process

    def run(self, program: Program) -> None:
        """Runs a program to its end. EmbeddedError if it fails."""
        process = self.start(program)
        while process.exit_code is None:
            self.idle()
        self._kept.pop()
        process.kill()
        self._let_go(process)
        if process.exit_code:
            raise EmbeddedError(f"{program.name.capitalize()} failed; the reason is above.")

    def watch(self) -> None:
        """Shows what the processes say until one of them ends: EmbeddedError names it."""
        while True:
            self.idle()
            for process, _ in self._kept:
                if process.exit_code is not None:
                    self._listen()
                    raise EmbeddedError(f"The {process.program.name} has stopped, so everything stops.")

    def idle(self) -> None:
        """Passes a moment, showing what the processes say. StopRequestedError if a stop was asked for."""
        self._listen()
        self._check()

    def _check(self) -> None:
        if self._asked_to_stop:
            raise StopRequestedError

    def _note_signal(self, number: int, frame: FrameType | None) -> None:
        self._asked_to_stop += 1

    def _listen(self) -> None:
        for key, _ in self._selector.select(timeout=0.1):
            said = os.read(key.fd, 65536)
            if said:
                self._show(key.data, said)
            else:
                self._selector.unregister(key.fileobj)
                key.fileobj.close()

    def _let_go(self, process: Process) -> None:
        """Shows the last lines of a process that has ended, and closes its pipe."""
        if process.output is None:
            return
        self._listen()
        if process.output in {key.fileobj for key in self._selector.get_map().values()}:
            self._selector.unregister(process.output)
        process.output.close()

    def _show(self, name: str, said: bytes) -> None:
        *lines, self._rest[name] = (self._rest.get(name, b"") + said).split(b"\n")
        for line in lines:
            say(f"{name:<10}| {line.decode(errors='replace')}")


def say(line: str) -> None:
    """Prints a line at once. A terminal that is gone must not keep us from stopping cleanly."""
    try:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    except OSError:
        pass
