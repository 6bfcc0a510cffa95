"""govuk-frontend's examples said with our form fields, as far as our fields can say them."""

import re
from typing import Any

from django import forms

from induction_portal.govuk import fields
from induction_portal.govuk.dates import DateField

from .markup import fixtures

COMMON = """id idPrefix name namePrefix label label.text label.classes label.isPageHeading hint hint.text errorMessage
    errorMessage.text fieldset fieldset.legend fieldset.legend.text fieldset.legend.classes
    fieldset.legend.isPageHeading spellcheck autocomplete""".split()  # noqa: SIM905
CHOICES = [
    "classes",
    "items",
    *(f"items.{name}" for name in ("value", "text", "checked", "selected", "hint", "hint.text")),
]
FIELDS = {
    "input": (fields.TextField, ["value", "classes", "prefix", "prefix.text", "suffix", "suffix.text"]),
    "textarea": (fields.LongTextField, ["value", "rows"]),
    "character-count": (fields.LongTextField, ["value", "rows", "maxlength", "threshold"]),
    "password-input": (fields.PasswordField, []),
    "select": (fields.SelectField, CHOICES),
    "radios": (fields.RadioChoiceField, CHOICES),
    "checkboxes": (fields.CheckboxesField, CHOICES),
    "date-input": (DateField, ["items", "items.name", "items.classes"]),
}
BOXES = ["day", "month", "year"]
CLASSES = re.compile(r"|govuk-input--width-\d+|govuk-(radios|checkboxes)--(small|inline)( govuk-radios--inline)?")


def sayable(component: str) -> list[dict[str, Any]]:
    """The examples that use only what our fields offer: no attributes, no HTML for text, no classes of one's own."""
    return [example for example in fixtures(component) if _can_say(component, example["options"])]


def is_heading(options: dict[str, Any]) -> bool:
    return _label(options).get("isPageHeading", False)


def bound(component: str, options: dict[str, Any]) -> forms.BoundField:
    """The field of a form that says what the options say."""
    name = options.get("namePrefix") or options.get("name") or options["id"]
    field = FIELDS[component][0](**_arguments(component, options))
    field.widget.attrs["id"] = options.get("id") or options.get("idPrefix") or name
    error = options.get("errorMessage")
    form = type("Example", (forms.Form,), {name: field})(initial={name: _value(options)})
    if error:
        form.is_bound, form.data = True, {name: _value(options) or ""}
        form._errors, form.cleaned_data = forms.utils.ErrorDict(), {}
        form.add_error(name, forms.ValidationError(error["text"], code=_faulty_boxes(options)))
    return form[name]


def _can_say(component: str, options: dict[str, Any]) -> bool:
    grouped = component in ("radios", "checkboxes", "date-input")
    items = options.get("items", [{"value": ""}])
    return (
        _names(options) <= {*COMMON, *FIELDS[component][1]}
        and bool(CLASSES.fullmatch(options.get("classes", "")))
        and bool(options.get("fieldset")) == grouped
        and all(isinstance(item, dict) and (grouped or isinstance(item.get("value"), str | int)) for item in items)
        and (
            component != "date-input"
            or ([item.get("name") for item in items], "namePrefix" in options) == (BOXES, True)
        )
        and (component != "character-count" or "maxlength" in options)
        and (component != "select" or (bool(items) and all(item["value"] not in ("", False) for item in items)))
    )


def _arguments(component: str, options: dict[str, Any]) -> dict[str, Any]:
    label, classes = _label(options), options.get("classes", "")
    given = {"label": label["text"], "named": "it", "hint": options.get("hint", {}).get("text", "")}
    given |= {name: options[name] for name in ("spellcheck", "autocomplete", "rows") if name in options}
    given |= {name: options[name]["text"] for name in ("prefix", "suffix") if name in options}
    given["label_size"] = label.get("classes", "").rpartition("--")[2]
    given["width"] = classes.rpartition("width-")[2] if "width" in classes else None
    if component in ("select", "radios", "checkboxes"):
        items = options["items"]
        given["choices"] = [(item["value"], item["text"]) for item in items]
        given["hints"] = {item["value"]: item["hint"]["text"] for item in items if "hint" in item}
        given |= {name: True for name in ("small", "inline") if name in classes}
        given |= {"blank": ""} if component == "select" else {}
    if component in ("textarea", "character-count"):
        given |= {"count": "maxlength" in options, "max_length": options.get("maxlength", 4000)}
        given["threshold"] = options.get("threshold")
    return given


def _value(options: dict[str, Any]) -> Any:
    marked = [item["value"] for item in options.get("items", []) if item.get("checked") or item.get("selected")]
    return options.get("value", marked or None)


def _faulty_boxes(options: dict[str, Any]) -> str:
    items = options.get("items", [])
    return " ".join(item["name"] for item in items if "name" in item and "--error" in item.get("classes", ""))


def _label(options: dict[str, Any]) -> dict[str, Any]:
    return options.get("label") or options.get("fieldset", {}).get("legend", {})


def _names(options: dict[str, Any], prefix: str = "") -> set[str]:
    """Every option's dotted name, however deep."""
    found = set()
    for name, value in options.items():
        found.add(prefix + name)
        for inner in value if isinstance(value, list) else [value]:
            found |= _names(inner, f"{prefix}{name}.") if isinstance(inner, dict) else set()
    return found
