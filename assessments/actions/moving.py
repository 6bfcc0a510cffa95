"""The one place in which an assessment gets another status, and is said to wait for somebody."""

from cases.rules.signing import ECT
from cases.rules.statuses import AssessmentStatus
from cases.rules.transitions import check_move

from ..models import Assessment
from ..standing import standing_of


def move(assessment: Assessment, to: AssessmentStatus, role: str) -> None:
    """Give an assessment another status, and say who is asked next. Raises RuleBroken for a move that may not be made.

    Whatever the move rests on has been written.
    """
    check_move(assessment.state, to, role)
    assessment.status = to
    ask_next(assessment)


def ask_next(assessment: Assessment) -> str:
    """Write down who is asked to comment or sign next; empty once nobody is."""
    assessment.turn = ECT if assessment.state is AssessmentStatus.COMMENTING else ""
    if assessment.state is AssessmentStatus.SIGNING:
        assessment.turn = standing_of(assessment).turn or ""
    assessment.save(update_fields=["status", "turn"])
    return assessment.turn
