"""The forms of an exemption where records were lost: each search, and the decision."""

from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import LongTextField, TextField, YesNoField


class SearchForm(PortalForm):
    """One search for lost records."""

    submit = "Save the search"
    looked_for = TextField(label="What was looked for?", named="what was looked for", max_length=300)
    where = TextField(label="Where, or of whom?", named="where it was looked for, or who was asked", max_length=300)
    searched_by = TextField(label="Who searched?", named="who searched", max_length=200)
    searched_on = DateField(label="When?", named="the day of the search", past=True, hint="For example, 27 3 2026")
    found = LongTextField(label="What came of it?", missing="Enter what came of the search", max_length=4000, rows=5)


class ExemptForm(PortalForm):
    """The body's decision."""

    submit = "Exempt the ECT"
    lost = LongTextField(
        label="Which records are lost, or what error was made?", missing="Enter what was lost", max_length=4000, rows=5
    )
    appraisal_from = DateField(
        label="First day of the latest appraisal report", named="the first day of the appraisal report", past=True
    )
    appraisal_to = DateField(
        label="Last day of the latest appraisal report",
        named="the last day of the appraisal report",
        past=True,
        hint="It has to cover one year, within the last 5 years",
    )
    appraisal_source = TextField(
        label="Whose report is it, and who holds it?", named="whose report it is and who holds it", max_length=300
    )
    satisfactory = YesNoField(
        label="Does the report show satisfactory teaching?", yes_if="the report shows satisfactory teaching"
    )
    reason = LongTextField(
        label="Reason for the decision",
        missing="Enter the reason for the decision",
        hint="The ECT and the school read it",
        max_length=4000,
        rows=6,
    )
