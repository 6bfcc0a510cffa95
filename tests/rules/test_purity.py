"""The rules are pure: standard library only, no clock, no floats, nothing printed."""

import ast
import sys
from pathlib import Path

import pytest

CLOCKS = {"date.today", "datetime.now", "datetime.utcnow", "time.time"}
FILES = sorted((Path(__file__).parents[2] / "cases" / "rules").glob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_imports_are_the_standard_library_or_the_rules_themselves(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert all(alias.name.split(".")[0] in sys.stdlib_module_names for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            assert node.module.split(".")[0] in sys.stdlib_module_names
        if isinstance(node, ast.ImportFrom):
            assert node.level <= 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_clock_and_no_floats(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            assert f"{ast.unparse(node.value)}.{node.attr}" not in CLOCKS
        if isinstance(node, ast.Name):
            assert node.id not in {"float", "print", "open"}
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, float)
