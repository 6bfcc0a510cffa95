from .assessments import AssessmentForm
from .inputs import AskAgainForm, AskColleagueForm, InputForm, InputReadForm, WithdrawRequestForm
from .letters import AcknowledgeLetterForm
from .meetings import MeetingForm
from .observations import CancelForm, ObservationCommentForm, PlanForm, ReadForm, RecordForm, VisitForm
from .reviews import AcceptanceForm, AcknowledgementForm, CommentForm, ReturnForm, ReviewForm
from .self_ratings import SelfRatingForm
from .sending import AcceptAssessmentForm, ReturnAssessmentForm, SendAssessmentForm, WithdrawAssessmentForm
from .signing import AssessmentCommentForm, RefusalForm, SignForm, SigningQueueForm

__all__ = [
    "AcceptAssessmentForm",
    "AcceptanceForm",
    "AcknowledgeLetterForm",
    "AcknowledgementForm",
    "AskAgainForm",
    "AskColleagueForm",
    "AssessmentCommentForm",
    "AssessmentForm",
    "CancelForm",
    "CommentForm",
    "InputForm",
    "InputReadForm",
    "MeetingForm",
    "ObservationCommentForm",
    "PlanForm",
    "ReadForm",
    "RecordForm",
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
    "WithdrawRequestForm",
]
