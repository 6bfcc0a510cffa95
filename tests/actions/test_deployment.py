"""The compose file, the image's recipe and docs/deploying.md: they agree with the code and with each other."""

import ast
import importlib.util
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.core.management import get_commands
from ruamel.yaml import YAML

from induction_portal.embedded.binaries import client_programs
from induction_portal.embedded.system import RUNTIME
from tests.actions.test_settings import manage
from tests.support.world_database import drop

ROOT = Path(__file__).resolve().parents[2]
RECIPE = (ROOT / ".docker" / "Dockerfile").read_text()
DEPLOYING = (ROOT / "docs" / "deploying.md").read_text()
# What an installation chooses: for the tests of the compose file's own values.
CHOSEN = {
    "SECRET_KEY": "q8Zr-4vN1xWc7LmT0yKd_2sPfG9hJbE5uRaX6tVo3iYwMnCzQe",
    "ALLOWED_HOSTS": "induction.example",
    "PORTAL_URL": "https://induction.example",
    "POSTGRES_PASSWORD": "superuser1",
    "OWNER_PASSWORD": "owner1",
    "APP_PASSWORD": "app1",
}
LOGINS = {"portal_migrator": "it's $one", "portal_web": "and 'two"}
_VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


@cache
def compose() -> dict:
    return YAML(typ="safe").load(ROOT / "docker-compose.yml")


def services() -> dict[str, dict]:
    return compose()["services"]


def ours() -> dict[str, dict]:
    return {name: each for name, each in services().items() if each["image"].startswith("induction-portal:")}


def filled_in(text: str, chosen: dict[str, str]) -> str:
    """The text with its variables in place, as the container engine puts them."""

    def value(found: re.Match) -> str:
        name, sign, rest = found.groups()
        if not chosen.get(name) and sign == "?":
            raise LookupError(f"{name}: {rest}")
        return chosen.get(name) or (rest if sign == "-" else "")

    return _VARIABLE.sub(value, text)


def environment_of(service: str) -> dict[str, str]:
    return {name: filled_in(value, CHOSEN) for name, value in services()[service]["environment"].items()}


