"""Our one environment of macros renders what govuk-frontend itself renders, for every example it publishes."""

import pytest

from induction_portal.govuk.macros import component
from tests.support.markup import fixtures, tree

USED = ("input", "textarea", "character-count", "password-input", "select", "radios", "checkboxes", "date-input")


@pytest.mark.parametrize(("name", "example"), [
    pytest.param(name, example, id=f"{name}: {example['name']}") for name in USED for example in fixtures(name)
])  # fmt: skip
def test_macro_renders_as_govuk_frontend_does(name, example):
    assert tree(component(name, example["options"])) == tree(example["html"])


def test_text_is_escaped_and_lines_typed_are_not_indented():
    html = component("textarea", {"id": "a", "name": "a", "label": {"text": "<b>"}, "value": "one\n  two\nthree"})
    assert "&lt;b&gt;" in html
    assert ">one\n  two\nthree</textarea>" in html
