from .assessments import AssessmentForm
from .bundles import BundleForm
from .exemptions import ExemptForm, SearchForm
from .letters import AcknowledgeLetterForm
from .meetings import MeetingForm
from .observations import CancelForm, ObservationCommentForm, PlanForm, ReadForm, RecordForm, VisitForm
from .on_paper import RecordCommentsForm, RecordSignatureForm
from .reductions import AnswerReductionForm, AskReductionForm, DecideReductionForm
from .reviews import AcceptanceForm, AcknowledgementForm, CommentForm, ReturnForm, ReviewForm
from .self_ratings import SelfRatingForm
from .sending import AcceptAssessmentForm, ReturnAssessmentForm, SendAssessmentForm, WithdrawAssessmentForm
from .signing import AssessmentCommentForm, RefusalForm, SignForm, SigningQueueForm

__all__ = [
    "AcceptAssessmentForm",
    "AcceptanceForm",
    "AcknowledgeLetterForm",
    "AcknowledgementForm",
    "AnswerReductionForm",
    "AskReductionForm",
    "AssessmentCommentForm",
    "AssessmentForm",
    "BundleForm",
    "CancelForm",
    "CommentForm",
    "DecideReductionForm",
    "ExemptForm",
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
    "SearchForm",
    "SelfRatingForm",
    "SendAssessmentForm",
    "SignForm",
    "SigningQueueForm",
    "VisitForm",
    "WithdrawAssessmentForm",
]
