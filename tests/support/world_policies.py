"""Settings of the world's schools and bodies, made before anybody's induction begins."""

from datetime import timedelta

from cases.actions import set_policy
from cases.models import BodyPolicy, SchoolPolicy
from cases.rules.policy import Holder, Value, defaults
from tests.support.world import MENTORS_OBSERVE, MENTORS_READ, SCHOOLS, TRUST_FIRST, TWO_OFFICERS, Settings
from tests.support.world_people import People


def settle_policies(people: People) -> None:
    """Elmbridge lets mentors read reviews and sends concerns to its trust first, Harbour lets them read no
    observations; in one body two officers decide. Each tenant has settings to come, which change nothing today.
    """
    world = people.world
    for body in sorted(TWO_OFFICERS):
        _set(people, f"body_admin@{body}", body, -1400, second_officer=True)
    for school in sorted(MENTORS_READ):
        through = school in TRUST_FIRST
        _set(people, f"headteacher@{school}", school, -700, mentor_reads_reviews=True, concerns_through_trust=through)
    for school in sorted(SCHOOLS.keys() - MENTORS_OBSERVE):
        _set(people, f"headteacher@{school}", school, -700, mentor_reads_observations=False)
    for key in sorted(SCHOOLS):
        coming = {"mentor_reads_reviews": key in MENTORS_READ, "review_within_days": 5}
        coming["mentor_reads_observations"] = key in MENTORS_OBSERVE
        coming["concerns_through_trust"] = key in TRUST_FIRST
        made = _set(people, f"headteacher@{key}", key, 90, **coming)
        world.settings[key] = Settings(key, made.pk, key)
    for key in sorted(set(SCHOOLS.values())):
        made = _set(people, f"body_admin@{key}", key, 90, statement_from=3, second_officer=key in TWO_OFFICERS)
        world.settings[key] = Settings(key, made.pk, key)


def _set(people: People, who: str, place: str, days: int, **values: Value) -> SchoolPolicy | BodyPolicy:
    organisation, today = people.organisations[place], people.world.today
    on = today + timedelta(days=min(days, 0) - 60)
    return set_policy(
        by=people.acting(who, on),
        on=on,
        organisation=organisation,
        starts_on=today + timedelta(days=days),
        values=defaults(Holder(organisation.kind)) | values,
        version=int(place in MENTORS_READ | TWO_OFFICERS | (SCHOOLS.keys() - MENTORS_OBSERVE) and days > 0),
    )
