from .people import Membership, Organisation, User
from .work import Draft, Submission

__all__ = ["Draft", "Membership", "Organisation", "Submission", "User"]
