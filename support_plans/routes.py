"""Which way a concern goes: straight to the appropriate body, or through the trust first (R81)."""

from datetime import date

from cases.policies import policy_of
from induction_portal.accounts.models import Organisation


def goes_through_trust(school: Organisation, on: date) -> bool:
    """Whether a school's settings send concerns to its trust first; never for a school without one."""
    return school.trust_id is not None and policy_of(school=school.pk, body=None, on=on).concerns_through_trust
