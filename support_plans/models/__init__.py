from .concerns import Concern, Proposal
from .levels import LevelAgreement, LevelChange
from .own import OwnConcern, OwnConcernEntry
from .plans import Plan, PlanLaying, PlanObjective, PlanWeek, WeekEntry
from .records import SupportRecord

__all__ = [
    "Concern",
    "LevelAgreement",
    "LevelChange",
    "OwnConcern",
    "OwnConcernEntry",
    "Plan",
    "PlanLaying",
    "PlanObjective",
    "PlanWeek",
    "Proposal",
    "SupportRecord",
    "WeekEntry",
]
