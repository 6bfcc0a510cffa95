"""Our one environment of macros renders what govuk-frontend itself renders, for every example it publishes."""

import pytest
from django.utils.safestring import SafeString

from induction_portal.govuk.macros import component, kept_component
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


def test_a_component_that_is_kept_is_never_taken_for_another():
    told = {"id": "a", "name": "a", "label": {"text": "<b>"}}
    safe = {"id": "a", "name": "a", "label": {"text": SafeString("<b>")}}
    for _ in range(2):
        assert kept_component("input", told) == component("input", told)
        assert kept_component("input", safe) == component("input", safe)
    assert kept_component("input", told) != kept_component("input", safe)
    assert 'value="1"' in kept_component("input", told | {"value": 1})
    assert 'value="1"' not in kept_component("input", told | {"value": True})
