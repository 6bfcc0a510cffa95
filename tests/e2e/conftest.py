"""What the journeys start from."""

import pytest
from django.db import transaction

from induction_portal import clock
from induction_portal.demo.assessments import ASSESSED
from induction_portal.demo.replay import replay
from induction_portal.demo.world import World

NIAMH = "2876104"


@pytest.fixture
def story(celery_worker_process, live_portal) -> World:
    """The demo's story, committed, with a worker that delivers what it sends."""
    with transaction.atomic():
        return replay(clock.today())


@pytest.fixture
def undecided(celery_worker_process, live_portal, monkeypatch) -> World:
    """The story in which Niamh Gallagher's two years are over and nobody has written her final report yet."""
    monkeypatch.setitem(ASSESSED, NIAMH, ASSESSED[NIAMH][:1])
    with transaction.atomic():
        return replay(clock.today())
