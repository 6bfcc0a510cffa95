"""The forms of a support plan: written and started, changed while it goes on, evaluated, moved, ended (R76)."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cases.rules.escalation import PLAN_WEEKS
from cases.rules.plans import LIGHT, MOST_ROWS, ObjectiveRow, WeekRow, Written, fields_of
from cases.rules.reviews import Objection
from cases.rules.standards import Standard
from cases.rules.statuses import SupportLevel
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import CheckboxesField, LongTextField, RadioChoiceField, SelectField
from induction_portal.govuk.layout import Fieldset, Rows
from induction_portal.govuk.rows import FixedRows, GrowingGroup, GrowingRows, Row, RowForm

from .concerns import STANDARDS

KEEP, START = "keep", "start"
Check = Callable[[Written], Iterable[Objection]]
PLACE = re.compile(r"(\w+)\[(\d+)\]\.(\w+)")
LENGTHS = [(str(weeks), "1 week" if weeks == 1 else f"{weeks} weeks") for weeks in range(1, MOST_ROWS + 1)]


def text_box(label: str, *, hint: str = "", rows: int = 4, most: int = 3000, named: str = "") -> LongTextField:
    """A long text that may be left empty while a plan is being written; starting it asks for what it needs."""
    said = {"label": label, "hint": hint, "named": named}
    return LongTextField(**said, rows=rows, max_length=most, required=False, say_optional=False)


class PlanWeekRowForm(RowForm):
    """What is planned for one week."""

    actions = text_box("Action to be taken in {row}, and by whom", rows=3, most=2000)
    resources = text_box(
        "Resources required in {row}", hint="Use of PD time and support provided included", rows=2, most=2000
    )
    success_criteria = text_box("Success criteria of {row}", rows=2, most=2000)


class PlanObjectiveRowForm(RowForm):
    """An objective of a Level 1 plan."""

    objective = text_box("What is {row}?", named="{row}", rows=2, most=2000)
    standards = CheckboxesField(
        label="Which Teachers’ Standards does {row} serve?",
        missing="Select the Teachers’ Standards that {row} serves",
        choices=STANDARDS,
        coerce=Standard,
        small=True,
        required=False,
        say_optional=False,
    )
    success_criteria = text_box("Success criteria of {row}", rows=2, most=2000)
    actions = text_box("Actions to be taken for {row}, and by whom", rows=3, most=2000)
    resources = text_box("Resources and support required for {row}", rows=2, most=2000)


def objective_rows() -> GrowingRows:
    """One key area: an objective or a few."""
    return GrowingRows(PlanObjectiveRowForm, noun="objective", minimum=1, maximum=4)


def week_rows(first: int, last: int) -> FixedRows:
    """Weeks from one to another."""
    named = (Row(str(number), f"Week {number}", f"week {number}") for number in range(first, last + 1))
    return FixedRows(PlanWeekRowForm, named)


def rows_typed(form: PortalForm) -> dict[str, Any]:
    """The rows of a form as the rules take them; objectives that say nothing are left out."""
    told = form.cleaned_data
    said = [row for row in told.get("rows", ()) if any(row.values())]
    objectives = tuple(ObjectiveRow(**row | {"standards": tuple(row["standards"])}) for row in said)
    weeks = told.get("planned") or {}
    return {"rows": objectives, "planned": tuple(WeekRow(**row) for row in weeks.values())}


def blame_row(form: PortalForm, field: str | None) -> str | None:
    """The name in the page of what a rule calls ``planned[0].actions``."""
    match = PLACE.fullmatch(field or "")
    if match is None:
        return field
    group = form.groups[match[1]]
    rows = group.used if isinstance(group, GrowingGroup) else group.rows
    place = min(int(match[2]), len(rows) - 1)
    return rows[place].add_prefix(match[3])


class SupportPlanForm(PortalForm):
    """Write the plan of a level, and start it. `objections` says what keeps what was typed from starting."""

    submit = "Save"
    may_save_for_later = True

    met_on = DateField(label="Date of the meeting of mentor and ECT", named="the date of the meeting", required=False,
                       say_optional=False)  # fmt: skip
    starts_on = DateField(label="First day of the plan", named="the first day of the plan", required=False,
                          say_optional=False)  # fmt: skip
    weeks = SelectField(label="How many weeks does it take?", missing="Select how many weeks the plan takes",
                        choices=LENGTHS, coerce=int, empty_value=None,
                        required=False, say_optional=False)  # fmt: skip
    standards = CheckboxesField(label="Which Teachers’ Standards is it about?", choices=STANDARDS, coerce=Standard,
                                missing="Select the Teachers’ Standards that the plan is about",
                                small=True, required=False, say_optional=False)  # fmt: skip
    previous_objectives = text_box("Previous objectives")
    previous_evaluation = text_box("Evaluation of progress on the previous objectives")
    reason = text_box("Reason for light touch support", hint="Linked to the Teachers’ Standards. The ECT reads it")
    objectives = text_box("Objectives", hint="Linked to the Teachers’ Standards, with clear targets")
    risk_reasons = text_box("Reasons for risk of failing", hint="Linked to the Teachers’ Standards")
    extension_reasons = text_box(
        "Possible reasons for extension to induction",
        hint="For example illness, or lack of support before. No plan extends induction: only the appropriate body’s "
        "decision at its end can",
    )
    then = RadioChoiceField(
        label="What now?",
        missing="Select what happens now",
        choices=[(KEEP, "Keep it, to be gone on with"), (START, "Start the plan")],
        hints={
            KEEP: "Everybody of the case can read it, the ECT included, as not yet started",
            START: "The ECT, the school and the appropriate body are told. What it sets out to do then stands",
        },
    )

    def __init__(self, *args: Any, level: SupportLevel, objections: Check, **options: Any) -> None:
        self.level, self.objections = level, objections
        super().__init__(*args, **options)
        for name in [*self.fields]:
            if name not in fields_of(level) | {"then"}:
                del self.fields[name]
        allowed = PLAN_WEEKS[level]
        field: Any = self.fields["weeks"]
        field.choices = [(key, words) for key, words in LENGTHS if int(key) in allowed]

    def declare_groups(self) -> Mapping[str, Any]:
        if self.level is LIGHT:
            return {"rows": objective_rows()}
        return {"planned": week_rows(1, PLAN_WEEKS[self.level][-1])}

    def layout(self) -> list[Any]:
        first = [name for name in ("met_on", "starts_on", "weeks") if name in self.fields]
        said = [name for name in self.fields if name not in {*first, "then"}]
        group = next(iter(self.groups))
        return [Fieldset("When", *first), Fieldset("What it is about", *said), Rows(group), "then"]

    def clean(self) -> dict[str, Any]:
        """Everything that keeps the plan from starting is said at once, each beside its answer."""
        told = super().clean()
        if told.get("then") == START and all(group.is_valid() for group in self.groups.values()):
            for objection in self.objections(self.written()):
                if objection.field not in self.errors:
                    self.blame(objection.field, objection.message)
        return told

    def written(self) -> Written:
        """What was typed, as the rules take it."""
        told = {name: value for name, value in self.cleaned_data.items() if name in fields_of(self.level)}
        told |= rows_typed(self) | {"standards": tuple(told.get("standards", ()))}
        return Written(**told)

    def blame(self, field: str | None, message: str) -> None:
        super().blame(blame_row(self, field), message)

    @property
    def starts(self) -> bool:
        """Whether the plan is to start."""
        return self.cleaned_data["then"] == START

    def send(self, keeping: Any, starting: Any, **options: Any) -> Any:
        """Apply one of two actions that take what was written as one value."""
        act = starting if self.starts else keeping
        return self.apply(lambda **_typed: act(written=self.written(), **options))
