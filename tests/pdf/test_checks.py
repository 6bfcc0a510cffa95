"""The accessibility checks can fail: each is shown a document that lacks one thing."""

import pytest
from weasyprint import HTML

from tests.support.pdfs import MARKER, assert_accessible

GOOD = {
    "lang": 'lang="en-GB"',
    "title": "<title>Review</title>",
    "foot": MARKER,
    "body": "<h1>Review</h1><h2>Facts</h2>",
}


def document(variant: str | None = "pdf/ua-1", **parts) -> bytes:
    has = GOOD | parts
    style = f'@page {{ @bottom-left {{ content: "{has["foot"]}"; width: 90% }} }}'
    html = f"<html {has['lang']}><head>{has['title']}<style>{style}</style></head><body>{has['body']}</body></html>"
    return HTML(string=html).write_pdf(pdf_variant=variant)


def test_a_good_one_passes():
    assert_accessible(document(), title="Review")


@pytest.mark.parametrize(
    ("parts", "complaint"),
    [
        ({"variant": None}, "not tagged"),
        ({"lang": 'lang="fr"'}, "does not say its language"),
        ({"title": "<title>Something else</title>"}, "is called Something else"),
        ({"body": "<p>No heading at all</p>"}, "no bookmarks"),
        ({"foot": "For anybody"}, r"marker is missing on pages \[1\]"),
        ({"body": "<h2>Facts</h2><h1>Review</h1>"}, "does not begin with a heading of level 1"),
        ({"body": "<h1>Review</h1><h1>Again</h1>"}, "more than one heading of level 1"),
        ({"body": "<h1>Review</h1><h3>Facts</h3>"}, "level 3 follows one of level 1"),
        ({"body": "<h1>Review</h1><table><tr><td>1</td></tr></table>"}, "A table has no header cells"),
    ],
)
def test_one_that_lacks_something_fails(parts, complaint):
    with pytest.raises(AssertionError, match=complaint):
        assert_accessible(document(**parts), title="Review")
