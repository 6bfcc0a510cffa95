"""Forms that narrow lists: sent by GET, every field optional, and an answer that is not offered is refused by name."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from crispy_forms.layout import Layout

from induction_portal.forms import FilterForm
from induction_portal.govuk.fields import SelectField, TextField
from induction_portal.govuk.layout import Buttons, Submit

Choices = Iterable[tuple[Any, str]]


class Narrowing(FilterForm):
    """A filter some of whose lists depend on the viewer: a list without a choice is left out."""

    def __init__(
        self, data: Mapping[str, str] | None = None, *, offered: Mapping[str, Choices], **options: Any
    ) -> None:
        super().__init__(data if data and set(data) & set(self.base_fields) else None, **options)
        for name, choices in offered.items():
            known = [(str(value), text) for value, text in choices]
            if known:
                self.fields[name].choices = [self.fields[name].choices[0], *known]
            else:
                del self.fields[name]
        self.helper.layout = Layout(*self.fields, Buttons(Submit(self.submit)))

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for, without what the form refuses."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class CaseFilter(Narrowing):
    """Finds ECTs by part of a name, or by a whole TRN, and narrows the list."""

    submit = "Search"

    search = TextField(label="Name or teacher reference number", max_length=100, required=False)
    show = SelectField(
        label="Show",
        blank="Everybody",
        choices=[("late", "With something overdue"), ("part_time", "Part time")],
        required=False,
    )
    part = SelectField(
        label="Part of induction",
        blank="Any part",
        choices=[("1", "Part 1"), ("2", "Part 2"), ("full", "Served in full")],
        required=False,
    )
    status = SelectField(
        label="Status", blank="Any status", choices=[("here", "In progress here"), ("left", "Left")], required=False
    )
    school = SelectField(label="School", blank="Any school", required=False)
    officer = SelectField(label="Officer", blank="Any officer", required=False)


class TaskFilter(Narrowing):
    """Narrows a worklist. The choices are those of the tasks there are."""

    due = SelectField(
        label="Due",
        blank="At any time",
        choices=[("overdue", "Overdue"), ("week", "In the next 7 days")],
        required=False,
    )
    kind = SelectField(label="What", blank="Everything", required=False)
    school = SelectField(label="School", blank="Any school", required=False)
    officer = SelectField(label="Officer", blank="Any officer", required=False)

    def __init__(
        self,
        data: Mapping[str, str],
        *,
        tasks: Iterable[Any],
        schools: Mapping[UUID, tuple[UUID, str]],
        officers: Mapping[UUID, tuple[UUID, str]],
    ) -> None:
        kinds = {task.kind: task.kind_says for task in tasks}
        offered = {"kind": kinds.items(), "school": set(schools.values()), "officer": set(officers.values())}
        by_name = {name: sorted(found, key=lambda choice: choice[1]) for name, found in offered.items()}
        super().__init__(data, offered={n: found if len(found) > 1 else [] for n, found in by_name.items()})


class OfficerFilter(Narrowing):
    """Narrows an appropriate body's board to one officer, its chase list to one school."""

    submit = "Show"

    officer = SelectField(label="Officer", blank="Every officer", required=False)
    school = SelectField(label="School", blank="Every school", required=False)
