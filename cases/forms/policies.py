"""The forms of settings: one for schools, one for bodies, one for a school's induction details."""

from collections.abc import Mapping
from typing import Any

from induction_portal import clock
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import RadioChoiceField, WholeNumberField, YesNoField
from induction_portal.govuk.layout import Fieldset
from induction_portal.govuk.words import day

from ..models import BodyPolicy, SchoolPolicy
from ..policy_words import CYCLES, READINGS, STANDARDS, STATEMENTS, value_words
from ..rules.errors import RuleBroken
from ..rules.policy import SETTINGS, Holder, Value, check


def _days(holder: Holder, name: str) -> WholeNumberField:
    setting = SETTINGS[holder][name]
    missing = "Enter a number of working days from 1 to 10"
    return WholeNumberField(label=setting.label, missing=missing, suffix="working days", width=2)


def _yes_no(holder: Holder, name: str, yes_if: str) -> YesNoField:
    return YesNoField(label=SETTINGS[holder][name].label, yes_if=yes_if)


def _cycle(holder: Holder) -> RadioChoiceField:
    return RadioChoiceField(
        label=SETTINGS[holder]["averaging_cycle"].label,
        missing="Select over what the time off timetable is averaged at most",
        choices=[(each.value, words) for each, words in CYCLES.items()],
    )


class SettingsForm(PortalForm):
    """Every setting of an organisation, grouped by subject, and the day from which they hold."""

    submit = "Save settings"
    holder: Holder

    def __init__(self, *args: Any, now: Mapping[str, Value], **options: Any) -> None:
        super().__init__(*args, initial={**now, **options.pop("initial", {})}, **options)
        for name, setting in SETTINGS[self.holder].items():
            held = value_words(setting, now[name])
            self.fields[name].help_text = f"Now: {held}. {setting.bounds}. {setting.direction}."

    def layout(self) -> list[Any]:
        groups: dict[str, list[str]] = {}
        for name, setting in SETTINGS[self.holder].items():
            groups.setdefault(setting.subject, []).append(name)
        return [*(Fieldset(subject, *names) for subject, names in groups.items()), Fieldset("When", "starts_on")]

    def clean(self) -> dict[str, Any]:
        """The permissive direction is refused beside each field, not only at the first."""
        told = super().clean()
        for name, setting in SETTINGS[self.holder].items():
            if name in told:
                try:
                    check(setting, told[name])
                except RuleBroken as broken:
                    self.add_error(name, broken.message)
        return told

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the settings as one value."""
        values = {name: self.cleaned_data[name] for name in SETTINGS[self.holder]}
        return self.apply(lambda **typed: action(values=values, starts_on=typed["starts_on"], **options))


def _from_day() -> DateField:
    return DateField(
        label="From which day do these settings hold?",
        named="the day from which the settings hold",
        hint="Today or a later day. What has been done before stays as it is.",
        earliest=clock.today,
    )


class SchoolSettingsForm(SettingsForm):
    """What a school sets."""

    holder = Holder.SCHOOL

    mentor_reads_reviews = _yes_no(holder, "mentor_reads_reviews", "mentors may read the reviews of their ECTs")
    review_within_days = _days(holder, "review_within_days")
    absence_warning_from = RadioChoiceField(
        label=SETTINGS[holder]["absence_warning_from"].label,
        missing="Select the figure from which to warn of absence",
        choices=[
            (str(figure), f"{figure} days") for figure in sorted(SETTINGS[holder]["absence_warning_from"].allowed)
        ],
        coerce=int,
    )
    averaging_cycle = _cycle(holder)
    observations_a_year = RadioChoiceField(
        label=SETTINGS[holder]["observations_a_year"].label,
        missing="Select how many times each ECT is observed in a school year at least",
        choices=[(str(n), "Once" if n == 1 else f"{n} times") for n in SETTINGS[holder]["observations_a_year"].allowed],
        coerce=int,
        small=True,
    )
    mentor_reads_observations = _yes_no(holder, "mentor_reads_observations", "mentors may read observations")
    mentor_meeting_within = RadioChoiceField(
        label=SETTINGS[holder]["mentor_meeting_within"].label,
        missing="Select after how many school days without a mentor meeting to warn",
        choices=[(str(n), f"{n} school days") for n in sorted(SETTINGS[holder]["mentor_meeting_within"].allowed)],
        coerce=int,
    )
    concerns_through_trust = _yes_no(
        holder, "concerns_through_trust", "concerns go to the trust before the appropriate body"
    )
    starts_on = _from_day()


class BodySettingsForm(SettingsForm):
    """What an appropriate body sets."""

    holder = Holder.BODY

    mentor_reads_reviews = _yes_no(holder, "mentor_reads_reviews", "schools may let mentors read reviews")
    review_within_days = _days(holder, "review_within_days")
    review_answer_days = _days(holder, "review_answer_days")
    rated_standards = RadioChoiceField(
        label=SETTINGS[holder]["rated_standards"].label,
        missing="Select which Teachers’ Standards a review rates",
        choices=[(each.value, words) for each, words in STANDARDS.items()],
    )
    statement_from = RadioChoiceField(
        label=SETTINGS[holder]["statement_from"].label,
        missing="Select which ratings need a written statement",
        choices=[(str(number), words) for number, words in STATEMENTS.items()],
        coerce=int,
    )
    drops_earlier_review = _yes_no(holder, "drops_earlier_review", "no review is held so soon")
    part_day_as_full = _yes_no(holder, "part_day_as_full", "part of a day counts as a whole day")
    absence_reading = RadioChoiceField(
        label=SETTINGS[holder]["absence_reading"].label,
        missing="Select how absence of part-time ECTs is held against 30 days",
        choices=[(each.value, words) for each, words in READINGS.items()],
    )
    averaging_cycle = _cycle(holder)
    second_officer = _yes_no(holder, "second_officer", "a second officer approves every decision")
    skip_holiday_weeks = _yes_no(holder, "skip_holiday_weeks", "support plans pass over weeks without a school day")
    starts_on = _from_day()


class WithdrawSettingsForm(PortalForm):
    """A button alone: settings that have not begun are taken back."""

    def __init__(self, *args: Any, policy: SchoolPolicy | BodyPolicy, **options: Any) -> None:
        self.submit = f"Withdraw the settings from {day(policy.starts_on)}"
        super().__init__(*args, **options)


class SchoolFactsForm(PortalForm):
    """What induction needs to know of a school (R7, R8)."""

    submit = "Save details"

    is_relevant_school = YesNoField(
        label="Does the law require teachers to have completed induction to work here?",
        yes_if="the law requires teachers to have completed induction to work here",
        hint="Yes for maintained schools, non-maintained special schools, maintained nursery schools and pupil "
        "referral units. No for academies, free schools, independent schools and colleges, which may offer it too",
    )
    special_measures_from = DateField(
        label="Date special measures began",
        named="the date special measures began",
        hint="Leave empty if the school is not in special measures. No new induction can begin in a school in special "
        "measures, unless Ofsted agrees in writing",
        required=False,
        past=True,
    )


FORMS: dict[str, type[SettingsForm]] = {Holder.SCHOOL: SchoolSettingsForm, Holder.BODY: BodySettingsForm}
