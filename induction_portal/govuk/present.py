"""From a bound form field to the parameters of its GOV.UK component, and so to HTML.

Works for our own fields and for Django's plain ones (the sign-in library's forms): the widget chooses the component.
Text goes in as text, so the macros escape it: a label, legend, hint or choice may hold user data.
"""

import re
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from .dates import BOXES, DateInput, TypedDate
from .macros import component, kept_component

Params = dict[str, Any]


def field_html(bound: BoundField, *, heading: bool = False, reveals: dict[str, SafeString] | None = None) -> SafeString:
    """One field with its label, hint and error. ``heading`` makes the label the page's h1; ``reveals`` maps a choice
    to the HTML that it reveals."""
    if bound.is_hidden:
        return SafeString(bound.as_widget())
    name, parameters = _presenter(bound)
    make = kept_component if not reveals and _is_untouched(bound) else component
    html = make(name, parameters(bound, heading, reveals or {}))
    if name == "select":
        return _with_options(html, bound)
    return _without_controls(html) if name == "radios" and reveals else html


def first_id(bound: BoundField) -> str:
    """The id that an error-summary link must hit: the first input, or the first date box at fault."""
    base = _id(bound)
    return f"{base}-{boxes_at_fault(bound)[0]}" if isinstance(bound.field.widget, DateInput) else base


def boxes_at_fault(bound: BoundField) -> list[str]:
    """Which of day, month and year the field's first error is about."""
    errors: list[ValidationError] = bound.form.errors.as_data().get(bound.name, [])
    named = str(errors[0].code).split() if errors else []
    return [box for box in BOXES if box in named] or list(BOXES)


def _is_untouched(bound: BoundField) -> bool:
    """Whether nothing stands in the field but the question, which is alike each time. Which options of a select there
    are and which is chosen, `_with_options` adds.
    """
    if bound.errors:
        return False
    typed = bound.value()
    nothing = not (any(typed) if isinstance(typed, TypedDate) else typed)
    return nothing or isinstance(bound.field.widget, forms.Select)


def _with_options(html: SafeString, bound: BoundField) -> SafeString:
    """The macro takes some 50 microseconds an option, and a body has hundreds of schools to choose from."""
    chosen = _chosen(bound)
    told = ((value, SafeString(" selected") if value in chosen else "", text) for value, text in _choices(bound))
    options = format_html_join("\n", '<option value="{}"{}>{}</option>', told)
    return mark_safe(html.replace("</select>", f"{options}</select>"))  # noqa: S308  both are


def _without_controls(html: SafeString) -> SafeString:
    """govuk-frontend's script would set aria-expanded, which a radio may not have; our style sheet reveals instead."""
    # Both patterns hold a bare quotation mark, which no escaped text does.
    scripted = r' data-aria-controls="[^"]*"| govuk-radios__conditional--hidden(?=" id=)'
    return mark_safe(re.sub(scripted, "", html))  # noqa: S308  only takes away


def _presenter(bound: BoundField) -> tuple[str, Callable[[BoundField, bool, dict], Params]]:
    widget = bound.field.widget
    for kind, name, parameters in PRESENTERS:
        if isinstance(widget, kind):
            counted = name == "textarea" and getattr(bound.field, "count", False)
            return ("character-count" if counted else name), parameters
    raise TypeError(f"No GOV.UK component for {type(widget).__name__}: add it to PRESENTERS.")


def _input(bound: BoundField, heading: bool, reveals: dict) -> Params:
    field, widget = bound.field, bound.field.widget
    width = getattr(field, "width", None)
    return _common(bound) | {
        "label": _label(bound, heading),
        "type": "email" if isinstance(widget, forms.EmailInput) else "text",
        "inputmode": getattr(field, "inputmode", None),
        "classes": f"govuk-input--width-{width}" if width else "",
        "value": None if bound.value() == "" else bound.value(),
        "prefix": _text(getattr(field, "prefix", None)),
        "suffix": _text(getattr(field, "suffix", None)),
    }


def _password(bound: BoundField, heading: bool, reveals: dict) -> Params:
    return _common(bound) | {"label": _label(bound, heading), "value": None}


def _textarea(bound: BoundField, heading: bool, reveals: dict) -> Params:
    field = bound.field
    return _common(bound) | {
        "label": _label(bound, heading),
        "value": bound.value() or "",
        "rows": str(getattr(field, "rows", None) or 5),
        "maxlength": field.max_length if getattr(field, "count", False) else None,
        "threshold": getattr(field, "threshold", None),
    }


