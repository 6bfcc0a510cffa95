from .assessments import Assessment
from .reports import AssessmentVersion, DrawnFrom, Judgement
from .responses import Acknowledgement, BodyResponse, Comment
from .reviews import ProgressReview
from .sendings import AssessmentResponse, Sending
from .signatures import AssessmentComment, Recommendation, Signature, VersionRead
from .versions import Rating, Target, Version

__all__ = [
    "Acknowledgement",
    "Assessment",
    "AssessmentComment",
    "AssessmentResponse",
    "AssessmentVersion",
    "BodyResponse",
    "Comment",
    "DrawnFrom",
    "Judgement",
    "ProgressReview",
    "Rating",
    "Recommendation",
    "Sending",
    "Signature",
    "Target",
    "Version",
    "VersionRead",
]
