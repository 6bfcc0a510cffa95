"""Passing several ECTs whose recommendation is satisfactory, each of which was opened: all of them, or none."""

from collections.abc import Sequence
from datetime import date

from cases.rules.deciding import Ruling
from cases.rules.errors import RuleBroken
from cases.rules.outcomes import Outcome, Recommended
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action

from ..models import Assessment, Decision, VersionRead
from ..outcome.received import OF_ASSESSMENT, received
from .deciding import DecisionConflict, decide


@action
def pass_several(
    *, by: Viewer, on: date, chosen: Sequence[tuple[Assessment, int]], reasons: str, regard: bool = False
) -> list[Decision]:
    """Pass each of these, in the version of the report that was shown, or propose to. Never an extension or a fail.

    `regard` says that the officer has had regard to what any of the ECTs wrote. Raises RuleBroken, naming the ECT, for
    the first that may not be passed, was not opened, or is not recommended as satisfactory; then nobody is passed.
    """
    ruling = Ruling(Outcome.PASS, reasons, regard=regard)
    return [_pass(by, on, ruling, *each) for each in sorted(chosen, key=lambda each: str(each[0].induction_id))]


def _pass(by: Viewer, on: date, ruling: Ruling, assessment: Assessment, version: int) -> Decision:
    try:
        _check_opened(by, assessment, version)
        return decide(by=by, on=on, assessment=assessment, version=version, ruling=ruling)
    except (RuleBroken, DecisionConflict) as broken:
        field = getattr(broken, "field", None)
        about = f"{assessment.induction.teacher.name}: {broken.message}. Nobody has been passed"
        raise RuleBroken(about, field if field in ("reasons", "regard") else "chosen") from broken


def _check_opened(by: Viewer, assessment: Assessment, version: int) -> None:
    if not VersionRead.objects.filter(version__assessment=assessment, version__number=version, by=by.user).exists():
        raise RuleBroken("Open this case before you pass it")
    recommendation = received().filter(**{OF_ASSESSMENT: assessment}).first()
    if recommendation is None or recommendation.outcome != Recommended.SATISFACTORY:
        raise RuleBroken("Only those whose recommendation is satisfactory are passed together: decide this one alone")
