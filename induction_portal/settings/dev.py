"""A developer's machine and the demo."""

from pathlib import Path

import environ

# bin/demo writes the addresses of its embedded services here, so that manage.py finds them from another terminal.
# Read before the rest, and here only: production takes nothing from a file that lies about.
STATE = Path(__file__).resolve().parents[2] / ".state"
environ.Env.read_env(STATE / "env")

from ..logs import logging_settings  # noqa: E402
from .base import *  # noqa: E402, F403
from .base import INSTALLED_APPS, env  # noqa: E402

DEBUG = env.bool("DEBUG", default=False)
DEMO = True
SECRET_KEY = env("SECRET_KEY", default="development-only-not-a-secret-development-only-not-a-secret")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = [*INSTALLED_APPS, "induction_portal.demo"]
LOGGING = logging_settings(json=env.bool("LOG_JSON", default=False), level=env("LOG_LEVEL", default="INFO"))
CLOCK_AHEAD = Path(env("CLOCK_AHEAD", default=STATE / "clock-ahead"))
