"""The Celery application and its timetable: one line for each sweep."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "induction_portal.settings.prod")

app = Celery("induction_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
