"""Settings: production refuses to start half configured; the rest needs nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "induction_portal.settings.prod",
    "SECRET_KEY": "q8Zr-4vN1xWc7LmT0yKd_2sPfG9hJbE5uRaX6tVo3iYwMnCzQe",
    "DATABASE_URL": "postgresql://portal:dummy@127.0.0.1:1/portal",
    "CELERY_BROKER_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp+tls://portal:dummy@127.0.0.1:1",
    "ALLOWED_HOSTS": "induction.example",
    "PORTAL_URL": "https://induction.example",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs manage.py with these environment variables and no others of ours."""
    plain = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    command = [sys.executable, "-W", "error", "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=plain | environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("missing", sorted(PRODUCTION.keys() - {"DJANGO_SETTINGS_MODULE"}))
@pytest.mark.parametrize("left", ["unset", "empty"])
def test_production_names_what_is_missing(missing, left):
    given = {name: value for name, value in PRODUCTION.items() if name != missing}
    done = manage("check", **given, **({missing: " "} if left == "empty" else {}))
    assert done.returncode != 0
    assert f"Set the environment variable {missing}:" in done.stderr
    assert PRODUCTION["SECRET_KEY"] not in done.stderr


def test_production_passes_djangos_deployment_check():
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_checks_need_no_environment_and_no_database():
    done = manage("check")
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_the_models_and_the_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
