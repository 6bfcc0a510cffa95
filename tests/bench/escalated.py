"""The board of ECTs on extra support: 20 of a body's 600, alone and with every induction in England around them.

BENCH_ECTS sets how many inductions there are besides (60,000): rows of other bodies alone, made without the actions, as
the board asks for its own body's first. BENCH_OWN sets how many the body has. Goals: the same queries, near the same
time.
"""

from datetime import date, timedelta
from typing import Any

from tests.bench._goals import missed
from tests.bench._sizes import size
from tests.bench.scale import Visit, _visit
from tests.bench.worklists import _people

OWN, AROUND, ON_SUPPORT, STEP = 600, 60_000, 20, 5_000
BOARD = "/on-support/"
WEEKS = 6
NEAR = 1.25


def measure() -> dict[str, float | int | str]:
    """Queries, and time over the empty page's and over the same board's before the others were there."""
    from django.test.utils import override_settings

    people, own, around = _people(), size("OWN", OWN), size("ECTS", AROUND)
    told = {"escalated_cases": own, "escalated_on_support": ON_SUPPORT, "escalated_around": around}
    with override_settings(ROOT_URLCONF="tests.bench._empty", ALLOWED_HOSTS=["*"]):
        _cases(people["lead"].organisation, people["officer"], own, 7_000_000, on_support=ON_SUPPORT, reckoned=True)
        alone = _visited(people)
        _others(around)
        among = _visited(people)
    figures: dict[str, float | int | str] = told | _told("", alone) | _told("among_many_", among)
    figures["escalated_among_many_over_alone"] = round(among.over_empty / alone.over_empty, 2)
    missed(figures, {"escalated_among_many_queries": alone.queries, "escalated_among_many_over_alone": NEAR})
    return figures


def _visited(people: dict[str, Any]) -> Visit:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as autovacuum does in production; here it is off
    return _visit(people["officer"].user.email, BOARD)


def _told(which: str, visit: Visit) -> dict[str, float | int | str]:
    return {
        f"escalated_{which}queries": visit.queries,
        f"escalated_{which}milliseconds": round(visit.seconds * 1000, 1),
        f"escalated_{which}over_empty": round(visit.over_empty, 2),
    }


def _others(count: int) -> None:
    """Cases of other bodies, each with as large a share on extra support, in steps."""
    for first in range(0, count, STEP):
        others, some = _people(), min(STEP, count - first)
        given = {"on_support": some * ON_SUPPORT // OWN, "reckoned": False}  # nobody looks at these
        _cases(others["lead"].organisation, others["officer"], some, 8_000_000 + first, **given)


def _cases(school: Any, officer: Any, count: int, first_trn: int, *, on_support: int, reckoned: bool) -> None:
    """Cases of one body, of which some are in the fourth week of a Level 4 plan, with two updates sent, one of them not
    read yet.
    """
    from cases.models import Placement
    from induction_portal import clock
    from support_plans.models import BodyUpdate, LevelChange, Plan
    from tests.support.many import many_cases

    today, body = clock.today(), officer.organisation
    told = {"schools": [school], "body": body, "officer": officer.user, "first_trn": first_trn}
    many_cases(count, starts_on=today - timedelta(days=300), reckoned=reckoned, **told)
    opened = today - timedelta(days=24)
    placements = Placement.objects.filter(school=school).order_by("pk")[:on_support]
    levels = LevelChange.objects.bulk_create(_level(row, body, officer.user, opened) for row in placements)
    Plan.objects.bulk_create(_plan(level, officer.user) for level in levels)
    BodyUpdate.objects.bulk_create(_update(level, officer.user, number) for level in levels for number in (1, 2))


def _level(placement: Any, body: Any, user: Any, opened: date) -> Any:
    from support_plans.models import LevelChange

    return LevelChange(
        induction_id=placement.induction_id, placement=placement, school_id=placement.school_id, body=body,
        audience="case", number=1, level="4", part=1, owner="induction_tutor", weeks=WEEKS, opened_by=user,
        opened_as="induction_tutor", opened_on=opened, found="none", reason="TS7", aim="Calm starts",
        steps_down="Two calm weeks", review_due=opened + timedelta(days=7 * WEEKS - 1),
    )  # fmt: skip


def _of(level: Any) -> dict[str, Any]:
    names = ("induction_id", "placement_id", "school_id", "body_id", "audience")
    return {"level": level} | {name: getattr(level, name) for name in names}


def _plan(level: Any, user: Any) -> Any:
    from support_plans.models import Plan

    opened = level.opened_on
    return Plan(
        status="going_on", weeks=WEEKS, standards=["TS7"], objectives="Calm starts", written_by=user, written_on=opened,
        starts_on=opened, started_by=user, started_as="induction_tutor", started_on=opened, ends_on=level.review_due,
        laid=[opened + timedelta(weeks=week) for week in range(WEEKS)], **_of(level),
    )  # fmt: skip


def _update(level: Any, user: Any, number: int) -> Any:
    from support_plans.models import BodyUpdate

    due, read = level.opened_on + timedelta(weeks=number), number == 1
    return BodyUpdate(
        number=number, due_on=due, progress="Two calm starts", sent_by=user, sent_as="induction_tutor", sent_on=due,
        acknowledged_by=user if read else None, acknowledged_on=due if read else None, **_of(level),
    )  # fmt: skip
