"""The form by which an appropriate body asks for the bundle of a case."""

from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import RadioChoiceField, YesNoField

from ..models import CaseBundle


class BundleForm(PortalForm):
    """What the bundle is for, and how much goes in."""

    submit = "Make the bundle"
    purpose = RadioChoiceField(
        label="What is it for?",
        choices=CaseBundle.Purpose.choices,
        missing="Select what the bundle is for",
        hint="The cover says so",
    )
    with_earlier = YesNoField(
        label="Should it hold earlier versions of documents too?",
        yes_if="earlier versions should be in the bundle",
        hint="A document is issued again when it is answered or corrected. Without them, the bundle lists them",
    )
