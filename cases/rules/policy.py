"""What a school or an appropriate body may set for itself, and what holds where both do (R49, R55, R79, D5).

The law is the floor. Each setting lists the values that it leaves open from the most permissive to the strictest, so
that "may only be stricter" is a place in a list. A row of settings holds from its first day until a later one does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .errors import RuleBroken
from .reviews import Asked
from .standards import Rating, Standard
from .timetable import AveragingCycle

Value = bool | int | str
MOST_DAYS = 10


class Holder(StrEnum):
    """Who sets a setting."""

    SCHOOL = "school"
    BODY = "body"


class RatedStandards(StrEnum):
    """R55: which Standards a body has rated in a progress review."""

    NONE = "none"
    PART_ONE = "part_one"
    ALL = "all"

    @property
    def standards(self) -> tuple[Standard, ...]:
        """The Standards themselves, in their order."""
        kept = {self.NONE: (), self.PART_ONE: tuple(s for s in Standard if s is not Standard.PART_TWO)}
        return kept.get(self, tuple(Standard))


class AbsenceReading(StrEnum):
    """R31, R32: over which time absence is held against 30 days."""

    PART_WINDOW = "part_window"
    CALENDAR_PRORATA = "calendar_prorata"


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that may be set.

    ``allowed`` runs from the most permissive value the law leaves open to the strictest; ``default`` is one of them.
    ``says`` is why, for its reader; ``direction`` what a stricter value is; ``bounds`` the allowed values in words.
    """

    name: str
    holder: Holder
    subject: str
    label: str
    unit: str
    default: Value
    allowed: tuple[Value, ...]
    direction: str
    bounds: str
    rule: str
    source: str
    says: str

    @property
    def source_words(self) -> str:
        """The source as a reader knows it: "Statutory guidance, paragraph 2.54"."""
        number = self.source.removeprefix("SG ")
        return f"Statutory guidance, paragraph{'s' if ' ' in number else ''} {number}"

    @property
    def is_count(self) -> bool:
        """Whether the value is a number of something."""
        return self.unit == "working days"


DAYS = tuple(range(MOST_DAYS, 0, -1))
YES_TO_NO = (True, False)
CYCLES = tuple(each.value for each in reversed(AveragingCycle))
TIMETABLE = "Reduced timetable"
REVIEWS, CONFIDENTIALITY, ABSENCE = "Progress reviews", "Who reads progress reviews", "Absence"
EVIDENCE = "Observations and mentor meetings"
DECISIONS = "Decisions"
CONCERNS = "Concerns"
SUPPORT = "Support plans"
_DAYS_IN_WORDS = "1 to 10 working days"

