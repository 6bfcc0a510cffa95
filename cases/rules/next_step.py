"""What a portal may propose at the end of a plan, with its reasons; a person decides (R72)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .escalation import PLAN_WEEKS, Progress
from .explained import Reason
from .statuses import SupportLevel

A_TERM = 13  # weeks
L = SupportLevel


@dataclass(frozen=True, slots=True)
class Ended:
    """A plan that has ended: at which level, what it found, in which part of induction, how many weeks of induction are
    left (None where that is not known), and how often in a row the level has had a plan.
    """

    level: SupportLevel
    progress: Progress
    part: int
    weeks_left: int | None = None
    times: int = 1

    @property
    def is_short_of_time(self) -> bool:
        """Whether less than a term is left."""
        return self.weeks_left is not None and self.weeks_left < A_TERM


@dataclass(frozen=True, slots=True)
class NextStep:
    """What is proposed, and why. ``to`` is None where no step of the ladder follows."""

    to: SupportLevel | None
    because: tuple[Reason, ...]
    needs_body: bool = False


def next_step(ended: Ended) -> NextStep:
    """R72: the step that the source names for what a plan found. Raises ValueError for a level without plans.

    It is never Level 6: that is the headteacher's last resort, and no conclusion from a plan.
    """
    if ended.level not in PLAN_WEEKS:
        raise ValueError(f"{ended.level} has no plan")
    to = _on_track(ended) if ended.progress is Progress.ON_TRACK else _not_yet(ended)
    needs = (to is L.CONCERN and ended.level is L.CONCERN) or (to is L.AT_RISK and ended.part == 1)
    return NextStep(to, tuple(_why(ended, to)), needs)


def _on_track(ended: Ended) -> SupportLevel:
    return L.MONITORING if ended.level in (L.CONCERN, L.AT_RISK) else L.NONE


def _not_yet(ended: Ended) -> SupportLevel | None:
    some = ended.progress is Progress.SOME
    match ended.level:
        case L.LIGHT_TOUCH:
            return L.LIGHT_TOUCH if some and ended.times == 1 and not ended.is_short_of_time else L.SUPPORT_1
        case L.SUPPORT_1:
            return L.CONCERN if not some and ended.part == 2 else L.SUPPORT_2
        case L.SUPPORT_2:
            return L.SUPPORT_2 if some and ended.part == 1 and not ended.is_short_of_time else L.CONCERN
        case L.CONCERN:
            return L.AT_RISK if ended.part == 2 and (not some or ended.is_short_of_time) else L.CONCERN
    return L.CONCERN if some and not ended.is_short_of_time else None


_FOUND = {
    Progress.NONE: "The plan found no progress yet.",
    Progress.SOME: "The plan found some progress, but concerns remain.",
    Progress.ON_TRACK: "The plan found that the ECT is on track.",
}


def _why(ended: Ended, to: SupportLevel | None) -> Iterator[Reason]:
    yield Reason("R72", "S2", _FOUND[ended.progress])
    yield Reason("R72", "S2", _STEP.get((ended.level, to), _USUAL.get(to, "")))
    if ended.progress is not Progress.ON_TRACK:
        yield Reason("R15", "SG 2.20", f"The ECT is in part {ended.part} of induction{_left(ended)}.")


def _left(ended: Ended) -> str:
    if ended.weeks_left is None:
        return ""
    weeks = f"about {ended.weeks_left} week{'' if ended.weeks_left == 1 else 's'}"
    return f", with {weeks} left{', less than a term' if ended.is_short_of_time else ''}"


_STEP = {
    (L.LIGHT_TOUCH, L.LIGHT_TOUCH): "A light touch plan that brings some progress may be repeated once.",
    (L.SUPPORT_2, L.SUPPORT_2): "In part 1 there is time to extend a support plan that brings some progress.",
    (
        L.SUPPORT_1,
        L.CONCERN,
    ): "In part 2, with less time left, support is escalated quicker where there is no progress.",
    (L.CONCERN, L.CONCERN): "A plan at Level 4 may be repeated where the appropriate body agrees.",
    (L.AT_RISK, L.CONCERN): "Progress is improving, so support may come down one level, with a reason.",
    (L.AT_RISK, None): (
        "No further level follows a plan at Level 5. School and appropriate body meet the ECT, and induction goes on "
        "to its final assessment with the support in place."
    ),
}
_USUAL = {
    L.NONE: "An ECT who is on track at the end of a plan needs no more extra support.",
    L.MONITORING: "After Level 4 or 5 monitoring and support stay in place for a term or until the next assessment.",
    L.SUPPORT_1: "Where light touch support is not enough, the induction tutor takes over with a support plan.",
    L.SUPPORT_2: "Where concerns remain after a first support plan, a second one follows.",
    L.CONCERN: "Where progress is still not being made, the level is raised, after a meeting with the body.",
    L.AT_RISK: "Where there is a risk of failing, the appropriate body meets the ECT, tutor and mentor.",
}
