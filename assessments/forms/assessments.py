"""The form of a formal assessment: shape and wording of what is typed. What a report must hold, the rules say."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict

from cases.rules.assessing import AssessmentKind, Judged, Report, Source, Unsatisfactory, check_report
from cases.rules.standards import Standard
from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import CheckboxesField, LongTextField, TextField, YesNoField
from induction_portal.govuk.layout import Component, Disclosure, Fieldset, Reveal, Rows
from induction_portal.govuk.rows import FixedRows, Row

from ..drafting import Setting
from ..drawing import key_of
from .judging import Drawn, DrawnField, Judgement, judged_row

RULE_FIELD = re.compile(r"(satisfactory|evidence|development|surprise_reason)_(TS\d|P2)")
LETTER = {
    "weaknesses": "Weaknesses identified",
    "objectives": "Objectives agreed for the ECT",
    "support": "Support to be given",
    "evidence": "Evidence for the judgement",
    "plan": "Improvement plan for the next period",
    "consequences": "Consequences if there is too little improvement",
}


def asked(label: str, **options: Any) -> LongTextField:
    """A text that a rule asks for, or does not: the field itself takes an empty one."""
    usual = {"required": False, "say_optional": False, "max_length": 4000, "rows": 3, "count": False}
    return LongTextField(label=label, **usual | options)


class AssessmentForm(PortalForm):
    """A formal assessment as its author fills it in (R58). `setting` says of which case and kind it is."""

    submit = "Send to the ECT for comments"
    may_save_for_later = True

    held_on = DateField(
        label="Date the assessment was held", named="the date the assessment was held", required=False,
        say_optional=False, hint="For example, 9 7 2026",
    )  # fmt: skip
    present = CheckboxesField(
        label="Who was present?",
        missing="Select who was present",
        choices=[
            ("ect", "The ECT"),
            ("author", "Me, as the person who carried it out"),
            ("headteacher", "The headteacher"),
        ],
        required=False,
        say_optional=False,
    )
    others_present = TextField(label="Anybody else who was present", named="who else was present", required=False)
    strengths = asked("Strengths", named="the ECT’s strengths")
    development = asked("Areas for development", named="the areas for development")
    drawn = DrawnField(label="Evidence for the assessment as a whole")
    support_given = YesNoField(
        label="Has the ECT been given the support and monitoring that induction asks for?",
        yes_if="the ECT was given support and monitoring",
        required=False,
        say_optional=False,
    )
    satisfactory = YesNoField(
        label="Is the ECT making satisfactory progress against the Teachers’ Standards?",
        yes_if="the ECT is making satisfactory progress",
        required=False,
        say_optional=False,
        inline=False,
    )
    stays = YesNoField(
        label="Will the ECT stay at this school for the next period?",
        yes_if="the ECT will stay at the school",
        hint="If not, an interim assessment may be needed before they leave",
        required=False,
        say_optional=False,
        inline=False,
    )
    leaves_on = DateField(
        label="Last day at this school", named="the ECT’s last day at this school", required=False, say_optional=False
    )
    next_school = TextField(label="Next school, if known", named="the next school", required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        setting: Setting,
        draft: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        self.setting, self.kind = setting, setting.kind
        options["initial"] = _initial(setting.latest, setting.row.placement.ends_on)
        typed = self._day_in(MultiValueDict(draft or {}) if data is None else data)
        self.flagged = setting.flagged(typed or options["initial"].get("held_on"))
        super().__init__(data, *args, draft=draft, **options)
        self.fields["drawn"].offer(setting.offers)
        for name, label in LETTER.items():
            self.fields[f"unsatisfactory_{name}"] = asked(label)
        for name in self._not_asked():
            del self.fields[name]

    def _day_in(self, data: Mapping[str, Any]) -> date | None:
        """The day held as it was typed, if it is one: what came before it decides what is asked."""
        field = self.base_fields["held_on"]
        try:
            return field.clean(field.widget.value_from_datadict(data, {}, "held_on"))
        except ValidationError:
            return None

    def _not_asked(self) -> list[str]:
        kind, letter = self.kind, [f"unsatisfactory_{name}" for name in LETTER]
        names = [] if kind.asks_progress else ["satisfactory", *letter]
        names += [] if kind.asks_stays else ["stays"]
        leaves = kind.asks_stays or kind is AssessmentKind.INTERIM
        return [*names, *([] if leaves else ["leaves_on", "next_school"])]

    def declare_groups(self) -> Mapping[str, Any]:
        row = judged_row(self.setting.offers, self.flagged)
        hint = "An earlier review or assessment was unfavourable on this Standard."
        rows = [Row(s.value, s.label, _named(s), hint if s in self.flagged else "") for s in Standard]
        return {"judged": FixedRows(row, rows)}

    def layout(self) -> list[Any]:
        return [
            Component("assessments/assessment_kind.html"),
            Fieldset("The meeting", "held_on", "present", "others_present"),
            Component("assessments/assessment_served.html", served=self.setting.served, setting=self.setting),
            Component("assessments/assessment_standards.html"),
            Rows(
                "judged", Judgement("satisfactory", "surprise_reason"), Drawn("drawn"), "evidence", "strengths",
                "development", size="s",
            ),
            Fieldset("Summary", "strengths", "development", "support_given"),
            *self._whole(),
            *self._progress(),
            *self._future(),
        ]  # fmt: skip

    def _whole(self) -> list[Any]:
        """Evidence for no one Standard: the whole list is long, and few need it."""
        hint = "Anything on record may be named here as well, mentor meetings among them."
        drawn = Disclosure("Draw in evidence for the assessment as a whole", Drawn("drawn"), hint=hint)
        return [drawn] if self.setting.offers else []

    def _progress(self) -> list[Any]:
        letter = [f"unsatisfactory_{name}" for name in LETTER]
        return [Fieldset("Progress", Reveal("satisfactory", no=letter))] if self.kind.asks_progress else []

    def _future(self) -> list[Any]:
        if self.kind.asks_stays:
            return [Fieldset("The next period", Reveal("stays", no=["leaves_on", "next_school"]))]
        if self.kind is AssessmentKind.INTERIM:
            return [Fieldset("Leaving", "leaves_on", "next_school")]
        return []

    def clean(self) -> dict[str, Any]:
        """Name all that the rules miss at once, each at its field; the action asks them again."""
        told, setting = super().clean(), self.setting
        report = self.report()
        for objection in check_report(report, today=setting.today, placed=setting.placed, flagged=self.flagged):
            if not self._is_wrong(objection.field):
                self.blame(objection.field, objection.message)
        return told

    def _is_wrong(self, rule_field: str) -> bool:
        """Whether what was typed there has an error of its own."""
        named = RULE_FIELD.fullmatch(rule_field)
        if not named:
            return rule_field in self.errors
        return named[1] in self._row(named[2]).errors

    def _row(self, standard: str) -> Any:
        return next(row for row in self.groups["judged"].rows if row.row.key == standard)

    def report(self) -> Report:
        """What was typed, as the rules and actions take it; empty where it cannot be read."""
        told = self.cleaned_data
        letter = {name: told.get(f"unsatisfactory_{name}", "") for name in LETTER}
        return Report(
            kind=self.kind,
            held_on=told.get("held_on"),
            present=tuple(told.get("present", ())),
            judged={standard: self._judged(standard) for standard in Standard},
            strengths=told.get("strengths", ""),
            development=told.get("development", ""),
            support_given=told.get("support_given"),
            satisfactory=told.get("satisfactory"),
            stays=told.get("stays"),
            leaves_on=told.get("leaves_on"),
            next_school=told.get("next_school", ""),
            others_present=told.get("others_present", ""),
            unsatisfactory=Unsatisfactory(**letter),
            sources=self._sources(),
        )

    def _judged(self, standard: Standard) -> Judged:
        told = self._told(standard)
        texts = {name: told.get(name, "") for name in ("evidence", "strengths", "development", "surprise_reason")}
        return Judged(told.get("satisfactory"), **texts)

    def _told(self, standard: Standard) -> Mapping[str, Any]:
        row = self._row(standard.value)
        row.is_valid()  # reads it, whatever stands in the others
        return row.cleaned_data

    def _sources(self) -> tuple[Source, ...]:
        """By Standard, then those for the whole; each in the order in which they are offered."""
        drawn = [(standard, self._told(standard).get("drawn", ())) for standard in Standard]
        chosen = [*drawn, (None, self.cleaned_data.get("drawn", ()))]
        offers = self.setting.offers
        return tuple(offer.drawn(to) for to, keys in chosen for offer in offers if offer.key in keys)

    def send(self, action: Any, **options: Any) -> Any:
        """Apply an action that takes the report as one value."""
        report = self.report()
        return self.apply(lambda **_typed: action(report=report, **options))

    def blame(self, field: str | None, message: str) -> None:
        """A rule names a judgement by its Standard; the page names it by its row."""
        if field and (named := RULE_FIELD.fullmatch(field)):
            field = f"judged-{named[2]}-{named[1]}"
        super().blame(field, message)


def _named(standard: Standard) -> str:
    return "Part Two" if standard is Standard.PART_TWO else standard.value


def _initial(report: Report | None, leaves_on: date | None) -> dict[str, Any]:
    """A report as the form would have been filled in; of a new one, the last day at the school if it is known."""
    if report is None:
        return {"leaves_on": leaves_on}
    plain = ("held_on", "present", "others_present", "strengths", "development", "support_given", "satisfactory",
             "stays", "leaves_on", "next_school")  # fmt: skip
    letter = {f"unsatisfactory_{name}": text for name, text in asdict(report.unsatisfactory).items()}
    judged = {standard.value: asdict(told) for standard, told in report.judged.items()}
    for standard, row in judged.items():
        row["drawn"] = _keys(report.sources, standard)
    told = {name: getattr(report, name) for name in plain}
    return told | letter | {"judged": judged, "drawn": _keys(report.sources, None)}


def _keys(sources: Sequence[Source], standard: str | None) -> list[str]:
    return [key_of(source) for source in sources if source.standard == standard]
