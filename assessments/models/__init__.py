from .assessments import Assessment
from .inputs import InputAnswer, InputRequest
from .letters import HeadLetter, LetterAcknowledgement
from .meetings import MentorMeeting
from .observations import Observation, ObservationComment, Visit
from .reports import AssessmentVersion, DrawnFrom, Judgement
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
    "DrawnFrom",
    "HeadLetter",
    "InputAnswer",
    "InputRequest",
    "Judgement",
    "LetterAcknowledgement",
    "MentorMeeting",
    "Observation",
    "ObservationComment",
    "ProgressReview",
    "Rating",
    "Recommendation",
    "SelfRating",
    "SelfStatement",
    "Sending",
    "Signature",
    "Target",
    "Version",
    "VersionRead",
    "Visit",
]
