from .appeals import Appeal, AppealGround, AppealHearing, AppealReply, AppealRequest, AppealTime
from .assessments import Assessment
from .bundles import BundlePiece, CaseBundle
from .decisions import Decision, DecisionApproval
from .exemptions import Exemption, TrailSearch
from .inputs import InputAnswer, InputRequest
from .letters import HeadLetter, LetterAcknowledgement
from .meetings import MentorMeeting
from .notices import LetterWording, Notice
from .observations import Observation, ObservationComment, Visit
from .on_paper import PaperComment, PaperSignature
from .reductions import Reduction
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
    "Appeal",
    "AppealGround",
    "AppealHearing",
    "AppealReply",
    "AppealRequest",
    "AppealTime",
    "Assessment",
    "AssessmentComment",
    "AssessmentResponse",
    "AssessmentVersion",
    "BodyResponse",
    "BundlePiece",
    "CaseBundle",
    "Comment",
    "Decision",
    "DecisionApproval",
    "DrawnFrom",
    "Exemption",
    "HeadLetter",
    "InputAnswer",
    "InputRequest",
    "Judgement",
    "LetterAcknowledgement",
    "LetterWording",
    "MentorMeeting",
    "Notice",
    "Observation",
    "ObservationComment",
    "PaperComment",
    "PaperSignature",
    "ProgressReview",
    "Rating",
    "Recommendation",
    "Reduction",
    "Representation",
    "SelfRating",
    "SelfStatement",
    "Sending",
    "Signature",
    "Target",
    "TrailSearch",
    "Version",
    "VersionRead",
    "Visit",
]
