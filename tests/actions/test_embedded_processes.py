"""Processes, their supervisor, and what becomes of them when it dies."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from induction_portal.embedded.errors import EmbeddedError
from induction_portal.embedded.leftovers import end_leftover, leave_mark
from induction_portal.embedded.process import Process, Program
from induction_portal.embedded.supervisor import StopRequestedError, Supervisor

ROOT = Path(__file__).resolve().parents[2]
SLEEPER = "import time; print('up', flush=True); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
TELLS_ITS_END = """
import signal, sys, time
def end(*_):
    open(sys.argv[1], "a").write(sys.argv[2] + "\\n"); sys.exit(0)
signal.signal(signal.SIGTERM, end); print("up", flush=True); time.sleep(60)
"""


def python(code: str, *arguments: str, name: str = "child", patience: float = 5.0) -> Program:
    return Program(name, [sys.executable, "-c", code, *arguments], patience=patience)


def wait_for(condition, seconds=10.0):
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def is_up(log: Path) -> bool:
    return log.exists() and "up" in log.read_text()


def test_a_process_is_stopped_with_all_that_it_started(tmp_path):
    grandchild = tmp_path / "grandchild"
    code = f"import subprocess, sys, time; c = subprocess.Popen([sys.executable, '-c', {SLEEPER!r}]);"
    code += f"open({str(grandchild)!r}, 'w').write(str(c.pid)); print('up', flush=True); time.sleep(60)"
    process = Process(python(code), log=tmp_path / "log")
    process.wait_until(lambda: is_up(tmp_path / "log") and grandchild.exists())
    process.stop()
    assert process.exit_code == -signal.SIGTERM
    wait_for(lambda: not is_alive(int(grandchild.read_text())))


def test_patience_ends(tmp_path):
    process = Process(python(STUBBORN, patience=0.2), log=tmp_path / "log")
    process.wait_until(lambda: is_up(tmp_path / "log"))
    process.stop()
    assert process.exit_code == -signal.SIGKILL


def test_one_that_cannot_start_says_why(tmp_path):
    process = Process(python("raise SystemExit('no room left')"), log=tmp_path / "log")
    with pytest.raises(EmbeddedError, match=r"The child stopped while starting[\s\S]*no room left"):
        process.wait_until(lambda: False)
    process.kill()


def test_one_that_is_never_ready_is_given_up(tmp_path):
    process = Process(python(SLEEPER), log=tmp_path / "log")
    with pytest.raises(EmbeddedError, match="was not ready in 0 seconds"):
        process.wait_until(lambda: False, seconds=0.1)
    process.kill()


def test_the_log_of_a_process_is_private(tmp_path):
    Process(python("print('up')"), log=tmp_path / "log").stop()
    assert (tmp_path / "log").stat().st_mode & 0o077 == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends the children of a process that was killed")
def test_children_die_with_a_supervisor_that_is_killed(tmp_path):
    pids = tmp_path / "pids"
    code = f"""
import time; from pathlib import Path
from induction_portal.embedded.process import Process, Program
import sys
child = Process(Program("child", [sys.executable, "-c", {SLEEPER!r}]), log=Path({str(tmp_path / "log")!r}))
Path({str(pids)!r}).write_text(str(child.pid))
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT) as parent:
        wait_for(lambda: pids.exists() and pids.read_text() and is_up(tmp_path / "log"), 20)
        parent.kill()
    wait_for(lambda: not is_alive(int(pids.read_text())))


def test_a_leftover_is_ended_before_the_next_start(tmp_path):
    with subprocess.Popen([sys.executable, "-c", SLEEPER], stdout=subprocess.DEVNULL) as earlier:
        leave_mark(tmp_path / "pid", earlier.pid, signal.SIGTERM)
        process = Process(python(SLEEPER), log=tmp_path / "log", mark=tmp_path / "pid")
        assert earlier.wait(5) == -signal.SIGTERM
    assert (tmp_path / "pid").read_text().startswith(f"{process.pid}\n")
    process.stop()
    assert not (tmp_path / "pid").exists()


def test_a_process_that_was_given_the_number_later_is_left_alone(tmp_path):
    mark = tmp_path / "pid"
    with subprocess.Popen([sys.executable, "-c", SLEEPER], stdout=subprocess.DEVNULL) as stranger:
        mark.write_text(f"{stranger.pid}\nSIGTERM\nborn-another-day")
        end_leftover(mark)
        assert stranger.poll() is None
        stranger.kill()
    assert not mark.exists()


@pytest.mark.parametrize("content", ["", "12", "12\nSIGNONE\n1", "x\nSIGTERM\n1"])
def test_a_mark_cut_short_is_ignored(tmp_path, content):
    (tmp_path / "pid").write_text(content)
    end_leftover(tmp_path / "pid")
    assert not (tmp_path / "pid").exists()


def test_the_supervisor_stops_in_reverse_and_shows_what_was_said(tmp_path, capsys):
    ends = tmp_path / "ends"
    with Supervisor(tmp_path / "run") as supervisor:
        for name in ("first", "second", "third"):
            supervisor.start(python(TELLS_ITS_END, str(ends), name, name=name))
        said = ""
        while said.count("| up") < 3:
            supervisor.idle()
            said += capsys.readouterr().out
    assert ends.read_text().split() == ["third", "second", "first"]
    assert "second    | up" in said
    assert list((tmp_path / "run").iterdir()) == []


def test_one_ending_ends_all(tmp_path):
    with Supervisor(tmp_path / "run") as supervisor:
        other = supervisor.start(python(SLEEPER, name="other"))
        supervisor.start(python("pass", name="short"))
        with pytest.raises(EmbeddedError, match="The short has stopped, so everything stops"):
            supervisor.watch()
        assert other.exit_code is None
    assert other.exit_code is not None
    assert other.output.closed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_ask_for_a_clean_stop(tmp_path, number):
    with Supervisor(tmp_path / "run") as supervisor:
        child = supervisor.start(python(SLEEPER))
        os.kill(os.getpid(), number)
        with pytest.raises(StopRequestedError):
            supervisor.watch()
    assert child.exit_code == -signal.SIGTERM


def test_a_second_signal_ends_everything_at_once(tmp_path, capsys):
    started = time.monotonic()
    with Supervisor(tmp_path / "run") as supervisor:
        child = supervisor.start(python(STUBBORN, patience=60))
        while "up" not in capsys.readouterr().out:
            supervisor.idle()
        os.kill(os.getpid(), signal.SIGTERM)
        os.kill(os.getpid(), signal.SIGINT)
    assert child.exit_code == -signal.SIGKILL
    assert time.monotonic() - started < 30


def test_a_step_that_fails_is_named(tmp_path):
    with Supervisor(tmp_path / "run") as supervisor:
        with pytest.raises(EmbeddedError, match="Prepare failed"):
            supervisor.run(python("raise SystemExit(3)", name="prepare"))
        supervisor.run(python("pass", name="prepare"))
