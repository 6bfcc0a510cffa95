"""The form in which an officer records a visit, and those by which an action is answered, closed and reopened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from induction_portal.forms import PortalForm
from induction_portal.govuk.dates import DateField
from induction_portal.govuk.fields import LongTextField, RadioChoiceField, SelectField, TickField
from induction_portal.govuk.layout import Fieldset, Reveal, Rows
from induction_portal.govuk.rows import FixedRows, GrowingRows, Row, RowForm

from ..actions.quality_visits import Answered, Checked, Found, Report
from ..models import Induction, QualityFinding, RoundQuestion
from ..models.quality_visits import JUDGEMENTS, OWNERS
from ..rules.quality import Audience, FindingKind
from .quality import KINDS

SCHOOL = "school"  # the choice that is no ECT


@dataclass(frozen=True, slots=True)
class Asking:
    """What a visit asks: the round's questions, the ECTs who were drawn at the school (none where the school was)."""

    questions: Sequence[RoundQuestion]
    cases: Sequence[Induction]

    @property
    def subjects(self) -> list[tuple[str, Induction | None, str]]:
        """Whom checks and the ECT's own questions are about: a key, the ECT, and the name."""
        ects = [(f"e{place}", each, each.teacher.name) for place, each in enumerate(self.cases, 1)]
        return [*ects] or [("e0", None, "The school’s ECTs")]

    @property
    def of_school(self) -> dict[str, RoundQuestion]:
        """The questions that the school answers, by the keys of their rows."""
        return {f"q{each.position}": each for each in self.questions if not each.in_confidence}

    @property
    def of_ects(self) -> dict[str, tuple[RoundQuestion, Induction | None, str]]:
        """The questions that ECTs answer in confidence, for each ECT, by the keys of their rows."""
        asked = [each for each in self.questions if each.in_confidence]
        return {
            f"q{each.position}_{key}": (each, induction, name)
            for key, induction, name in self.subjects
            for each in asked
        }


class JudgedRow(RowForm):
    """A question, judged."""

    judgement = RadioChoiceField(
        label="Answer", missing="Select the answer to {row}", choices=JUDGEMENTS, inline=True, label_hidden=True
    )
    note = LongTextField(
        label="What is this based on?", named="what the answer to {row} is based on", required=False, max_length=1000,
        rows=2, count=False,
    )  # fmt: skip


class SchoolAnswerRow(JudgedRow):
    """One that the school may read."""

    shared = TickField(label="Show this answer to the school", missing="Tick to show it", required=False)


class CheckRow(RowForm):
    """Two checks of records, judged."""

    fidelity = RadioChoiceField(
        label="Is the training programme followed as it was registered?",
        missing="Select whether the programme is followed: {row}",
        choices=JUDGEMENTS,
        inline=True,
    )
    timetable = RadioChoiceField(
        label="Is the timetable reduced as the law asks, on top of planning time?",
        missing="Select whether the timetable is reduced: {row}",
        choices=JUDGEMENTS,
        inline=True,
    )
    note = LongTextField(
        label="What did you look at?", named="what you looked at: {row}", required=False, max_length=1000, rows=2,
        count=False,
    )  # fmt: skip


class FindingRow(RowForm):
    """One finding."""

    kind = RadioChoiceField(
        label="What is it?",
        missing="Select what {row} is",
        choices=QualityFinding.KINDS,
        hints={FindingKind.NOTE.value: "The school does not read it"},
        coerce=FindingKind,
    )
    text = LongTextField(label="What did you find?", named="what {row} is about", max_length=1000, rows=3)
    about = SelectField(label="Whom is it about?", named="whom {row} is about", blank="")
    owner = SelectField(
        label="Who has to do it?", named="who has to do {row}", blank="Select who", choices=OWNERS, required=False
    )
    due_on = DateField(label="By when?", named="the day by which {row} is done", required=False)


def finding_row(cases: Sequence[Induction]) -> type[FindingRow]:
    """The row, with the ECTs of one visit to choose from."""
    chosen = [(SCHOOL, "The school"), *((str(each.pk), each.teacher.name) for each in cases)]

    class OfVisit(FindingRow):
        about = SelectField(
            label="Whom is it about?", named="whom {row} is about", blank="", choices=chosen, initial=SCHOOL
        )

        @property
        def is_blank(self) -> bool:
            """Whom it is about is always chosen: that alone is no finding."""
            return not any(_typed(self[name].data) for name in self.fields if name != "about")

    return OfVisit


def _typed(value: Any) -> bool:
    return any(value) if isinstance(value, tuple | list) else bool(value)


