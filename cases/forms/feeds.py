"""Buttons of the page about one's own calendar."""

from typing import Any

from induction_portal.forms import PortalForm


class MakeFeedForm(PortalForm):
    submit = "Make a link"

    def __init__(self, *args: Any, again: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.submit = "Make a new link" if again else self.submit


class EndFeedForm(PortalForm):
    submit = "End the link"
