"""The form of the check page: a file, or a fingerprint read off one."""

import re
from typing import Any

from django import forms

from induction_portal.forms import RowsForm
from induction_portal.govuk.fields import TextField, UploadField
from induction_portal.govuk.layout import Disclosure

from .uploading import LARGEST

DIGITS = 64
# What comes along when a fingerprint is copied from a page, a mail or a PDF.
BETWEEN = re.compile(r"[\s\u00ad\u200b\u2060\ufeff:-]")
HOW = (
    "Drop the file anywhere on this page, or choose it. Your browser works out the file’s fingerprint and sends us "
    "that alone. Without JavaScript the file is sent, its fingerprint is worked out as it arrives, and it is not kept."
)
WHAT_IT_PROVES = (
    "64 characters, 0 to 9 and a to f, as printed at the end of the document. A typed fingerprint proves only that "
    "such a document exists: nothing about the file or the paper that you hold."
)


class FingerprintField(TextField):
    """A SHA-256 in hex, however it is spaced; cleaned to 64 lower-case digits."""

    def clean(self, value: Any) -> str:
        told = BETWEEN.sub("", super().clean(value)).lower()
        if not told or re.fullmatch(f"[0-9a-f]{{{DIGITS}}}", told):
            return told
        if len(told) != DIGITS:
            raise forms.ValidationError(f"{self.sentence_start} must have {DIGITS} characters. You entered {len(told)}")
        raise forms.ValidationError(f"{self.sentence_start} must have only the characters 0 to 9 and a to f")


class CheckForm(RowsForm):
    """`digest` is what the browser found of a file that stays where it is; `fingerprint` is what somebody typed."""

    submit = "Check the document"

    file = UploadField(label="File to check", named="the file", hint=HOW, largest=LARGEST, required=False,
                       say_optional=False)  # fmt: skip
    fingerprint = FingerprintField(label="Fingerprint", named="the fingerprint", hint=WHAT_IT_PROVES, required=False,
                                   say_optional=False, spellcheck=False, autocomplete="off")  # fmt: skip
    digest = FingerprintField(required=False, named="the fingerprint", widget=forms.HiddenInput)

    def layout(self) -> list[Any]:
        return ["file", Disclosure("I have no file, only a fingerprint", "fingerprint")]

    def _helper(self) -> Any:
        helper = super()._helper()
        # Nothing is changed by the answer, and a visitor who only asks is given no cookie.
        helper.disable_csrf = True
        helper.attrs = {"data-check": "checked", "data-largest": str(LARGEST)}
        return helper

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if not self.errors and not any(told.get(name) for name in self.fields):
            self.add_error("file", "Choose the file to check, or enter a fingerprint")
        return told
