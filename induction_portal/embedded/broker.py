"""The message broker of this clone alone: a Redis-compatible server on a socket, keeping its tasks on disk."""

import shutil
from pathlib import Path
from urllib.parse import quote

from .account import OURSELVES
from .binaries import valkey_server
from .errors import EmbeddedError
from .folders import passable, socket_folder
from .process import Process, Program
from .wire import answers_ping


class Broker:
    """A broker whose data lies under `home`. `durable=False` keeps nothing on disk: tests only."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = home
        self.durable = durable
        self.socket = Path()
        self._process: Process | None = None

    def start(self) -> str:
        """Starts it and returns CELERY_BROKER_URL. EmbeddedError if it cannot."""
        passable(self.home)
        OURSELVES.own(self.home / "data")
        self.socket = socket_folder(self.home, OURSELVES) / "broker"
        program = Program("broker", self._command())
        self._process = Process(program, log=self.home / "log", mark=self.home / "pid")
        try:
            self._process.wait_until(lambda: answers_ping(self.socket))
        except BaseException:
            self.stop()
            raise
        return self.url()

    @property
    def process(self) -> Process:
        """The running server. EmbeddedError before `start`."""
        if self._process is None:
            raise EmbeddedError("The embedded broker has not been started.")
        return self._process

    def stop(self) -> None:
        """Stops the server after it has written its data."""
        if self._process:
            self._process.stop()
            self._process = None
            shutil.rmtree(self.socket.parent, ignore_errors=True)

    def url(self, number: int = 0) -> str:
        """The address of its database `number` (0–15)."""
        return f"redis+socket://{quote(str(self.socket))}?virtual_host={number}"

    def _command(self) -> list[str]:
        keep = ["--appendonly", "yes"] if self.durable else ["--appendonly", "no"]
        place = ["--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700", "--save", ""]
        return [str(valkey_server()), *place, "--dir", str(self.home / "data"), *keep]
