from .assessments import Assessment
from .decisions import Decision, DecisionApproval
from .meetings import MentorMeeting
from .notices import LetterWording, Notice
from .observations import Observation, ObservationComment, Visit
from .reports import AssessmentVersion, DrawnFrom, Judgement
from .representations import Representation
from .responses import Acknowledgement, BodyResponse, Comment
from .reviews import ProgressReview
from .self_ratings import SelfRating, SelfStatement
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
    "Decision",
    "DecisionApproval",
    "DrawnFrom",
    "Judgement",
    "LetterWording",
    "MentorMeeting",
    "Notice",
    "Observation",
    "ObservationComment",
    "ProgressReview",
    "Rating",
    "Recommendation",
    "Representation",
    "SelfRating",
    "SelfStatement",
    "Sending",
    "Signature",
    "Target",
    "Version",
    "VersionRead",
    "Visit",
]
