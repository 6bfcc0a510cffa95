"""What an officer types about an appeal against their body's decision (R66-R68)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from cases.rules.appeals import Answer
from cases.rules.outcomes import AppealOutcome, Outcome, appeal_outcomes
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import (
    LongTextField,
    NumberField,
    RadioChoiceField,
    SelectField,
    TextField,
    TickField,
    YesNoField,
)

from ..models import Appeal, AppealGround, CaseBundle

EXAMPLE = "For example, 27 3 2026"
OUTCOMES = {
    AppealOutcome.ALLOWED: "Allowed: the teacher has passed induction",
    AppealOutcome.DISMISSED: "Dismissed: the decision stands",
    AppealOutcome.OTHER_PERIOD: "The extension lasts for another period",
    AppealOutcome.EXTENDED: "The induction is extended instead",
}


class LodgeAppealForm(PortalForm):
    """An appeal that was made."""

    submit = "Record the appeal"
    may_save_for_later = True

    made_on = DateField(
        label="On which day did the Agency receive the appeal?",
        named="the day on which the appeal was made",
        hint=EXAMPLE,
    )
    learned = RadioChoiceField(
        label="How do you know of it?", missing="Select how you know of the appeal", choices=Appeal.Learned.choices
    )
    copy_on = DateField(
        label="When did the Agency’s copy reach you?",
        named="the day on which the copy arrived",
        hint="Your 20 working days to reply begin with this day. Leave it empty if no copy has come yet",
        required=False,
    )
    permitted_on = DateField(
        label="If it was made after the last day: when did the Agency allow it?",
        named="the day of the Agency’s permission",
        hint="Leave it empty for an appeal that was made in time",
        required=False,
    )
    grounds = LongTextField(
        label="What are the grounds of appeal?",
        missing="Enter the grounds of appeal",
        hint="As the ECT put them, with an empty line between one and the next. The ECT and your organisation read "
        "them, nobody at the school",
        max_length=20000,
        rows=10,
    )
    representative = TextField(
        label="Who represents the ECT?",
        named="who represents the ECT",
        hint="Their name and organisation",
        required=False,
    )
    wants_hearing = YesNoField(
        label="Does the ECT ask for an oral hearing?", yes_if="the ECT asks for an oral hearing", required=False
    )


class LongerTimeForm(PortalForm):
    """The Agency gives more time."""

    submit = "Record the new last day"
    until = DateField(label="What is the new last day to appeal?", named="the new last day", hint=EXAMPLE)
    allowed_on = DateField(
        label="Of which day is the Agency’s letter?", named="the day of the Agency’s letter", hint=EXAMPLE
    )


class NoAppealForm(PortalForm):
    """The ECT will not appeal."""

    submit = "Record it"
    renounced_on = DateField(
        label="When did the ECT’s letter arrive?",
        named="the day on which it arrived",
        hint="After a fail, a relevant school’s ten working days to end the employment begin with this day",
    )
    sure = TickField(
        label="The ECT has told the employer in writing that they will not appeal",
        missing="Confirm that the ECT has said so in writing",
    )

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the day alone."""
        return self.apply(lambda renounced_on, **_typed: action(renounced_on=renounced_on, **options))


class CopyForm(PortalForm):
    """The Agency's copy of the appeal arrived."""

    submit = "Save"
    copy_on = DateField(
        label="When did the Agency’s copy of the appeal reach you?",
        named="the day on which the copy arrived",
        hint="Your 20 working days to reply begin with this day",
    )


