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

__all__ = [
    "Finding",
    "Told",
    "Wanted",
    "agree_to_level",
    "answer_own_concern",
    "close_own_concern",
    "decline_proposal",
    "move_level",
    "pass_on",
    "propose",
    "raise_concern",
    "raise_own_concern",
    "share_with_school",
    "take_to_body",
    "take_to_trust",
]
