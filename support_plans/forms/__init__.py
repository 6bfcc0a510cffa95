from .concerns import ConcernForm, PassOnForm, ProposalForm
from .levels import LevelAgreementForm, LevelForm
from .own import OwnAnswerForm, OwnConcernForm, OwnNextForm
from .plan_weeks import PlanChangeForm, PlanFinishForm, PlanLayingForm, WeekCommentForm, WeekEvaluationForm
from .plans import SupportPlanForm

__all__ = [
    "ConcernForm",
    "LevelAgreementForm",
    "LevelForm",
    "OwnAnswerForm",
    "OwnConcernForm",
    "OwnNextForm",
    "PassOnForm",
    "PlanChangeForm",
    "PlanFinishForm",
    "PlanLayingForm",
    "ProposalForm",
    "SupportPlanForm",
    "WeekCommentForm",
    "WeekEvaluationForm",
]
