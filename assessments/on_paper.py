"""An ECT who is asked and has not answered: since when, and what their school may record of it."""

from dataclasses import dataclass
from functools import cached_property

from cases.rules.on_paper import Waiting, too_early
from cases.rules.signing import ECT, HEAD, TUTOR
from cases.rules.statuses import AssessmentStatus
from induction_portal.accounts.viewer import Viewer

from .assessing import latest_version
from .models import Assessment
from .standing import Standing, signs_as, standing_of

NOT_ASKED = "This assessment does not wait for the ECT"


def waiting_for(assessment: Assessment, standing: Standing | None = None) -> Waiting | None:
    """Since when an assessment waits for the ECT's comments or signature; None where it does not.

    For comments since its version was sealed, for a signature since the last of those before them answered.
    """
    if assessment.turn != ECT:
        return None
    standing = standing or standing_of(assessment)
    days = [latest_version(assessment).sealed_on]
    to_sign = assessment.state is AssessmentStatus.SIGNING
    if to_sign:
        days += [answer.on for answer in standing.answers.values()]
        days += [said.on for said in standing.said]
    signs_in = assessment.induction.teacher.user_id is not None
    return Waiting(max(days), signs_in=signs_in, to_sign=to_sign)


def may_record(viewer: Viewer, assessment: Assessment) -> bool:
    """Whether it is a viewer's to record what the ECT answered on paper: the tutor's and the headteacher's (R53)."""
    return viewer.organisation is not None and bool({TUTOR, HEAD} & set(signs_as(viewer, assessment)))


@dataclass
class Recording:
    """Somebody at the school in front of an assessment that waits for its ECT: for a signature, or for comments."""

    viewer: Viewer
    assessment: Assessment
    to_sign: bool

    @cached_property
    def waiting(self) -> Waiting | None:
        return waiting_for(self.assessment)

    @property
    def refusal(self) -> str:
        """Why nothing may be recorded now, in a sentence; empty where something may."""
        if self.waiting is None or self.waiting.to_sign != self.to_sign:
            return NOT_ASKED
        return too_early(self.waiting, today=self.viewer.on)
