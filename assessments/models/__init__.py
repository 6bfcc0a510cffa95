from .meetings import MentorMeeting
from .observations import Observation, ObservationComment, Visit
from .responses import Acknowledgement, BodyResponse, Comment
from .reviews import ProgressReview
from .self_ratings import SelfRating, SelfStatement
from .versions import Rating, Target, Version

__all__ = [
    "Acknowledgement",
    "BodyResponse",
    "Comment",
    "MentorMeeting",
    "Observation",
    "ObservationComment",
    "ProgressReview",
    "Rating",
    "SelfRating",
    "SelfStatement",
    "Target",
    "Version",
    "Visit",
]
