"""A form as it stands on a page: read, filled in and sent as a browser would."""

from typing import Any

from bs4 import BeautifulSoup, Tag

CHOICES = {"radio", "checkbox"}
UNTYPED = {"hidden", "submit", "button", "file", *CHOICES}
SHOWN_NEVER = {"password"}


class Page:
    """What came back: its title, its errors and its form (the one in the main part of the page, without `action`,
    or the one that goes to `action`)."""

    def __init__(self, html: str, action: str = "") -> None:
        self.soup = BeautifulSoup(html, "html.parser")
        self.title = self.soup.title.get_text() if self.soup.title else ""
        forms = self.soup.select("main form[method=post]")
        self.form = next((form for form in forms if form.get("action", "") == action), None)

    @property
    def broken_links(self) -> list[str]:
        """Links of the error summary that do not land on something to type or choose in, with their words."""
        links = self.soup.select(".govuk-error-summary a")
        inputs = {tag.get("id") for tag in self.soup.find_all(["input", "textarea", "select"])}
        return [f"{link.get_text()} → {link['href']}" for link in links if link["href"].removeprefix("#") not in inputs]

    @property
    def errors(self) -> list[str]:
        """The lines of the error summary."""
        return [" ".join(line.get_text().split()) for line in self.soup.select(".govuk-error-summary__list li")]

    @property
    def data(self) -> dict[str, Any]:
        """Every named value of the form, as it would be sent without a button."""
        sent: dict[str, Any] = {}
        for tag in self._inputs():
            if not _is_sent(tag):
                continue
            for value in _values(tag):
                sent.setdefault(tag["name"], []).append(value)
        return sent

    @property
    def boxes(self) -> dict[str, str]:
        """What stands in each box to type in, passwords left out."""
        return {tag["name"]: _text(tag) for tag in self._inputs() if _is_box(tag)}

    def filled_with(self, text: str, *, choosing: str | None = None) -> dict[str, Any]:
        """The form with the same text in every box, and the first choice, or the one named, wherever one is made."""
        sent = self.data
        for tag in self._inputs():
            kind = tag.get("type", "")
            if kind in CHOICES:
                sent[tag["name"]] = [choosing if choosing is not None else sent.get(tag["name"], [tag["value"]])[0]]
            elif tag.name == "select":
                options = [option["value"] for option in tag.find_all("option") if option["value"]]
                sent[tag["name"]] = [choosing if choosing is not None else options[0]]
            elif tag.name == "textarea" or kind not in UNTYPED:
                sent[tag["name"]] = [text]
        return sent

    def _inputs(self) -> list[Tag]:
        assert self.form is not None, "The page has no such form"
        return [tag for tag in self.form.find_all(["input", "textarea", "select"]) if tag.get("name")]


def _is_box(tag: Tag) -> bool:
    kind = tag.get("type", "text")
    return tag.name == "textarea" or (tag.name == "input" and kind not in UNTYPED | SHOWN_NEVER)


def _is_sent(tag: Tag) -> bool:
    kind = tag.get("type", "")
    return kind not in {"submit", "button", "file"} and (kind not in CHOICES or tag.has_attr("checked"))


def _values(tag: Tag) -> list[str]:
    if tag.name == "select":
        return [option["value"] for option in tag.find_all("option") if option.has_attr("selected")][:1] or [""]
    return [_text(tag)] if tag.get("type") not in CHOICES else [tag.get("value", "on")]


def _text(tag: Tag) -> str:
    # A browser drops the line end right after <textarea>, and reads every line end as one character.
    text = tag.get_text().removeprefix("\n") if tag.name == "textarea" else tag.get("value", "")
    return text.replace("\r\n", "\n")
