"""The forms of meetings about support, of updates for the appropriate body, and of what the body did."""

from collections.abc import Iterable, Mapping
from typing import Any

from cases.rules.following import Did, Done, Minutes
from cases.rules.statuses import SupportLevel
from induction_portal.accounts.permissions import Role
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import (
    CheckboxesField,
    LongTextField,
    RadioChoiceField,
    SelectField,
    TextField,
    YesNoField,
)

from ..models import BodyRecord

NO_PROCEDURE = "Nothing of health, or of an employer’s procedure, belongs here"


class ChangeSupportMeetingForm(PortalForm):
    """When and where a meeting to come is held."""

    submit = "Save and tell everybody"

    meets_on = DateField(label="Date of the meeting", named="the date of the meeting", hint="A day to come, or today")
    where = TextField(
        label="Time and place", named="at what time and where", hint="For example, 3:30pm in the headteacher’s office"
    )


class _AboutForm(PortalForm):
    """A form that asks which level a meeting is of. `levels` are those that it may be about."""

    about = RadioChoiceField(
        label="Which level is it a meeting of?",
        missing="Select which level it is a meeting of",
        hint="The level that is open, or the one to which the ECT may go on from there",
        coerce=SupportLevel,
    )

    def __init__(self, *args: Any, levels: Iterable[SupportLevel], hints: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["about"]
        field.choices = [(level.value, level.label) for level in levels]
        field.hints = hints


class SupportMeetingForm(_AboutForm, ChangeSupportMeetingForm):
    """Arrange a meeting."""

    submit = "Arrange the meeting"

    def layout(self) -> list[Any]:
        return ["about", "meets_on", "where"]


class MinutesForm(PortalForm):
    """What is recorded of a meeting. `table` are the people who may sit at it, by role."""

    submit = "Record the meeting"
    may_save_for_later = True

    meets_on = DateField(label="Date of the meeting", named="the date of the meeting", past=True)
    present = CheckboxesField(
        label="Who was at the meeting?",
        missing="Select who was at the meeting",
        hint="Somebody who stood in for one of them counts: say so below",
    )
    others = TextField(
        label="Who else was there", named="who else was there", required=False, max_length=500,
        hint="Names and what they do",
    )  # fmt: skip
    missing = LongTextField(
        label="Who could not meet, and why",
        named="who could not meet, and why",
        hint="Only the appropriate body’s officer may be missing, and only at Level 3",
        required=False,
        max_length=1000,
        rows=2,
    )
    outline = LongTextField(
        label="Outline of the meeting", named="what was discussed", hint=NO_PROCEDURE, max_length=4000, rows=6
    )
    outcome = LongTextField(
        label="Outcome", named="the outcome of the meeting", hint="What was agreed, who does it and by when",
        max_length=4000, rows=4,
    )  # fmt: skip

    def __init__(self, *args: Any, table: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["present"]
        field.choices = [(role, f"{Role(role).label}: {name}") for role, name in table.items()]

    def minutes(self) -> Minutes:
        """What was typed, as the actions take it. Call it only when the form is valid."""
        told = self.cleaned_data
        names = ("present", "outline", "outcome", "others", "missing")
        return Minutes(told["meets_on"], **{name: told[name] for name in names})

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the record as one value, and which level it is about where that is asked."""
        about = {"about": self.cleaned_data["about"]} if "about" in self.fields else {}
        return self.apply(lambda **_typed: action(minutes=self.minutes(), **about, **options))


class NoteMeetingForm(_AboutForm, MinutesForm):
    """Record a meeting that was not arranged here."""

    def layout(self) -> list[Any]:
        return ["about", *(name for name in self.fields if name != "about")]


class CallOffMeetingForm(PortalForm):
    """Say that a meeting is not held."""

    submit = "Call the meeting off"

    reason = LongTextField(
        label="Why is it not held?",
        missing="Enter why the meeting is not held",
        hint="Everybody who was to come reads it",
        max_length=1000,
        rows=3,
    )


class MeetingEntryForm(PortalForm):
    """Add to what was recorded of a meeting."""

    submit = "Add to the record"
    may_save_for_later = True

    text = LongTextField(
        label="What do you add, or put right?",
        missing="Enter what you add",
        hint="The record stands as it is. What you add stands below it, with your name",
        max_length=4000,
        rows=5,
    )


class BodyUpdateForm(PortalForm):
    """Tell the appropriate body how the support goes."""

    submit = "Send to the appropriate body"
    may_save_for_later = True

    progress = LongTextField(
        label="What was done, and what progress was seen?",
        missing="Enter what was done and what progress was seen",
        hint=f"Linked to the Teachers’ Standards. The ECT reads it. {NO_PROCEDURE}",
        max_length=4000,
        rows=6,
    )
    next_steps = LongTextField(label="Next steps", named="the next steps", required=False, max_length=2000, rows=3)


class AcknowledgeUpdateForm(PortalForm):
    """The appropriate body has read an update."""

    submit = "I have read it"

    answer = LongTextField(
        label="Your answer", named="your answer", hint="The school and the ECT read it", required=False,
        max_length=2000, rows=3,
    )  # fmt: skip


class PlanAnswerForm(PortalForm):
    """The appropriate body approves a plan, or comments on it."""

    submit = "Send"
    may_save_for_later = True

    approves = RadioChoiceField(
        label="What do you say of the plan?",
        missing="Select whether you approve the plan",
        choices=[("yes", "I approve it as it stands"), ("no", "I comment on it")],
        coerce=lambda answer: answer == "yes",
    )
    text = LongTextField(
        label="Your comment",
        named="your comment",
        hint="The induction tutor, the mentor, the headteacher and the ECT read it. Needed unless you approve",
        max_length=2000,
        rows=4,
        required=False,
        say_optional=False,
    )


class BodyPartForm(PortalForm):
    """What an officer did: a contact, a joint observation, a note."""

    submit = "Save"
    may_save_for_later = True

    did = RadioChoiceField(
        label="What did you do?",
        missing="Select what you did",
        choices=[
            (Did.ECT.value, "I spoke to the ECT"),
            (Did.SCHOOL.value, "I spoke to the school"),
            (Did.JOINT.value, "I observed the ECT together with the school"),
            (Did.NOTE.value, "A note of my own"),
        ],
        coerce=Did,
    )
    done_on = DateField(label="Date", named="the date", past=True)
    how = SelectField(
        label="How were you in contact?",
        missing="Select how you were in contact",
        choices=BodyRecord.How.choices,
        hint="For a contact with the ECT or the school",
        required=False,
        say_optional=False,
    )
    clear = YesNoField(
        label="Is the ECT clear on the reasons for the support?",
        yes_if="the ECT is clear on the reasons",
        hint="For a contact with the ECT",
        required=False,
        say_optional=False,
    )
    content = YesNoField(
        label="Is the ECT content with the support?",
        yes_if="the ECT is content with the support",
        hint="For a contact with the ECT",
        required=False,
        say_optional=False,
    )
    with_whom = TextField(
        label="With whom?",
        missing="Enter with whom",
        hint="For a contact with the school, and for a joint observation",
        required=False,
        say_optional=False,
    )
    agreed = YesNoField(
        label="Did your judgements agree?",
        yes_if="the judgements agreed",
        hint="For a joint observation",
        required=False,
        say_optional=False,
    )
    text = LongTextField(
        label="What was said, agreed or noted?",
        missing="Enter what was said, agreed or noted",
        hint=NO_PROCEDURE,
        max_length=4000,
        rows=6,
    )
    shared = YesNoField(
        label="Does the school read it?",
        yes_if="the school reads it",
        hint="The ECT always reads it, and so does your body. A mentor never reads of a joint observation",
    )

    def layout(self) -> list[Any]:
        return ["did", "done_on", "how", "clear", "content", "with_whom", "agreed", "text", "shared"]

    def done(self) -> Done:
        """What was typed, as the action takes it, without what belongs to another kind."""
        told = dict(self.cleaned_data)
        did = told.pop("did")
        asked = {
            "how": did in (Did.ECT, Did.SCHOOL),
            "clear": did is Did.ECT,
            "content": did is Did.ECT,
            "with_whom": did in (Did.SCHOOL, Did.JOINT),
            "agreed": did is Did.JOINT,
        }
        kept = {name: told[name] for name, wanted in asked.items() if wanted}
        return Done(did, told["done_on"], told["text"], told["shared"], **kept)

    def send(self, action: Any, **options: Any) -> Any:
        """Apply the action."""
        return self.apply(lambda **_typed: action(done=self.done(), **options))
