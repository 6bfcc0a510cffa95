"""Blank forms, for a meeting that is held on paper: which there are, and each with a case's names or with none."""

from dataclasses import dataclass

from cases.rules.escalation import PLAN_WEEKS
from cases.rules.statuses import SupportLevel

from .form import TITLES, Met, ObjectiveBoxes, PlanForm, WeekBoxes

OBJECTIVES = 4  # the rows of the source's own form of Level 1
EMPTY = "-empty"


@dataclass(frozen=True, slots=True)
class Blank:
    """A blank form that there is: of a level and, but for Level 1, of so many weeks; with names in it or not."""

    level: SupportLevel
    weeks: int | None = None
    has_names: bool = True

    @property
    def key(self) -> str:
        """How an address names it: "level-4-6-weeks", "level-1-empty"."""
        length = f"-{self.weeks}-week{'s' if self.weeks != 1 else ''}" if self.weeks else ""
        return f"level-{self.level.value}{length}{'' if self.has_names else EMPTY}"

    @property
    def length(self) -> str:
        """Its length in words; of Level 1 the weeks that its plan may take, which its form does not count."""
        if self.weeks:
            return "1 week" if self.weeks == 1 else f"{self.weeks} weeks"
        allowed = PLAN_WEEKS[self.level]
        return f"{allowed[0]} to {allowed[-1]} weeks"

    @property
    def title(self) -> str:
        """The form's heading."""
        return TITLES[self.level]

    @property
    def without_names(self) -> "Blank":
        """The same with nothing in it."""
        return Blank(self.level, self.weeks, has_names=False)


def blanks() -> list[Blank]:
    """Every blank form that there is, with names: Level 1 has no rows for weeks, the others as many as their plan may
    take (R70).
    """
    light = SupportLevel.LIGHT_TOUCH
    weekly = [Blank(level, weeks) for level, allowed in PLAN_WEEKS.items() if level is not light for weeks in allowed]
    return [Blank(light), *weekly]


def blank_named(key: str) -> Blank | None:
    """The blank form of an address; None where there is none."""
    known = [each for blank in blanks() for each in (blank, blank.without_names)]
    return next((blank for blank in known if blank.key == key), None)


def blank_form(blank: Blank, *, ect: str = "", school: str = "", mentor: str = "") -> PlanForm:
    """The form with nothing in its boxes but the names that are given, if it has any."""
    light = blank.level is SupportLevel.LIGHT_TOUCH
    names = {"ect": ect, "school": school, "mentor": mentor} if blank.has_names else {}
    return PlanForm(
        level=blank.level,
        rows=(ObjectiveBoxes(),) * OBJECTIVES if light else (),
        weeks=tuple(WeekBoxes(number) for number in range(1, (blank.weeks or 0) + 1)),
        meetings=(Met(),),
        is_blank=True,
        **names,
    )
