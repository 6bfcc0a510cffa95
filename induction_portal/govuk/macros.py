"""GOV.UK components rendered by govuk-frontend-jinja, from one environment kept for the life of the process."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader

Params = dict[str, Any]


def component(name: str, params: Params) -> SafeString:
    """The HTML of one component, such as ``date-input``, from the parameters the design system documents for it."""
    return mark_safe(str(_macro(name)(params)).strip())  # noqa: S308  the macros escape every value given as text


def kept_component(name: str, params: Params) -> SafeString:
    """The same, made once for the same parameters: for what is asked, never for what somebody typed.

    A macro takes about a millisecond; a long form has forty, which are alike each time it is opened.
    """
    return _kept(_Asked(name, _frozen(params), params))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A component by its parameters, frozen so that equal ones are found again."""

    name: str
    frozen: Any
    params: Params = field(compare=False)


@lru_cache(maxsize=512)
def _kept(asked: _Asked) -> SafeString:
    return component(asked.name, asked.params)


def _frozen(value: Any) -> Any:
    """Text that is safe is not the same as equal text that is not, nor is True the same as 1."""
    if isinstance(value, dict):
        return tuple((name, _frozen(each)) for name, each in value.items())
    if isinstance(value, list | tuple):
        return tuple(_frozen(each) for each in value)
    return type(value), value


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
