"""What every rule raises when it is broken."""

from __future__ import annotations


class RuleBroken(Exception):  # noqa: N818 - it is a refusal with a reason, not a fault
    """A rule of induction, or of plain sense, was broken.

    ``message`` is one plain English sentence or two that a user may read; it says what to do.
    ``field`` names the value at fault: a form field, or a path into nested facts such as ``placements[0].start``.
    """

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
