from .meetings import MeetingForm
from .observations import CancelForm, ObservationCommentForm, PlanForm, ReadForm, RecordForm, VisitForm
from .reviews import AcceptanceForm, AcknowledgementForm, CommentForm, ReturnForm, ReviewForm
from .self_ratings import SelfRatingForm
from .signing import AssessmentCommentForm, RefusalForm, SignForm, SigningQueueForm

__all__ = [
    "AcceptanceForm",
    "AcknowledgementForm",
    "AssessmentCommentForm",
    "CancelForm",
    "CommentForm",
    "MeetingForm",
    "ObservationCommentForm",
    "PlanForm",
    "ReadForm",
    "RecordForm",
    "RefusalForm",
    "ReturnForm",
    "ReviewForm",
    "SelfRatingForm",
    "SignForm",
    "SigningQueueForm",
    "VisitForm",
]
