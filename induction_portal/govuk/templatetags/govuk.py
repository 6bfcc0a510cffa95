"""Tags and filters of every template (a builtin library: no load tag is needed). None asks the database."""

from typing import Any

from crispy_forms.templatetags.crispy_forms_tags import CrispyFormNode, whole_uni_form_template
from django import template

from induction_portal import clock
from induction_portal.govuk import words
from induction_portal.govuk.present import field_html
from induction_portal.govuk.problems import problems

register = template.Library()
PACK = "govuk_forms"

# Django's own date filter costs some 40 microseconds a date; a long list has hundreds.
for name in ("day", "short_day", "weekday", "month", "moment", "clock_time", "upper_first", "lower_first", "listed"):
    register.filter(name, getattr(words, name))


class FormNode(CrispyFormNode):
    """Crispy's own node renders nothing at all when a template inside it fails; this one lets the failure be seen."""

    def render(self, context: template.Context) -> str:
        return whole_uni_form_template(PACK).render(self.get_render(context).flatten())


@register.tag
def crispy(parser: template.base.Parser, token: template.base.Token) -> FormNode:
    """A whole form: its tag, hidden values, fields in the order of its layout, and buttons."""
    return FormNode(token.split_contents()[1], None, template_pack=PACK)


@register.simple_tag
def govuk_field(field: Any, heading: bool = False) -> str:
    """One bound field as its GOV.UK component."""
    return field_html(field, heading=heading or _is_question(field))


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """The problems of these forms, with links that land on the inputs."""
    return {"problems": [problem for form in forms for problem in problems(form)]}


@register.simple_tag
def error_prefix(form: Any = None) -> str:
    """What the page's title begins with when the form has errors."""
    return "Error: " if problems(form) else ""


@register.inclusion_tag("components/moved_clock.html")
def moved_clock() -> dict[str, Any]:
    """In the demo, that its clock was moved and what day it is there; else nothing."""
    return {"today": clock.today() if clock.ahead() else None}


@register.inclusion_tag("components/status_tag.html")
def status_tag(status: Any, colour: str = "") -> dict[str, str]:
    """A tag from a text and a colour of the design system, or from anything with ``label`` and ``colour``."""
    return {"text": getattr(status, "label", status), "colour": colour or getattr(status, "colour", "")}


@register.filter
def some(rows: list[Any], name: str) -> bool:
    """Whether any of the rows (mappings or objects) has something under this name."""
    return any(row.get(name) if isinstance(row, dict) else getattr(row, name, None) for row in rows)


@register.filter
def beside(cells: list[Any], columns: list[Any]) -> list[tuple[Any, Any]]:
    """Each cell of a table's row with its column."""
    return list(zip(cells, columns, strict=True))


def _is_question(field: Any) -> bool:
    visible = field.form.visible_fields() if getattr(field.form, "question", False) else []
    return bool(visible) and visible[0].name == field.name
