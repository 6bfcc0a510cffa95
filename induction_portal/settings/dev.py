"""A developer's machine and the demo."""

from .base import *  # noqa: F403
from .base import BASE_DIR, INSTALLED_APPS, env

DEBUG = env.bool("DEBUG", default=False)
DEMO = True
SECRET_KEY = env("SECRET_KEY", default="development-only-not-a-secret-development-only-not-a-secret")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = [*INSTALLED_APPS, "induction_portal.demo"]
STATE_DIR = BASE_DIR / ".state"
