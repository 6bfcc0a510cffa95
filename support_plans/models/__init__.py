from .answers import PlanAnswer
from .body import BodyRecord
from .concerns import Concern, Proposal
from .levels import LevelAgreement, LevelChange
from .meetings import PlanMeeting, PlanMeetingEntry
from .own import OwnConcern, OwnConcernEntry
from .papers import PlanSignature, PlanVersion, PlanVersionRead
from .plans import Plan, PlanLaying, PlanObjective, PlanWeek, WeekEntry
from .records import SupportRecord
from .updates import BodyUpdate

__all__ = [
    "BodyRecord",
    "BodyUpdate",
    "Concern",
    "LevelAgreement",
    "LevelChange",
    "OwnConcern",
    "OwnConcernEntry",
    "Plan",
    "PlanAnswer",
    "PlanLaying",
    "PlanMeeting",
    "PlanMeetingEntry",
    "PlanObjective",
    "PlanSignature",
    "PlanVersion",
    "PlanVersionRead",
    "PlanWeek",
    "Proposal",
    "SupportRecord",
    "WeekEntry",
]
