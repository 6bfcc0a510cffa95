from .answers import answer_plan
from .body import record_body_part
from .concerns import Finding, Told, decline_proposal, pass_on, propose, raise_concern
from .levels import Wanted, agree_to_level, move_level
from .meetings import add_to_meeting, arrange_meeting, call_off_meeting, change_meeting, note_meeting, record_meeting
from .own import (
    answer_own_concern,
    close_own_concern,
    raise_own_concern,
    share_with_school,
    take_to_body,
    take_to_trust,
)
from .plan_ends import finish_plan
from .plan_papers import correct_plan, decline_plan, issue_plan, open_plan_version, sign_plan
from .plan_weeks import comment_on_week, evaluate_week, lay_plan_again
from .plans import change_plan, start_plan, write_plan
from .updates import acknowledge_update, send_update

__all__ = [
    "Finding",
    "Told",
    "Wanted",
    "acknowledge_update",
    "add_to_meeting",
    "agree_to_level",
    "answer_own_concern",
    "answer_plan",
    "arrange_meeting",
    "call_off_meeting",
    "change_meeting",
    "change_plan",
    "close_own_concern",
    "comment_on_week",
    "correct_plan",
    "decline_plan",
    "decline_proposal",
    "evaluate_week",
    "finish_plan",
    "issue_plan",
    "lay_plan_again",
    "move_level",
    "note_meeting",
    "open_plan_version",
    "pass_on",
    "propose",
    "raise_concern",
    "raise_own_concern",
    "record_body_part",
    "record_meeting",
    "send_update",
    "share_with_school",
    "sign_plan",
    "start_plan",
    "take_to_body",
    "take_to_trust",
    "write_plan",
]
