from .concerns import ConcernForm, PassOnForm, ProposalForm
from .following import (
    AcknowledgeUpdateForm,
    BodyPartForm,
    BodyUpdateForm,
    CallOffMeetingForm,
    ChangeSupportMeetingForm,
    MeetingEntryForm,
    MinutesForm,
    NoteMeetingForm,
    PlanAnswerForm,
    SupportMeetingForm,
)
from .levels import LevelAgreementForm, LevelForm
from .own import OwnAnswerForm, OwnConcernForm, OwnNextForm
from .papers import PlanCorrectionForm, PlanOwnSignForm, PlanSignForm
from .plan_weeks import PlanChangeForm, PlanFinishForm, PlanLayingForm, WeekCommentForm, WeekEvaluationForm
from .plans import SupportPlanForm

__all__ = [
    "AcknowledgeUpdateForm",
    "BodyPartForm",
    "BodyUpdateForm",
    "CallOffMeetingForm",
    "ChangeSupportMeetingForm",
    "ConcernForm",
    "LevelAgreementForm",
    "LevelForm",
    "MeetingEntryForm",
    "MinutesForm",
    "NoteMeetingForm",
    "OwnAnswerForm",
    "OwnConcernForm",
    "OwnNextForm",
    "PassOnForm",
    "PlanAnswerForm",
    "PlanChangeForm",
    "PlanCorrectionForm",
    "PlanFinishForm",
    "PlanLayingForm",
    "PlanOwnSignForm",
    "PlanSignForm",
    "ProposalForm",
    "SupportMeetingForm",
    "SupportPlanForm",
    "WeekCommentForm",
    "WeekEvaluationForm",
]
