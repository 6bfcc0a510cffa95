"""Groups of rows inside one form: a rating for each Standard, or targets that can be added and removed.

A row is a small form of its own. Rows are told apart by keys, kept in hidden inputs named ``<group>-row``, so that
removing one does not renumber the others. Adding and removing are submit buttons: they need no JavaScript.
In a RowForm's labels, hints and messages ``{row}`` stands for the row's name ("target 2", "Standard 3").
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.forms.utils import ErrorDict

from .present import first_id
from .words import upper_first

KEY = re.compile(r"[A-Za-z0-9_]{1,20}", re.ASCII)


class Row(NamedTuple):
    """A row that is always there: its key, its legend, and its name within a sentence (by default the legend)."""

    key: str
    legend: str
    named: str = ""
    hint: str = ""


class Judged(forms.Form):
    """A form that can be shown filled in without being judged: no errors, nothing cleaned."""

    judged = True

    def full_clean(self) -> None:
        if self.judged:
            super().full_clean()
        else:
            self._errors, self.cleaned_data = ErrorDict(), {}


class RowForm(Judged):
    """One row. Subclass it with fields, and ``clean`` for what the fields of one row owe each other."""

    def __init__(self, *args: Any, row: Row, **options: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **options)
        self.row, self.named = row, row.named or row.legend
        for field in self.fields.values():
            field.label, field.help_text = self._worded(field.label), self._worded(field.help_text)
            field.error_messages = {code: self._worded(text) for code, text in field.error_messages.items()}
            if hasattr(field, "named"):
                field.named = self._worded(field.named)

    @property
    def first_id(self) -> str:
        return first_id(self[next(iter(self.fields))])

    @property
    def is_blank(self) -> bool:
        """True when nothing at all was typed in it."""
        return all(not _typed(self[name].data) for name in self.fields)

    def _worded(self, text: Any) -> Any:
        if not isinstance(text, str):
            return text
        start = upper_first(self.named) if text.startswith("{row}") else self.named
        return text.replace("{row}", start, 1).replace("{row}", self.named)


class Group:
    """The rows of one group, within one form. ``errors`` are messages about the group as a whole."""

    can_change = False

    def __init__(self, name: str, rows: list[RowForm]) -> None:
        self.name, self.rows, self.errors = name, rows, list[str]()

    @property
    def first_id(self) -> str:
        return self.rows[0].first_id

    def is_valid(self) -> bool:
        return all(row.is_valid() for row in self.rows) and not self.errors

    def judge(self, wanted: bool) -> None:
        for row in self.rows:
            row.judged = wanted

    def named(self, html_name: str) -> tuple[RowForm, str] | None:
        """The row and field with this name in the page, such as ``targets-0-due_on``."""
        for row in self.rows:
            for field in row.fields:
                if row.add_prefix(field) == html_name:
                    return row, field
        return None

    def values(self) -> Any:
        """The cleaned values by key."""
        return {row.row.key: row.cleaned_data for row in self.rows}


class FixedRows:
    """Declares a group with the same rows always; cleans to a dict from row key to the row's values."""

    buttons: frozenset[str] = frozenset()

    def __init__(self, form: type[RowForm], rows: Iterable[Row]) -> None:
        self.form, self.rows = form, [Row(*row) for row in rows]

    def bind(self, name: str, data: Any, initial: dict[str, dict] | None) -> Group:
        known = {} if data is not None else initial or {}
        return Group(
            name,
            [
                self.form(data, prefix=f"{name}-{row.key}", row=row, initial=known.get(row.key, {}), auto_id="id_%s")
                for row in self.rows
            ],
        )


