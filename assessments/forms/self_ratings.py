"""The form of a self-rating: shape and wording of what is typed."""

import re
from typing import Any

from cases.rules.self_rating import OwnView
from cases.rules.standards import Rating, Standard
from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import LongTextField, RadioChoiceField
from induction_portal.govuk.layout import Rows
from induction_portal.govuk.rows import FixedRows, Row, RowForm

from .reviews import RATINGS

RULE_FIELD = re.compile(r"words_(\w+)")


class OwnViewRow(RowForm):
    """One Standard: a rating, words, or neither."""

    rating = RadioChoiceField(
        label="Your rating",
        label_hidden=True,
        missing="Select a rating for {row} from the list",
        choices=RATINGS,
        coerce=lambda value: Rating(int(value)),
        empty_value=None,
        required=False,
        say_optional=False,
        inline=True,
        small=True,
    )
    words = LongTextField(
        label="In your own words",
        named="what you say of {row}",
        max_length=1000,
        rows=2,
        count=False,
        required=False,
        say_optional=False,
    )


class SelfRatingForm(PortalForm):
    """Every Standard, none of them asked for."""

    submit = "Share with your induction tutor"
    may_save_for_later = True
    groups = {
        "views": FixedRows(
            OwnViewRow,
            [Row(s.value, s.label, s.value if s is not Standard.PART_TWO else "Part Two") for s in Standard],
        )
    }

    def layout(self) -> list[Any]:
        return [Rows("views", size="s")]

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the views as one value."""
        views = {Standard(key): OwnView(row["rating"], row["words"]) for key, row in self.cleaned_data["views"].items()}
        return self.apply(lambda **_typed: action(views=views, **options))

    def blame(self, field: str | None, message: str) -> None:
        """A rule names the words by their Standard; the page names them by their row."""
        if field and (named := RULE_FIELD.fullmatch(field)):
            field = f"views-{named[1]}-words"
        super().blame(field, message)
