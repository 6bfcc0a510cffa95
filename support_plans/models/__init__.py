from .concerns import Concern, Proposal
from .levels import LevelAgreement, LevelChange
from .own import OwnConcern, OwnConcernEntry
from .records import SupportRecord

__all__ = [
    "Concern",
    "LevelAgreement",
    "LevelChange",
    "OwnConcern",
    "OwnConcernEntry",
    "Proposal",
    "SupportRecord",
]
