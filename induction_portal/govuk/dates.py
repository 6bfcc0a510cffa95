"""A date typed in three boxes: what was typed is kept, and each mistake is named."""

from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from induction_portal import clock

from .fields import Worded
from .words import MONTHS, day, listed

BOXES = ("day", "month", "year")


class TypedDate(NamedTuple):
    """The three boxes as typed."""

    day: str
    month: str
    year: str


class DateInput(forms.Widget):
    """Reads ``name-day``, ``name-month`` and ``name-year``."""

    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> TypedDate:
        return TypedDate(*(str(data.get(f"{name}-{box}") or "").strip() for box in BOXES))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}-{box}" in data for box in BOXES)


class DateField(Worded, forms.Field):
    """A date. ``past``: today or before. ``earliest`` and ``latest``: inclusive, a date or a callable giving one.

    The code of each ValidationError names the boxes at fault ("month year"), so that only they are marked.
    """

    widget = DateInput

    def __init__(self, *, past: bool = False, earliest=None, latest=None, **options: Any) -> None:
        super().__init__(**options)
        self.past, self.earliest, self.latest = past, earliest, latest

    def prepare_value(self, value: Any) -> Any:
        return TypedDate(str(value.day), str(value.month), str(value.year)) if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.prepare_value(initial) != data if initial else any(data or ())

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or not value or not any(value):
            return value if isinstance(value, date) else None
        self._refuse_gaps(value)
        day_number = int(value.day[:9]) if value.day.isdecimal() else 0
        try:
            return date(self._year(value), month_number(value.month), day_number)
        except ValueError:
            raise ValidationError(f"{self.sentence_start} must be a real date", code=self._unreal(value)) from None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        earliest, latest = _called(self.earliest), _called(self.latest)
        if self.past and value > clock.today():
            raise ValidationError(f"{self.sentence_start} must be today or in the past", code="day month year")
        if earliest and value < earliest:
            raise ValidationError(f"{self.sentence_start} must be on or after {day(earliest)}", code="day month year")
        if latest and value > latest:
            raise ValidationError(f"{self.sentence_start} must be on or before {day(latest)}", code="day month year")

    def _refuse_gaps(self, typed: TypedDate) -> None:
        gaps = [box for box in BOXES if not getattr(typed, box)]
        if gaps:
            raise ValidationError(f"{self.sentence_start} must include a {listed(gaps)}", code=" ".join(gaps))

    def _year(self, typed: TypedDate) -> int:
        if typed.year.isdecimal() and len(typed.year) != 4:
            raise ValidationError(f"{self.sentence_start} must have a year of 4 numbers, like 2026", code="year")
        year = int(typed.year) if typed.year.isdecimal() else 0
        if year and not 1900 <= year <= 2100:
            raise ValidationError(f"{self.sentence_start} must have a year between 1900 and 2100", code="year")
        return year

    def _unreal(self, typed: TypedDate) -> str:
        """Which boxes can be no part of any date; all three when only together they make none, as 31 February."""
        wrong = {
            "day": not (typed.day.isdecimal() and 1 <= int(typed.day[:9]) <= 31),
            "month": not 1 <= month_number(typed.month) <= 12,
            "year": not typed.year.isdecimal(),
        }
        return " ".join(box for box in BOXES if wrong[box]) or "day month year"


def month_number(typed: str) -> int:
    """1 to 12 for a number or an English name, full or cut to three letters or more; 0 for anything else."""
    if typed.isdecimal():
        return int(typed[:9])
    names = [number for number, name in enumerate(MONTHS, 1) if name.lower().startswith(typed.lower())]
    return names[0] if len(typed) >= 3 and names else 0


def _called(limit: Any) -> date | None:
    return limit() if callable(limit) else limit