class AppealReplyForm(PortalForm):
    """The body's reply: to each ground, and as a whole. `grounds` are those of the appeal, `bundles` what may be sent
    along.
    """

    submit = "Seal the reply"
    may_save_for_later = True

    def __init__(
        self, *args: Any, grounds: Iterable[AppealGround], bundles: Iterable[CaseBundle], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.numbers = [ground.number for ground in grounds]
        self.bundles = {str(each.pk): each for each in bundles}
        for ground in grounds:
            self._answer(ground)
        self.fields["text"] = LongTextField(
            label="What do you reply to the appeal as a whole?",
            missing="Write your reply",
            hint="Why you decided as you did, and how you had regard to the evidence. The ECT reads it",
            max_length=20000,
            rows=10,
        )
        offered = [(key, f"{each}, {each.pages} pages") for key, each in self.bundles.items()]
        if offered:
            self.fields["bundle"] = SelectField(
                label="Which case bundle goes with it?",
                named="a case bundle",
                choices=offered,
                blank="None",
                required=False,
            )
        self.fields["sent_on"] = DateField(
            label="When was it sent to the Agency?", named="the day it was sent", hint=EXAMPLE
        )

    def _answer(self, ground: AppealGround) -> None:
        number = ground.number
        self.fields[f"ground_{number}"] = RadioChoiceField(
            label=f"Ground {number}",
            hint=ground.text,
            missing=f"Say whether you admit or contest ground {number}",
            choices=[("admit", "We admit it"), ("contest", "We contest it")],
        )
        self.fields[f"says_{number}"] = LongTextField(
            label=f"What do you say to ground {number}?",
            named=f"what you say to ground {number}",
            hint="Needed if you contest it",
            required=False,
            rows=5,
        )

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the answer to each ground."""
        told = self.cleaned_data
        answers = {n: Answer(told[f"ground_{n}"] == "contest", told[f"says_{n}"]) for n in self.numbers}
        bundle = self.bundles.get(told.get("bundle", ""))
        given = {"text": told["text"], "sent_on": told["sent_on"], "answers": answers, "bundle": bundle}
        return self.apply(lambda **_typed: action(**given, **options))


class HearingForm(PortalForm):
    """A hearing that the Agency has told of."""

    submit = "Record the hearing"
    noticed_on = DateField(label="When were you told of the hearing?", named="the day of the notice", hint=EXAMPLE)
    held_on = DateField(label="When is the hearing?", named="the day of the hearing", hint=EXAMPLE)
    place = TextField(label="Where is it?", named="where it is", required=False)


class AttendanceForm(PortalForm):
    """What the body told the Agency before the hearing (Sch 3 paras 14-15)."""

    submit = "Save"
    answered_on = DateField(label="When did you tell the Agency?", named="the day you told the Agency", hint=EXAMPLE)
    written = YesNoField(
        label="Did you send written representations instead of attending?",
        yes_if="you sent written representations instead of attending",
    )
    attends = LongTextField(
        label="Who attends, and which witnesses do you call?",
        missing="Say who attends and which witnesses you call, or what you sent in writing",
        hint="Or, if nobody attends, what you sent in writing",
        rows=5,
    )


class AgencyRequestForm(PortalForm):
    """Information or documents that the Agency asks for."""

    submit = "Record the request"
    asked_on = DateField(
        label="Of which day is the Agency’s letter?", named="the day of the Agency’s letter", hint=EXAMPLE
    )
    wanted_by = DateField(label="By when does it want an answer?", named="the last day to answer", hint=EXAMPLE)
    text = LongTextField(label="What does it ask for?", missing="Say what the Agency asks for", rows=5)


class AnswerAgencyForm(PortalForm):
    """What the body answered to it."""

    submit = "Record the answer"
    answered_on = DateField(label="When did you answer?", named="the day you answered", hint=EXAMPLE)
    answer = LongTextField(label="What did you answer or send?", missing="Say what you answered or sent", rows=5)


class WithdrawAppealForm(PortalForm):
    """The ECT withdraws the appeal."""

    submit = "Record the withdrawal"
    ended_on = DateField(
        label="On which day was it withdrawn?", named="the day on which it was withdrawn", hint=EXAMPLE
    )
    sure = TickField(
        label="The ECT has withdrawn the appeal in writing, so the decision stands",
        missing="Confirm that the ECT has withdrawn the appeal",
    )

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the day alone."""
        return self.apply(lambda ended_on, **_typed: action(ended_on=ended_on, **options))


class AppealOutcomeForm(PortalForm):
    """How the Agency decided an appeal against a decision to extend or to fail: `appealed`."""

    submit = "Record the outcome"

    outcome = RadioChoiceField(
        label="How did the Agency decide?", missing="Select how the Agency decided", coerce=AppealOutcome
    )
    terms = NumberField(
        label="How many full-time terms did it order?",
        named="the number of terms",
        hint="Only if it ordered an extension, or another period: for example, 1 or 1.5",
        min_value=Decimal(0),
        max_digits=3,
        decimal_places=1,
        width=4,
        suffix="terms",
        required=False,
    )
    ended_on = DateField(label="On which day did it decide?", named="the day on which the Agency decided", hint=EXAMPLE)
    told_on = DateField(
        label="When did the employer have written notice of it?",
        named="the day of the notice of it",
        hint="If the appeal is dismissed, a relevant school’s ten working days to end employment begin with it",
    )
    note = LongTextField(
        label="What did the Agency say?",
        named="what the Agency said",
        hint="The ECT and your organisation read this",
        required=False,
        max_length=20000,
        rows=6,
    )

    def __init__(self, *args: Any, appealed: Outcome, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = appeal_outcomes(appealed)
        self.fields["outcome"].choices = [(each.value, OUTCOMES[each]) for each in offered]


class AppealBundleForm(PortalForm):
    """A button that has the bundle of the case made for the appeal."""

    submit = "Make the appeal bundle"
