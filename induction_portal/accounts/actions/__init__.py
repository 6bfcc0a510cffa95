from .addresses import give_personal_email, verify_personal_email
from .invitations import accept_invitation, invite, resend, withdraw
from .organisations import ROLES_OF, add_organisation, add_user, end_membership, grant_membership

__all__ = [
    "ROLES_OF",
    "accept_invitation",
    "add_organisation",
    "add_user",
    "end_membership",
    "give_personal_email",
    "grant_membership",
    "invite",
    "resend",
    "verify_personal_email",
    "withdraw",
]
