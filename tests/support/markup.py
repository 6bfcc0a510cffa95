"""HTML compared as a browser understands it: attribute order, class order and white space do not count."""

import json
import re
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag

FIXTURES = Path(__file__).parent / "govuk_fixtures"


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def tree(html: str) -> list[Any]:
    """Nested (name, attributes, children) of the elements and texts; comments and empty texts left out."""
    return _children(soup(html))


def fixtures(component: str) -> list[dict[str, Any]]:
    """govuk-frontend's own examples of a component: name, options, html."""
    return json.loads((FIXTURES / f"{component}.json").read_text(encoding="utf-8"))


def _children(element: Tag) -> list[Any]:
    nodes = [_node(child) for child in element.children]
    return [node for node in nodes if node]


def _node(child: Any) -> Any:
    if isinstance(child, Tag):
        attributes = {
            name: " ".join(sorted(value)) if isinstance(value, list) else value for name, value in child.attrs.items()
        }
        return child.name, tuple(sorted(attributes.items())), tuple(_children(child))
    return re.sub(r"\s+", " ", child).strip() if type(child) is NavigableString else None
