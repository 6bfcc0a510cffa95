"""Imports point one way, rules are pure, and only what is named writes (house rules: rooms)."""

import ast
import sys
from collections.abc import Iterator
from importlib import import_module
from inspect import isfunction, signature
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# From left to right; nobody imports to the right. Only settings, urls, celery, wsgi and the demo name all.
LAYERS = ["cases.rules", "induction_portal", "notifications", "cases", "support_plans", "assessments",
          "induction_portal.demo"]  # fmt: skip
NAME_ALL = {"induction_portal/urls.py", "induction_portal/celery.py", "induction_portal/wsgi.py"}
PACKAGES = ("induction_portal", "notifications", "cases", "support_plans", "assessments")
WRITERS = {
    "induction_portal/accounts/work.py": "drafts and submissions",
    "induction_portal/audit/record.py": "the trail",
    "induction_portal/audit/access.py": "the log of reads",
    "induction_portal/audit/checking.py": "how far the trail was checked",
    "notifications/operating.py": "what the operator does about a message",
    "induction_portal/accounts/links.py": "which links were sent",
    "induction_portal/accounts/viewer.py": "nothing but the session",
    "induction_portal/documents/store.py": "issued bytes, in the caller's action",
    "cases/reckon.py": "projections",
    "assessments/bundle/making.py": "the pieces of a bundle that is being made",
    "induction_portal/sweeps/recording.py": "that a sweep ran",
    "notifications/outbox.py": "messages, in the caller's action",
    "notifications/delivery.py": "what became of a message",
    "notifications/digests.py": "several messages in one mail",
    "notifications/undelivered.py": "that somebody gets no mail",
    "notifications/bounces.py": "that a mail came back",
    "induction_portal/demo/history.py": "makes the story's messages look past",
}
WRITING = {"save", "create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
FILES = sorted(
    path.relative_to(ROOT)
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)


def tree(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text())


def module_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, in full; what is imported for type checkers only is left out."""
    package = module_of(path).split(".") if path.name == "__init__.py" else module_of(path).split(".")[:-1]
    for node in _walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            full = ".".join([*base, *([node.module] if node.module else [])])
            yield full
            yield from (f"{full}.{alias.name}" for alias in node.names)


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _walk(child)


def layer_of(module: str) -> int | None:
    """Where a module stands; the longest name that fits."""
    fitting = [name for name in LAYERS if module == name or module.startswith(name + ".")]
    return LAYERS.index(max(fitting, key=len)) if fitting else None


def names_all(path: Path) -> bool:
    return str(path) in NAME_ALL or path.parts[:2] == ("induction_portal", "settings")


@pytest.mark.parametrize("path", [path for path in FILES if not names_all(path)], ids=str)
def test_no_import_points_to_the_right(path):
    own = layer_of(module_of(path))
    to_the_right = {name for name in imports(path) if (layer := layer_of(name)) is not None and layer > own}
    assert not to_the_right


RULES = [path for path in FILES if path.parts[:2] == ("cases", "rules")]


@pytest.mark.parametrize("path", RULES, ids=str)
def test_rules_know_the_standard_library_alone_and_no_clock(path):
    outside = {
        name.split(".")[0]
        for name in imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("cases.rules")
    }
    assert not outside
    called = {node.func.attr for node in ast.walk(tree(path)) if _is_method_call(node)}
    assert not called & {"today", "now", "utcnow", "getenv"}, "A rule is handed its date"
    told = {node.id for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}
    assert not told & {"open", "print", "float"}


def _is_method_call(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)


def may_write(path: Path) -> bool:
    return "actions" in path.parts or path.name == "actions.py" or str(path) in WRITERS


@pytest.mark.parametrize("path", [path for path in FILES if not may_write(path)], ids=str)
def test_only_actions_and_named_writers_write(path):
    """Calls on a manager or queryset, and `save()` or `delete()` of anything that is not a session."""
    found = [
        f"{node.func.attr} on line {node.lineno}"
        for node in ast.walk(tree(path))
        if _is_method_call(node) and _writes(node.func)
    ]
    assert not found


def _writes(called: ast.Attribute) -> bool:
    told = ast.unparse(called.value)
    if called.attr in {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}:
        return True
    if called.attr in {"create", "update"}:
        return "objects" in told or ".filter(" in told or ".exclude(" in told
    return called.attr in {"save", "delete"} and "session" not in told


@pytest.mark.parametrize("path", [path for path in FILES if path.name == "views.py" or "views" in path.parts], ids=str)
def test_views_ask_no_manager(path):
    """A view is handed its object, and asks a named function for the rest."""
    managers = [
        node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute) and node.attr == "objects"
    ]
    assert not managers


# The calculator and the embedded services work without Django and its settings.
WITHOUT_DJANGO = [path for path in FILES if "embedded" in path.parts or path.name == "calculate.py"]
TIMELESS = [path for path in FILES if path not in WITHOUT_DJANGO and str(path) != "induction_portal/clock.py"]


@pytest.mark.parametrize("path", TIMELESS, ids=str)
def test_the_clock_is_the_only_reader_of_time(path):
    read = [
        f"{ast.unparse(node.func)} on line {node.lineno}"
        for node in ast.walk(tree(path))
        if _is_method_call(node)
        and node.func.attr in {"today", "now", "utcnow", "localtime"}
        and not ast.unparse(node.func).endswith(("clock.today", "clock.now"))
    ]
    assert [each for each in read if not each.startswith("timezone.localtime")] == []


@pytest.mark.parametrize("path", FILES, ids=str)
def test_no_stale_markers(path):
    text = (ROOT / path).read_text()
    assert not [word for word in ("TODO", "FIXME", "XXX", "breakpoint(", "pdb") if word in text]


def test_the_writers_exist():
    assert not [path for path in WRITERS if not (ROOT / path).exists()]
    assert len(FILES) > 100


@pytest.mark.parametrize("package", ["assessments.actions", "cases.actions", "induction_portal.accounts.actions"])
def test_what_is_offered_as_an_action_runs_in_a_transaction(package):
    """A worker calls it as it is: without a transaction no row can be locked."""
    offered = [each for each in vars(import_module(package)).values() if isfunction(each)]
    acts = [each for each in offered if {"by", "on"} <= set(signature(each).parameters)]
    assert len(acts) > 5
    assert [each.__name__ for each in acts if not getattr(each, "is_action", False)] == []
