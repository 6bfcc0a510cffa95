"""The demo's settings and Django's admin site, which the portal itself does not install: for the comparison alone."""

from induction_portal.settings.dev import *  # noqa: F403
from induction_portal.settings.dev import INSTALLED_APPS, TEMPLATES

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
_PROCESSORS = TEMPLATES[0]["OPTIONS"]["context_processors"]
TEMPLATES[0]["OPTIONS"]["context_processors"] = [*_PROCESSORS, "django.contrib.auth.context_processors.auth"]
ROOT_URLCONF = "tests.bench._admin"
ALLOWED_HOSTS = ["*"]
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
