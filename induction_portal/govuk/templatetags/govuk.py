"""Tags and filters of every template (a builtin library: no load tag is needed). None asks the database."""

from typing import Any

from crispy_forms.templatetags.crispy_forms_tags import do_uni_form
from django import template

from induction_portal.govuk import words
from induction_portal.govuk.present import field_html
from induction_portal.govuk.problems import problems

register = template.Library()
register.tag("crispy", do_uni_form)

# Django's own date filter costs some 40 microseconds a date; a long list has hundreds.
for name in ("day", "short_day", "weekday", "month", "moment", "clock_time", "upper_first", "lower_first", "listed"):
    register.filter(name, getattr(words, name))


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


@register.inclusion_tag("components/status_tag.html")
def status_tag(status: Any, colour: str = "") -> dict[str, str]:
    """A tag from a text and a colour of the design system, or from anything with ``label`` and ``colour``."""
    return {"text": getattr(status, "label", status), "colour": colour or getattr(status, "colour", "")}


@register.filter
def acting_for(viewer: Any) -> str:
    """The line of the header: "Mentor and induction tutor, Oakfield School"."""
    roles = sorted(str(getattr(role, "label", role)) for role in viewer.roles)
    line = words.listed([words.upper_first(roles[0]), *map(words.lower_first, roles[1:])]) if roles else ""
    return ", ".join(filter(None, [line, getattr(viewer.organisation, "name", "")]))


def _is_question(field: Any) -> bool:
    visible = field.form.visible_fields() if getattr(field.form, "question", False) else []
    return bool(visible) and visible[0].name == field.name
