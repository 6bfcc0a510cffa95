"""The shape of an action: one transaction in which something is written and the trail tells of it."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

Given = ParamSpec("Given")
Result = TypeVar("Result")


def action(function: Callable[Given, Result]) -> Callable[Given, Result]:
    """Mark a function as one that writes: it runs in one transaction, and only such functions may write.

    The test suite watches every action and fails the one that writes a tenant's rows without an audit event.
    """

    @wraps(function)
    def acting(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        with transaction.atomic():
            return function(*args, **kwargs)

    acting.is_action = True  # type: ignore[attr-defined]
    return acting
