from .issuing import issue_assessment, issue_review
from .responses import accept, acknowledge, comment, return_
from .sending import accept_assessment, return_assessment, send_to_body
from .signing import Recommends, comment_on_assessment, open_version, refuse_to_sign, sign
from .submitting import Conflict, correct, submit
from .writing import AssessmentConflict, send_again, send_for_comments, withdraw_assessment

__all__ = [
    "AssessmentConflict",
    "Conflict",
    "Recommends",
    "accept",
    "accept_assessment",
    "acknowledge",
    "comment",
    "comment_on_assessment",
    "correct",
    "issue_assessment",
    "issue_review",
    "open_version",
    "refuse_to_sign",
    "return_",
    "return_assessment",
    "send_again",
    "send_for_comments",
    "send_to_body",
    "sign",
    "submit",
    "withdraw_assessment",
]
