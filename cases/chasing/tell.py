"""The message that asks a school for what is overdue. It names neither the ECT nor what is missing: its page does."""

from collections.abc import Iterable

from django.urls import reverse

from induction_portal.accounts.models import User
from notifications import kinds, outbox

from ..models import Chase
from ..rules.mailing import Topic
from .access import may_be_told, whose

ASKED = "chase_sent"
SUBJECTS = {ASKED: "Your appropriate body asks for something that was due"}


def register_kinds() -> None:
    """Make this kind of message known; called once, when the app starts."""
    kinds.register_all(SUBJECTS, "cases/messages", may_see=may_be_told, about=whose, topic=Topic.REMINDERS)


def asked(chase: Chase, people: Iterable[User]) -> None:
    """Tell whoever has to see to it, once."""
    url = reverse("cases:chase_sent", args=[chase.pk])
    outbox.queue(
        ASKED, to=people, subject_id=chase.pk, organisation_id=chase.school_id, url=url, once=str(chase.pk)
    )  # fmt: skip
