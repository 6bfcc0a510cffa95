"""The forms of the public calculator: what somebody types, as the inputs of `manage.py calculate`.

A broken rule becomes an error beside the input that it is about.
"""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper

from induction_portal import clock
from induction_portal.forms import AddressForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import NumberField, RadioChoiceField, SelectField, TextField
from induction_portal.govuk.layout import Disclosure, Fieldset, Reveal, Rows
from induction_portal.govuk.rows import GrowingRows, RowForm

from ..calculating import Place, Sheet, decimal, timeline_sheet
from ..rules.absence_kinds import AbsenceKind
from ..rules.calculate import CALCULATORS
from ..rules.deadline_rules import RULES
from ..rules.deadlines import KINDS as DEADLINE_KINDS
from ..rules.errors import RuleBroken
from ..rules.facts_json import read_facts
from ..rules.timeline import Timeline, timeline
from .typed import TermsField, WeekdaysField

EARLIEST, LATEST = date(1999, 9, 1), date(2090, 12, 31)
OWN = "own"
PART_TIME = "part"
KINDS = [(kind.value, kind.label) for kind in AbsenceKind]
DEADLINES = [(name, RULES[code].name) for name, code in DEADLINE_KINDS.items()]
COUNTED_FROM = {name: f"Counted from: {RULES[code].opened_by}" for name, code in DEADLINE_KINDS.items()}


def amount(label: str, *, required: bool = False, **options: Any) -> NumberField:
    """An amount typed as a decimal, in a narrow box."""
    look = {"width": 5, "max_digits": 12, "decimal_places": 6, "say_optional": False}
    return NumberField(label=label, required=required, **look | options)


def weekdays(**options: Any) -> WeekdaysField:
    return WeekdaysField(
        label="Days worked (optional)",
        named="the days worked",
        hint="Such as Monday, Tuesday, Wednesday 0.5. Without them every school day counts in proportion.",
        required=False,
        say_optional=False,
        **options,
    )


class PlacementRow(RowForm):
    """Service at another school, or again at the same one."""

    school = TextField(label="School", named="a name for the school of {row}", max_length=60, width=20,
                       hint="Any name: it only tells schools apart")  # fmt: skip
    start = DateField(label="First day", named="the first day of {row}", earliest=EARLIEST, latest=LATEST)
    end = DateField(label="Last day", named="the last day of {row}", required=False, hint="Leave empty if it goes on")
    fte = amount("Part of full time", named="the part of full time of {row}", hint="1 if left empty; three days: 0.6")
    days = weekdays()


class ChangeRow(RowForm):
    """Another working pattern from a day on."""

    start = DateField(label="From", named="the day of {row}", earliest=EARLIEST)
    fte = amount("Part of full time from then", named="the part of full time from {row}", required=True)
    days = weekdays()
    school = TextField(label="School (optional)", named="the school of {row}", max_length=60, width=20,
                       hint="Only if there are several", required=False, say_optional=False)  # fmt: skip


class AbsenceRow(RowForm):
    start = DateField(label="First day away", named="the first day of {row}")
    end = DateField(label="Last day away", named="the last day of {row}", required=False, say_optional=False,
                    hint="Leave empty if still away")  # fmt: skip
    kind = SelectField(label="Kind of absence", named="the kind of {row}", choices=KINDS)
    day_fraction = amount(
        "Part of each day", named="the part of a day of {row}", hint="1 if left empty; half a day: 0.5"
    )
    elect_extension = RadioChoiceField(
        label="Does the ECT choose to extend induction by this leave?",
        named="whether {row} extends induction",
        choices=[("yes", "Yes"), ("no", "No"), ("undecided", "Not decided yet")],
        required=False,
        say_optional=False,
        inline=True,
    )


class ExtensionRow(RowForm):
    terms = amount("Terms", named="the terms of {row}", required=True)


