"""Fields in which several values are typed, or pasted, as one text: the days somebody works, a school's terms."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from induction_portal.govuk.dates import month_number
from induction_portal.govuk.fields import LongTextField, TextField
from induction_portal.govuk.words import WEEKDAYS

from ..rules.calendar import school_year_of

KEYS = ("mon", "tue", "wed", "thu", "fri")
TOKEN = re.compile(r"[A-Za-z]+|[0-9]+(?:\.[0-9]+)?|[^\s,;:&()]")
DATE = re.compile(
    r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})(?![0-9])"
    r"|(?P<d2>[0-9]{1,2})[/.](?P<m2>[0-9]{1,2})[/.](?P<y2>[0-9]{4})(?![0-9])"
    r"|(?P<d3>[0-9]{1,2})(?:st|nd|rd|th)?\s+(?P<m3>[A-Za-z]{3,9})\.?,?\s+(?P<y3>[0-9]{4})(?![0-9])"
)
RANGE = {"to", "-", "–"}
MOST_LINES = 200


class WeekdaysField(TextField):
    """Days of the week with what each weighs, 1 unless a number follows it: "Monday, Tuesday, Wednesday 0.5".

    Cleans to weights as decimal strings by `mon` to `fri`, or None when empty.
    """

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return self._weights(TOKEN.findall(text)) if text else None

    def _weights(self, tokens: list[str]) -> dict[str, str]:
        weights, last, to = dict[str, str](), None, False
        for token in tokens:
            day = _weekday(token)
            if day is not None:
                for each in range(last if to and last is not None else day, day + 1):
                    weights.setdefault(KEYS[each], "1")
                last, to = day, False
            elif token.lower() in RANGE and last is not None:
                to = True
            elif token[0].isdigit() and last is not None and not to:
                weights[KEYS[last]] = token
            elif token.lower() != "and":
                self._refuse()
        if to or not weights:
            self._refuse()
        return weights

    def _refuse(self) -> None:
        raise ValidationError(f"{self.sentence_start} must be days of the week, like Monday, Tuesday, Wednesday 0.5")


def _weekday(token: str) -> int | None:
    """0 to 4 for the name of a day of the week, whole or cut to three letters or more."""
    names = [name.lower() for name in WEEKDAYS[: len(KEYS)]]
    found = [place for place, name in enumerate(names) if name.startswith(token.lower().removesuffix("s"))]
    return found[0] if len(token) >= 3 and found else None


class TermsField(LongTextField):
    """A school's terms, one a line: the first and last day, then the first and last day of each closure in it.

    Words between the dates are passed over. Cleans to terms in the shape of `calculate timeline`.
    """

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise ValidationError(f"Enter no more than {MOST_LINES} lines")
        return [_term(line, f"Line {number}") for number, line in enumerate(lines, 1)]


def _term(line: str, named: str) -> dict[str, Any]:
    days = list(_days(line, named))
    if re.search("[0-9]", DATE.sub("", line)) or not days:
        raise ValidationError(f"{named} must have dates written like 2 September 2026")
    if len(days) % 2:
        raise ValidationError(f"{named} must have a last day for every first day")
    start, end, *closed = days
    pairs = zip(closed[::2], closed[1::2], strict=True)
    return {
        "name": "autumn" if start.month >= 8 else "spring" if start.month < 4 else "summer",
        "school_year": school_year_of(start),
        "start": start.isoformat(),
        "end": end.isoformat(),
        "closures": [{"start": first.isoformat(), "end": last.isoformat()} for first, last in pairs],
    }


def _days(line: str, named: str) -> Iterator[date]:
    for found in DATE.finditer(line):
        day, month, year = (next(part for part in found.group(k, f"{k}2", f"{k}3") if part) for k in "dmy")
        try:
            yield date(int(year), month_number(month), int(day))
        except ValueError:
            raise ValidationError(f"{named}: {found.group()} must be a real date") from None
