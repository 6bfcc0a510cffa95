"""Form fields in the design system's manner: each knows the words of its messages, which say what to do.

``named`` is how the value is called inside a sentence ("the date the review took place"); it defaults to the label.
``missing`` replaces the whole message for an empty answer. ``hint`` stands under the label.
Presentation only: ``label_size`` (s, m, l, xl), ``label_hidden`` (read out, not shown),
``width`` (2, 3, 4, 5, 10, 20 characters), ``prefix``, ``suffix``.
"""

from typing import Any

from django import forms

from .words import lower_first, upper_first

MEGABYTE = 1024 * 1024


class Worded:
    """Mixed into each field: turns ``named`` and ``missing`` into Django's error messages."""

    verb = "Enter"
    look = (
        "label_size",
        "label_hidden",
        "width",
        "prefix",
        "suffix",
        "autocomplete",
        "spellcheck",
        "inline",
        "small",
        "rows",
        "hints",
    )

    def __init__(self, *, label="", named="", missing="", hint="", say_optional=True, **options: Any) -> None:
        if label.endswith("?") and not (named or missing):
            raise TypeError(f"Say how the answer is named in a sentence: named= or missing= for {label!r}.")
        self.named, self.missing = named or lower_first(label), missing
        self.say_optional = say_optional
        for name in self.look:
            setattr(self, name, options.pop(name, None))
        messages = self.messages(options) | {"required": missing or f"{self.verb} {self.named}"}
        options["error_messages"] = messages | options.get("error_messages", {})
        super().__init__(label=label, help_text=hint, **options)

    @property
    def sentence_start(self) -> str:
        """What a message about this value begins with."""
        return upper_first(self.named)

    def messages(self, options: dict[str, Any]) -> dict[str, str]:
        """The messages of this kind of field, apart from the one for an empty answer."""
        return {}


class TextField(Worded, forms.CharField):
    """One line of text, at most 200 characters unless told otherwise."""

    def __init__(self, *, max_length: int = 200, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)

    def messages(self, options: dict[str, Any]) -> dict[str, str]:
        return {
            "max_length": f"{self.sentence_start} must be {options['max_length']:,} characters or fewer",
            "min_length": f"{self.sentence_start} must be {options.get('min_length') or 0:,} characters or more",
            "null_characters_not_allowed": f"{self.sentence_start} has a character that cannot be kept. Type it again",
        }


class LongTextField(TextField):
    """Several lines of text. ``count`` shows how many characters are left, once ``threshold`` per cent are used."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = 4000, count: bool = True, threshold: int = 75, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        self.count, self.threshold = count, threshold

    def to_python(self, value: Any) -> str:
        # Browsers send each line end as two characters but count it as one.
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class EmailField(Worded, forms.EmailField):
    def __init__(self, *, label: str = "Email address", named: str = "an email address", **options: Any) -> None:
        super().__init__(label=label, named=named, **{"autocomplete": "email", "spellcheck": False} | options)

    def messages(self, options: dict[str, Any]) -> dict[str, str]:
        return {
            "invalid": "Enter an email address in the correct format, like name@example.com",
            "max_length": "Email address must be 320 characters or fewer",
            "null_characters_not_allowed": "Enter an email address in the correct format, like name@example.com",
        }


class PasswordField(TextField):
    """Never shown again; spaces at either end belong to it."""

    widget = forms.PasswordInput

    def __init__(self, *, label: str = "Password", named: str = "your password", **options: Any) -> None:
        super().__init__(label=label, named=named, strip=False, **{"autocomplete": "current-password"} | options)


class Numeric(Worded):
    example = "12"

    def messages(self, options: dict[str, Any]) -> dict[str, str]:
        start, places = self.sentence_start, options.get("decimal_places")
        low, high = options.get("min_value"), options.get("max_value")
        return {
            "invalid": f"{start} must be a {self.kind}, like {self.example}",
            "min_value": f"{start} must be {low} or more",
            "max_value": f"{start} must be {high} or less",
            "max_decimal_places": f"{start} must have no more than {places} decimal places",
            "max_digits": f"{start} must have fewer digits",
            "max_whole_digits": f"{start} must have fewer digits before the decimal point",
        }


class WholeNumberField(Numeric, forms.IntegerField):
    kind, inputmode = "whole number", "numeric"


class NumberField(Numeric, forms.DecimalField):
    """A Decimal, such as a fraction of full time."""

    kind, inputmode, example = "number", "decimal", "0.6"


class ChoiceWords(Worded):
    verb = "Select"

    def messages(self, options: dict[str, Any]) -> dict[str, str]:
        # Only a tampered or outdated page sends a choice that is not offered.
        unknown = self.missing or f"{self.verb} {self.named} from the list"
        return {"invalid_choice": unknown, "invalid_list": unknown}


class SelectField(ChoiceWords, forms.TypedChoiceField):
    """A drop-down list; ``blank`` is the text of the first, empty choice. ``coerce`` turns the text into a value."""

    def __init__(self, *, blank: str = "Select an option", choices=(), **options: Any) -> None:
        super().__init__(choices=[("", blank), *choices] if blank else choices, **options)


class RadioChoiceField(ChoiceWords, forms.TypedChoiceField):
    """Radios. ``hints`` maps a value to the hint under it; ``inline`` sets short answers side by side."""

    widget = forms.RadioSelect


class YesNoField(RadioChoiceField):
    """True, False, or None when optional and unanswered. ``yes_if`` words the message: "Select yes if …"."""

    def __init__(self, *, yes_if: str, yes: str = "Yes", no: str = "No", **options: Any) -> None:
        options = {"inline": True, "empty_value": None, "missing": f"Select yes if {yes_if}"} | options
        super().__init__(choices=[("yes", yes), ("no", no)], coerce=lambda answer: answer == "yes", **options)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)


class CheckboxesField(ChoiceWords, forms.TypedMultipleChoiceField):
    """Any number of choices; a list of values."""

    widget = forms.CheckboxSelectMultiple


class UploadField(Worded, forms.FileField):
    """One file, whatever it holds. ``largest`` is the most that it may be, in megabytes."""

    verb, widget = "Choose", forms.FileInput

    def __init__(self, *, largest: int, **options: Any) -> None:
        super().__init__(**options)
        self.largest = largest

    def messages(self, options: dict[str, Any]) -> dict[str, str]:
        return {"empty": f"{self.sentence_start} is empty. Choose another", "invalid": f"Choose {self.named} again"}

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if found and found.size > self.largest * MEGABYTE:
            raise forms.ValidationError(f"{self.sentence_start} must be {self.largest} MB or smaller")
        return found


class TickField(Worded, forms.BooleanField):
    """One box to tick, such as a confirmation. Required means it must be ticked."""

    def __init__(self, *, missing: str, **options: Any) -> None:
        super().__init__(missing=missing, **options)
