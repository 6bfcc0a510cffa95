"""GOV.UK components rendered by govuk-frontend-jinja, from one environment kept for the life of the process."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader


def component(name: str, params: dict[str, Any]) -> SafeString:
    """The HTML of one component, such as ``date-input``, from the parameters the design system documents for it."""
    return mark_safe(str(_macro(name)(params)).strip())  # noqa: S308  the macros escape every value given as text


@lru_cache
def _macro(name: str) -> Callable[[dict[str, Any]], str]:
    module = _environment().get_template(f"govuk_frontend_jinja/components/{name}/macro.html").module
    return getattr(module, "govuk" + name.title().replace("-", ""))


@lru_cache
def _environment() -> Environment:
    environment = Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=ChainableUndefined,
        auto_reload=False,
    )
    # The macros indent what they wrap; that would add spaces to every line typed in a text area, at each rendering.
    environment.filters["indent"] = lambda text, *args: text
    return environment
