"""Signing several reports at once, each of which was opened: all of them, or none."""

from collections.abc import Sequence
from datetime import date

from cases.rules.errors import RuleBroken
from induction_portal.accounts.viewer import Viewer
from induction_portal.audit.acting import action

from ..models import Assessment, Signature
from .signing import sign


@action
def sign_several(*, by: Viewer, on: date, chosen: Sequence[tuple[Assessment, int]]) -> list[Signature]:
    """Sign each of these, in the version that was shown, in the role that it waits for.

    Raises RuleBroken, naming the report, for the first that `sign` refuses; then none is signed.
    """
    return [_sign(by, on, *each) for each in sorted(chosen, key=lambda each: str(each[0].induction_id))]


def _sign(by: Viewer, on: date, assessment: Assessment, version: int) -> Signature:
    try:
        return sign(by=by, on=on, assessment=assessment, version=version, role=assessment.turn)
    except RuleBroken as broken:
        name = f"{assessment.induction.teacher.name}, {str(assessment).lower()}"
        raise RuleBroken(f"{name}: {broken.message}. Nothing has been signed", "chosen") from broken
