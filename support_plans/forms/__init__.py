from .concerns import ConcernForm, PassOnForm, ProposalForm
from .levels import LevelAgreementForm, LevelForm
from .own import OwnAnswerForm, OwnConcernForm, OwnNextForm

__all__ = [
    "ConcernForm",
    "LevelAgreementForm",
    "LevelForm",
    "OwnAnswerForm",
    "OwnConcernForm",
    "OwnNextForm",
    "PassOnForm",
    "ProposalForm",
]
