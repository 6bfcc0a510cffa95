from .inputs import ask_again, ask_colleague, give_input, note_opened, read_input, withdraw_request
from .issuing import issue_assessment, issue_letter, issue_review
from .letters import acknowledge_letter
from .meetings import change_meeting, note_meeting
from .observations import (
    acknowledge_observation,
    cancel_observation,
    change_plan,
    comment_on_observation,
    plan_observation,
    record_observation,
    share_record,
)
from .responses import accept, acknowledge, comment, return_
from .self_ratings import share_self_rating
from .sending import accept_assessment, return_assessment, send_to_body
from .signing import Recommends, comment_on_assessment, open_version, refuse_to_sign, sign
from .signing_several import sign_several
from .submitting import Conflict, correct, submit
from .visits import change_visit, note_visit
from .writing import AssessmentConflict, send_again, send_for_comments, withdraw_assessment

__all__ = [
    "AssessmentConflict",
    "Conflict",
    "Recommends",
    "accept",
    "accept_assessment",
    "acknowledge",
    "acknowledge_letter",
    "acknowledge_observation",
    "ask_again",
    "ask_colleague",
    "cancel_observation",
    "change_meeting",
    "change_plan",
    "change_visit",
    "comment",
    "comment_on_assessment",
    "comment_on_observation",
    "correct",
    "give_input",
    "issue_assessment",
    "issue_letter",
    "issue_review",
    "note_meeting",
    "note_opened",
    "note_visit",
    "open_version",
    "plan_observation",
    "read_input",
    "record_observation",
    "refuse_to_sign",
    "return_",
    "return_assessment",
    "send_again",
    "send_for_comments",
    "send_to_body",
    "share_record",
    "share_self_rating",
    "sign",
    "sign_several",
    "submit",
    "withdraw_assessment",
    "withdraw_request",
]
