from .concerns import Finding, Told, decline_proposal, pass_on, propose, raise_concern
from .levels import Wanted, agree_to_level, move_level
from .own import (
    answer_own_concern,
    close_own_concern,
    raise_own_concern,
    share_with_school,
    take_to_body,
    take_to_trust,
)
from .plan_ends import finish_plan
from .plan_weeks import comment_on_week, evaluate_week, lay_plan_again
from .plans import change_plan, start_plan, write_plan

__all__ = [
    "Finding",
    "Told",
    "Wanted",
    "agree_to_level",
    "answer_own_concern",
    "change_plan",
    "close_own_concern",
    "comment_on_week",
    "decline_proposal",
    "evaluate_week",
    "finish_plan",
    "lay_plan_again",
    "move_level",
    "pass_on",
    "propose",
    "raise_concern",
    "raise_own_concern",
    "share_with_school",
    "start_plan",
    "take_to_body",
    "take_to_trust",
    "write_plan",
]
