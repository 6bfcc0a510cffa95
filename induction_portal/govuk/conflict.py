"""Two people edited the same thing: what the second typed, what is saved now, and what both began from."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django import forms

from .words import day, moment


class Difference(NamedTuple):
    """One line of components/conflict.html, all in words."""

    label: str
    yours: str
    saved: str
    was: str


def differences(form: forms.BaseForm, *, saved: Mapping[str, Any], was: Mapping[str, Any]) -> list[Difference]:
    """The form's fields in which what was typed, what is saved, or what it was are not all the same.

    ``form`` is bound and was validated; ``saved`` and ``was`` map its fields' names to values. A group of rows is
    compared row by row: its values are a mapping or a list, as in the form's cleaned_data.
    """
    found = [_line(form, name, saved, was) for name in form.fields if name in form.cleaned_data]
    for name, group in getattr(form, "groups", {}).items():
        for number, row in enumerate(group.rows):
            key = row.row.key if isinstance(saved.get(name), Mapping) else number
            then, now = _row(was.get(name), key), _row(saved.get(name), key)
            lines = [_line(row, field, now, then) for field in row.fields if field in row.cleaned_data]
            found += [line._replace(label=f"{row.row.legend}: {line.label}") for line in lines]
    return [line for line in found if len({line.yours, line.saved, line.was}) > 1]


def in_words(field: forms.Field, value: Any) -> str:
    """A field's value as a reader would write it: a choice by its label, a date in full, yes or no."""
    if value is None or value == "":
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(in_words(field, each) for each in value)
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    known = str(field.prepare_value(value))
    if known in labels:
        return labels[known]
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else str(value)


def _line(form: forms.BaseForm, name: str, saved: Mapping[str, Any], was: Mapping[str, Any]) -> Difference:
    field = form.fields[name]
    yours = form.cleaned_data[name]
    return Difference(
        str(form[name].label), *(in_words(field, value) for value in (yours, saved.get(name), was.get(name)))
    )


def _row(rows: Any, key: Any) -> Mapping[str, Any]:
    """One row's values; empty where that side has no such row."""
    if isinstance(rows, Mapping):
        return rows.get(key, {})
    return rows[key] if isinstance(rows, list) and isinstance(key, int) and key < len(rows) else {}
