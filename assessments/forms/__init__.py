from .assessments import AssessmentForm
from .meetings import MeetingForm
from .observations import CancelForm, ObservationCommentForm, PlanForm, ReadForm, RecordForm, VisitForm
from .reviews import AcceptanceForm, AcknowledgementForm, CommentForm, ReturnForm, ReviewForm
from .self_ratings import SelfRatingForm
from .sending import AcceptAssessmentForm, ReturnAssessmentForm, SendAssessmentForm, WithdrawAssessmentForm

__all__ = [
    "AcceptAssessmentForm",
    "AcceptanceForm",
    "AcknowledgementForm",
    "AssessmentForm",
    "CancelForm",
    "CommentForm",
    "MeetingForm",
    "ObservationCommentForm",
    "PlanForm",
    "ReadForm",
    "RecordForm",
    "ReturnAssessmentForm",
    "ReturnForm",
    "ReviewForm",
    "SelfRatingForm",
    "SendAssessmentForm",
    "VisitForm",
    "WithdrawAssessmentForm",
]
