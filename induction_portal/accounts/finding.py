"""Whose an address is: the one they sign in with, or a personal one that they confirmed; and which link is whose."""

from .models import Invitation, PersonalEmail, User


def user_at(email: str) -> User | None:
    """The person who signs in with this address, or None. Never to be told to whom has not proved the address."""
    confirmed = PersonalEmail.objects.filter(email__iexact=email, verified_at__isnull=False).select_related("user")
    return next((row.user for row in confirmed), None) or User.objects.filter(email__iexact=email).first()


def personal_addresses(user: User) -> list[str]:
    """The confirmed personal address of an ECT, where notices go too; at most one."""
    confirmed = PersonalEmail.objects.filter(user=user, verified_at__isnull=False)
    return list(confirmed.values_list("email", flat=True))


def personal_email_of(user: User) -> PersonalEmail | None:
    """The personal address that somebody gave, confirmed or not."""
    return PersonalEmail.objects.filter(user=user).first()


def invitation_by(link_digest: str) -> Invitation | None:
    """The invitation whose link has this digest, whatever became of it."""
    return Invitation.objects.of(link_digest).select_related("organisation", "sender").first()


def address_by(link_digest: str) -> PersonalEmail | None:
    """The personal address whose link has this digest, whatever became of it."""
    return PersonalEmail.objects.of(link_digest).first()
