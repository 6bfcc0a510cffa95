"""The form under the headteacher's letter."""

from induction_portal.forms import PortalForm


class AcknowledgeLetterForm(PortalForm):
    """A button alone: the ECT has the letter."""

    submit = "Acknowledge the letter"
