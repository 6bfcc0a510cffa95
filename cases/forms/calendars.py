"""A school year as it is typed in: three terms or six short ones, and the days closed within them."""

import re
from typing import Any

from cases.rules.school_year import Span, YearPlan
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import TextField, TickField
from induction_portal.govuk.layout import Component, Rows
from induction_portal.govuk.rows import GrowingRows, RowForm

RULE_FIELD = re.compile(r"(terms|closures)\[(\d+)\]\.(\w+)")


class TermRow(RowForm):
    """One term, from teachers' first to last working day."""

    starts_on = DateField(
        label="First day teachers work", named="the first day of {row}", hint="Training days count: include them"
    )
    ends_on = DateField(label="Last day teachers work", named="the last day of {row}")


class ClosureRow(RowForm):
    """Days within a term on which nobody has to work."""

    starts_on = DateField(label="First day closed", named="the first day of {row}")
    ends_on = DateField(
        label="Last day closed",
        named="the last day of {row}",
        hint="Leave empty if it is closed on one day only",
        required=False,
        say_optional=False,
    )
    reason = TextField(label="What it is for", named="what {row} is for", max_length=100, required=False)


class CalendarForm(PortalForm):
    """A whole school year."""

    submit = "Save school year"
    groups = {
        "terms": GrowingRows(TermRow, noun="term", minimum=3, maximum=6),
        "closures": GrowingRows(ClosureRow, noun="closure", minimum=0, maximum=30),
    }

    def layout(self) -> list[Any]:
        return [
            Component("cases/calendar_help.html"),
            Rows("terms"),
            Component("cases/closures_help.html"),
            Rows("closures", size="s"),
        ]

    def plan(self, first_year: int) -> YearPlan:
        """What was typed, for the rules. Call it only when the form is valid."""
        told = self.cleaned_data
        return YearPlan(
            first_year,
            tuple(Span(row["starts_on"], row["ends_on"]) for row in told["terms"]),
            tuple(Span(r["starts_on"], r["ends_on"] or r["starts_on"], r["reason"]) for r in told["closures"]),
        )

    def send(self, action: Any, *, first_year: int, **options: Any) -> Any:
        """Apply an action that takes the school year as one value."""
        plan = self.plan(first_year)
        return self.apply(lambda **_typed: action(plan=plan, **options))

    def blame(self, field: str | None, message: str) -> None:
        """A rule counts rows; the page names them by their keys, and may hold blank ones in between."""
        if field and (named := RULE_FIELD.fullmatch(field)):
            group = self.groups[named[1]]
            rows = [row for row in group.rows if row.judged]
            field = rows[int(named[2])].add_prefix(named[3])
        super().blame(field, message)


class RemoveCalendarForm(PortalForm):
    """Take a school year back."""

    submit = "Remove these terms"

    sure = TickField(
        label="Yes, remove them", missing="Tick the box to remove these terms, or go back if they are to stay"
    )
