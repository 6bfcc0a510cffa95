"""The forms by which a body words its questions, plans a round, draws a sample and plans a visit."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from induction_portal.accounts.models import Organisation, User
from induction_portal.accounts.permissions import Role
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import (
    CheckboxesField,
    LongTextField,
    RadioChoiceField,
    SelectField,
    TextField,
    WholeNumberField,
)
from induction_portal.govuk.layout import Fieldset

from ..actions.quality_visits import Arrangement
from ..models import QualityDraw, QualityRound, QualityVisit
from ..models.quality import ASKED_OF
from ..people import holders
from ..rules.quality import AskedOf, Question
from ..rules.quality_sampling import MOST
from .windows import TermForm, key_of

KINDS = QualityVisit.Kind.choices
BY_OFFICERS = (Role.BODY_OFFICER, Role.BODY_ADMIN)


class QualityQuestionForm(PortalForm):
    """A question of the body's, from a day on."""

    submit = "Save question"

    text = TextField(
        label="Question",
        named="the question",
        missing="Enter the question",
        hint="One that can be answered with yes, in part or no",
        max_length=300,
    )
    asked_of = RadioChoiceField(
        label="Who answers it?",
        missing="Select who answers the question",
        choices=ASKED_OF,
        hints={AskedOf.ECT.value: "What an ECT says stays with your body: the school never reads it"},
        coerce=AskedOf,
    )
    starts_on = DateField(
        label="From which day?",
        named="the day from which it is asked so",
        hint="Rounds that were planned before keep the wording they had",
    )


class WordQuestionForm(QualityQuestionForm):
    """Another wording of a question, or that it is asked no longer."""

    is_asked = RadioChoiceField(
        label="Is it asked from then on?",
        missing="Select whether the question is asked from then on",
        choices=[("yes", "Yes"), ("no", "No, leave it out")],
        coerce=lambda answer: answer == "yes",
        inline=True,
    )


class PlanRoundForm(TermForm):
    """When a round is, what it looks into, whom it draws and what it asks."""

    submit = "Plan this round"

    term = SelectField(label="Term", blank="Select a term", coerce=key_of)
    aims = LongTextField(
        label="What does this round look into?",
        named="what this round looks into",
        missing="Say what this round looks into",
        hint="For your body alone. For example: mentor time in the first year, at schools new to us",
        max_length=2000,
        rows=4,
    )
    draws = RadioChoiceField(
        label="What do you draw?",
        missing="Select what you draw",
        choices=QualityRound.Draws.choices,
        hints={
            QualityRound.Draws.ECTS: "Each ECT who is drawn is looked at, on a visit to their school",
            QualityRound.Draws.SCHOOLS: "Each school that is drawn is looked at as a whole",
        },
    )
    questions = CheckboxesField(label="What do you ask?", missing="Select at least one question")

    def __init__(self, *args: Any, questions: Sequence[Question], **options: Any) -> None:
        """`questions` are those of the body's today; all are ticked to begin with."""
        super().__init__(*args, **options)
        field: Any = self.fields["questions"]
        field.choices = [(each.code, each.text) for each in questions]
        field.hints = {each.code: "The ECT, in confidence" for each in questions if each.asked_of is AskedOf.ECT}


class DrawForm(PortalForm):
    """How to draw, and how many."""

    submit = "Draw the sample"

    method = RadioChoiceField(
        label="How do you draw?",
        missing="Select how you draw",
        choices=QualityDraw.Method.choices,
        hints={
            QualityDraw.Method.RANDOM: "Everybody has the same chance. With the same seed the draw can be repeated",
            QualityDraw.Method.RISK: "Those with the weightiest reasons come first. You are shown every reason",
        },
    )
    size = WholeNumberField(label="How many?", named="how many to draw", width=4, min_value=1, max_value=MOST)
    seed = TextField(
        label="Seed",
        named="the seed",
        hint="Leave this empty, and the portal makes one. Letters, digits and hyphens, for example 2026-autumn",
        required=False,
        max_length=40,
        width=20,
    )


class ArrangeForm(PortalForm):
    """When a visit is, and who goes: of the body's officers, never somebody who stands too near (R81)."""

    visited_on = DateField(label="Date of the visit", named="the date of the visit")
    kind = RadioChoiceField(label="What kind of visit?", missing="Select what kind of visit it is", choices=KINDS)
    officer = SelectField(
        label="Officer who does it",
        named="the officer",
        missing="Select the officer who does it",
        hint="Not the named contact of an ECT who is looked at, and nobody who works at the school",
    )
    second = SelectField(label="Second officer", named="the second officer", blank="Nobody", required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        viewer = self.acting
        people = holders(viewer.organisation.pk, *BY_OFFICERS, on=viewer.on) if viewer and viewer.organisation else ()
        known: dict[str, User] = {str(user.pk): user for user in people}
        for name, blank in (("officer", "Select an option"), ("second", "Nobody")):
            field: Any = self.fields[name]
            field.choices = [("", blank), *((key, user.name) for key, user in known.items())]
            field.coerce, field.empty_value = known.__getitem__, None

    @property
    def arranged(self) -> Arrangement:
        """What the actions take."""
        return Arrangement(**{name: self.cleaned_data[name] for name in ("visited_on", "kind", "officer", "second")})


class PlanQualityVisitForm(ArrangeForm):
    """A visit to one of the schools that were drawn."""

    submit = "Plan this visit"

    school = SelectField(label="School", named="the school", missing="Select the school")

    def __init__(self, *args: Any, schools: Iterable[Organisation], **options: Any) -> None:
        """`schools` are those of the sample without a visit."""
        super().__init__(*args, **options)
        known: dict[str, Organisation] = {str(school.pk): school for school in schools}
        field: Any = self.fields["school"]
        field.choices = [("", "Select a school"), *((key, school.name) for key, school in known.items())]
        field.coerce = known.__getitem__

    def layout(self) -> list[Any]:
        return ["school", Fieldset("The visit", "visited_on", "kind", "officer", "second")]


class ChangeQualityVisitForm(ArrangeForm):
    """A planned visit, arranged otherwise."""

    submit = "Save the plan"


class CallOffForm(PortalForm):
    """A planned visit does not take place."""

    submit = "Call the visit off"
    reason = TextField(
        label="Why does the visit not take place?",
        named="why the visit does not take place",
        missing="Say why the visit does not take place",
        hint="Only your body reads this",
        max_length=500,
    )


def as_initial(visit: QualityVisit) -> dict[str, Any]:
    """A plan as its form begins with it."""
    people: dict[str, UUID | None] = {"officer": visit.officer_id, "second": visit.second_id}
    chosen = {name: str(key) for name, key in people.items() if key}
    return {"visited_on": visit.visited_on, "kind": visit.kind, **chosen}
