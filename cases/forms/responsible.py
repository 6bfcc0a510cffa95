"""The forms in which a body says who looks after a case and that it may act, and which school leads."""

from typing import Any

from induction_portal.accounts.models import User
from induction_portal.accounts.permissions import Role
from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import RadioChoiceField, SelectField, YesNoField
from induction_portal.govuk.layout import Fieldset

from ..people import holders
from ..rules.confirming import BodyKind

KINDS = [(kind.value, kind.label) for kind in BodyKind]


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


class BodyThatActs(PeopleOfBody):
    """A body takes a case on: nothing keeps it from acting, and these people look after the case (R6, R81)."""

    acts_as = RadioChoiceField(
        label="What kind of body are you?", missing="Select what kind of body you are", choices=KINDS, coerce=BodyKind
    )
    recommended_qts = YesNoField(
        label="Did you assess or recommend this teacher for qualified teacher status?",
        yes_if="you assessed or recommended this teacher for qualified teacher status",
    )
    employs_ect = YesNoField(
        label="Do you employ this teacher, or have they served any of their induction in your school?",
        yes_if="you employ this teacher or they have served induction in your school",
    )

    def layout(self) -> list[Any]:
        return [
            Fieldset("Conflicts of interest", "acts_as", "recommended_qts", "employs_ect"),
            Fieldset("Your people", "officer", "contact"),
        ]


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