class GrowingRows:
    """Declares a group that grows from ``minimum`` to ``maximum`` rows; cleans to a list of the rows' values.

    A row left blank is dropped, unless it is needed for the minimum. ``noun`` names one row and its buttons:
    ``add_target`` adds one, ``remove_target`` with a key as its value removes that one. ``first`` is the number of the
    first row, where the form asks for the ones before it in another way.
    """

    def __init__(
        self,
        form: type[RowForm],
        *,
        noun: str,
        minimum: int = 1,
        maximum: int = 10,
        legend: str = "",
        first: int = 1,
    ) -> None:
        self.form, self.noun, self.legend = form, noun, legend or upper_first(noun)
        self.minimum, self.maximum, self.first = minimum, maximum, first

    @property
    def slug(self) -> str:
        return self.noun.replace(" ", "_")

    @property
    def buttons(self) -> set[str]:
        """Names of the submit buttons that change the rows and send nothing else."""
        return {f"add_{self.slug}", f"remove_{self.slug}"}

    def bind(self, name: str, data: Any, initial: list[dict] | None) -> "GrowingGroup":
        shown = max(self.minimum, 1)
        if data is None:
            values = initial or []
            keys = [str(number) for number in range(max(len(values), shown))]
        else:
            values, keys = [], self._keys(name, data) or [str(number) for number in range(shown)]
        rows = []
        for place, key in enumerate(keys):
            number = place + self.first
            row = Row(key, f"{self.legend} {number}", f"{self.noun} {number}")
            known = values[place] if place < len(values) else {}
            rows.append(self.form(data, prefix=f"{name}-{key}", row=row, initial=known, auto_id="id_%s"))
        return GrowingGroup(name, rows, self)

    def _keys(self, name: str, data: Any) -> list[str]:
        posted = data.getlist(f"{name}-row") if hasattr(data, "getlist") else data.get(f"{name}-row", [])
        removed = data.get(f"remove_{self.slug}")
        keys = [key for key in dict.fromkeys(posted) if KEY.fullmatch(key) and key != removed]
        if f"add_{self.slug}" in data and len(keys) < self.maximum:
            keys.append(next_key(keys))
        return keys


class GrowingGroup(Group):
    can_change = True

    def __init__(self, name: str, rows: list[RowForm], declared: GrowingRows) -> None:
        super().__init__(name, rows)
        self.declared = declared

    @property
    def next_id(self) -> str:
        """The first input of the row that would be added. Not asked before the rows are judged: it looks at errors."""
        prefix = f"{self.name}-{next_key([row.row.key for row in self.rows])}"
        return self.rows[0].first_id.replace(self.rows[0].prefix, prefix, 1)

    @property
    def can_add(self) -> bool:
        return len(self.rows) < self.declared.maximum

    @property
    def can_remove(self) -> bool:
        return len(self.rows) > max(self.declared.minimum, 1)

    def is_valid(self) -> bool:
        most = self.declared.maximum
        too_many = len(self.rows) - most
        self.errors = [f"You can enter up to {most}. Remove {too_many} of them"] if too_many > 0 else []
        return all(row.is_valid() for row in self._needed()) and not self.errors

    def values(self) -> list[dict]:
        return [row.cleaned_data for row in self.used]

    def is_used(self, data: Any) -> bool:
        """Whether anything was typed in it, is wrong with it, or a row of it was just added or removed."""
        typed = any(not row.is_blank for row in self.rows)
        return typed or bool(self.errors) or not self.declared.buttons.isdisjoint(data)

    @property
    def used(self) -> list[RowForm]:
        """The rows that ``values`` come from, in the same order."""
        return self._needed()

    def _needed(self) -> list[RowForm]:
        """Rows to be judged: the filled ones and, below the minimum, as many blank ones from the top as are missing."""
        filled = [row for row in self.rows if not row.is_blank]
        spare = [row for row in self.rows if row.is_blank][: max(0, self.declared.minimum - len(filled))]
        for row in self.rows:
            row.judged = row in filled or row in spare
        return [row for row in self.rows if row.judged]


def next_key(keys: list[str]) -> str:
    """A key that none of these rows has."""
    return str(max((int(key) for key in keys if key.isdecimal()), default=-1) + 1)


def _typed(value: Any) -> bool:
    return any(value) if isinstance(value, tuple | list) else bool(value)
