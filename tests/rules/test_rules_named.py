"""Every rule of the statutory clock is named by a docstring or row of the rules, and by a test."""

import ast
import re
from pathlib import Path

import pytest

from cases.rules.deadline_rules import RULES

ROOT = Path(__file__).parents[2]
NUMBERS = [
    *range(15, 52), 54, *range(60, 69), *range(70, 76), *range(83, 86), *range(89, 95),
]  # fmt: skip
WANTED = [f"R{number}" for number in NUMBERS] + [f"D{number}" for number in range(1, 36)]
# rules that hold no computation, each with the reason
EXCEPTIONS = {
    "R71": "what a plan contains, not when; the plan's form asks for it",
}
_SPAN = re.compile(r"\b([RD])(\d+)(?:-([RD])?(\d+))?\b")
_SPAN_ONLY = re.compile(r"\b[RD]\d+-[RD]?\d+\b")  # a span in a test's heading names nothing in particular


def named_in(text):
    """Rule numbers in a text, spans such as R26-R30 spelt out."""
    found = set()
    for kind, first, _, last in _SPAN.findall(text):
        found |= {f"{kind}{number}" for number in range(int(first), int(last or first) + 1)}
    return found


def docstrings(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)]
    return " ".join(ast.get_docstring(node) or "" for node in nodes)


def test_names_in():
    assert named_in("R26-R28, D1, R5–x") == {"R26", "R27", "R28", "D1", "R5"}


@pytest.fixture(scope="module")
def in_rules():
    found = set(RULES) | {rule.rule for rule in RULES.values()}
    for path in (ROOT / "cases" / "rules").glob("*.py"):
        found |= named_in(docstrings(path))
    return found


@pytest.fixture(scope="module")
def in_tests():
    found = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        if path.name == Path(__file__).name:
            continue
        text = path.read_text(encoding="utf-8")
        names = " ".join(re.findall(r"def test_(\w+)", text)).replace("_", " ").upper()
        found |= set(re.findall(r"\b[RD]\d+\b", _SPAN_ONLY.sub("", f"{names} {text}")))
    return found


def test_every_rule_is_named_by_a_docstring(in_rules):
    assert [rule for rule in WANTED if rule not in in_rules] == []


def test_every_rule_is_named_by_a_test(in_tests):
    assert [rule for rule in WANTED if rule not in in_tests and rule not in EXCEPTIONS] == []


def test_the_exceptions_are_still_exceptions(in_tests):
    assert [rule for rule in EXCEPTIONS if rule in in_tests] == []
    assert all(EXCEPTIONS.values())
