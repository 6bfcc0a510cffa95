"""Three journeys to a decision, a form each: to pass, to extend, to fail. And what a second officer answers."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cases.rules.deciding import Ruling
from cases.rules.outcomes import ExtensionGround, Outcome
from induction_portal.forms import PortalForm
from induction_portal.govuk.fields import CheckboxesField, LongTextField, NumberField, RadioChoiceField, TickField

from ..models.decisions import GROUNDS
from ..outcome.standing import Outlook
from ..outcome.to_decide import ToDecide

CHANGED = "A case has changed since you opened this page: look at the list, and select again"


def _reasons(label: str, hint: str) -> LongTextField:
    return LongTextField(label=label, missing="Give the reasons for your decision", hint=hint, max_length=4000, rows=8)


def _regard() -> TickField:
    return TickField(
        label="I have read the ECT’s representations and have had regard to them",
        missing="Confirm that you have had regard to the ECT’s representations",
    )


class RulingForm(PortalForm):
    """What every journey asks: the reasons, regard to what the ECT wrote, and a confirmation."""

    may_save_for_later = True
    outcome: Outcome

    def __init__(self, *args: Any, outlook: Outlook, **options: Any) -> None:
        self.outlook = outlook
        super().__init__(*args, **options)
        if not outlook.case.written:
            del self.fields["regard"]

    @property
    def ruling(self) -> Ruling:
        """What was decided, as the rules take it."""
        told = self.cleaned_data
        return Ruling(
            self.outcome,
            told["reasons"],
            terms=Fraction(told.get("terms") or 0),
            ground=told.get("ground"),
            assessments=told.get("assessments", ""),
            regard=told.get("regard", False),
        )

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the ruling."""
        return self.apply(lambda **_typed: action(ruling=self.ruling, **options))


class PassForm(RulingForm):
    """The induction is passed."""

    outcome = Outcome.PASS
    submit = "Pass"

    reasons = _reasons(
        "Why are you satisfied that performance against the Standards is satisfactory?",
        "The ECT, the headteacher and the induction tutor read this",
    )
    regard = _regard()
    sure = TickField(
        label="I have looked at the whole case, and decide for the appropriate body that this ECT passes induction",
        missing="Confirm that this ECT passes induction",
    )


class ExtendForm(RulingForm):
    """The induction is extended (R65)."""

    outcome = Outcome.EXTEND
    submit = "Extend"

    terms = NumberField(
        label="By how many full-time terms?",
        named="the number of terms",
        hint="For example, 1 or 1.5. A part-time ECT takes longer to serve them",
        min_value=Decimal(0),
        max_digits=3,
        decimal_places=1,
        width=4,
        suffix="terms",
    )
    ground = RadioChoiceField(
        label="On which ground?",
        missing="Select the ground for the extension",
        hint="Statutory guidance, paragraph 3.8. There is no other",
        choices=GROUNDS,
        coerce=ExtensionGround,
    )
    assessments = LongTextField(
        label="How is the ECT assessed during the extension?",
        missing="Say how the ECT is assessed during the extension",
        hint="A formal assessment with the headteacher’s recommendation is due on its last day in any case",
        max_length=4000,
        rows=4,
    )
    reasons = _reasons("Why do you extend the induction?", "The ECT, the headteacher and the induction tutor read this")
    regard = _regard()
    sure = TickField(
        label="I have looked at the whole case, and decide for the appropriate body that this induction is extended",
        missing="Confirm that this induction is extended",
    )


class FailForm(RulingForm):
    """The induction is failed (R62, R67)."""

    outcome = Outcome.FAIL
    submit = "Fail"

    reasons = _reasons(
        "Why is performance against the Standards not satisfactory?",
        "Name the Standards and the evidence. The ECT, the headteacher and the induction tutor read this, and so does "
        "the Teaching Regulation Agency if the ECT appeals",
    )
    regard = _regard()
    sure = TickField(
        label="I have looked at the whole case, know what follows, and decide for the appropriate body that this ECT "
        "fails induction",
        missing="Confirm that this ECT fails induction",
    )


class ApproveDecisionForm(PortalForm):
    """A second officer agrees."""

    submit = "Approve the decision"
    sure = TickField(
        label="I have looked at the whole case, and approve this decision for the appropriate body",
        missing="Confirm that you approve this decision",
    )

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes nothing typed."""
        return self.apply(lambda **_typed: action(**options))


class ReturnDecisionForm(PortalForm):
    """A second officer does not agree."""

    submit = "Return to the officer"
    comments = LongTextField(
        label="What has to change?",
        missing="Say what has to change before you can approve the decision",
        hint="The officer who proposed it reads this. Nobody outside the appropriate body does",
        max_length=4000,
        rows=6,
    )

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the comments."""
        return self.apply(action, **options)


class PassSeveralForm(PortalForm):
    """Several ECTs passed at once. `rows` are those of `to_decide` that may be passed together."""

    submit = "Pass the selected ECTs"
    chosen = CheckboxesField(
        label="Whom do you pass?",
        missing="Select the ECTs whom you pass",
        error_messages={"invalid_choice": CHANGED, "invalid_list": CHANGED},
    )
    reasons = _reasons(
        "Why are you satisfied that performance against the Standards is satisfactory?",
        "The same reasons are recorded for each of them. Whoever needs their own is passed on their own page",
    )
    regard = TickField(
        label="I have read any representations that they made and have had regard to them",
        missing="Confirm that you have had regard to any representations",
    )
    sure = TickField(
        label="I have looked at each whole case, and decide for the appropriate body that these ECTs pass induction",
        missing="Confirm that these ECTs pass induction",
    )

    def __init__(self, *args: Any, rows: Sequence[ToDecide], **options: Any) -> None:
        super().__init__(*args, **options)
        self.rows = {row.value: row for row in rows}
        field = self.fields["chosen"]
        field.choices = [(value, row.name) for value, row in self.rows.items()]
        field.hints = {value: "" if row.opened else "Not opened yet" for value, row in self.rows.items()}

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the chosen reports, each with the version that was shown."""
        told = self.cleaned_data
        chosen = [(self.rows[value].assessment, self.rows[value].assessment.latest) for value in told["chosen"]]
        given = {"chosen": chosen, "reasons": told["reasons"], "regard": told["regard"]}
        return self.apply(lambda **_typed: action(**given, **options))
