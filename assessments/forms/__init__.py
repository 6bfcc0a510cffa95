from .meetings import MeetingForm
from .observations import CancelForm, ObservationCommentForm, PlanForm, ReadForm, RecordForm, VisitForm
from .reviews import AcceptanceForm, AcknowledgementForm, CommentForm, ReturnForm, ReviewForm
from .self_ratings import SelfRatingForm

__all__ = [
    "AcceptanceForm",
    "AcknowledgementForm",
    "CancelForm",
    "CommentForm",
    "MeetingForm",
    "ObservationCommentForm",
    "PlanForm",
    "ReadForm",
    "RecordForm",
    "ReturnForm",
    "ReviewForm",
    "SelfRatingForm",
    "VisitForm",
]
