"""Registrations that a school has sent and its body has not yet decided, so that no list of them is empty."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from cases.models import Registration
from cases.models.people import fold
from cases.rules.suitable_post import PostCheck
from induction_portal.accounts.permissions import Role
from induction_portal.audit.events import Event

from . import names
from .copying import Spool
from .places import Place, new_id
from .trail import Happening

FIRST_TRN = 6_000_000


def sent(spool: Spool, random: Random, school: Place, *, number: int, today: date) -> Happening:
    """One registration of somebody who starts within weeks."""
    key, starts_on = new_id(random), today + timedelta(days=random.randint(20, 60))
    spool.add(
        Registration, id=key, school_id=school.id, body_id=school.works_with.id, **_teacher(random, number, starts_on),
        qts_checked_on=today - timedelta(days=5), qts_checked_by=school.first(Role.SCHOOL_ADMIN).name,
        induction_status=Registration.RecordedStatus.REQUIRED_TO_COMPLETE.value, route="school_led",
        contract_starts_on=starts_on, starts_on=starts_on, fte=Decimal(1),
        post_checks=[check.value for check in PostCheck],
        tutor_id=school.first(Role.INDUCTION_TUTOR).user_id, tutor_has_qts=True, tutor_minutes_a_week=30,
        mentor_id=school.first(Role.MENTOR).user_id, mentor_has_qts=True, mentor_minutes_a_week=60,
        reported_by_id=school.first(Role.SCHOOL_ADMIN).user_id,
        reported_on=today - timedelta(days=random.randint(0, 9)),
    )  # fmt: skip
    by = school.actor(Role.SCHOOL_ADMIN)
    return Happening(today, Event.REGISTRATION_SENT, "cases.registration", key, by, {"state": "sent"})


def _teacher(random: Random, number: int, starts_on: date) -> dict[str, Any]:
    name = names.person(random)
    return {
        "trn": f"{FIRST_TRN + number}",
        "name": name,
        "sort_name": fold(name),
        "date_of_birth": date(starts_on.year - 24, 3, 4),
        "email": f"new{number}@ects.example",
        "qts_on": date(starts_on.year - 1, 7, 12),
    }
