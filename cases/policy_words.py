"""Settings in words, as pages and messages say them."""

from .rules.policy import AbsenceReading, RatedStandards, Setting, Value
from .rules.standards import Rating
from .rules.timetable import AveragingCycle

STANDARDS = {
    RatedStandards.ALL: "All nine: TS1 to TS8 and Part Two",
    RatedStandards.PART_ONE: "TS1 to TS8 only",
    RatedStandards.NONE: "None",
}
READINGS = {
    AbsenceReading.PART_WINDOW: "Over the whole part",
    AbsenceReading.CALENDAR_PRORATA: "Over the whole part, and pro rata over each school year of service",
}
CHOICES: dict[Value, str] = {**STANDARDS, **READINGS}
CYCLES = {
    AveragingCycle.HALF_TERM: "A half term",
    AveragingCycle.FORTNIGHT: "Two weeks",
    AveragingCycle.WEEK: "One week",
}
COUNTED = {
    "days absent": "{} days",
    "days before": "{} working day{} before",
    "days late": "When it is {} working day{} late",
}
WORDED = {"observations", "school days"}
STATEMENTS = {
    int(rating): "Every rating" if rating is Rating.EXEMPLARY else f"“{rating.label}” and below"
    for rating in sorted(Rating)
    if rating >= Rating.ATTENTION
}


def value_words(setting: Setting, value: Value) -> str:
    """A value as its reader says it: "5 working days", "Yes", "“Secure” and below"."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if setting.is_count:
        return "1 working day" if value == 1 else f"{value} working days"
    if setting.unit in COUNTED:
        return COUNTED[setting.unit].format(value, "" if value == 1 else "s")
    if setting.unit in WORDED:
        return f"{value} {setting.unit if value != 1 else setting.unit.removesuffix('s')}"
    if setting.unit == "cycle":
        return CYCLES[AveragingCycle(value)]
    return STATEMENTS[int(value)] if setting.unit == "rating" else CHOICES[value]
