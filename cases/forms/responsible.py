"""The forms in which a body says who looks after a case, and which school leads."""

from typing import Any

from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Role
from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import RadioChoiceField, SelectField

from ..people import holders


class PeopleOfBody(PortalForm):
    """Chooses an officer and, apart from them, a named contact of the viewer's body (R81)."""

    officer = SelectField(
        label="Officer who looks after the case",
        named="the officer",
        missing="Select the officer who looks after the case",
    )
    contact = SelectField(
        label="Named contact",
        named="the named contact",
        missing="Select the named contact",
        hint="The person the ECT can turn to with concerns. Not the officer, and nobody who decides this induction",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._offer("officer", Role.BODY_OFFICER)
        self._offer("contact", Role.BODY_CONTACT)

    def _offer(self, name: str, role: Role) -> None:
        viewer = self.acting
        people = list(holders(viewer.organisation.pk, role, on=viewer.on)) if viewer and viewer.organisation else []
        known = {str(user.pk): user for user in people}
        field: Any = self.fields[name]
        field.choices = [("", "Select an option"), *((key, user.name) for key, user in known.items())]
        field.coerce = known.__getitem__

    @staticmethod
    def chosen(officer: User | None, contact: User | None) -> dict[str, str]:
        """Initial values that show who they are now."""
        return {name: str(user.pk) for name, user in (("officer", officer), ("contact", contact)) if user}


class OfficerForm(PeopleOfBody):
    """Names another officer or contact."""

    submit = "Save"


class LeadForm(PortalForm):
    """Chooses which of several schools at once leads (R20)."""

    submit = "Choose lead school"

    placement = RadioChoiceField(label="Which school leads?", missing="Select the school that leads")

    def __init__(self, *args: Any, placements: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["placement"]
        known = {str(placement.pk): placement for placement in placements}
        field.choices = [(key, placement.school.name) for key, placement in known.items()]
        field.coerce = known.__getitem__