class RecordQualityVisitForm(PortalForm):
    """Everything of a visit: whom they met, the answers, the two checks of records, and the findings."""

    submit = "Save the record"
    may_save_for_later = True

    visited_on = DateField(label="Date of the visit", named="the date of the visit", past=True)
    kind = RadioChoiceField(
        label="What kind of visit was it?", missing="Select what kind of visit it was", choices=KINDS
    )
    met = LongTextField(
        label="Whom did you meet?",
        named="whom you met",
        missing="Say whom you met or, of a desk check, what you read",
        hint="Their parts, not only their names. Of a desk check, say what you read. The school reads this",
        max_length=500,
        rows=2,
    )

    def __init__(self, *args: Any, asking: Asking, **options: Any) -> None:
        self.asking = asking
        super().__init__(*args, **options)

    def declare_groups(self) -> Mapping[str, Any]:
        asked, told = self.asking.of_school, self.asking.of_ects
        school = [Row(key, each.text, f"“{each.text}”") for key, each in asked.items()]
        voice = [Row(key, f"{name}: {each.text}", f"“{each.text}”") for key, (each, _, name) in told.items()]
        checks = [Row(key, name, name) for key, _, name in self.asking.subjects]
        kinds: dict[str, tuple[type[RowForm], list[Row]]] = {
            "answers": (SchoolAnswerRow, school), "voice": (JudgedRow, voice), "checks": (CheckRow, checks),
        }  # fmt: skip
        fixed = {name: FixedRows(form, rows) for name, (form, rows) in kinds.items() if rows}
        findings = GrowingRows(finding_row(self.asking.cases), noun="finding", minimum=0, maximum=20)
        return {**fixed, "findings": findings}

    def layout(self) -> list[Any]:
        parts: list[Any] = [Fieldset("The visit", "visited_on", "kind", "met")]
        headings = {
            "answers": (
                "What the school told you",
                "Your body alone reads an answer, unless you show it to the school",
            ),
            "voice": ("What ECTs told you in confidence", "The school never reads this"),
            "checks": ("Programme and timetable", "What the portal knows stands at the head of this page"),
        }
        parts += [
            Fieldset(title, Rows(name, size="s"), hint=hint)
            for name, (title, hint) in headings.items()
            if name in self.groups
        ]
        each = (Reveal("kind", action=["owner", "due_on"]), "text", "about")
        title = "Findings"
        hint = (
            "Good practice and actions go to the school when you share the visit. An action says who does it, by when"
        )
        return [*parts, Fieldset(title, Rows("findings", *each, size="s"), hint=hint)]

    @property
    def report(self) -> Report:
        """What the action takes."""
        told = self.cleaned_data
        return Report(
            visited_on=told["visited_on"],
            kind=told["kind"],
            met=told["met"],
            answers=[*self._of_school(), *self._of_ects()],
            checks=self._checks(),
            findings=self._findings(),
        )

    def _of_school(self) -> list[Answered]:
        told = self.cleaned_data.get("answers", {})
        return [
            Answered(
                self.asking.of_school[key],
                row["judgement"],
                row["note"],
                Audience.SCHOOL if row["shared"] else Audience.BODY,
            )
            for key, row in told.items()
        ]

    def _of_ects(self) -> list[Answered]:
        asked, told = self.asking.of_ects, self.cleaned_data.get("voice", {})
        return [
            Answered(asked[key][0], row["judgement"], row["note"], Audience.BODY, _id(asked[key][1]))
            for key, row in told.items()
        ]

    def _checks(self) -> list[Checked]:
        about = {key: induction for key, induction, _ in self.asking.subjects}
        told = self.cleaned_data["checks"]
        return [Checked(r["fidelity"], r["timetable"], r["note"], _id(about[key])) for key, r in told.items()]

    def _findings(self) -> list[Found]:
        rows = self.groups["findings"].used
        return [
            Found(
                kind=row.cleaned_data["kind"],
                text=row.cleaned_data["text"],
                owner=row.cleaned_data["owner"],
                due_on=row.cleaned_data["due_on"],
                induction_id=None if row.cleaned_data["about"] == SCHOOL else UUID(row.cleaned_data["about"]),
                row=row.prefix,
            )
            for row in rows
        ]


def _id(induction: Induction | None) -> UUID | None:
    return induction.pk if induction else None


class ShareQualityVisitForm(PortalForm):
    """What was found goes to the school."""

    submit = "Share with the school"


class AnswerFindingForm(PortalForm):
    """What a school has done about an action."""

    submit = "Send the answer"
    text = LongTextField(
        label="What has been done?",
        named="what has been done",
        missing="Say what has been done",
        hint="Your appropriate body reads this. Do not write about health",
        max_length=2000,
        rows=5,
    )


class RuleOnFindingForm(PortalForm):
    """Whether an action is done."""

    submit = "Save"
    ruling = RadioChoiceField(
        label="Is this action done?",
        missing="Select whether this action is done",
        choices=[("closed", "Yes, close it"), ("reopened", "No, more has to be done")],
    )
    text = LongTextField(
        label="What do you say to the school?",
        named="what you say to the school",
        hint="Needed where more has to be done. The school reads this",
        required=False,
        max_length=2000,
        rows=4,
    )
    due_on = DateField(label="By when?", named="the new day", hint="Leave this empty to keep the day", required=False)

    def __init__(self, *args: Any, is_open: bool, **options: Any) -> None:
        """An action that is open already can only be closed."""
        super().__init__(*args, **options)
        field: Any = self.fields["ruling"]
        if is_open:
            field.choices = field.choices[:1]
            del self.fields["due_on"]

    def layout(self) -> list[Any]:
        if "due_on" not in self.fields:
            return ["ruling", "text"]
        return [Reveal("ruling", reopened=["due_on"]), "text"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.cleaned_data.setdefault("due_on", None)
        if self.cleaned_data.get("ruling") == "closed":
            self.cleaned_data["due_on"] = None
        return self.cleaned_data
