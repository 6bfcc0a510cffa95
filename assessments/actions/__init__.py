from .issuing import issue_review
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
from .submitting import Conflict, correct, submit
from .visits import change_visit, note_visit

__all__ = [
    "Conflict",
    "accept",
    "acknowledge",
    "acknowledge_observation",
    "cancel_observation",
    "change_meeting",
    "change_plan",
    "change_visit",
    "comment",
    "comment_on_observation",
    "correct",
    "issue_review",
    "note_meeting",
    "note_visit",
    "plan_observation",
    "record_observation",
    "return_",
    "share_record",
    "share_self_rating",
    "submit",
]
