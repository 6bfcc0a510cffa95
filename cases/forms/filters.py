"""The forms of cases."""

from induction_portal.forms import FilterForm
from induction_portal.govuk.fields import SelectField, TextField


class CaseFilter(FilterForm):
    """Finds ECTs by part of a name, or by a whole TRN."""

    submit = "Search"

    search = TextField(label="Name or teacher reference number", max_length=100, required=False)
    show = SelectField(
        label="Show",
        blank="Everybody",
        choices=[("late", "With a late report"), ("part_time", "Part time")],
        required=False,
    )
