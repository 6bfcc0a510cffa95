"""Looks for the system's libraries and says how to get the missing ones; as root on Debian it installs them.

Run as a script by bin/setup, before the project's own environment exists: standard library only, no package imports.
"""

import ctypes
import ctypes.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """Something the system must have: what for, how to look for it, and the packages that bring it."""

    what: str
    is_there: Callable[[], bool]
    debian: str
    fedora: str
    macos: str


def main(arguments: Sequence[str]) -> int:
    """Returns the exit status: 0 if nothing is missing any more."""
    needs = [*RUNTIME, *(TESTS if "--tests" in arguments else [])]
    missing = _missing(needs)
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        _install([need.debian for need in missing])
        missing = _missing(needs)
    for line in explain(missing):
        print(line, file=sys.stderr)  # noqa: T201 - the terminal is where this belongs
    return 1 if missing else 0


def explain(missing: Sequence[Need]) -> list[str]:
    """Lines for the terminal: each missing thing, and one command for each system that brings them all."""
    if not missing:
        return []
    return [
        *(f"setup: {need.what} is missing." for need in missing),
        "setup: install what is missing with:",
        f"setup:   Debian/Ubuntu: apt-get install {_packages(need.debian for need in missing)}",
        f"setup:   Fedora:        dnf install {_packages(need.fedora for need in missing)}",
        f"setup:   macOS:         brew install {_packages(need.macos for need in missing)}",
    ]


def _packages(names) -> str:
    return " ".join(dict.fromkeys(" ".join(names).split()))


def _missing(needs: Sequence[Need]) -> list[Need]:
    return [need for need in needs if not need.is_there()]


def _install(packages: Sequence[str]) -> None:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    wanted = _packages(packages).split()
    print(f"setup: installing {' '.join(wanted)}", file=sys.stderr)  # noqa: T201
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted],
    ):
        subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)


def _library(*names: str) -> Callable[[], bool]:
    """Whether one of the library's file names can be loaded, as WeasyPrint will load it."""

    def look() -> bool:
        return any(map(_loads, names)) or any(_loads(f"{prefix}/{name}") for prefix in _BREW for name in names)

    return look


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _program(*names: str) -> Callable[[], bool]:
    return lambda: any(map(shutil.which, names))


_BREW = ("/opt/homebrew/lib", "/usr/local/lib")
_CHROMIUMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)

RUNTIME = [
    Need(
        "The text layout library Pango (for PDFs)",
        _library("libpango-1.0.so.0", "libpango-1.0.dylib"),
        debian="libpango-1.0-0",
        fedora="pango",
        macos="pango",
    ),
    Need(
        "Pango's FreeType backend (for PDFs)",
        _library("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
        debian="libpangoft2-1.0-0",
        fedora="pango",
        macos="pango",
    ),
    Need(
        "The font subsetter of HarfBuzz (for PDFs)",
        _library("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib"),
        debian="libharfbuzz-subset0",
        fedora="harfbuzz",
        macos="harfbuzz",
    ),
]
TESTS = [
    Need(
        "A Chromium browser (for the browser tests)",
        _program(*_CHROMIUMS),
        debian="chromium",
        fedora="chromium",
        macos="--cask google-chrome",
    ),
]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