def _select(bound: BoundField, heading: bool, reveals: dict) -> Params:
    return _common(bound) | {"label": _label(bound, heading)}


def _options(bound: BoundField, heading: bool, reveals: dict) -> Params:
    chosen, hints = _chosen(bound), getattr(bound.field, "hints", None) or {}
    hints = {str(value): hint for value, hint in hints.items()}
    items = [
        {
            "value": value,
            "text": text,
            "checked": value in chosen,
            "hint": _text(hints.get(value)),
            "conditional": {"html": reveals[value]} if value in reveals else None,
        }
        for value, text in _choices(bound)
        if value
    ]
    return _common(bound) | {
        "idPrefix": _id(bound),
        "classes": _option_classes(bound, stacked=bool(reveals)),
        "fieldset": {"legend": _label(bound, heading, of="fieldset__legend")},
        "items": items,
    }


def _tick(bound: BoundField, heading: bool, reveals: dict) -> Params:
    params = _common(bound)
    item = {"value": "on", "text": _label(bound, False)["text"], "checked": bool(bound.value())}
    return params | {"idPrefix": params["id"], "items": [item | {"hint": params.pop("hint")}]}


def _upload(bound: BoundField, heading: bool, reveals: dict) -> Params:
    """Without the component's own script, whose button has a label that axe objects to."""
    return _common(bound) | {"label": _label(bound, heading)}


def _date(bound: BoundField, heading: bool, reveals: dict) -> Params:
    typed = bound.value() or TypedDate("", "", "")
    faulty = boxes_at_fault(bound) if bound.errors else []
    items = [
        {
            "name": box,
            "value": getattr(typed, box) or None,
            "classes": f"govuk-input--width-{4 if box == 'year' else 2}{' govuk-input--error' * (box in faulty)}",
        }
        for box in BOXES
    ]
    return _common(bound) | {
        "namePrefix": bound.html_name,
        "fieldset": {"legend": _label(bound, heading, of="fieldset__legend")},
        "items": items,
    }


def _common(bound: BoundField) -> Params:
    field, attrs = bound.field, bound.field.widget.attrs
    return {
        "id": _id(bound),
        "name": bound.html_name,
        "hint": _text(bound.help_text),
        "errorMessage": _text(bound.errors[0]) if bound.errors else None,
        "autocomplete": getattr(field, "autocomplete", None) or attrs.get("autocomplete"),
        "spellcheck": getattr(field, "spellcheck", None),
        "attributes": {name: value for name, value in attrs.items() if name.startswith("data-")},
    }


def _id(bound: BoundField) -> str:
    return bound.field.widget.attrs.get("id") or bound.auto_id or bound.html_name


def _label(bound: BoundField, heading: bool, of: str = "label") -> Params:
    size = getattr(bound.field, "label_size", None) or ("l" if heading else None)
    hidden = getattr(bound.field, "label_hidden", False)
    optional = not bound.field.required and getattr(bound.field, "say_optional", False)
    return {
        "text": f"{bound.label} (optional)" if optional else bound.label,
        "classes": "govuk-visually-hidden" if hidden else f"govuk-{of}--{size}" if size else "",
        "isPageHeading": heading,
    }


def _option_classes(bound: BoundField, *, stacked: bool) -> str:
    """What a choice reveals stands under it, so such choices are never side by side."""
    block = "checkboxes" if isinstance(bound.field.widget, forms.CheckboxSelectMultiple) else "radios"
    names = ("small",) if stacked else ("inline", "small")
    return " ".join(f"govuk-{block}--{name}" for name in names if getattr(bound.field, name, None))


def _choices(bound: BoundField) -> list[tuple[str, str]]:
    return [(str(value), text) for value, text in bound.field.choices]


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    values = value if isinstance(value, list | tuple | set) else [value]
    return {str(getattr(each, "value", each)) for each in values if each is not None}


def _text(text: Any) -> Params | None:
    return {"text": text} if text else None


# In order: CheckboxSelectMultiple is a RadioSelect, which is a Select; PasswordInput is an Input.
PRESENTERS = (
    (DateInput, "date-input", _date),
    (forms.CheckboxInput, "checkboxes", _tick),
    (forms.CheckboxSelectMultiple, "checkboxes", _options),
    (forms.RadioSelect, "radios", _options),
    (forms.Select, "select", _select),
    (forms.Textarea, "textarea", _textarea),
    (forms.PasswordInput, "password-input", _password),
    (forms.FileInput, "file-upload", _upload),
    (forms.widgets.Input, "input", _input),
)
