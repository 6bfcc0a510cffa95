"""The forms of a plan that goes on: what lies ahead, a week, days that move, and its end."""

from collections.abc import Mapping, Sequence
from typing import Any

from cases.rules.escalation import Progress
from cases.rules.plans import Ending
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import LongTextField, RadioChoiceField, SelectField
from induction_portal.govuk.rows import FixedRows, Row, RowForm

from ..models import Plan
from .plans import blame_row, objective_rows, rows_typed, text_box, week_rows

ANSWERS = [
    (Progress.ON_TRACK.value, "Yes"),
    (Progress.SOME.value, "No: some progress, but concerns remain"),
    (Progress.NONE.value, "No: no progress yet"),
]


class PlanChangeForm(PortalForm):
    """Change what still lies ahead of a plan: the weeks from `first` to `last`, or the objectives where it has rows."""

    submit = "Save"
    may_save_for_later = True

    def __init__(self, *args: Any, first: int, last: int, light: bool, **options: Any) -> None:
        self.first, self.last, self.light = first, last, light
        super().__init__(*args, **options)

    def declare_groups(self) -> Mapping[str, Any]:
        return {"rows": objective_rows()} if self.light else {"planned": week_rows(self.first, self.last)}

    def blame(self, field: str | None, message: str) -> None:
        super().blame(blame_row(self, field), message)

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the rows as the rules do."""
        return self.apply(lambda **_typed: action(**rows_typed(self), **options))


class ObjectiveOutcomeForm(RowForm):
    """What observations showed of an objective."""

    outcome = text_box("Outcome from observation of {row}", rows=2, most=2000)


class WeekEvaluationForm(PortalForm):
    """Evaluate a week. `objectives` are the places of those of a Level 1 plan."""

    submit = "Save the evaluation"
    may_save_for_later = True

    text = LongTextField(
        label="Evaluation of progress",
        missing="Enter how the ECT progressed in this week",
        hint="What was seen, against the success criteria. The ECT reads it, and may comment",
        max_length=3000,
        rows=5,
    )

    def __init__(self, *args: Any, objectives: Sequence[int] = (), **options: Any) -> None:
        self.objectives = objectives
        super().__init__(*args, **options)

    def declare_groups(self) -> Mapping[str, Any]:
        named = [Row(str(place), f"Objective {place}", f"objective {place}") for place in self.objectives]
        return {"outcomes": FixedRows(ObjectiveOutcomeForm, named)} if named else {}

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the outcomes by the place of their objective."""
        told = self.cleaned_data
        outcomes = {int(place): row["outcome"] for place, row in told.get("outcomes", {}).items()}
        return self.apply(lambda **_typed: action(text=told["text"], outcomes=outcomes, **options))


class WeekCommentForm(PortalForm):
    """The ECT comments on a week."""

    submit = "Save your comment"
    may_save_for_later = True

    text = LongTextField(
        label="Your comment on your progress",
        missing="Enter your comment",
        hint="Your mentor, induction tutor, headteacher and the appropriate body read it",
        max_length=3000,
        rows=5,
    )


class PlanLayingForm(PortalForm):
    """Move a week of a plan, and those after it. `plan` is the one whose weeks are moved."""

    submit = "Move the weeks"

    row = SelectField(
        label="Which week begins on another day?", named="the week that begins on another day", coerce=int
    )
    starts_on = DateField(
        label="When does it begin now?", named="the day on which it begins now", hint="For example, 11 1 2027"
    )
    reason = LongTextField(
        label="Why?",
        missing="Enter why the weeks are moved",
        hint="Everybody of the case reads it, mentor and ECT included. Write nothing of why somebody was away",
        max_length=1000,
        rows=3,
    )

    def __init__(self, *args: Any, plan: Plan, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["row"]
        field.choices = [(str(number), f"Week {number}") for number in range(plan.evaluated + 1, len(plan.laid) + 1)]


class PlanFinishForm(PortalForm):
    """End a plan with its outcome."""

    submit = "End the plan"
    may_save_for_later = True

    ended_on = DateField(label="End of the plan", named="the day on which the plan ended")
    early_reason = text_box(
        "Why does it end before its last week?",
        named="why the plan ends early",
        hint="Leave it empty otherwise",
        rows=3,
        most=1000,
    )
    evaluation = LongTextField(
        label="Evaluation of progress",
        missing="Enter the evaluation of progress over the whole plan",
        hint="Against the objectives. The ECT and the appropriate body read it",
        max_length=4000,
        rows=6,
    )
    progress = RadioChoiceField(
        label="Is the ECT on track at the end of the plan?",
        missing="Select whether the ECT is on track",
        choices=ANSWERS,
        coerce=Progress,
    )
    next_objectives = text_box("Next objectives", hint="Needed unless the ECT is on track")

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the end as one value."""
        return self.apply(lambda **typed: action(ending=Ending(**typed), **options))
