from .issuing import issue_review
from .responses import accept, acknowledge, comment, return_
from .submitting import Conflict, correct, submit

__all__ = ["Conflict", "accept", "acknowledge", "comment", "correct", "issue_review", "return_", "submit"]
