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
    SupportMeetingForm,
)
from .levels import LevelAgreementForm, LevelForm
from .own import OwnAnswerForm, OwnConcernForm, OwnNextForm

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
    "ProposalForm",
    "SupportMeetingForm",
]