_ROWS = (
    Setting(
        "mentor_reads_reviews", Holder.SCHOOL, CONFIDENTIALITY, "Mentors may read the progress reviews of their ECTs",
        "yes or no", False, YES_TO_NO, "No is stricter", "Yes or no", "R79", "SG 2.78 to 2.80",
        "Assessments are confidential to those directly involved. A mentor does not assess, so reads no review unless "
        "the school says so, and never if the appropriate body says no. Each ECT concerned is told.",
    ),
    Setting(
        "review_within_days", Holder.SCHOOL, REVIEWS, "Send a progress review to the appropriate body within",
        "working days", MOST_DAYS, DAYS, "Fewer is stricter", _DAYS_IN_WORDS, "D5", "SG 2.54",
        "The guidance gives no number of days. The portal asks for 10 working days after the meeting; a school or an "
        "appropriate body may ask for fewer, and the fewer holds.",
    ),
    Setting(
        "absence_warning_from", Holder.SCHOOL, ABSENCE, "Warn of absence in a part of induction from",
        "days absent", 15, (25, 20, 15, 10, 5), "Fewer is stricter", "5, 10, 15, 20 or 25 days", "R38", "SG 5.4",
        "Absence of 30 days in a part extends it, and the appropriate body is told. The induction tutor and the "
        "headteacher are warned before: at this figure and at every fifth day after it.",
    ),
    Setting(
        "observations_a_year", Holder.SCHOOL, EVIDENCE, "Observe each ECT in a school year at least",
        "observations", 3, tuple(range(1, 13)), "More is stricter", "1 to 12 times", "R56", "SG 2.46",
        "The guidance asks for observations at regular intervals and gives no number. The portal expects three a year, "
        "one each term, and tells the induction tutor when there were fewer. It only warns.",
    ),
    Setting(
        "mentor_reads_observations", Holder.SCHOOL, EVIDENCE, "Mentors may read the observations of their ECTs",
        "yes or no", True, YES_TO_NO, "No is stricter", "Yes or no", "R79", "SG 2.78 to 2.80",
        "What is known of an ECT is confidential to those directly involved. A mentor supports what an observation "
        "shows, so reads it unless the school says no.",
    ),
    Setting(
        "mentor_meeting_within", Holder.SCHOOL, EVIDENCE, "Warn when there was no mentor meeting for",
        "school days", 10, (20, 15, 10, 5), "Fewer is stricter", "5, 10, 15 or 20 school days", "R46",
        "SG 2.43 to 2.44",
        "Mentor sessions are expected to be timetabled; the guidance gives no number. After so many school days "
        "without one, not counting days on which the ECT was absent, mentor and induction tutor are warned.",
    ),
    Setting(
        "concerns_through_trust", Holder.SCHOOL, CONCERNS, "Concerns go to the trust before the appropriate body",
        "yes or no", False, YES_TO_NO, "No is stricter", "Yes or no", "R81", "SG 2.64",
        "The appropriate body is told of a concern at once. With yes, a school of a trust tells the trust’s officer "
        "first, who passes it on. An ECT who is not satisfied with the school’s answer may turn to the trust as well. "
        "The ECT’s own way to the appropriate body’s named contact is always open.",
    ),
    Setting(
        "mentor_reads_reviews", Holder.BODY, CONFIDENTIALITY, "Schools may let mentors read progress reviews",
        "yes or no", True, YES_TO_NO, "No is stricter", "Yes or no", "R79", "SG 2.78 to 2.80",
        "Assessments are confidential to those directly involved. With yes, each school decides for its mentors; with "
        "no, no mentor of an ECT of yours reads a review.",
    ),
    Setting(
        "review_within_days", Holder.BODY, REVIEWS, "Schools send a progress review within",
        "working days", MOST_DAYS, DAYS, "Fewer is stricter", _DAYS_IN_WORDS, "D5", "SG 2.54",
        "The guidance gives no number of days. The portal asks for 10 working days after the meeting; you may ask for "
        "fewer. A school may set fewer still for itself.",
    ),
    Setting(
        "review_answer_days", Holder.BODY, REVIEWS, "Your officers accept or return a progress review within",
        "working days", MOST_DAYS, DAYS, "Fewer is stricter", _DAYS_IN_WORDS, "D5", "SG 2.54",
        "The guidance gives no number of days. The portal gives your officers 10 working days; you may give fewer.",
    ),
    Setting(
        "rated_standards", Holder.BODY, REVIEWS, "Which Teachers’ Standards a progress review rates",
        "choice", RatedStandards.ALL.value, tuple(each.value for each in RatedStandards), "More is stricter",
        "All nine, TS1 to TS8 only, or none", "R55", "SG 2.52",
        "The guidance asks whether the ECT is on track and for a brief summary of the evidence; that is always asked. "
        "Ratings against each Standard are the appropriate body’s own.",
    ),
    Setting(
        "statement_from", Holder.BODY, REVIEWS, "Ratings that need a written statement",
        "rating", int(Rating.ATTENTION), (2, 3, 4, 5), "More is stricter",
        "“Attention needed” and below, up to every rating", "R55", "SG 2.52 and 4.1",
        "A Standard that gives cause for concern is never left without a reason. You may ask for a statement for "
        "better ratings too; with every rating, the review is a full written report.",
    ),
    Setting(
        "drops_earlier_review", Holder.BODY, REVIEWS,
        "No progress review less than a term before a formal assessment",
        "yes or no", False, YES_TO_NO, "No is stricter", "Yes or no", "R49", "SG 2.49",
        "Where a review and an assessment fall within one term, only the assessment is held. The portal reads this "
        "term by term. With yes, a review in the term before is left out too, if less than a whole term lies between.",
    ),
    Setting(
        "part_day_as_full", Holder.BODY, ABSENCE, "Part of a day absent counts as a whole day",
        "yes or no", False, YES_TO_NO[::-1], "Yes is stricter", "Yes or no", "R27", "SG 3.6",
        "The regulations count days on which the ECT was absent. The portal adds up fractions of days; with yes, each "
        "part of a day that is recorded counts as one.",
    ),
    Setting(
        "absence_reading", Holder.BODY, ABSENCE, "How absence of part-time ECTs is held against 30 days",
        "choice", AbsenceReading.PART_WINDOW.value, tuple(each.value for each in AbsenceReading),
        "The pro-rata reading is stricter", "Over the whole part, or also pro rata over each school year of service",
        "R32", "SG 3.6",
        "The guidance says 30 days a year of induction, or equivalent for part-time teachers. The portal adds up days "
        "over the whole part, however long it takes. You may also read 30 days pro rata over each year of service; the "
        "longer extension holds.",
    ),
    Setting(
        "averaging_cycle", Holder.SCHOOL, TIMETABLE, "The time off timetable is averaged over at most", "cycle",
        AveragingCycle.FORTNIGHT.value, CYCLES, "Shorter is stricter", "A half term, two weeks or one week",
        "R43", "SG 2.20",
        "The law names no period over which the reduced timetable is averaged. The portal takes the school’s timetable "
        "cycle of one or two weeks. You may allow blocks within a half term, unless the appropriate body does not.",
    ),
    Setting(
        "averaging_cycle", Holder.BODY, TIMETABLE, "Schools average the time off timetable over at most", "cycle",
        AveragingCycle.HALF_TERM.value, CYCLES, "Shorter is stricter", "A half term, two weeks or one week",
        "R43", "SG 2.20",
        "The law names no period over which the reduced timetable is averaged. Each school chooses one that is no "
        "longer than yours.",
    ),
    Setting(
        "second_officer", Holder.BODY, DECISIONS, "A second officer approves every decision", "yes or no", False,
        YES_TO_NO[::-1], "Yes is stricter", "Yes or no", "R62", "SG 2.67 to 2.68",
        "The appropriate body makes the decision, and may not leave it to anybody else. The law does not say who of it "
        "decides. With yes, one officer proposes to pass, extend or fail, and the decision is made when another has "
        "approved it, within the same 20 working days.",
    ),
    Setting(
        "skip_holiday_weeks", Holder.BODY, SUPPORT, "Support plans pass over weeks without a school day", "yes or no",
        False, YES_TO_NO, "No is stricter", "Yes or no", "R75", "SG 4.1 to 4.2",
        "The guidance asks for support at once and names no length. A plan takes 1 to 6 weeks by its level. With yes, "
        "a week in which the school is closed is no week of a plan; with no, weeks run through holidays, and the "
        "portal warns of those without a school day.",
    ),
)  # fmt: skip
SETTINGS: dict[Holder, dict[str, Setting]] = {
    holder: {row.name: row for row in _ROWS if row.holder is holder} for holder in Holder
}


