"""The whole portal on one machine: what bin/demo runs once the environment is there."""

import os
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from . import external
from .broker import Broker
from .errors import EmbeddedError
from .folders import forget, private_file, replace_private_file, services_folder
from .leftovers import end_leftover
from .postgres import Postgres
from .process import Program
from .supervisor import Supervisor, say
from .wire import free_port, is_free

HOST = "127.0.0.1"
_READY_SECONDS = 60


@dataclass(frozen=True)
class Demo:
    """One clone's demo: its state folder, the port of its pages, and whether to load the story."""

    state: Path
    port: int
    with_story: bool = True

    @property
    def address(self) -> str:
        """Where the portal answers."""
        return f"http://{HOST}:{self.port}"

    @property
    def half_told(self) -> Path:
        """Exists while the story is being loaded, and afterwards only if that was interrupted."""
        return self.state / "story-unfinished"

    @property
    def clock_ahead(self) -> Path:
        """How far `manage.py demo_day` has moved the clock."""
        return self.state / "clock-ahead"

    def reset(self) -> None:
        """Forgets everything: database, queued tasks, mail, and the day to which the clock was moved.

        EmbeddedError if the database is not ours to empty.
        """
        if external.database_url():
            raise EmbeddedError("--reset empties only the demo's own database, and DATABASE_URL names another one.")
        self._end_leftovers()
        self._forget_data()

    def run(self) -> None:
        """Starts everything in order and keeps it until told to stop. EmbeddedError if something cannot run."""
        self._end_leftovers()
        if not is_free(self.port):
            raise EmbeddedError(
                f"Port {self.port} is in use by another program. Choose another: PORT={free_port()} bin/demo"
            )
        if self.half_told.exists():
            self._tell_afresh()
        with Supervisor(self.state / "run") as supervisor:
            self._start(supervisor)
            say(self._greeting())
            supervisor.watch()

    def _tell_afresh(self) -> None:
        if external.database_url():
            raise EmbeddedError(
                "The story was interrupted while loading into the database that DATABASE_URL names."
                f" Empty that database, remove {self.half_told} and start again."
            )
        say("The story was interrupted while loading last time; starting it afresh.")
        self._forget_data()

    def _start(self, supervisor: Supervisor) -> None:
        services = services_folder(self.state)
        database = external.checked_database() or supervisor.adopt(Postgres(services / "postgres"))
        broker = external.broker_url() or supervisor.adopt(Broker(services / "broker"))
        mail = self._mail_ports()
        env = self._environment(database, broker, mail)
        replace_private_file(self.state / "env", "".join(f"{name}={value}\n" for name, value in env.items()))
        env |= {"DJANGO_SETTINGS_MODULE": "induction_portal.settings.dev", "PYTHONUNBUFFERED": "1"}
        supervisor.start(
            self._python("mail", env, "induction_portal.embedded.mailcatcher", str(self.state / "mail"), *mail)
        )
        story = [str(self.half_told)] if self.with_story else []
        prepare = [str(self.state / "people"), *story]
        supervisor.run(self._python("prepare", env, "induction_portal.embedded.prepare", *prepare))
        supervisor.start(self._web(env)).wait_until(self._answers, _READY_SECONDS, idle=supervisor.idle)
        supervisor.start(self._celery("worker", env, "--concurrency=2", "--without-gossip", "--without-mingle"))
        (self.state / "beat").mkdir(exist_ok=True)
        schedule = self.state / "beat" / "schedule"
        supervisor.start(self._celery("scheduler", env, f"--schedule={schedule}", "--pidfile="))

    def _environment(self, database: str, broker: str, mail: tuple[str, str]) -> dict[str, str]:
        return {
            "DATABASE_URL": database,
            "CELERY_BROKER_URL": broker,
            "EMAIL_URL": f"smtp://{HOST}:{mail[0]}",
            "MAIL_PAGE": f"http://{HOST}:{mail[1]}",
            "PORTAL_URL": self.address,
            "CLOCK_AHEAD": str(self.clock_ahead),
            "SECRET_KEY": private_file(self.state / "secret-key"),
        }

    def _mail_ports(self) -> tuple[str, str]:
        """Ports for the mail server and its page: those of last time if they are free, so that links keep working."""
        ports = []
        for name in ("smtp-port", "mail-page-port"):
            note = self.state / name
            earlier = int(note.read_text()) if note.exists() else 0
            ports.append(str(free_port(prefer=earlier)))
            note.write_text(ports[-1])
        return ports[0], ports[1]

    def _python(self, name: str, env: dict[str, str], *module_and_arguments: str) -> Program:
        return Program(name, [sys.executable, "-m", *module_and_arguments], env=env)

    def _web(self, env: dict[str, str]) -> Program:
        place = [f"--bind={HOST}:{self.port}", "--workers=2", "--no-control-socket"]
        # The calculator's address carries its inputs; by itself gunicorn takes half as much.
        place.append("--limit-request-line=8190")
        return self._python("web", env, "gunicorn", "induction_portal.wsgi", "--preload", *place)

    def _celery(self, name: str, env: dict[str, str], *options: str) -> Program:
        part = "beat" if name == "scheduler" else "worker"
        # As root, Celery warns of tasks from strangers: the broker of the demo is reached through a private socket.
        env = env | {"PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges"}
        return self._python(name, env, "celery", "--quiet", "-A", "induction_portal", part, *options)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/readyz", timeout=5) as answer:  # noqa: S310 - our own page
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def _end_leftovers(self) -> None:
        for mark in (self.state / "run").glob("*.pid"):
            end_leftover(mark)

    def _forget_data(self) -> None:
        services = services_folder(self.state)
        for name in ("postgres", "broker"):
            end_leftover(services / name / "pid")
            forget(services / name)
        for name in ("mail", "beat"):
            forget(self.state / name)
        for file in (self.half_told, self.clock_ahead):
            file.unlink(missing_ok=True)

    def _greeting(self) -> str:
        mail_page = f"http://{HOST}:{(self.state / 'mail-page-port').read_text()}"
        people = (self.state / "people").read_text()
        return (
            f"\nInduction Portal:  {self.address}\nMail it has sent:  {mail_page}\n\n{people}\nStop it with Ctrl-C.\n"
        )


def port_from_environment() -> int:
    """PORT, or 8000. EmbeddedError if it is no port."""
    given = os.environ.get("PORT", "8000")
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise EmbeddedError(f"PORT must be a number from 1 to 65535, not {given!r}.")
    return int(given)
