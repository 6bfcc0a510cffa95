"""What the inbox is sent."""

from django import forms


class WhichMessage(forms.Form):
    """The message whose button was pressed."""

    message = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class WhichPage(forms.Form):
    """Where a page of the inbox starts; empty for the newest."""

    before = forms.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
