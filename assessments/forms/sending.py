"""The forms by which a report goes on its way: taken back, sent, accepted, returned."""

from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import LongTextField


class WithdrawAssessmentForm(PortalForm):
    """A button alone: the school takes a report back to correct it."""

    submit = "Take the report back"


class SendAssessmentForm(PortalForm):
    """A button alone: the school sends the signed report."""

    submit = "Send to the appropriate body"


class AcceptAssessmentForm(PortalForm):
    """A button alone: the body accepts the report."""

    submit = "Accept assessment"


class ReturnAssessmentForm(PortalForm):
    """The body sends a report back."""

    submit = "Return assessment"
    comments = LongTextField(
        label="What has to change?",
        missing="Say what has to change before you can accept the assessment",
        hint="The school and the ECT can read this",
        max_length=4000,
        rows=6,
    )
