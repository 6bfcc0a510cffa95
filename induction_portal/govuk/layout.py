"""What a form's ``layout()`` is made of, besides the names of its fields.

All of it renders through templates/govuk_forms/layout/, where Django escapes every text.
"""

from collections.abc import Iterator
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .present import field_html


class Piece(LayoutObject):
    """A part of a layout with a template of its own."""

    template = ""

    def __init__(self, *fields: Any) -> None:
        self.fields = list(fields)

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        inner = self.get_rendered_fields(form, context, template_pack, **kwargs)
        context = {"piece": self, "form": form, "inner": inner}
        return render_to_string(f"{template_pack}/layout/{self.template}", context)


class Fieldset(Piece):
    """Fields that belong together, under a legend (size s, m, l) and an optional hint."""

    template = "fieldset.html"

    def __init__(self, legend: str, *fields: Any, size: str = "m", hint: str = "") -> None:
        super().__init__(*fields)
        self.legend, self.size, self.hint = legend, size, hint


class Reveal(Piece):
    """Radios or checkboxes of which some choices reveal fields: ``Reveal("on_track", no=["outline"])``.

    A choice that is no Python name goes in ``choices={"2": [...]}``. Without JavaScript all is shown.
    """

    def __init__(self, field: str, choices: dict[str, list] | None = None, **named: list) -> None:
        self.field, self.choices = field, {**(choices or {}), **named}
        super().__init__(field, *(inner for fields in self.choices.values() for inner in fields))

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        inner = {choice: Piece(*fields) for choice, fields in self.choices.items()}
        html = {
            choice: piece.get_rendered_fields(form, context, template_pack, **kwargs) for choice, piece in inner.items()
        }
        form.rendered_fields.add(self.field)
        return field_html(form[self.field], reveals=html)


class Rows(Piece):
    """A group of rows declared in the form's ``groups``. ``row_layout`` gives the layout within a row, by default all
    its fields; ``size`` is the legends'."""

    template = "rows.html"

    def __init__(self, group: str, *row_layout: Any, size: str = "m") -> None:
        self.group, self.row_layout, self.size = group, row_layout, size
        super().__init__()

    def names(self) -> Iterator[str]:
        yield self.group

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        group = form.groups[self.group]
        for row in group.rows:
            row.rendered_fields, row.crispy_field_template = set(), None
            layout = Piece(*(self.row_layout or row.fields))
            row.html = layout.get_rendered_fields(row, context, template_pack, **kwargs)
        context = {"piece": self, "form": form, "group": group, "row_name": f"{group.name}-row"}
        return render_to_string(f"{template_pack}/layout/{self.template}", context)


class Disclosure(Piece):
    """Fields that few need, behind a summary to open; open from the start when anything in it is filled in or wrong."""

    template = "disclosure.html"

    def __init__(self, summary: str, *fields: Any, hint: str = "") -> None:
        super().__init__(*fields)
        self.summary, self.hint = summary, hint

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        inner = self.get_rendered_fields(form, context, template_pack, **kwargs)
        is_open = any(_is_used(form, name) for name in names_in(self.fields))
        context = {"piece": self, "form": form, "inner": inner, "is_open": is_open}
        return render_to_string(f"{template_pack}/layout/{self.template}", context)


class Component(Piece):
    """Any component between fields: ``Component("components/inset_text.html", text="…")``."""

    def __init__(self, template: str, **inputs: Any) -> None:
        super().__init__()
        self.template, self.inputs = template, inputs

    def render(self, form: Any, context: Any, template_pack: str = TEMPLATE_PACK, **kwargs: Any) -> SafeString:
        return render_to_string(self.template, self.inputs | {"form": form})


class Submit(Piece):
    """A button that sends the form. ``kind``: "", "secondary" or "warning"; ``name`` tells which one was pressed."""

    template = "submit.html"

    def __init__(self, text: str, *, name: str = "", value: str = "1", kind: str = "") -> None:
        super().__init__()
        self.text, self.name, self.value, self.kind = text, name, value, kind


class Link(Piece):
    """A link beside the buttons, such as Cancel."""

    template = "link.html"

    def __init__(self, text: str, href: str) -> None:
        super().__init__()
        self.text, self.href = text, href


class Buttons(Piece):
    """The row of buttons at the end of a form."""

    template = "buttons.html"


def names_in(pieces: list[Any]) -> Iterator[str]:
    """Names of the fields and groups in a layout, in the order of the page."""
    for piece in pieces:
        if isinstance(piece, str):
            yield piece
        elif hasattr(piece, "names"):
            yield from piece.names()
        elif hasattr(piece, "fields"):
            yield from names_in(piece.fields)


def _is_used(form: Any, name: str) -> bool:
    if name in form.groups:
        return form.groups[name].is_used(form.data)
    bound = form[name]
    typed, offered = bound.value(), form.get_initial_for_field(bound.field, name)
    return bool(bound.errors) or (any(typed) if isinstance(typed, tuple) else bool(typed) and typed != offered)
