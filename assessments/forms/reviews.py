"""The forms of progress reviews: shape and wording of what is typed."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from cases.policy_words import STATEMENTS
from cases.rules.reviews import USUAL, Asked, Target
from cases.rules.standards import Rating, Standard
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import (
    CheckboxesField,
    LongTextField,
    RadioChoiceField,
    SelectField,
    TextField,
    YesNoField,
)
from induction_portal.govuk.layout import Component, Fieldset, Reveal, Rows
from induction_portal.govuk.rows import FixedRows, GrowingRows, Row, RowForm
from induction_portal.govuk.words import lower_first

from ..absent import Absent
from ..content import Answers

RATINGS = [(str(int(rating)), rating.label) for rating in sorted(Rating, reverse=True)]
STANDARDS = [(standard.value, standard.label) for standard in Standard]
RULE_FIELD = re.compile(r"(rating|statement)_(\w+)")


class RatingRow(RowForm):
    """One Standard: its rating, and the statement that a low one asks for (R55). `statement_from` is the highest rating
    that needs one.
    """

    statement_from = Rating.ATTENTION

    rating = RadioChoiceField(
        label="Rating",
        label_hidden=True,
        missing="Select a rating for {row}",
        choices=RATINGS,
        coerce=lambda value: Rating(int(value)),
        inline=True,
        small=True,
    )
    statement = LongTextField(
        label="Written statement",
        required=False,
        say_optional=False,
        max_length=2000,
        rows=3,
        count=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        needed = lower_first(STATEMENTS[int(self.statement_from)])
        self.fields["statement"].help_text = f"Needed for {needed}: why, and what will help"

    def clean(self) -> dict[str, Any]:
        rating = self.cleaned_data.get("rating")
        if (
            rating
            and rating <= self.statement_from
            and not self.cleaned_data.get("statement")
            and "statement" not in self.errors
        ):
            self.add_error("statement", f"Say why {self.named} is rated {rating.label.lower()}, and what will help")
        return self.cleaned_data


@cache
def rating_rows(asked: Asked) -> FixedRows:
    """A row for each Standard that the body has rated."""
    form = type("AskedRatingRow", (RatingRow,), {"statement_from": asked.statement_from})
    rows = [Row(s.value, s.label, s.value if s is not Standard.PART_TWO else "Part Two") for s in asked.standards]
    return FixedRows(form, rows)


class TargetRow(RowForm):
    """One target: what, for which Standard, by when, and how success will be known (R57)."""

    text = LongTextField(
        label="What the ECT will work on",
        missing="Enter what the ECT will work on in {row}",
        named="what the ECT will work on",
        max_length=1000,
        rows=2,
        count=False,
    )
    standard = SelectField(
        label="Teachers’ Standard", choices=STANDARDS, coerce=Standard, missing="Select the Standard that {row} is for"
    )
    due_on = DateField(label="By when", named="the date {row} is due", missing="Enter the date {row} is due")
    success_criteria = LongTextField(
        label="How you will know it has been met",
        named="how you will know it has been met",
        missing="Say how you will know that {row} has been met",
        max_length=1000,
        rows=2,
        count=False,
    )


class ReviewForm(PortalForm):
    """A progress review as its author fills it in (R57). `asked` is what the body asks for beside the rest (R55)."""

    submit = "Submit review"
    may_save_for_later = True
    groups = {"targets": GrowingRows(TargetRow, noun="target", minimum=1, maximum=8)}

    held_on = DateField(
        label="Date the review was held", named="the date the review was held", past=True, hint="For example, 9 12 2026"
    )
    present = CheckboxesField(
        label="Who was present?",
        missing="Select who was present: a review is held by the ECT and the reviewer",
        choices=[("ect", "The ECT"), ("reviewer", "Me, as the reviewer")],
    )
    others_present = TextField(label="Anybody else who was present", named="who else was present", required=False)
    evidence = LongTextField(
        label="Summary of the evidence",
        named="a summary of the evidence",
        hint="One or two sentences. Use what exists already: nothing new has to be produced",
        max_length=2000,
        rows=3,
    )
    previous_targets = LongTextField(
        label="Progress against earlier targets", required=False, max_length=2000, rows=3, count=False
    )
    on_track = YesNoField(
        label="Is the ECT on track to complete induction successfully?",
        yes_if="the ECT is on track to complete induction successfully",
        inline=False,
    )
    no_concern_reason = LongTextField(
        label="Why the ECT is on track although a Standard is rated “Cause for concern”",
        named="why the ECT is on track",
        hint="Only needed if you rated a Standard “Cause for concern”",
        required=False,
        say_optional=False,
        max_length=2000,
        rows=3,
        count=False,
    )
    support_outline = LongTextField(
        label="Outline of the support plan",
        named="an outline of the support plan",
        hint="What help the ECT will have, from whom, and until when",
        required=False,
        say_optional=False,
        max_length=4000,
        rows=5,
        count=False,
    )

    def __init__(self, *args: Any, asked: Asked = USUAL, absent: Absent | None = None, **options: Any) -> None:
        self.asked, self.absent = asked, absent
        super().__init__(*args, **options)

    def declare_groups(self) -> Mapping[str, Any]:
        rated = {"ratings": rating_rows(self.asked)} if self.asked.standards else {}
        return rated | type(self).groups

    def _ratings(self) -> list[Any]:
        if not self.asked.standards:
            return []
        statements = STATEMENTS[int(self.asked.statement_from)]
        ratings = sorted(Rating, reverse=True)
        return [
            Component("assessments/ratings_help.html", ratings=ratings, statements=statements),
            Rows("ratings", size="s"),
        ]

    def _absence(self) -> list[Any]:
        """The days absent so far, from the record: nobody types them."""
        return [Component("assessments/absent.html", absent=self.absent)] if self.absent else []

    def layout(self) -> list[Any]:
        return [
            Fieldset("The meeting", "held_on", "present", "others_present"),
            *self._absence(),
            *self._ratings(),
            Fieldset(
                "Progress",
                "evidence",
                "previous_targets",
                Reveal("on_track", yes=["no_concern_reason"], no=["support_outline"]),
            ),
            Rows("targets"),
        ]

    def answers(self) -> Answers:
        """What was typed, as the action takes it. Call it only when the form is valid."""
        told = self.cleaned_data
        rated = {Standard(key): row for key, row in told.get("ratings", {}).items()}
        explained = {s: row["statement"] for s, row in rated.items() if row["rating"] <= self.asked.statement_from}
        return Answers(
            held_on=told["held_on"],
            present=tuple(told["present"]),
            others_present=told["others_present"],
            on_track=told["on_track"],
            evidence=told["evidence"],
            previous_targets=told["previous_targets"],
            no_concern_reason=told["no_concern_reason"],
            support_outline=told["support_outline"],
            ratings={standard: row["rating"] for standard, row in rated.items()},
            statements=explained,
            targets=tuple(Target(**row) for row in told["targets"]),
        )

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the answers as one value."""
        answers = self.answers()
        return self.apply(lambda **_typed: action(answers=answers, **options))

    def blame(self, field: str | None, message: str) -> None:
        """A rule names a rating by its Standard; the page names it by its row."""
        if field and (named := RULE_FIELD.fullmatch(field)):
            field = f"ratings-{named[2]}-{named[1]}"
        super().blame(field, message)


class CommentForm(PortalForm):
    """The ECT's comments."""

    submit = "Add comments"
    text = LongTextField(label="Your comments", named="your comments", max_length=4000, rows=6)


class AcknowledgementForm(PortalForm):
    """A button alone: the ECT has read the review."""

    submit = "Confirm that you have read it"


class AcceptanceForm(PortalForm):
    """A button alone: the body accepts the review."""

    submit = "Accept review"


class ReturnForm(PortalForm):
    """The body sends a review back."""

    submit = "Return review"
    comments = LongTextField(
        label="What has to change?",
        missing="Say what has to change before you can accept the review",
        hint="The school sees this. The ECT sees that the review was returned, and why",
        max_length=4000,
        rows=6,
    )
