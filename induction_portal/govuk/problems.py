"""What is wrong with a form, in the order of the page, each with the input that its error-summary link lands on."""

from collections.abc import Iterator
from typing import NamedTuple

from django import forms

from .layout import names_in
from .present import first_id


class Problem(NamedTuple):
    message: str
    href: str


def problems(form: forms.BaseForm | None) -> list[Problem]:
    """Every problem of the form and of its groups of rows; none for an unbound form or for no form."""
    if not form or not form.is_bound or (not form.errors and not getattr(form, "groups", None)):
        return []
    whole = [Problem(message, "") for message in form.non_field_errors()]
    return whole + [problem for name in _in_page_order(form) for problem in _problems_of(form, name)]


def _problems_of(form: forms.BaseForm, name: str) -> Iterator[Problem]:
    if name in form.fields:
        bound = form[name]
        if bound.errors:
            yield Problem(str(bound.errors[0]), f"#{first_id(bound)}")
        return
    group = form.groups[name]
    yield from (Problem(message, f"#{group.first_id}") for message in group.errors)
    for row in group.rows:
        yield from (Problem(message, f"#{row.first_id}") for message in row.non_field_errors())
        for field in row.fields:
            yield from _problems_of(row, field)


def _in_page_order(form: forms.BaseForm) -> list[str]:
    everything = [*form.fields, *getattr(form, "groups", {})]
    helper = getattr(form, "helper", None)
    placed = list(names_in(helper.layout.fields)) if helper and helper.layout else []
    return [*(name for name in placed if name in everything), *(name for name in everything if name not in placed)]
