"""What the delivery tests share: the tests' own kind of message, and somebody to tell."""

from uuid import UUID

import pytest

from induction_portal.accounts.models import User
from notifications import kinds, outbox
from tests.support.outbox import CHAT, TEMPLATES, TOLD


@pytest.fixture
def told(monkeypatch, settings):
    """Makes the kinds known to this process."""
    for kind in (TOLD, CHAT):
        monkeypatch.setitem(kinds._kinds, kind.name, kind)
    first, *rest = settings.TEMPLATES
    settings.TEMPLATES = [first | {"DIRS": [*first["DIRS"], TEMPLATES]}, *rest]


@pytest.fixture
def tutor(db):
    return User.objects.create(email="tutor@oakfield.example", name="Ruth O'Neill")


@pytest.fixture
def tell(told, tutor):
    """Tells the tutor, or whomever, something."""

    def tell(to=tutor, kind="told", **facts) -> None:
        given = {
            "subject_id": UUID(int=7),
            "organisation_id": None,
            "url": "/reviews/7/",
            "context": {"school": "St Mary's & Co"},
        }
        outbox.queue(kind, to=to, **given | facts)

    return tell
