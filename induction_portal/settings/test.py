"""The test suite: real services, fast password hashing, nothing else different."""

from ..logs import logging_settings
from .base import *  # noqa: F403
from .base import INSTALLED_APPS, env

DEBUG = False
DEMO = True
SECRET_KEY = "test-only-not-a-secret-test-only-not-a-secret-test-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
INSTALLED_APPS = [*INSTALLED_APPS, "induction_portal.demo"]
# The suite says the same on a Sunday; the tests of quiet days turn them on.
MAIL_QUIET_DAYS = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
LOGGING = logging_settings(json=False, level=env("LOG_LEVEL", default="WARNING"))
