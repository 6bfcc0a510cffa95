"""bin/demo as a person uses it: started, used, stopped, started again."""

import json
import os
import signal
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from induction_portal.embedded.wire import free_port, is_free

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.e2e


class Demo:
    """bin/demo on a state folder and a port of its own, without the story."""

    def __init__(self, folder: Path, *options: str, **environment: str) -> None:
        self.port = environment.get("PORT") or str(free_port())
        self.log = folder / f"log-{time.monotonic_ns()}"
        plain = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "CELERY_BROKER_URL"}}
        env = plain | {"PORTAL_STATE": str(folder / "state"), "PORT": self.port} | environment
        command = [ROOT / "bin" / "demo", "--empty", *options]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=env, stdout=log, stderr=log)

    def until_ready(self) -> "Demo":
        limit = time.monotonic() + 90
        while "Stop it with Ctrl-C" not in self.said():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < limit, self.said()
            time.sleep(0.1)
        return self

    def said(self) -> str:
        return self.log.read_text()

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as page:
            return page.read()

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(60)


@pytest.fixture
def start(open_folder):
    """Starts demos on one state folder; whatever is still running at the end is stopped."""
    running = []

    def begin(*options: str, **environment: str) -> Demo:
        running.append(Demo(open_folder, *options, **environment))
        return running[-1]

    yield begin
    for demo in running:
        if demo.process.poll() is None:
            demo.stop()


def everything_in(folder: Path) -> list[int]:
    """Processes that a demo on this folder started."""
    marks = folder.rglob("state/**/*pid")
    return [int(mark.read_text().split()[0]) for mark in marks if mark.name != "postmaster.pid"]


def gone(pid: int) -> bool:
    return not Path(f"/proc/{pid}").exists() or Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][1] == "Z"


def test_it_starts_answers_keeps_its_data_and_stops_without_a_trace(start, open_folder):
    demo = start().until_ready()
    assert json.loads(demo.get("/readyz")) == {"database": "ok", "migrations": "ok", "broker": "ok"}
    assert f"http://127.0.0.1:{demo.port}" in demo.said()
    assert b"Mail caught by the demo" in urllib.request.urlopen(demo.said().split("sent:  ")[1].split()[0]).read()
    started = everything_in(open_folder)
    assert len(started) == 6
    assert demo.stop() == 0, demo.said()
    assert demo.said().endswith("Stopped.\n")
    assert all(map(gone, started))
    assert everything_in(open_folder) == []
    assert is_free(int(demo.port))
    data = (open_folder / "state" / "postgres" / "password").read_text()

    again = start().until_ready()
    again.process.kill()  # no chance to clean up
    third = start(PORT=again.port).until_ready()
    assert (open_folder / "state" / "postgres" / "password").read_text() == data

    second = start()
    assert second.process.wait(60) == 1
    assert f"Already running in this folder, as process {third.process.pid}" in second.said()
    assert third.stop(signal.SIGINT) == 0

    fresh = start("--reset").until_ready()
    assert (open_folder / "state" / "postgres" / "password").read_text() != data
    assert fresh.stop() == 0


@pytest.mark.parametrize(
    ("port", "message"), [("here", "PORT must be a number from 1 to 65535, not 'here'"), ("70000", "PORT must be")]
)
def test_a_port_that_is_none(start, port, message):
    demo = start(PORT=port)
    assert demo.process.wait(60) == 1
    assert message in demo.said()


def test_a_port_that_is_taken(start, mailbox):
    demo = start(PORT=str(mailbox.port))
    assert demo.process.wait(60) == 1
    assert f"Port {mailbox.port} is in use by another program. Choose another: PORT=" in demo.said()


def test_reset_never_empties_a_database_of_somebody_else(start):
    demo = start("--reset", DATABASE_URL="postgresql://portal@127.0.0.1:1/portal")
    assert demo.process.wait(60) == 1
    assert "--reset empties only the demo's own database" in demo.said()