@cache
def read_by_settings() -> frozenset[str]:
    """Every variable that production's settings read, found in their source."""
    names = {"DJANGO_SETTINGS_MODULE"}
    for file in ("base.py", "prod.py"):
        for node in ast.walk(ast.parse((ROOT / "induction_portal" / "settings" / file).read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[0] == "env" and node.args:
                names.add(ast.literal_eval(node.args[0]))
    return frozenset(names)


def commands() -> list[list[str]]:
    """Every command that the image is told to run, in words."""
    told = [each["command"] for each in ours().values() if "command" in each]
    told += [each["healthcheck"]["test"] for each in ours().values() if "healthcheck" in each]
    told.append(ast.literal_eval(re.search(r"^CMD (\[.*\])$", RECIPE, re.MULTILINE).group(1)))
    return told


class TestTheComposeFile:
    def test_it_keeps_to_the_specification(self):
        program = Path(sys.executable).with_name("check-jsonschema")
        command = [program, "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    def test_all_that_the_portal_is_made_of_is_there(self):
        assert {"database", "broker", "roles", "migrate", "web", "worker", "scheduler", "mail"} <= set(services())

    def test_every_variable_is_read_by_the_settings_and_every_one_they_read_is_given(self):
        for name in ("web", "worker", "scheduler", "migrate", "backup"):
            assert set(services()[name]["environment"]) == read_by_settings(), name

    def test_one_environment_for_all_but_the_owners_login(self):
        web = environment_of("web")
        assert web == environment_of("worker") == environment_of("scheduler")
        differing = {name for name, value in environment_of("migrate").items() if web[name] != value}
        assert differing == {"DATABASE_URL", "DATABASE_ROLE"}
        assert environment_of("migrate")["DATABASE_ROLE"] == "portal_owner"
        assert web["DATABASE_ROLE"] == "portal_app"

    @pytest.mark.parametrize("missing", sorted(CHOSEN))
    def test_no_secret_and_no_address_has_a_default(self, missing):
        text = (ROOT / "docker-compose.yml").read_text()
        with pytest.raises(LookupError, match=f"{missing}: set it to "):
            filled_in(text, {name: value for name, value in CHOSEN.items() if name != missing})

    def test_its_environment_passes_djangos_deployment_check(self):
        done = manage("check", "--deploy", "--fail-level", "WARNING", **environment_of("web"))
        assert done.returncode == 0, done.stderr

    def test_nothing_of_ours_starts_before_the_tables_are_ready(self):
        for name in ("web", "worker", "scheduler"):
            after = {each: wanted["condition"] for each, wanted in services()[name]["depends_on"].items()}
            assert after["migrate"] == "service_completed_successfully"
            assert after["database"] == after["broker"] == "service_healthy"
        assert services()["migrate"]["depends_on"] == {"roles": {"condition": "service_completed_successfully"}}

    def test_every_lasting_service_tells_its_health(self):
        lasting = [name for name, each in services().items() if each.get("restart") == "unless-stopped"]
        assert len(lasting) == 6
        assert all("healthcheck" in services()[name] for name in lasting)

    def test_ours_cannot_write_to_themselves_nor_gain_rights(self):
        for name, each in ours().items():
            assert each["read_only"] is True, name
            assert each["cap_drop"] == ["ALL"], name
            assert "no-new-privileges:true" in each["security_opt"], name

    def test_images_have_versions_and_no_host(self):
        names = [each["image"] for each in services().values()] + re.findall(r"^FROM (\S+)", RECIPE, re.MULTILINE)
        for name in names:
            image, _, tag = filled_in(name, {}).partition(":")
            assert "/" not in image, name
            assert tag == "local" or re.match(r"\d+(\.\d+)?-", tag), name

    def test_the_database_and_the_broker_are_reached_from_inside_alone(self):
        assert compose()["networks"]["inside"] == {"internal": True}
        for name in ("database", "broker"):
            assert services()[name]["networks"] == ["inside"]
            assert "ports" not in services()[name]
        published = [port for each in services().values() for port in each.get("ports", [])]
        assert all(port.startswith("127.0.0.1:") for port in published)

    def test_its_volumes_and_files_are_there(self):
        used = {volume.partition(":")[0] for each in services().values() for volume in each.get("volumes", [])}
        files = {name for name in used if name.startswith(".")}
        assert used - files == set(compose()["volumes"])
        assert files
        assert all((ROOT / name).is_file() for name in files)
        assert (ROOT / services()["web"]["build"]["dockerfile"]).is_file()


class TestTheImage:
    def test_what_it_copies_is_there(self):
        sources = re.findall(r"^COPY (?!--from)(\S+) \S+$", RECIPE, re.MULTILINE)
        assert sources == ["requirements.txt", "."]
        assert all((ROOT / name).exists() for name in sources)

    def test_it_has_the_libraries_that_setup_looks_for(self):
        (installed,) = re.findall(r"apt-get install -y -qq --no-install-recommends (.*) \\", RECIPE)
        assert set(installed.split()) == {need.debian for need in RUNTIME}

    def test_packages_are_the_runtime_ones_with_hashes(self):
        assert "--require-hashes -r requirements.txt" in RECIPE
        assert "requirements-test" not in RECIPE

    def test_it_does_not_run_as_root(self):
        assert re.findall(r"^USER (\S+)$", RECIPE, re.MULTILINE) == ["10001"]

    def test_nothing_private_gets_in(self):
        left_out = (ROOT / ".dockerignore").read_text().splitlines()
        assert {".git", ".venv", ".state", ".env*", "tests", "static-collected"} <= set(left_out)
        for needed in ("manage.py", "requirements.txt", "static", "templates", "bin", "induction_portal"):
            assert needed not in left_out

    def test_no_secret_is_baked_in(self):
        assert not re.search(r"^\s*(ENV|ARG).*(SECRET|PASSWORD|_URL)", RECIPE, re.MULTILINE)

    def test_its_commands_exist(self):
        for command in commands():
            text = " ".join(command)
            for module in re.findall(r"(?:python, )?-m (\w[\w.]+)|-A (\w+)|gunicorn ([\w.]+)", text):
                name = "".join(module)
                assert importlib.util.find_spec(name), text
            for name in re.findall(r"manage\.py (\w+)", text):
                assert name in get_commands(), text
            for file in re.findall(r"(?:^|\s)((?:bin|\.docker)/\S+|manage\.py)", text):
                assert (ROOT / file).is_file(), text

    def test_the_mail_catcher_listens_where_others_reach_it(self):
        assert services()["mail"]["command"][3:] == ["/var/lib/portal", "2525", "8025", "0.0.0.0"]
        assert environment_of("web")["EMAIL_URL"] == "smtp://mail:2525"


class TestTheLogins:
    """.docker/logins.sql on a real server: each login becomes its own role and no other."""

    @pytest.fixture(name="urls")
    def _urls(self, request, worker_id):
        server, prepared = request.getfixturevalue("services").postgres, f"portal_logins_{worker_id}"
        with server.superuser("postgres") as superuser:
            drop(superuser, prepared)
            superuser.execute(f"CREATE DATABASE {prepared}")
            major = superuser.info.server_version // 10000
        for _ in range(2):  # it is run at each start
            self.run(client_programs(major) / "psql", server.url(prepared, login="postgres"))
        place = server.url(prepared).partition("@")[2]
        yield {name: f"postgresql://{name}:{quote(word)}@{place}" for name, word in LOGINS.items()}
        with server.superuser("postgres") as superuser:
            drop(superuser, prepared)

    def run(self, psql: Path, url: str) -> None:
        files = ["induction_portal/embedded/roles.sql", ".docker/logins.sql"]
        passwords = {"OWNER_PASSWORD": LOGINS["portal_migrator"], "APP_PASSWORD": LOGINS["portal_web"]}
        command = [psql, "-X", "-q", "-v", "ON_ERROR_STOP=1", f"--dbname={url}", *(f"--file={file}" for file in files)]
        done = subprocess.run(
            command, cwd=ROOT, env={**os.environ, **passwords}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    def test_each_begins_in_its_role_and_cannot_take_the_others(self, urls):
        with psycopg.connect(urls["portal_web"]) as web:
            assert web.execute("SELECT current_user").fetchone() == ("portal_app",)
            with pytest.raises(psycopg.errors.InsufficientPrivilege), web.transaction():
                web.execute("CREATE TABLE mine (id int)")
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                web.execute("SET ROLE portal_owner")
        with psycopg.connect(urls["portal_migrator"]) as migrator:
            assert migrator.execute("SELECT current_user").fetchone() == ("portal_owner",)
            migrator.execute("CREATE TABLE ours (id int)")

    def test_what_the_one_makes_the_other_may_fill(self, urls):
        with psycopg.connect(urls["portal_migrator"]) as migrator:
            migrator.execute("CREATE TABLE ours (id int)")
        with psycopg.connect(urls["portal_web"]) as web:
            web.execute("INSERT INTO ours VALUES (1)")


class TestTheProbe:
    """.docker/probe.py asks as a visitor would."""

    @pytest.mark.parametrize(("path", "status"), [("/healthz", 0), ("/nowhere/", 1)])
    def test_it_tells_whether_the_answer_was_200(self, live_server, path, status):
        assert self.probe(path, live_server.thread.port, ALLOWED_HOSTS="localhost,other.example") == status

    def test_a_name_that_the_portal_does_not_know_is_no_answer(self, live_server):
        assert self.probe("/healthz", live_server.thread.port, ALLOWED_HOSTS="unknown.example") == 1

    def test_a_server_that_is_gone_is_no_answer(self):
        assert self.probe("/healthz", 1, ALLOWED_HOSTS="localhost") == 1

    def probe(self, path: str, port: int, **environment: str) -> int:
        command = [sys.executable, ".docker/probe.py", path, str(port)]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode


class TestTheDocumentation:
    def test_the_table_of_variables_is_whole(self):
        rows = re.findall(r"^\| (`[^|]+) \|", DEPLOYING, re.MULTILINE)
        told = {name for row in rows for name in re.findall(r"`([A-Z][A-Z_]+)`", row)}
        assert told == read_by_settings()

    def test_what_it_tells_to_run_exists(self):
        for name in re.findall(r"manage\.py ([a-z_]+)", DEPLOYING):
            assert name in get_commands(), name
        for name in re.findall(r"\b(bin/[a-z]+|\.docker/[\w.]+|docs/adr/[\w-]+\.md)", DEPLOYING):
            assert (ROOT / name).exists(), name

    def test_the_services_it_names_are_the_composes(self):
        for name in re.findall(r"docker compose (?:run --rm|stop|exec|logs|up --detach) ([a-z]+)", DEPLOYING):
            assert name in services(), name

    def test_the_readme_points_to_it(self):
        assert "docs/deploying.md" in (ROOT / "README.md").read_text()
