"""Forms of the national service's files, and of claims that a body brings along."""

from typing import Any

from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import CheckboxesField, UploadField, YesNoField

from ..national.sources import Line
from ..rules.csv_files import LARGEST
from ..rules.errors import RuleBroken

MEGABYTE = 1024 * 1024


class CsvField(UploadField):
    """A CSV file. Cleans to its bytes; what is too large to be read comes cut, and the rules refuse it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(largest=300, **options)

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        return found.read(LARGEST + 1) if found else None


class MakeFileForm(PortalForm):
    """Makes a file, with the refused rows that are to go out as they were."""

    submit = "Make the file"
    again = CheckboxesField(
        label="Refused before, and nothing has changed here since",
        hint="Select those that the service will take now, because something was put right there",
        missing="Select who goes into the file again",
        required=False,
    )

    def __init__(self, *args: Any, unchanged: list[Line], **options: Any) -> None:
        super().__init__(*args, **options)
        if not unchanged:
            del self.fields["again"]
            return
        known = {str(line.period_id): line for line in unchanged}
        field: Any = self.fields["again"]
        field.choices = [(key, line.name) for key, line in known.items()]
        field.hints = {key: line.refused for key, line in known.items()}
        field.coerce = lambda key: known[key].period_id


class AnswerFileForm(PortalForm):
    """What the service made of a file."""

    submit = "Record the answer"
    uploaded_on = DateField(label="When did you upload the file?", named="the day you uploaded it", past=True)
    returned = CsvField(
        label="Error file",
        named="the error file",
        hint="The CSV that the service offers to download when it refuses rows. Leave empty if it refused none. It is "
        "read and not kept",
        required=False,
    )
    others_accepted = YesNoField(
        label="Did the service accept the other rows?",
        yes_if="the service accepted the rows without an error",
        hint="It accepts them once you confirm there. Select no if you did not: they go into the next file",
        inline=False,
    )

    def blame(self, field: str | None, message: str) -> None:
        super().blame("returned" if field == "file" else field, message)


class SetAsideForm(PortalForm):
    """A file was not uploaded."""

    submit = "It was not uploaded"


class ImportForm(PortalForm):
    """Takes a file of earlier claims to be checked."""

    submit = "Check the file"
    file = CsvField(
        label="File of claims",
        named="the file",
        missing="Choose a CSV file",
        hint="A CSV file in UTF-8, up to 1,000 rows and 100 KB. It is read and not kept",
    )


class ConfirmImportForm(PortalForm):
    """Brings in the good rows."""

    submit = "Import"

    def __init__(self, *args: Any, count: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        self.submit = f"Import {count:,} claim{'' if count == 1 else 's'}"


class CancelImportForm(PortalForm):
    """Deletes the rows of a file that was checked."""

    submit = "Cancel, and delete these rows"


class WithdrawClaimForm(PortalForm):
    """Takes back an imported claim."""

    submit = "Withdraw claim"


def attempt(form: PortalForm, action: Any, **options: Any) -> Any:
    """Apply an action to a form without fields. A broken rule is an error at its head."""
    try:
        return action(**options) or True
    except RuleBroken as broken:
        form.add_error(None, broken.message)
        return None
