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
from .updates import acknowledge_update, send_update

__all__ = [
    "Finding",
    "Told",
    "Wanted",
    "acknowledge_update",
    "add_to_meeting",
    "agree_to_level",
    "answer_own_concern",
    "arrange_meeting",
    "call_off_meeting",
    "change_meeting",
    "close_own_concern",
    "decline_proposal",
    "move_level",
    "note_meeting",
    "pass_on",
    "propose",
    "raise_concern",
    "raise_own_concern",
    "record_body_part",
    "record_meeting",
    "send_update",
    "share_with_school",
    "take_to_body",
    "take_to_trust",
]
