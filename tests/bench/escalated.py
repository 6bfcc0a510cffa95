"""The board of ECTs on extra support: 20 of a body's 600, alone and with every induction in England around them.

BENCH_ECTS sets how many inductions there are besides (60,000): rows of other bodies alone, made without the actions, as
the board asks for its own body's first.
"""

import os
from datetime import timedelta
from typing import Any

from tests.bench.worklists import MANY, _page, _people

ON_SUPPORT, STEP = 20, 5_000
BOARD = "/on-support/"


def measure() -> dict[str, float | int | str]:
    """Queries, and time over the empty page's and over the same board's before the others were there."""
    from django.test.utils import override_settings

    people = _people()
    around = int(os.environ.get("BENCH_ECTS", "60000"))
    figures: dict[str, float | int | str] = {"escalated_on_support": ON_SUPPORT, "escalated_around": around}
    with override_settings(ROOT_URLCONF="tests.bench._empty", ALLOWED_HOSTS=["*"]):
        _cases(people["lead"].organisation, people["officer"], MANY, 7_000_000, on_support=ON_SUPPORT)
        alone = _figures(people)
        _others(around)
        among = _figures(people)
    figures |= {f"escalated_{name}": value for name, value in alone.items()}
    figures |= {f"escalated_among_many_{name}": value for name, value in among.items()}
    figures["escalated_among_many_over_alone"] = round(among["over_empty"] / alone["over_empty"], 2)
    return figures


def _figures(people: dict[str, Any]) -> dict[str, float]:
    queries, seconds = _page(people["officer"], BOARD)
    return {"queries": queries, "over_empty": round(seconds / _page(people["officer"], "/empty/")[1], 2)}


def _others(count: int) -> None:
    """Cases of other bodies, each with as large a share on extra support, in steps."""
    from django.db import connection

    for first in range(0, count, STEP):
        others, size = _people(), min(STEP, count - first)
        on_support = size * ON_SUPPORT // MANY
        _cases(others["lead"].organisation, others["officer"], size, 8_000_000 + first, on_support=on_support)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does in production; here it is off


def _cases(school: Any, officer: Any, count: int, first_trn: int, *, on_support: int) -> None:
    """Cases of one body, of which some are at Level 4 with two updates sent, one of them not read yet. Only those that
    are looked at are reckoned.
    """
    from cases.models import Placement
    from induction_portal import clock
    from support_plans.models import BodyUpdate, LevelChange
    from tests.support.many import many_cases

    today, body = clock.today(), officer.organisation
    told = {"schools": [school], "body": body, "officer": officer.user, "first_trn": first_trn}
    many_cases(count, starts_on=today - timedelta(days=300), reckoned=count == MANY, **told)
    opened = today - timedelta(days=24)
    placements = Placement.objects.filter(school=school).order_by("pk")[:on_support]
    levels = LevelChange.objects.bulk_create(_level(row, body, officer.user, opened) for row in placements)
    BodyUpdate.objects.bulk_create(
        BodyUpdate(
            induction_id=level.induction_id, placement_id=level.placement_id, school=school, body=body, audience="case",
            level=level, number=number, due_on=opened + timedelta(weeks=number), progress="Two calm starts",
            sent_by=officer.user, sent_as="induction_tutor", sent_on=opened + timedelta(weeks=number),
            acknowledged_by=officer.user if number == 1 else None, acknowledged_on=today if number == 1 else None,
        )
        for level in levels
        for number in (1, 2)
    )  # fmt: skip


def _level(placement: Any, body: Any, user: Any, opened: Any) -> Any:
    from support_plans.models import LevelChange

    return LevelChange(
        induction_id=placement.induction_id, placement=placement, school_id=placement.school_id, body=body,
        audience="case", number=1, level="4", part=1, owner="induction_tutor", weeks=6, opened_by=user,
        opened_as="induction_tutor", opened_on=opened, found="none", reason="TS7", aim="Calm starts",
        steps_down="Two calm weeks", review_due=opened + timedelta(days=41),
    )  # fmt: skip
