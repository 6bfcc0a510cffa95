"""The Celery application and its timetable: one line for each sweep."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "induction_portal.settings.prod")

app = Celery("induction_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["support_plans"], related_name="rendering")

app.conf.beat_schedule = {
    "deliver messages": {
        "task": "notifications.tasks.deliver_messages",
        "schedule": 60,
        "options": {"expires": 55},  # seconds: with no worker about, one is enough in the queue
    },
    "send links": {
        "task": "induction_portal.accounts.tasks.send_links",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "render missing documents": {
        "task": "assessments.tasks.render_missing",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "render missing plans": {
        "task": "support_plans.rendering.render_missing_plans",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "make waiting bundles": {
        "task": "assessments.tasks.make_waiting_bundles",
        "schedule": 60,
        "options": {"expires": 55},
    },
    "reckon stale cases": {"task": "cases.tasks.reckon_stale", "schedule": 60, "options": {"expires": 55}},
    "go on with imports": {"task": "cases.tasks.resume_imports", "schedule": 60, "options": {"expires": 55}},
    "sweep imports": {"task": "cases.tasks.sweep_imports", "schedule": crontab(minute=20)},
    "begin the school year": {
        "task": "cases.tasks.begin_school_year",
        "schedule": crontab(hour=0, minute=5, day_of_month=1, month_of_year=8),
    },
    "recount absences": {"task": "cases.tasks.recount_absences", "schedule": crontab(hour=0, minute=15)},
    "send reminders": {
        "task": "cases.tasks.send_reminders",
        "schedule": crontab(hour="6-20", minute=5),
        "options": {"expires": 3300},
    },
    "remind at once": {"task": "cases.tasks.remind_at_once", "schedule": 300, "options": {"expires": 280}},
    "end times to appeal": {"task": "assessments.tasks.end_times_to_appeal", "schedule": crontab(hour=0, minute=10)},
    "check the trail": {"task": "induction_portal.audit.tasks.check_trail", "schedule": crontab(hour=2, minute=0)},
    "sweep drafts": {"task": "induction_portal.accounts.tasks.sweep_drafts", "schedule": crontab(hour=3, minute=30)},
}
