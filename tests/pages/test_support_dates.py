"""What a calendar feed tells of support: days and plain labels, to who may know of the level, and to nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import BodyPeriod
from support_plans.own_dates import dates_of
from tests.factories import UserFactory
from tests.support.world_people import viewer_of

MINE = ("ect@climbing", "ect@planned", "mentor@oak", "induction_tutor@oak", "headteacher@oak")


def of(world, key):
    person = world.people[key]
    return viewer_of(person.user_id, person.acting_for, world.today)


def kinds_of(world, key):
    viewer = of(world, key)
    with CaptureQueriesContext(connection) as asked:
        found = list(dates_of(viewer))
    assert len(asked) <= 1
    return {each.key.partition(":")[0] for each in found}, found


@pytest.mark.parametrize("key", MINE)
def test_the_ect_and_the_school_have_weeks_and_meetings(world, key):
    kinds, found = kinds_of(world, key)
    expected = {"ect@climbing": {"support_meeting"}, "ect@planned": {"plan_week"}}
    assert kinds == expected.get(key, {"support_meeting", "plan_week"})
    assert not any(word in each.says.lower() for each in found for word in ("support", "level", "plan", "concern"))
    assert all(bool(each.about) == (not key.startswith("ect@")) for each in found)


def test_the_bodys_officer_has_the_meetings_of_their_own_cases(world):
    assert kinds_of(world, "body_officer@north")[0] == {"support_meeting"}
    BodyPeriod.objects.update(officer=UserFactory())
    assert kinds_of(world, "body_officer@north")[0] == set()
    assert kinds_of(world, "body_admin@north")[0] == {"support_meeting"}


@pytest.mark.parametrize("key", ["induction_tutor@harbour", "body_officer@south", "trust_officer@meridian",
                                 "governor@oak", "operator@portal", "body_contact@north"])  # fmt: skip
def test_nobody_else_has_any(world, key):
    assert kinds_of(world, key)[0] == set()
