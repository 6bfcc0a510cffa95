"""Whom mail does not reach in the world: somebody of a school, and somebody of a body; and who has chosen how soon."""

from cases.rules.mailing import Pace, Topic
from notifications.actions import set_email_choices, settle_undelivered
from notifications.models import Message, Undelivered
from notifications.undelivered import note
from tests.support.world import Kept, World
from tests.support.world_people import People

UNREACHED = {"elm": "headteacher@elm", "south": "body_officer@south"}


def lose_mail(world: World, people: People) -> None:
    """One of each, and one that was seen to. The caller holds the transaction."""
    for place, person in UNREACHED.items():
        key = f"unreached@{place}"
        world.unreached[key] = Kept(key, _lose(people, person).pk, place)
    seen_to = _lose(people, "induction_tutor@elm")
    by = people.acting("school_admin@elm")
    settle_undelivered(by=by, on=world.today, undelivered_id=seen_to.pk, done="told")
    as_before = {topic.value: Pace.AT_ONCE for topic in Topic}
    set_email_choices(by=people.acting("mentor@elm"), on=world.today, weekday=4, **as_before)


def _lose(people: People, person: str) -> Undelivered:
    user = people.users[person]
    note(Message.objects.filter(recipient=user).earliest("pk"), "The mail server refused the address.", to_address=True)
    return Undelivered.objects.get(recipient=user)
