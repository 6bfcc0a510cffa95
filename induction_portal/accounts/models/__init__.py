from .invitations import Invitation, PersonalEmail
from .people import Membership, Organisation, User
from .work import Draft, Submission

__all__ = ["Draft", "Invitation", "Membership", "Organisation", "PersonalEmail", "Submission", "User"]
