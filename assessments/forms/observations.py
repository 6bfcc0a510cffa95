"""The forms of observations: shape and wording of what is typed."""

from typing import Any

from cases.rules.observations import NO_QTS
from cases.rules.standards import Standard
from induction_portal.accounts.models import User
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import (
    CheckboxesField,
    LongTextField,
    RadioChoiceField,
    SelectField,
    TextField,
    TickField,
    YesNoField,
)
from induction_portal.govuk.layout import Fieldset, Reveal

from ..models import Observation
from ..observed import Plan, Written

STANDARDS = [(standard.value, standard.label) for standard in Standard]
COLLEAGUE, OUTSIDE = "colleague", "outside"


class PlanForm(PortalForm):
    """What is arranged in advance: when, what, by whom, and when to talk about it (SG 2.46, 2.47).

    `staff` are the people of the school who may observe.
    """

    submit = "Save the plan"

    observed_on = DateField(
        label="Date of the observation", named="the date of the observation", hint="For example, 14 1 2027"
    )
    focus = TextField(
        label="Which lesson, and what is looked at",
        named="which lesson is observed, and what is looked at",
        hint="For example, Year 8 English: how questions are used",
    )
    meeting_on = DateField(
        label="Date of the meeting after it",
        named="the date of the meeting after it",
        hint="The ECT and the observer talk about the lesson, soon after it",
    )
    who = RadioChoiceField(
        label="Who observes?",
        missing="Select who observes",
        choices=[(COLLEAGUE, "A colleague at this school"), (OUTSIDE, "Somebody from outside, or not listed here")],
    )
    observer = SelectField(
        label="Colleague", named="the colleague who observes", required=False, say_optional=False, blank="Select a name"
    )
    observer_name = TextField(label="Full name", named="the observer’s name", required=False, say_optional=False)
    observer_from = TextField(
        label="Where they work",
        named="where the observer works",
        hint="For example, the appropriate body or another school",
        required=False,
    )
    third_party = TickField(
        label="This is the observation by somebody outside the ECT’s support team",
        missing="",
        hint="The headteacher has to see to one when an ECT is at risk of not meeting the Teachers’ Standards",
        required=False,
        say_optional=False,
    )
    observer_has_qts = YesNoField(
        label="Does the observer hold qualified teacher status?",
        yes_if="the observer holds qualified teacher status",
        hint="Only somebody who does may observe for induction",
    )

    def __init__(self, *args: Any, staff: dict[str, User], **options: Any) -> None:
        super().__init__(*args, **options)
        self.staff = staff
        self.fields["observer"].choices = [("", "Select a name"), *((key, user.name) for key, user in staff.items())]

    def layout(self) -> list[Any]:
        return [*self.arranged()]

    def arranged(self) -> list[Any]:
        """The plan's own part of the page."""
        by = Reveal("who", colleague=["observer"], outside=["observer_name", "observer_from", "third_party"])
        return [
            Fieldset("The lesson", "observed_on", "focus", "meeting_on"),
            Fieldset("The observer", by, "observer_has_qts"),
        ]

    def clean(self) -> dict[str, Any]:
        """The colleague or the name, by the answer before; that an observer needs QTS is said with all else."""
        told = super().clean()
        if told.get("who") == COLLEAGUE and "observer" not in self.errors and not told.get("observer"):
            self.add_error("observer", "Select the colleague who observes")
        if told.get("who") == OUTSIDE and "observer_name" not in self.errors and not told.get("observer_name"):
            self.add_error("observer_name", "Enter the observer’s name")
        if told.get("observer_has_qts") is False:
            self.add_error("observer_has_qts", NO_QTS)
        return told

    def plan(self) -> Plan:
        """What was typed, as the actions take it. Call it only when the form is valid."""
        told = self.cleaned_data
        names = ("observed_on", "meeting_on", "focus", "observer_has_qts")
        common = {name: told[name] for name in names}
        if told["who"] == COLLEAGUE:
            return Plan(observer=self.staff[told["observer"]], **common)
        names = ("observer_name", "observer_from", "third_party")
        return Plan(observer=None, **{name: told[name] for name in names}, **common)

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes what was typed as values."""
        return self.apply(lambda **_typed: action(**self.values(), **options))

    def values(self) -> dict[str, Any]:
        """The values for the action."""
        return {"plan": self.plan()}

    def blame(self, field: str | None, message: str) -> None:
        """That the observer is the ECT is said where the name was given."""
        if field == "observer" and self.cleaned_data.get("who") == OUTSIDE:
            field = "observer_name"
        super().blame(field, message)


class RecordForm(PlanForm):
    """The brief written record, with the plan as it turned out (SG 2.47)."""

    submit = "Share with the ECT"
    may_save_for_later = True

    standards = CheckboxesField(
        label="Which Standards does it tell of?",
        missing="Select at least one Standard that the observation tells of",
        choices=STANDARDS,
        coerce=Standard,
        small=True,
    )
    strengths = LongTextField(
        label="What went well",
        named="what went well",
        hint="Brief, and about what was seen",
        max_length=2000,
        rows=4,
    )
    development = LongTextField(
        label="What to develop",
        named="what to develop",
        hint="Any need for development, and what will help. Say so if no need was seen",
        max_length=2000,
        rows=4,
    )

    def layout(self) -> list[Any]:
        return [*self.arranged(), Fieldset("The record", "standards", "strengths", "development")]

    def values(self) -> dict[str, Any]:
        told = self.cleaned_data
        written = Written(tuple(told["standards"]), told["strengths"], told["development"])
        return {"plan": self.plan(), "written": written}


class CancelForm(PortalForm):
    """A button alone: a planned observation is called off."""

    submit = "Cancel this observation"


class ReadForm(PortalForm):
    """A button alone: the ECT has read the record."""

    submit = "Confirm that you have read it"


class ObservationCommentForm(PortalForm):
    """The ECT's comments on the record."""

    submit = "Add comments"
    text = LongTextField(label="Your comments", named="your comments", max_length=4000, rows=6)


class VisitForm(PortalForm):
    """A lesson of a colleague, in the ECT's own words."""

    submit = "Save"
    may_save_for_later = True

    observed_on = DateField(label="Date of the lesson", named="the date of the lesson", past=True)
    colleague = TextField(
        label="Whom did you observe?",
        missing="Enter whom you observed",
        hint="A name and subject, and the school if it is another one. Do not name pupils",
    )
    standards = CheckboxesField(
        label="Which Standards was it about?",
        named="the Standards it was about",
        choices=STANDARDS,
        coerce=Standard,
        required=False,
        small=True,
    )
    learned = LongTextField(
        label="What do you take from it?", missing="Enter what you take from it", max_length=2000, rows=4
    )


def known(observation: Observation) -> dict[str, Any]:
    """What is arranged, as the forms are first filled in."""
    names = ("observed_on", "focus", "meeting_on", "observer_has_qts")
    told = {name: getattr(observation, name) for name in names}
    if observation.observer_id:
        return told | {"who": COLLEAGUE, "observer": str(observation.observer_id)}
    names = ("observer_name", "observer_from", "third_party")
    return told | {"who": OUTSIDE} | {name: getattr(observation, name) for name in names}