def check(setting: Setting, value: Value) -> None:
    """Raise RuleBroken, with the setting's name as the field, for a value that the law does not leave open."""
    if any(value == each and type(value) is type(each) for each in setting.allowed):
        return
    if setting.is_count:
        says = (
            f"Enter a number of working days from 1 to {MOST_DAYS}: you may ask for fewer than {MOST_DAYS}, never more"
        )
    elif setting.unit == "rating":
        says = (
            "A rating of “Attention needed” or “Cause for concern” always needs a statement: you may only ask for more"
        )
    else:
        says = f"Select one of these: {setting.bounds[0].lower()}{setting.bounds[1:]}"
    raise RuleBroken(says, setting.name)


def defaults(holder: Holder) -> dict[str, Value]:
    """What holds where nothing was ever set."""
    return {name: setting.default for name, setting in SETTINGS[holder].items()}


def stricter(setting: Setting, first: Value, second: Value) -> Value:
    """The stricter of two allowed values."""
    return max(first, second, key=setting.allowed.index)


@dataclass(frozen=True, slots=True)
class Row:
    """Settings that hold from a day on. ``number`` counts an organisation's rows in the order they were set."""

    starts_on: date
    number: int
    values: Mapping[str, Value]


def row_on(rows: Iterable[Row], on: date) -> Row | None:
    """The row that holds on a day: the latest to start on or before it, and of two from one day the one set later."""
    begun = [row for row in rows if row.starts_on <= on]
    return max(begun, key=lambda row: (row.starts_on, row.number), default=None)


def values_on(holder: Holder, rows: Iterable[Row], on: date) -> dict[str, Value]:
    """Every setting as it holds on a day, the default where no row does."""
    row = row_on(rows, on)
    return defaults(holder) | (dict(row.values) if row else {})


@dataclass(frozen=True, slots=True)
class Effective:
    """What holds for a case at a school whose body is known: of what both set, the stricter."""

    mentor_reads_reviews: bool
    review_within_days: int
    review_answer_days: int
    rated_standards: str
    statement_from: int
    drops_earlier_review: bool
    part_day_as_full: bool
    absence_reading: str
    absence_warning_from: int
    averaging_cycle: str
    observations_a_year: int
    mentor_reads_observations: bool
    mentor_meeting_within: int
    second_officer: bool
    skip_holiday_weeks: bool
    concerns_through_trust: bool

    @property
    def asked(self) -> Asked:
        """What a progress review has to answer (R55)."""
        from_rating = Rating(self.statement_from)  # type: ignore[call-arg]  # a member by its value
        return Asked(RatedStandards(self.rated_standards).standards, from_rating)


def effective(school: Iterable[Row], body: Iterable[Row], on: date) -> Effective:
    """What holds on a day, from the rows of a school and of its body."""
    at_school, at_body = values_on(Holder.SCHOOL, school, on), values_on(Holder.BODY, body, on)
    shared = {
        name: stricter(setting, at_school[name], at_body[name])
        for name, setting in SETTINGS[Holder.BODY].items()
        if name in at_school
    }
    return Effective(**at_school | at_body | shared)  # type: ignore[arg-type]  # by name, as the table has them


def periods_of(
    name: str, rows: Iterable[Row], first: date, last: date | None, value: Value = True
) -> list[tuple[date, date | None]]:
    """The spells from ``first`` to ``last`` (None: open) in which a body's setting has a value, ends included."""
    rows = list(rows)
    days = sorted({first, *(row.starts_on for row in rows if row.starts_on > first)})
    days = [day for day in days if last is None or day <= last]
    ends = [date.fromordinal(day.toordinal() - 1) for day in days[1:]]
    spells = zip(days, [*ends, last], strict=True)
    return [(start, end) for start, end in spells if values_on(Holder.BODY, rows, start)[name] == value]
