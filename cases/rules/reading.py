"""Readers of JSON-like values: each takes a value and its path and returns it typed, or raises RuleBroken there."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar

from .amounts import parse
from .errors import RuleBroken

T = TypeVar("T")
Reader = Callable[[Any, str], T]
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_REQUIRED = object()


class Repeated(dict[str, Any]):
    """A JSON object in which a key was given twice; ``key`` is the first such."""

    key: str


class Unreadable:
    """Something that stands where a number should and is none."""

    def __init__(self, written: str) -> None:
        self.written = written


def parse_json(text: str) -> Any:
    """The value of one JSON text. Raises RuleBroken with an empty path when it is none.

    NaN, Infinity and numbers too long to read become ``Unreadable``, which no reader takes.
    """
    try:
        return json.loads(text, object_pairs_hook=_pairs, parse_constant=Unreadable, parse_int=_int)
    except (json.JSONDecodeError, RecursionError) as error:
        raise RuleBroken(f"This is not one JSON object: {_fault(error)}.", "") from error


def _fault(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos + 1}"
    return "it is nested too deeply"


def _int(digits: str) -> int | Unreadable:
    try:
        return int(digits)
    except ValueError:
        return Unreadable(digits)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    if len(whole) == len(pairs):
        return whole
    repeated, seen = Repeated(whole), set[str]()
    repeated.key = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    return repeated


def below(path: str, key: str) -> str:
    """The path of ``key`` inside ``path``."""
    return f"{path}.{key}" if path else key


class Fields:
    """A JSON object whose keys are all known; ``take`` reads one of them."""

    def __init__(self, value: Any, path: str, known: Collection[str]) -> None:
        self._value, self._path = as_object(value, path), path
        for key in self._value:
            if key not in known:
                raise RuleBroken(f"Unknown key. Known here: {', '.join(known)}.", below(path, key))

    def take(self, key: str, read: Reader[T], default: Any = _REQUIRED) -> T:
        """The value of ``key``, read by ``read``; a key left out takes the default, or is an error without one."""
        path = below(self._path, key)
        if key in self._value:
            return read(self._value[key], path)
        if default is _REQUIRED:
            raise RuleBroken(f"Give “{key}”.", path)
        return default  # type: ignore[no-any-return]


def as_object(value: Any, path: str) -> Mapping[str, Any]:
    """A JSON object in which no key is given twice."""
    if not isinstance(value, dict):
        raise RuleBroken("This must be an object: {…}.", path)
    if isinstance(value, Repeated):
        raise RuleBroken("This key is given twice. Give it once.", below(path, value.key))
    return value


def text(value: Any, path: str) -> str:
    """A string."""
    if not isinstance(value, str):
        raise RuleBroken("This must be a string.", path)
    return value


def flag(value: Any, path: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise RuleBroken("This must be true or false.", path)
    return value


def whole(value: Any, path: str) -> int:
    """A whole number, written as a number."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise RuleBroken("This must be a whole number, such as 1.", path)
    return value


def day(value: Any, path: str) -> date:
    """A date that exists, written as ``2026-03-05``."""
    found = _day(value) if isinstance(value, str) else None
    if found is None:
        raise RuleBroken("This must be a date that exists, written like “2026-03-05”.", path)
    return found


@lru_cache(maxsize=8192)
def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if _DATE.fullmatch(value) else None
    except ValueError:
        return None


def amount(value: Any, path: str) -> Fraction:
    """An exact amount, written as a decimal string."""
    try:
        return parse(text(value, path))
    except (ValueError, RuleBroken) as error:
        raise RuleBroken("Write this amount as a decimal string, such as “0.6”.", path) from error


def one_of(choices: Collection[str]) -> Reader[str]:
    """One of the strings in ``choices``."""

    def read(value: Any, path: str) -> str:
        if not isinstance(value, str) or value not in choices:
            raise RuleBroken(f"This must be one of: {', '.join(choices)}.", path)
        return value

    return read


def list_of(read: Reader[T], most: int | None = None) -> Reader[tuple[T, ...]]:
    """A list of at most ``most`` values, each read by ``read``."""

    def read_all(value: Any, path: str) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise RuleBroken("This must be a list: […].", path)
        if most is not None and len(value) > most:
            raise RuleBroken(f"There are {len(value)} of these; at most {most} are allowed.", path)
        return tuple([read(item, f"{path}[{place}]") for place, item in enumerate(value)])

    return read_all


def null_or(read: Reader[T]) -> Reader[T | None]:
    """Null, or what ``read`` reads."""

    def read_it(value: Any, path: str) -> T | None:
        return None if value is None else read(value, path)

    return read_it
