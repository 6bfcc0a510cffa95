"""Production: refuses to start without its secrets and addresses, and names the one that is missing."""

import os

from django.core.exceptions import ImproperlyConfigured

REQUIRED = {
    "SECRET_KEY": "a random text of 50 characters or more, kept secret",
    "DATABASE_URL": "postgresql://login:password@host:5432/database",
    "CELERY_BROKER_URL": "redis://host:6379/0",
    "EMAIL_URL": "smtp+tls://login:password@host:587",
    "ALLOWED_HOSTS": "the host names under which the portal is reached, separated by commas",
    "PORTAL_URL": "https://the-address-written-into-mail",
}

for _name, _meaning in REQUIRED.items():
    if not os.environ.get(_name, "").strip():
        raise ImproperlyConfigured(f"Set the environment variable {_name}: {_meaning}.")

from ..logs import logging_settings  # noqa: E402
from .base import *  # noqa: E402, F403
from .base import CONTENT_SECURITY_POLICY, env  # noqa: E402

DEBUG = False
DEMO = False
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
LOGGING = logging_settings(json=True, level=env("LOG_LEVEL", default="INFO"))

# TLS ends at the proxy, which must set this header itself and never pass on a visitor's.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# The prefix makes browsers refuse these cookies from anything but this host over TLS.
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
CONTENT_SECURITY_POLICY["DIRECTIVES"]["upgrade-insecure-requests"] = True
