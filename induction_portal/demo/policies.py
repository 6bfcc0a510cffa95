"""The settings of the story. Who is not named keeps the defaults, as Coastal Teaching School Hub does.

Northern Teaching School Hub rates every Standard and wants a statement only for a low rating, which are the defaults
too; it answers sooner than it has to, and will soon ask for reviews sooner.
"""

from dataclasses import dataclass, field

from cases.rules.policy import Value

from .days import Moment, first


@dataclass(frozen=True, slots=True)
class Setting:
    """What a school or body sets, who does it, and from when (unless given, from the opening)."""

    place: str
    by: str
    values: dict[str, Value] = field(default_factory=dict)
    since: Moment | None = None


SETTINGS = (
    Setting("northern", "admin@northern-hub.example", {"review_answer_days": 5}),
    Setting("elmbridge", "head@elmbridge.example", {"mentor_reads_reviews": True}, since=first(-2)),
    Setting(
        "northern", "admin@northern-hub.example", {"review_answer_days": 5, "review_within_days": 8}, since=first(1)
    ),
)
