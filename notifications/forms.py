"""What the inbox is sent, how a person wants to be mailed, and what was done about mail that did not arrive."""

from typing import Any

from django import forms

from cases.rules.mailing import Pace, Topic
from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import RadioChoiceField, SelectField

from .models import Undelivered

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
PACES = [(pace.value, pace.label) for pace in Pace]


class WhichMessage(forms.Form):
    """The message whose button was pressed."""

    message = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class WhichPage(forms.Form):
    """Where a page of the inbox starts; empty for the newest."""

    before = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)


class EmailSettingsForm(PortalForm):
    """A pace for each topic, and the day of the weekly email."""

    submit = "Save settings"

    weekday = SelectField(
        label="Day of the weekly email",
        hint="It comes in the morning, and the next working day after a bank holiday",
        missing="Select the day of the weekly email",
        choices=list(enumerate(DAYS)),
        coerce=int,
        blank="",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for topic in Topic:
            missing = f"Select how soon to email you about: {topic.label}"
            self.fields[topic.value] = SelectField(
                label=topic.label, missing=missing, choices=PACES, coerce=Pace, blank=""
            )
        self.order_fields([topic.value for topic in Topic])


class UnsubscribeForm(PortalForm):
    """A button alone."""

    submit = "Stop these emails"


class SettleMailForm(PortalForm):
    """What was done about mail that does not reach somebody."""

    submit = "Save"

    done = RadioChoiceField(
        label="What have you done?",
        missing="Select what you have done",
        choices=[
            (Undelivered.Settled.TOLD.value, "I told them in another way"),
            (Undelivered.Settled.AGAIN.value, "Their address works again"),
        ],
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["done"].hints = {
            Undelivered.Settled.TOLD.value: "By phone, in person or by post",
            Undelivered.Settled.AGAIN.value: "We send again what did not arrive, if they may still see it",
        }
