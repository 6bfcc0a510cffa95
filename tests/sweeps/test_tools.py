"""The tools that read the code: what they say must be nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["ruff", "check", "--no-cache", "."], id="ruff check"),
        pytest.param(["ruff", "format", "--no-cache", "--check", "."], id="ruff format"),
        pytest.param(["djade", "--check", "--target-version", "5.2", *TEMPLATES], id="djade"),
    ],
)
def test_a_tool_has_nothing_to_say(command):
    program = Path(sys.executable).with_name(command[0])
    done = subprocess.run([program, *command[1:]], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"bin/fix mends most of this:\n{done.stdout}{done.stderr}"


def test_the_lock_files_hold_hashes_and_no_addresses():
    for name in ("requirements.txt", "requirements-test.txt"):
        lines = (ROOT / name).read_text().splitlines()
        assert not [line for line in lines if "://" in line or line.startswith("--")]
        pinned = [line for line in lines if "==" in line]
        assert len(pinned) > 30
        assert all(line.endswith("\\") for line in pinned), "every version is followed by its hashes"


def test_the_runtime_lock_is_part_of_the_test_lock():
    def versions(name: str) -> set[str]:
        lines = (ROOT / name).read_text().splitlines()
        return {line.split()[0] for line in lines if "==" in line and not line.startswith((" ", "#"))}

    assert versions("requirements.txt") <= versions("requirements-test.txt")


def test_the_types_of_rules_actions_and_access_are_right():
    targets = ["cases/rules", "cases/actions", "cases/access.py", "assessments/actions", "assessments/access.py",
               "support_plans/actions", "support_plans/access.py",
               "induction_portal/accounts/actions", "induction_portal/accounts/permissions.py"]  # fmt: skip
    options = ["--follow-imports=silent", "--ignore-missing-imports", "--cache-dir=/dev/null"]
    command = [sys.executable, "-m", "mypy", *options, *targets]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_change_of_a_model_has_its_migration(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
