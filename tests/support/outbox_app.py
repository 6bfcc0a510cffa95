"""The portal's Celery application with the tests' own kind of message: `celery -A tests.support.outbox_app worker`."""

from django.conf import settings

from induction_portal.celery import app
from notifications import kinds
from tests.support.outbox import TEMPLATES, TOLD

settings.TEMPLATES[0]["DIRS"].append(TEMPLATES)
kinds.register(TOLD)

__all__ = ["app"]