class CalculatorForm(AddressForm):
    """One calculator. ``kind`` is its name in ``CALCULATORS``; what was typed makes ``sheet``, and that ``found``."""

    submit = "Work it out"
    kind = ""
    sheet: Sheet | None = None
    found: Any = None

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not self.errors and all(group.is_valid() for group in self.groups.values()):
            self._calculate()
        return values

    def make_sheet(self) -> Sheet:
        """The inputs of the calculator, and where each was typed. Raises RuleBroken naming an input of the page."""
        raise NotImplementedError

    def solve(self, inputs: dict[str, Any]) -> Any:
        """What the rules say. Raises RuleBroken naming a path in the inputs."""
        return CALCULATORS[self.kind](inputs, clock.today())

    def _calculate(self) -> None:
        try:
            self.sheet = self.make_sheet()
            self.found = self.solve(self.sheet.inputs)
        except RuleBroken as broken:
            field, message = self.sheet.typed(broken) if self.sheet else (broken.field, broken.message)
            self.blame(field, message.rstrip("."))

    def _helper(self) -> FormHelper:
        helper = super()._helper()
        helper.form_action, helper.attrs = "#answer", {"data-live": "calculation"}
        return helper


class TimelineForm(CalculatorForm):
    """When induction ends, and what is due until then."""

    kind = "timeline"
    groups = {
        "absences": GrowingRows(AbsenceRow, noun="absence", minimum=0, maximum=30),
        "placements": GrowingRows(PlacementRow, noun="placement", minimum=0, maximum=8, first=2),
        "changes": GrowingRows(ChangeRow, noun="change of hours", minimum=0, maximum=12),
        "extensions": GrowingRows(ExtensionRow, noun="extension", minimum=0, maximum=5),
    }

    start = DateField(label="First day of induction", named="the first day of induction", hint="For example, 1 9 2026",
                      earliest=EARLIEST, latest=LATEST, label_size="m")  # fmt: skip
    working = RadioChoiceField(
        label="How much do they work?", named="full time or part time", label_size="m", required=False, initial="full",
        say_optional=False, choices=[("full", "Full time"), (PART_TIME, "Part time")],
    )  # fmt: skip
    fte = amount("Part of full time", named="the part of full time", hint="Three days of five are 0.6", initial="")
    days = weekdays()
    school = TextField(label="School (optional)", named="the school", required=False, say_optional=False, max_length=60,
                       width=20, hint="Any name: it only tells schools apart")  # fmt: skip
    end = DateField(label="Last day at this school (optional)", named="the last day at this school", required=False,
                    say_optional=False, hint="Leave empty if it goes on")  # fmt: skip
    before_terms = amount("Full-time terms served", named="the terms served before", hint="Such as 1.4")
    before_calendar_terms = amount("Calendar terms that took", named="the calendar terms of earlier service",
                                   hint="The same, if left empty")  # fmt: skip
    before_absence_days = amount("Days of absence in the part they were in", named="the days of absence before",
                                 hint="None, if left empty")  # fmt: skip
    required_terms = amount("Terms required after a reduction (optional)", named="the terms required",
                            hint="6, unless the appropriate body has reduced induction")  # fmt: skip
    as_of = DateField(label="Work it out as of (optional)", named="the day to work it out as of", required=False,
                      say_optional=False, hint="Today, if left empty", earliest=EARLIEST, latest=LATEST)  # fmt: skip
    calendar = RadioChoiceField(
        label="Which term dates?", named="which term dates to use", required=False, say_optional=False, initial="usual",
        choices=[("usual", "England’s usual terms"), (OWN, "The school’s own terms")],
    )  # fmt: skip
    terms = TermsField(
        label="Terms, one on each line", named="the terms", required=False, say_optional=False, max_length=6000,
        count=False, rows=6, hint="First and last day for teachers, then the half-term’s first and last day, such as: "
        "1 September 2026 to 18 December 2026, half-term 26 October 2026 to 30 October 2026. At least three terms.",
    )  # fmt: skip

    def layout(self) -> list[Any]:
        return [
            "start",
            Reveal("working", part=["fte", "days"]),
            Fieldset("Absence", Rows("absences", size="s"), hint="Leave empty if there is none."),
            Disclosure(
                "More about the service",
                "school", "end",
                Fieldset("Other schools", Rows("placements", size="s")),
                Fieldset("Changes of hours", Rows("changes", size="s")),
                Fieldset("Earlier service that an appropriate body has confirmed", "before_terms",
                         "before_calendar_terms", "before_absence_days"),
                Fieldset("What the appropriate body decided", "required_terms", Rows("extensions", size="s"),
                         hint="Extensions are served after the last part, one after the other."),
            ),
            Disclosure("Term dates and the day this is worked out", Reveal("calendar", own=["terms"]), "as_of"),
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        self._pass_over_what_is_hidden(values)
        if values.get("working") == PART_TIME and "fte" in values and values["fte"] is None:
            self.add_error("fte", "Enter the part of full time, such as 0.6")
        if values.get("calendar") == OWN and not values.get("terms", True):
            self.add_error("terms", "Enter the school’s terms")
        earlier = any(values.get(f"before_{name}") is not None for name in ("calendar_terms", "absence_days"))
        if earlier and values.get("before_terms", "") is None:
            self.add_error("before_terms", "Enter the full-time terms served before")
        return super().clean()

    def _pass_over_what_is_hidden(self, values: dict[str, Any]) -> None:
        """What a choice that was not made would reveal is kept, but cannot be wrong."""
        hidden = [] if values.get("working") == PART_TIME else ["fte", "days"]
        for name in [*hidden, *([] if values.get("calendar") == OWN else ["terms"])]:
            self.errors.pop(name, None)

    def make_sheet(self) -> Sheet:
        return timeline_sheet(self, clock.today())

    def solve(self, inputs: dict[str, Any]) -> Timeline:
        return timeline(read_facts(inputs, clock.today(), also=("id",)))


class DeadlineForm(CalculatorForm):
    """The last day of a statutory deadline."""

    kind = "deadline"

    deadline = RadioChoiceField(label="What has to be done?", named="what has to be done", choices=DEADLINES,
                                hints=COUNTED_FROM, small=True, label_size="m")  # fmt: skip
    trigger = DateField(label="The day it counts from", named="the day it counts from", label_size="m",
                        hint="For example, 1 9 2026")  # fmt: skip

    def make_sheet(self) -> Sheet:
        values = self.cleaned_data
        inputs = {"id": "deadline", "kind": values["deadline"], "trigger": values["trigger"].isoformat()}
        return Sheet(inputs, {"kind": Place("deadline"), "trigger": Place("trigger")})


class TimetableForm(CalculatorForm):
    """How much an ECT may teach."""

    kind = "timetable"

    part = RadioChoiceField(label="Part of induction", named="the part of induction", inline=True,
                            choices=[("1", "Part 1"), ("2", "Part 2")])  # fmt: skip
    fte = amount("Part of full time that they teach", named="the part of full time", hint="1 if left empty")
    unit = RadioChoiceField(label="Counted in", named="minutes or periods", inline=True,
                            choices=[("minutes", "Minutes"), ("periods", "Periods")])  # fmt: skip
    reference = amount(
        "What a main-range teacher of the school teaches", named="what a main-range teacher teaches", required=True,
        hint="In one timetable cycle, full time, without other release: such as 1325 minutes or 22 periods",
    )  # fmt: skip
    taught = amount("What the ECT teaches (optional)", named="what the ECT teaches", hint="In the same cycle")

    def make_sheet(self) -> Sheet:
        values = self.cleaned_data
        amounts = {name: decimal(values[name]) for name in ("reference", "taught") if values[name] is not None}
        inputs = {"id": "timetable", "part": int(values["part"]), "fte": decimal(values["fte"], "1")}
        return Sheet(inputs | {"unit": values["unit"]} | amounts, {name: Place(name) for name in self.fields})
