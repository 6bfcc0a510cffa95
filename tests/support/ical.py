"""A second reader of iCalendar, written from RFC 5545 and not from the library: lines, folding, and every entry."""

import re

LONGEST = 75  # octets of a line, its end left out (RFC 5545, 3.1)
NAME = re.compile(r"[A-Z0-9-]+")
NEEDED = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "LAST-MODIFIED", "URL", "CLASS"}
UNESCAPED = {"\\n": "\n", "\\N": "\n", "\\\\": "\\", "\\;": ";", "\\,": ","}


def content_lines(data: bytes) -> list[str]:
    """The unfolded lines. AssertionError for what is not iCalendar."""
    assert data.endswith(b"\r\n")
    physical = data[:-2].split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in physical), "a line ends with CR and LF, and nothing else"
    assert all(len(line) <= LONGEST for line in physical)
    unfolded: list[bytes] = []
    for line in physical:
        assert line, "there is no empty line"
        if line[:1] in (b" ", b"\t"):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    return [line.decode("utf-8") for line in unfolded]


def entries(data: bytes) -> list[dict[str, str]]:
    """Every VEVENT: the value of each property by its name, text unescaped. AssertionError for a broken rule."""
    lines = content_lines(data)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    head = dict(line.split(":", 1) for line in lines[1 : _first(lines)])
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    found: list[dict[str, str]] = []
    for line in lines[_first(lines) : -1]:
        if line == "BEGIN:VEVENT":
            found.append({})
        elif line == "END:VEVENT":
            assert set(found[-1]) >= NEEDED
        else:
            name, value = _parted(line)
            assert name not in found[-1], f"{name} twice"
            found[-1][name] = value
    assert len({each["UID"] for each in found}) == len(found)
    return found


def _first(lines: list[str]) -> int:
    return lines.index("BEGIN:VEVENT") if "BEGIN:VEVENT" in lines else len(lines) - 1


def _parted(line: str) -> tuple[str, str]:
    """Name and value; of a day the parameter must say that it is one."""
    left, _, value = line.partition(":")
    name, *parameters = left.split(";")
    assert NAME.fullmatch(name), line
    if name in {"DTSTART", "DTEND"}:
        assert parameters == ["VALUE=DATE"]
        assert re.fullmatch(r"\d{8}", value)
    if name in {"DTSTAMP", "LAST-MODIFIED"}:
        assert re.fullmatch(r"\d{8}T\d{6}Z", value), "in UTC"
    if name in {"SUMMARY", "DESCRIPTION"}:
        value = re.sub(r"\\.", lambda found: UNESCAPED[found[0]], value)
    return name, value
