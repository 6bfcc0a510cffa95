"""Our form fields, rendered through the template pack, against govuk-frontend's own examples of each component."""

import pytest

from induction_portal.govuk.present import field_html
from tests.support.govuk_examples import FIELDS, bound, is_heading, sayable
from tests.support.markup import tree

EXAMPLES = [(component, example) for component in FIELDS for example in sayable(component)]


@pytest.mark.parametrize(("component", "example"), EXAMPLES, ids=[f"{name}: {e['name']}" for name, e in EXAMPLES])
def test_field_renders_as_govuk_frontend_does(component, example):
    options = example["options"]
    html = field_html(bound(component, options), heading=is_heading(options))
    assert tree(html) == tree(example["html"])


@pytest.mark.parametrize(("component", "least"), [
    ("input", 20), ("textarea", 11), ("character-count", 11), ("password-input", 5), ("select", 2),
    ("radios", 8), ("checkboxes", 8), ("date-input", 4),
])  # fmt: skip
def test_enough_examples_can_be_said_with_our_fields(component, least):
    assert len(sayable(component)) >= least
