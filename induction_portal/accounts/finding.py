"""Whose an address is: the one they sign in with, or a personal one that they confirmed."""

from .models import PersonalEmail, User


def user_at(email: str) -> User | None:
    """The person who signs in with this address, or None. Never to be told to whom has not proved the address."""
    confirmed = PersonalEmail.objects.filter(email__iexact=email, verified_at__isnull=False).select_related("user")
    return next((row.user for row in confirmed), None) or User.objects.filter(email__iexact=email).first()


def personal_addresses(user: User) -> list[str]:
    """The confirmed personal address of an ECT, where notices go too; at most one."""
    confirmed = PersonalEmail.objects.filter(user=user, verified_at__isnull=False)
    return list(confirmed.values_list("email", flat=True))
