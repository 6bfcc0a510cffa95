"""The stream of ``manage.py calculate``: a line for a line, in order, whatever comes."""

import io
import json
import os
import subprocess
import sys
import tracemalloc
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cases.rules import calculate
from cases.rules.calculate import answer, stream
from tests.rules.example import CASE

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[2]
GOOD = b'{"id": "x", "kind": "decision", "trigger": "2026-08-10"}'


def run(kind, *lines):
    sink = io.BytesIO()
    stream(kind, io.BytesIO(b"\n".join(lines)), sink, TODAY)
    return [json.loads(line) for line in sink.getvalue().splitlines()]


BAD = [
    (b"", None, ""),
    (b"   ", None, ""),
    (b"nonsense", None, ""),
    (b"[1]", None, ""),
    (b"null", None, ""),
    (b'"text"', None, ""),
    (b"\xff\xfe", None, ""),
    (b'{"id": "x"', None, ""),
    (b'{"id": "x"} {}', None, ""),
    (b"[" * 100_000, None, ""),
    (b'{"id": "x", "kind": NaN, "trigger": "2026-08-10"}', "x", "kind"),
    (b'{"id": "x", "kind": "decision", "trigger": -Infinity}', "x", "trigger"),
    (b'{"id": "x", "kind": "decision", "trigger": ' + b"9" * 5000 + b"}", "x", "trigger"),
    (b'{"id": ' + b"9" * 5000 + b', "kind": "decision", "trigger": "2026-08-10"}', None, "id"),
    (b'{"id": NaN, "kind": "decision", "trigger": "2026-08-10"}', None, "id"),
    (b'{"id": 1e999, "kind": "decision", "trigger": "2026-08-10"}', None, "id"),
    (b'{"id": "x", "id": "y", "kind": "decision", "trigger": "2026-08-10"}', "y", "id"),
    (b'{"id": "x", "kind": "decision", "kind": "decision", "trigger": "2026-08-10"}', "x", "kind"),
    (b'{"kind": "decision", "trigger": "2026-08-10"}', None, "id"),
    (b'{"id": "\\ud800", "kind": "no"}', "\ud800", "kind"),
    (b'{"id": "x", "\\ud800": 1}', "x", "\ud800"),
]


@pytest.mark.parametrize(("line", "name", "path"), BAD)
def test_a_bad_line_is_answered_and_named(line, name, path):
    (reply,) = run("deadline", line + b"\n")
    assert reply["id"] == name
    assert reply["error"]["path"] == path
    assert reply["error"]["message"].endswith((".", "}.", "]."))


def test_a_key_given_twice_deep_inside_is_named():
    line = json.dumps(CASE).replace('"fte": "1"', '"fte": "1", "fte": "0.5"')
    assert json.loads(answer("timeline", line, TODAY))["error"]["path"] == "placements[0].working_pattern[0].fte"
    line = json.dumps(CASE).replace('"A": {', '"A": {}, "A": {')
    assert json.loads(answer("timeline", line, TODAY))["error"]["path"] == "calendars.A"


def test_one_line_out_for_each_line_in_and_in_order():
    lines = [line for bad, _, _ in BAD for line in (bad, GOOD)]
    replies = run("deadline", *lines)
    assert len(replies) == len(lines)
    assert [reply.get("due_on") for reply in replies[1::2]] == ["2026-09-07"] * len(BAD)
    assert all("error" in reply for reply in replies[::2])


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
def test_the_last_line_may_or_may_not_end(ending):
    assert len(run("deadline", GOOD + ending)) == 1
    assert run("deadline") == []


def test_a_byte_order_mark_is_skipped():
    assert run("deadline", b"\xef\xbb\xbf" + GOOD)[0]["due_on"] == "2026-09-07"


def test_a_line_without_measure_is_cut_and_the_next_one_answered(monkeypatch):
    monkeypatch.setattr(calculate, "LONGEST_LINE", 1000)
    for length in (999, 1000, 1001, 1002, 2001, 2002, 5000):
        replies = run("deadline", b" " * length, GOOD)
        assert len(replies) == 2
        assert ("longer" in replies[0]["error"]["message"]) is (length >= 1000)
        assert replies[1]["due_on"] == "2026-09-07"


def test_a_fault_of_our_own_is_logged_and_never_stops_the_stream(monkeypatch, caplog):
    def broken(data, today):
        raise ZeroDivisionError

    monkeypatch.setitem(calculate.CALCULATORS, "deadline", broken)
    replies = run("deadline", GOOD, GOOD)
    assert [reply["id"] for reply in replies] == ["x", "x"]
    assert "report" in replies[0]["error"]["message"]
    assert "ZeroDivisionError" in caplog.text


def test_a_reader_who_leaves_ends_the_stream_quietly():
    class Gone(io.BytesIO):
        def write(self, data):
            raise BrokenPipeError

    stream("deadline", io.BytesIO(GOOD), Gone(), TODAY)


def test_each_answer_is_flushed_before_the_next_question_is_read():
    class Sink(io.BytesIO):
        flushed = 0

        def flush(self):
            self.flushed += 1

    class Source(io.BytesIO):
        def readline(self, size=-1):
            asked.append(sink.flushed)
            return super().readline(size)

    asked, sink = [], Sink()
    stream("deadline", Source(GOOD + b"\n" + GOOD), sink, TODAY)
    assert asked == [0, 1, 2]


def test_memory_does_not_grow_with_the_lines():
    class Lines(io.BytesIO):
        left = 260

        def readline(self, size=-1):
            self.left -= 1
            return json.dumps({**CASE, "id": self.left}).encode() + b"\n" if self.left >= 0 else b""

    class Nothing(io.BytesIO):
        lines = 0

        def write(self, data):
            self.lines += 1
            if self.lines == 200:
                tracemalloc.start()
            if self.lines == 220:
                held.append(tracemalloc.get_traced_memory()[0])
            return len(data)

    held, sink = [], Nothing()
    stream("timeline", Lines(), sink, TODAY)
    grown = tracemalloc.get_traced_memory()[0] - held[0]
    tracemalloc.stop()
    assert sink.lines == 260
    assert grown < 100_000


def test_the_command_needs_no_environment_and_prints_nothing_else():
    found = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "calculate", "deadline"],
        input=GOOD + b"\n{}\n",
        capture_output=True,
        cwd="/",
        env={},
        check=True,
        timeout=60,
    )
    replies = [json.loads(line) for line in found.stdout.splitlines()]
    assert replies[0]["due_on"] == "2026-09-07"
    assert replies[1]["error"]["path"] == "id"
    assert found.stderr == b""


def test_the_command_s_today_is_england_s():
    case = {key: value for key, value in CASE.items() if key != "as_of"}
    found = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "calculate", "timeline"],
        input=json.dumps(case).encode(),
        capture_output=True,
        env={"TZ": "Pacific/Kiritimati", "PATH": os.environ["PATH"]},
        check=True,
        timeout=60,
    )
    today = datetime.now(ZoneInfo("Europe/London")).date()
    assert json.loads(found.stdout)["as_of"] in {str(today), str(today - timedelta(days=1))}


def test_an_unknown_calculator_is_refused():
    found = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), "calculate", "horoscope"], capture_output=True, env={}, timeout=60
    )
    assert found.returncode != 0
    assert found.stdout == b""
