"""Forms of the /components page: one with every kind of field, one with groups of rows."""

from datetime import date
from typing import Any

from django.http import QueryDict

from cases.rules.standards import Rating, Standard
from induction_portal.forms import FilterForm, PortalForm

from .dates import DateField
from .fields import (
    CheckboxesField,
    EmailField,
    LongTextField,
    NumberField,
    PasswordField,
    RadioChoiceField,
    SelectField,
    TextField,
    TickField,
    WholeNumberField,
    YesNoField,
)
from .layout import Buttons, Component, Fieldset, Link, Reveal, Rows, Submit
from .rows import FixedRows, GrowingRows, Row, RowForm

SCHOOLS = [("oakfield", "Oakfield School"), ("elmbridge", "Elmbridge Academy")]


class EveryField(PortalForm):
    name = TextField(label="Full name", named="the teacher’s full name", hint="As it stands in the national record")
    email = EmailField()
    password = PasswordField()
    lessons = WholeNumberField(label="Lessons a week", min_value=1, max_value=40, width=3)
    share = NumberField(label="Share of full time", max_digits=3, decimal_places=2, max_value=1, width=4, suffix="FTE")
    school = SelectField(label="School", named="a school", choices=SCHOOLS)
    started = DateField(
        label="First day of induction", named="the first day of induction", hint="For example, 1 9 2026"
    )
    phase = RadioChoiceField(
        label="Phase",
        named="a phase",
        choices=[("primary", "Primary"), ("secondary", "Secondary")],
        hints={"secondary": "Sixth forms included"},
    )
    on_track = YesNoField(
        label="Is the teacher on track to complete induction?", yes_if="the teacher is on track", label_size="s"
    )
    outline = LongTextField(label="What will the support plan do?", named="an outline of the plan", required=False)
    needs = CheckboxesField(
        label="Support given", named="the support given", choices=[("time", "Release time"), ("coach", "Coaching")]
    )
    notes = LongTextField(label="Notes", required=False, count=False, rows=3)
    agreed = TickField(label="I have discussed this with the teacher", missing="Tick to confirm the discussion")

    def layout(self) -> list[Any]:
        return [
            Fieldset("About the teacher", "name", "email", "password", "lessons", "share", "school", "started"),
            Component("components/inset_text.html", text="A component may stand between two fields."),
            Fieldset("Progress", "phase", Reveal("on_track", no=["outline"]), "needs", "notes", "agreed"),
            Buttons(Submit("Save and continue"), Submit("Delete", name="delete", kind="warning"), Link("Cancel", "#")),
        ]


class RatingRow(RowForm):
    rating = RadioChoiceField(
        label="Rating for {row}",
        label_hidden=True,
        missing="Select a rating for {row}",
        choices=[(rating.value, rating.label) for rating in Rating],
        coerce=int,
        small=True,
        inline=True,
    )
    statement = LongTextField(label="Why was {row} given this rating?", named="a statement for {row}", required=False)


class TargetRow(RowForm):
    text = TextField(label="Target", named="{row}")
    standard = SelectField(
        label="Standard", missing="Select a Standard for {row}", choices=[(each.value, each.label) for each in Standard]
    )
    due_on = DateField(label="To be met by", named="the date {row} is to be met")
    success = TextField(label="How you will know it is met", missing="Enter how you will know {row} is met")


class SampleReview(PortalForm):
    may_save_for_later = True
    submit = "Submit review"
    groups = {
        "ratings": FixedRows(RatingRow, [Row(each.value, each.label, f"Standard {each.value}") for each in Standard]),
        "targets": GrowingRows(TargetRow, noun="target", maximum=5),
    }

    def layout(self) -> list[Any]:
        return [
            Fieldset("Ratings", Rows("ratings", size="s")),
            Fieldset("Targets", Rows("targets", size="s")),
        ]


class SampleQuestion(PortalForm):
    question = True
    held_on = DateField(
        label="When did the review take place?",
        named="the date the review took place",
        past=True,
        hint="Today or before",
    )


class SampleFilter(FilterForm):
    search = TextField(label="Name or TRN", width=20)
    school = SelectField(label="School", blank="All schools", choices=SCHOOLS)


FILLED = {"name": "Amara Okafor", "email": "ect@oakfield.example", "lessons": 19, "started": date(2026, 9, 1)}
MISTAKEN = QueryDict(
    "wrong-email=amara&wrong-lessons=many&wrong-share=1.5&wrong-school=hogwarts"
    "&wrong-started-day=31&wrong-started-month=2&wrong-started-year=2026"
)
