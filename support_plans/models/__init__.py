from .body import BodyRecord
from .concerns import Concern, Proposal
from .levels import LevelAgreement, LevelChange
from .meetings import PlanMeeting, PlanMeetingEntry
from .own import OwnConcern, OwnConcernEntry
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
    "PlanLaying",
    "PlanMeeting",
    "PlanMeetingEntry",
    "PlanObjective",
    "PlanWeek",
    "Proposal",
    "SupportRecord",
    "WeekEntry",
]
