"""The form by which a school registers an early career teacher: shape and wording of what is typed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms

from induction_portal.forms import FilterForm, PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import (
    CheckboxesField,
    EmailField,
    LongTextField,
    NumberField,
    RadioChoiceField,
    SelectField,
    TextField,
    WholeNumberField,
    YesNoField,
)
from induction_portal.govuk.layout import Fieldset, Reveal, Rows
from induction_portal.govuk.rows import GrowingRows, RowForm

from ..models import Placement, Registration
from ..models.placements import DAYS
from ..rules.eligibility import FirstTarget, RecordedStatus, Report, tidy_trn
from ..rules.reviews import Objection
from ..rules.standards import Standard
from ..rules.suitable_post import PostCheck
from ..worded import DAY_NAMES
from .weekdays import weekday

LONGEST_WEEK = 2400  # minutes
IN_SPECIAL_MEASURES = ["special_measures_from", "first_worked_here_on", "ofsted_permission_on", "ofsted_scope"]
ROLES = {"tutor": "an induction tutor", "mentor": "a mentor"}
ASKED_AS = {"days": "mon", "body_id": "body"}


def minutes(role: str) -> WholeNumberField:
    """Time for a role, in minutes a week."""
    return WholeNumberField(
        label=f"Time for the {role}, in minutes a week",
        named=f"how many minutes a week the {role} has",
        hint="For example, 60",
        min_value=1,
        max_value=LONGEST_WEEK,
        width=4,
    )


def has_qts(role: str) -> YesNoField:
    """Whether somebody holds qualified teacher status, as is expected."""
    return YesNoField(
        label=f"Does the {role} hold qualified teacher status?", yes_if=f"the {role} holds qualified teacher status"
    )


class FirstTargetRow(RowForm):
    """One of the first targets."""

    text = LongTextField(
        label="What the ECT will work on first",
        missing="Enter what the ECT will work on in {row}",
        named="what the ECT will work on",
        max_length=1000,
        rows=2,
        count=False,
    )
    standard = SelectField(
        label="Teachers’ Standard",
        choices=[(standard.value, standard.label) for standard in Standard],
        missing="Select the Standard that {row} is for",
    )


class RegistrationForm(PortalForm):
    """A registration as a school fills it in (R1, R3, R8–R13)."""

    submit = "Check your answers"
    may_save_for_later = True
    groups = {"targets": GrowingRows(FirstTargetRow, noun="first target", minimum=0, maximum=5)}

    trn = TextField(
        label="Teacher reference number (TRN)",
        named="the teacher reference number",
        hint="7 digits. Shorter numbers get zeros in front",
        max_length=20,
        width=10,
        spellcheck=False,
    )
    name = TextField(label="Full name", named="the ECT’s full name", hint="As on the national record of teachers")
    date_of_birth = DateField(label="Date of birth", named="the ECT’s date of birth", past=True)
    email = EmailField(
        label="Email address of the ECT",
        named="the ECT’s email address",
        hint="The ECT is invited here to see their own record. A personal address goes on working when they move",
        max_length=254,
        autocomplete="off",
    )
    qts_on = DateField(
        label="Date on which qualified teacher status (QTS) was awarded", named="the date of the award of QTS"
    )
    induction_status = SelectField(
        label="Induction status on the national record of teachers",
        hint="Look it up in the Department for Education’s service “Check a teacher’s record”",
        choices=[(status.value, status.label) for status in RecordedStatus],
        missing="Select what the national record says of induction",
    )
    qts_checked_on = DateField(label="Date of that check", named="the date of the check", past=True)
    qts_checked_by = TextField(label="Who checked", named="who checked the national record")

    body = SelectField(
        label="Appropriate body", coerce=UUID, missing="Select the appropriate body", blank="Select an appropriate body"
    )
    contract_starts_on = DateField(label="First day of the contract", named="the first day of the contract")
    contract_ends_on = DateField(
        label="Last day of the contract",
        named="the last day of the contract",
        hint="Leave empty if the contract is permanent",
        required=False,
    )
    starts_on = DateField(
        label="First day of the induction programme",
        named="the first day of the induction programme",
        hint="It may be later than the contract’s. The appropriate body must have agreed by then, or sets a later day",
    )
    route = RadioChoiceField(
        label="Which training will the ECT have?",
        missing="Select whether training is provider-led or school-led",
        choices=Placement.Route.choices,
    )
    lead_provider = TextField(label="Lead provider", required=False, say_optional=False)
    full_time = YesNoField(label="Does the ECT work full time?", yes_if="the ECT works full time", inline=False)
    fte = NumberField(
        label="Full-time equivalent",
        named="the full-time equivalent",
        hint="For example, 0.6 for three days of five",
        required=False,
        say_optional=False,
        max_digits=5,
        decimal_places=4,
        width=5,
    )
    mon, tue, wed, thu, fri = map(weekday, DAY_NAMES.values())

    is_supply = YesNoField(label="Is it a supply post?", yes_if="it is a supply post", inline=False)
    supply_agreed_on = DateField(
        label="Date on which the headteacher agreed that it counts towards induction",
        named="the date of the headteacher’s agreement",
        required=False,
        say_optional=False,
        past=True,
    )
    in_special_measures = YesNoField(
        label="Is the school in special measures, or the college judged inadequate?",
        yes_if="the school is in special measures",
        inline=False,
    )
    special_measures_from = DateField(
        label="Since when?", named="the first day of special measures", required=False, say_optional=False
    )
    first_worked_here_on = DateField(
        label="When did the ECT first work here as a qualified teacher or employed trainee?",
        named="the date on which the ECT first worked here",
        hint="Leave empty if that was after special measures began",
        required=False,
        say_optional=False,
        past=True,
    )
    ofsted_permission_on = DateField(
        label="When did Ofsted agree in writing?",
        named="the date of Ofsted’s agreement",
        hint="Leave empty if Ofsted was not asked",
        required=False,
        say_optional=False,
        past=True,
    )
    ofsted_scope = TextField(
        label="What does Ofsted’s agreement cover?",
        named="what Ofsted’s agreement covers",
        hint="For example, the whole school, or the sixth form",
        required=False,
        say_optional=False,
        max_length=300,
    )
    post_checks = CheckboxesField(
        label="The post",
        hint="Select everything that is true. Induction can only be served in a post where all of these are",
        missing="Select everything that is true of the post",
        choices=[(check.value, check.label) for check in PostCheck],
    )

    tutor = SelectField(label="Who is the induction tutor?", coerce=UUID, missing="Select the induction tutor")
    tutor_has_qts = has_qts("induction tutor")
    tutor_minutes_a_week = minutes("induction tutor")
    mentor = SelectField(label="Who is the mentor?", coerce=UUID, missing="Select the mentor")
    mentor_has_qts = has_qts("mentor")
    mentor_minutes_a_week = minutes("mentor")
    mentor_trained_on = DateField(
        label="Date on which their mentor training ended",
        named="the date on which mentor training ended",
        hint="Leave empty if it has not",
        required=False,
        past=True,
    )
    mentor_subject = TextField(
        label="Subject or phase the mentor teaches", named="the mentor’s subject", required=False, max_length=100
    )
    exception_reason = LongTextField(
        label="Why induction tutor and mentor are one person, and how the ECT is protected",
        named="why induction tutor and mentor are one person",
        hint="Only needed where they are: two people are expected",
        required=False,
        say_optional=False,
        max_length=500,
        rows=3,
        count=False,
    )
    first_meeting_on = DateField(
        label="Date of the first meeting of induction tutor and ECT",
        named="the date of the first meeting",
        required=False,
    )

    def __init__(self, *args: Any, choices: Mapping[str, Sequence[tuple[UUID, str]]], **options: Any) -> None:
        """`choices` gives the bodies, tutors and mentors to choose from, by the name of their field."""
        super().__init__(*args, **options)
        for name, offered in choices.items():
            offers = [("", "Select an option"), *((str(key), text) for key, text in offered)]
            cast(forms.ChoiceField, self.fields[name]).choices = offers
        self.without_choice = [ROLES[name] for name, offered in choices.items() if name in ROLES and not offered]

    def layout(self) -> list[Any]:
        return [
            Fieldset("The teacher", "trn", "name", "date_of_birth", "email"),
            Fieldset("Qualified teacher status", "qts_on", "induction_status", "qts_checked_on", "qts_checked_by"),
            Fieldset(
                "The post",
                "body",
                "contract_starts_on",
                "contract_ends_on",
                "starts_on",
                Reveal("route", provider_led=["lead_provider"]),
                Reveal("full_time", no=["fte", self._week()]),
                Reveal("is_supply", yes=["supply_agreed_on"]),
                Reveal("in_special_measures", yes=IN_SPECIAL_MEASURES),
            ),
            Fieldset("A suitable post", "post_checks"),
            Fieldset("Induction tutor", "tutor", "tutor_has_qts", "tutor_minutes_a_week"),
            Fieldset(
                "Mentor", "mentor", "mentor_has_qts", "mentor_minutes_a_week", "mentor_trained_on", "mentor_subject",
                "exception_reason",
            ),
            Fieldset("First meeting", "first_meeting_on"),
            Rows("targets"),
        ]  # fmt: skip

    @staticmethod
    def _week() -> Fieldset:
        hint = "1 for a whole day, 0.5 for half of one, nothing where none is worked. Leave all empty if it varies"
        return Fieldset("How much of each day is worked", *DAYS, size="s", hint=hint)

    def clean_trn(self) -> str:
        """Seven digits where it can be read as a TRN (R12); otherwise as it was typed, for the rule to refuse."""
        return tidy_trn(self.cleaned_data["trn"])

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        self._owe("route", "provider_led", "lead_provider", "Enter the lead provider of the training")
        self._owe("full_time", False, "fte", "Enter the full-time equivalent, like 0.6")
        self._owe("is_supply", True, "supply_agreed_on", "Enter the date of the headteacher’s agreement")
        self._owe("in_special_measures", True, "special_measures_from", "Enter the first day of special measures")
        return told

    def _owe(self, asked: str, answer: Any, field: str, missing: str) -> None:
        """An answer that makes another question one to be answered."""
        told = self.cleaned_data
        if asked in told and told[asked] == answer and field not in self.errors and not told.get(field):
            self.add_error(field, missing)

    def report(self) -> Report:
        """What was typed, as rules and actions take it: without answers to what does not arise."""
        told = {name: value for name, value in self.cleaned_data.items() if name in Report.__slots__}
        part_time, measured = not self.cleaned_data["full_time"], self.cleaned_data["in_special_measures"]
        targets = tuple(FirstTarget(**row) for row in self.cleaned_data["targets"])
        people = {f"{name}_id": self.cleaned_data[name] for name in ("body", "tutor", "mentor")}
        told |= people | {"targets": targets, "post_checks": tuple(told["post_checks"])}
        told["days"] = self._days() if part_time else {}
        arises = {
            "lead_provider": told["route"] == Placement.Route.PROVIDER_LED,
            "fte": part_time,
            "supply_agreed_on": told["is_supply"],
            "exception_reason": told["tutor_id"] == told["mentor_id"],
            **dict.fromkeys(IN_SPECIAL_MEASURES, measured),
        }
        return Report(**{name: value for name, value in told.items() if arises.get(name, True)})

    def _days(self) -> dict[str, Any]:
        typed = {day: self.cleaned_data[day] for day in DAYS}
        return {day: weight or 0 for day, weight in typed.items()} if any(w is not None for w in typed.values()) else {}

    def blame_all(self, found: Iterable[Objection]) -> None:
        """Put each objection beside the question that it is about."""
        for objection in found:
            self.blame(ASKED_AS.get(objection.field, objection.field), objection.message)

    def send(self, action: Callable[..., Any], **options: Any) -> Any:
        """Apply an action that takes what was typed as one report."""
        return self.apply(lambda **_typed: action(report=self.report(), **options))


class WithdrawalForm(PortalForm):
    """A button alone: the school takes a registration back."""

    submit = "Withdraw registration"


class RegistrationFilter(FilterForm):
    """Narrows the list of registrations."""

    submit = "Show"

    state = SelectField(label="Show", blank="All", choices=Registration.State.choices, required=False)
