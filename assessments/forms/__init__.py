from .assessments import AssessmentForm
from .letters import AcknowledgeLetterForm
from .meetings import MeetingForm
from .observations import CancelForm, ObservationCommentForm, PlanForm, ReadForm, RecordForm, VisitForm
from .on_paper import RecordCommentsForm, RecordSignatureForm
from .reviews import AcceptanceForm, AcknowledgementForm, CommentForm, ReturnForm, ReviewForm
from .self_ratings import SelfRatingForm
from .sending import AcceptAssessmentForm, ReturnAssessmentForm, SendAssessmentForm, WithdrawAssessmentForm
from .signing import AssessmentCommentForm, RefusalForm, SignForm, SigningQueueForm

__all__ = [
    "AcceptAssessmentForm",
    "AcceptanceForm",
    "AcknowledgeLetterForm",
    "AcknowledgementForm",
    "AssessmentCommentForm",
    "AssessmentForm",
    "CancelForm",
    "CommentForm",
    "MeetingForm",
    "ObservationCommentForm",
    "PlanForm",
    "ReadForm",
    "RecordCommentsForm",
    "RecordForm",
    "RecordSignatureForm",
    "RefusalForm",
    "ReturnAssessmentForm",
    "ReturnForm",
    "ReviewForm",
    "SelfRatingForm",
    "SendAssessmentForm",
    "SignForm",
    "SigningQueueForm",
    "VisitForm",
    "WithdrawAssessmentForm",
]
