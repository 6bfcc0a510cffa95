"""An ECT's personal e-mail address: given, then confirmed by the link that was sent there (R79)."""

from datetime import date, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models.functions import Now

from cases.rules.errors import RuleBroken

from ... import clock
from ...audit.acting import action
from ...audit.events import Event
from ...audit.record import INSTALLATION, record
from ..finding import user_at
from ..links import wake_after_commit
from ..models import PersonalEmail, User
from ..viewer import Viewer

VALID = timedelta(days=14)


@action
def give_personal_email(*, by: Viewer, on: date, email: str) -> PersonalEmail:
    """Send a link to a personal address. What was confirmed before works no longer once this one is given.

    Whether somebody else signs in with the address is told only to whom opens the link. Raises RuleBroken for the
    address that the person signs in with, which the school may take away.
    """
    email = email.strip().lower()
    user = User.objects.select_for_update().get(pk=by.user.pk)
    if email == user.email.lower():
        raise RuleBroken("Enter an address other than the one you sign in with", "email")
    EmailAddress.objects.filter(user=user).delete()
    fresh = {"link_digest": "", "sent_at": None, "failure": "", "attempts": 0, "next_attempt_at": Now()}
    address, _ = PersonalEmail.objects.update_or_create(
        user=user, defaults=fresh | {"email": email, "expires_on": on + VALID, "verified_at": None}
    )
    record(by, Event.PERSONAL_EMAIL_ADDED, address, chain=INSTALLATION, on=on, after={"user_id": user.pk})
    wake_after_commit()
    return address


@action
def verify_personal_email(*, on: date, address_id: UUID) -> PersonalEmail:
    """Confirm an address by its link: from now on it opens the sign-in, and takes notices too.

    Raises RuleBroken when the link does not work any more, or somebody else signs in with the address.
    """
    address = PersonalEmail.objects.select_for_update(of=("self",)).select_related("user").get(pk=address_id)
    if not address.works(on=on):
        raise RuleBroken("This link does not work any more. Ask for a new one from your account page")
    owner = user_at(address.email)
    if owner not in (None, address.user):
        raise RuleBroken("Somebody signs in with this address already. Give another address on your account page")
    address.verified_at = clock.now()
    address.save(update_fields=["verified_at"])
    # The sign-in library looks here for further addresses of a user.
    EmailAddress.objects.create(user=address.user, email=address.email, verified=True, primary=False)
    by = Viewer(address.user, None, frozenset(), on)
    record(by, Event.PERSONAL_EMAIL_VERIFIED, address, chain=INSTALLATION, on=on, after={"user_id": address.user_id})
    return address
