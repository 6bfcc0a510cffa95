"""The portal's Celery application with the tests' own kinds of message: `celery -A tests.support.outbox_app worker`."""

from django.conf import settings

from induction_portal.celery import app
from notifications import kinds
from tests.support.outbox import CHAT, TEMPLATES, TOLD

settings.TEMPLATES[0]["DIRS"].append(TEMPLATES)
for kind in (TOLD, CHAT):
    kinds.register(kind)

__all__ = ["app"]
