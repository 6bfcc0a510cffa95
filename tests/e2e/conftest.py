"""What the journeys start from."""

import pytest
from django.db import transaction

from induction_portal import clock
from induction_portal.demo.replay import replay
from induction_portal.demo.world import World


@pytest.fixture
def story(celery_worker_process, live_portal) -> World:
    """The demo's story, committed, with a worker that delivers what it sends."""
    with transaction.atomic():
        return replay(clock.today())
