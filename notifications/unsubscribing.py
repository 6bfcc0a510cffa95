"""The link in a mail by which its reader turns such mail off without signing in (RFC 8058).

It is signed, and names a person by their key and what is turned off; it works for as long as the mail is kept, and lets
nobody read anything.
"""

from typing import NamedTuple
from uuid import UUID

from django.core import signing
from django.urls import reverse

from cases.rules.mailing import Topic

# In place of a topic: whatever a mail of several messages is about.
GATHERED = "gathered"
SIGNER = signing.Signer(salt="unsubscribe", sep="~")
WHAT = {GATHERED: "Emails of several messages", **{topic.value: topic.label for topic in Topic}}


class Asked(NamedTuple):
    """Who wants no more mail, and of what: a topic, or GATHERED."""

    user_id: UUID
    what: str

    @property
    def says(self) -> str:
        """What it is about, in words."""
        return WHAT[self.what]


def unsubscribe_path(user_id: UUID, what: str) -> str:
    """The address that goes with a mail to this person about this."""
    return reverse("notifications:unsubscribe", args=[SIGNER.sign(f"{user_id.hex}~{what}")])


def read_link(token: str) -> Asked | None:
    """What a link asks for; None when it is not one of ours."""
    try:
        user, what = SIGNER.unsign(token).split("~")
        return Asked(UUID(user), what) if what in WHAT else None
    except (signing.BadSignature, ValueError):
        return None
