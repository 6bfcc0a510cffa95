"""The forms of submission windows, and of the general report."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from induction_portal.forms import FilterForm, PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import SelectField

from ..rules.windows import TermKey, term_words

TermChoices = Sequence[TermKey]


def choice_of(key: TermKey) -> str:
    """A term as an address and a form carry it: ``2026-autumn``."""
    return f"{key[0]}-{key[1]}"


def choices_of(terms: TermChoices) -> list[tuple[str, str]]:
    """Terms as a list offers them: "Autumn term 2026/27"."""
    return [(choice_of(key), term_words(key).capitalize()) for key in terms]


def key_of(choice: str) -> TermKey:
    """The term of a choice."""
    year, _, name = choice.partition("-")
    return int(year), name


class TermForm(PortalForm):
    """A form about one of some terms."""

    def __init__(self, *args: Any, terms: TermChoices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["term"].choices = [("", "Select a term"), *choices_of(terms)]


class WindowForm(TermForm):
    """A body's submission window for a term."""

    submit = "Save submission window"

    term = SelectField(label="Term", blank="Select a term", coerce=key_of)
    opens_on = DateField(
        label="First day",
        named="the first day",
        hint="From this day schools are asked for what falls due in the term",
        required=False,
    )
    due_on = DateField(
        label="Last day",
        named="the last day",
        hint="Bodies usually choose a day about two weeks before the end of term. Leave both dates empty for a term "
        "without a window",
        required=False,
    )


class GivenForm(TermForm):
    """The governing body was given the general report of a term (D31)."""

    submit = "Record that it was given"

    term = SelectField(
        label="Which term’s report?", named="the term of the report", blank="Select a term", coerce=key_of
    )
    given_on = DateField(label="When did you give it to them?", named="the day you gave the report", past=True)


class TermFilter(FilterForm):
    """Chooses the term of the general report."""

    submit = "Show this term"

    term = SelectField(label="Term", blank="", coerce=key_of)

    def __init__(self, *args: Any, terms: TermChoices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["term"].choices = choices_of(terms)


def first_years(today: date) -> range:
    """The school years whose windows may be set: this one and the next."""
    first = today.year if today.month >= 8 else today.year - 1
    return range(first, first + 2)
