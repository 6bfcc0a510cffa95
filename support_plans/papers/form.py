"""A support plan as its form on paper: every box of the source's five forms (R76), as text. Pure: no row, no query.

A form is filled from sealed content, or left blank for a meeting that is held on paper: the same boxes either way.
"""

from dataclasses import dataclass

from cases.rules.statuses import SupportLevel

TITLES = {
    SupportLevel.LIGHT_TOUCH: "Level 1 – Light Touch Support",
    SupportLevel.SUPPORT_1: "Level 2 – Support Plan 1",
    SupportLevel.SUPPORT_2: "Level 3 – Support Plan 2",
    SupportLevel.CONCERN: "Level 4 – Cause for Concern",
    SupportLevel.AT_RISK: "Level 5 – Risk of Failing",
}
MEETS_BODY = (SupportLevel.CONCERN, SupportLevel.AT_RISK)
MOST_WEEKS = 6


@dataclass(frozen=True, slots=True)
class ObjectiveBoxes:
    """A row of the table of Level 1: an objective, when it is met, who does what, with what, and what was observed."""

    objective: str = ""
    success_criteria: str = ""
    actions: str = ""
    resources: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class WeekBoxes:
    """A week of Levels 2 to 5. `dates` are its days, which the source leaves out, as it does who evaluated or commented
    and when; empty on a blank form.
    """

    number: int
    dates: str = ""
    actions: str = ""
    resources: str = ""
    success_criteria: str = ""
    evaluation: str = ""
    evaluated_by: str = ""
    comment: str = ""
    commented_by: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting with the appropriate body (Levels 4 and 5): the day, who was there, what was said and decided."""

    held: str = ""
    outline: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Under:
    """What stands where somebody signs: who and when; why they did not sign, in their own words."""

    says: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PlanForm:
    """Everything that a form shows. What the form of a level has no box for stays empty (R76).

    `moved` tells, in sentences, of weeks that were laid anew. `on_track` is None until it is answered. `mark` says that
    a form is not the signed record.
    """

    level: SupportLevel
    ect: str = ""
    school: str = ""
    term: str = ""
    dates: str = ""
    mentor: str = ""
    met_on: str = ""
    previous_objectives: str = ""
    previous_evaluation: str = ""
    standards: str = ""
    reason: str = ""
    objectives: str = ""
    risk: str = ""
    extension: str = ""
    rows: tuple[ObjectiveBoxes, ...] = ()
    weeks: tuple[WeekBoxes, ...] = ()
    moved: tuple[str, ...] = ()
    meetings: tuple[Met, ...] = ()
    evaluation: str = ""
    next_objectives: str = ""
    ended_on: str = ""
    on_track: bool | None = None
    tutor: Under = Under()
    ect_signed: Under = Under()
    mark: str = ""
    is_blank: bool = False

    @property
    def title(self) -> str:
        """The form's heading, as in the source."""
        return TITLES[self.level]

    @property
    def is_light_touch(self) -> bool:
        """Whether it is the form of Level 1, which has a table of objectives and no weeks."""
        return self.level is SupportLevel.LIGHT_TOUCH

    @property
    def is_at_risk(self) -> bool:
        """Whether it is the form of Level 5, which has reasons where the others have objectives."""
        return self.level is SupportLevel.AT_RISK

    @property
    def followed(self) -> tuple[WeekBoxes, ...]:
        """The weeks of Level 1 of which something was said, for which its paper has no box."""
        return tuple(week for week in self.weeks if week.evaluation or week.comment) if self.is_light_touch else ()

    @property
    def meets_body(self) -> bool:
        """Whether it has the boxes of a meeting with the appropriate body."""
        return self.level in MEETS_BODY
