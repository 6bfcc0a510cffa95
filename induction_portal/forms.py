"""The base of every form: shape and wording of input. Whether it is allowed is a rule's business, writing an action's.

    form = ReviewForm(request.POST or None, draft=draft, acting=request.viewer, initial={…})
    if form.is_valid() and (review := form.apply(actions.submit, case, by=request.viewer)):
        return redirect(review)
    return TemplateResponse(request, "layouts/form.html", {"form": form, "title": "…"})
"""

import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core import signing
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.datastructures import MultiValueDict

from cases.rules.errors import RuleBroken
from induction_portal.govuk.layout import Buttons, Rows, Submit
from induction_portal.govuk.problems import Problem, problems
from induction_portal.govuk.rows import FixedRows, Group, GrowingRows, Judged

PLUMBING = frozenset({"csrfmiddlewaretoken", "submission", "acting_as", "save_draft"})


class PortalForm(Judged):
    """A form of the portal.

    Class attributes: ``submit`` is the main button's text; ``may_save_for_later`` adds "Save and come back later";
    ``groups`` declares rows (see govuk.rows); ``question`` makes the one field's label the page's h1.
    ``acting`` is the viewer, whose membership goes signed into the page; ``version`` that of the row being edited;
    ``draft`` what was typed before, as ``typed()`` gave it; ``autosave`` the address that takes it while typing.
    """

    submit = "Save and continue"
    may_save_for_later = False
    question = False
    groups: Mapping[str, FixedRows | GrowingRows | Group] = {}

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        draft: Mapping[str, list[str]] | None = None,
        acting: Any = None,
        version: int | None = None,
        autosave: str = "",
        **options: Any,
    ) -> None:
        sent = data is not None
        if not sent and draft:
            data = MultiValueDict(draft)
        super().__init__(data, *args, use_required_attribute=False, **options)
        self.acting, self.autosave = acting, autosave
        self.saving_for_later = sent and "save_draft" in data
        declared = self.declare_groups()
        self.changing_rows = sent and not self._row_buttons().isdisjoint(data)
        self.groups = {
            name: rows.bind(self.add_prefix(name), data, self.initial.get(name)) for name, rows in declared.items()
        }
        self.judged = sent and not (self.changing_rows or self.saving_for_later)
        if not self.judged:
            for group in self.groups.values():
                group.do_not_judge()
        self.submission = self._submission()
        self.version = self._version(version)
        self.helper = self._helper()

    def declare_groups(self) -> Mapping[str, Any]:
        """The groups of rows; override where they depend on the case."""
        return type(self).groups

    def layout(self) -> list[Any]:
        """Names of fields and pieces of govuk.layout, in the order of the page."""
        return [*self.fields, *(Rows(name) for name in self.groups)]

    def clean(self) -> dict[str, Any]:
        for name, group in self.groups.items():
            if group.is_valid():
                self.cleaned_data[name] = group.values()
        return self.cleaned_data

    def is_valid(self) -> bool:
        """True when all was filled in properly and meant to be sent: False while rows are added or removed, and for
        "Save and come back later"."""
        return self.judged and super().is_valid() and all(group.is_valid() for group in self.groups.values())

    def apply(self, action: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Call the action with the cleaned values as keywords; its result, or True where it gives none.

        A broken rule undoes what the action did so far, becomes an error at its field, and gives None.
        """
        try:
            with transaction.atomic():
                result = action(*args, **self.cleaned_data, **options)
        except RuleBroken as broken:
            self.blame(broken.field, broken.message)
            return None
        return True if result is None else result

    def blame(self, field: str | None, message: str) -> None:
        """Put an error at a field, at a row's field by its name in the page, or else at the head of the form."""
        if field in self.fields:
            self.add_error(field, message)
            return
        for group in self.groups.values():
            if found := group.named(self.add_prefix(field or "")):
                found[0].add_error(found[1], message)
                return
        self.add_error(None, message)

    @property
    def problems(self) -> list[Problem]:
        """Every error in the order of the page, with the input it belongs to."""
        return problems(self)

    def typed(self) -> dict[str, list[str]]:
        """Everything typed so far, valid or not, to be kept as a draft; rows as they now are."""
        kept = {name: values for name, values in typed(self.data).items() if name not in self._row_buttons()}
        return kept | {f"{group.name}-row": [row.row.key for row in group.rows] for group in self.groups.values()}

    def _row_buttons(self) -> set[str]:
        return {button for rows in self.declare_groups().values() for button in getattr(rows, "buttons", ())}

    @property
    def acting_as(self) -> str:
        return acting_as(self.acting) if self.acting else ""

    def _submission(self) -> UUID:
        """The one that was sent, so that a repeat is known; a new one for a page not sent yet."""
        return submission_of(self.data) or uuid4()

    def _version(self, current: int | None) -> int | None:
        """The version that the page, or the draft, was made from."""
        sent = str(self.data.get("version", ""))
        return int(sent) if re.fullmatch(r"[0-9]{1,9}", sent) else current

    def _helper(self) -> FormHelper:
        helper = FormHelper()
        helper.layout = Layout(*self.layout())
        if not any(isinstance(piece, Buttons) for piece in helper.layout.fields):
            later = [Submit("Save and come back later", name="save_draft", kind="secondary")]
            helper.layout.append(Buttons(Submit(self.submit), *(later if self.may_save_for_later else [])))
        return helper


class FilterForm(forms.Form):
    """Narrows a list: sent by GET, so that the filtered list has an address. Every field is optional."""

    submit = "Apply filters"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **options)
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*self.fields, Buttons(Submit(self.submit)))
        for field in self.fields.values():
            field.required, field.say_optional = False, False


def typed(sent: Any) -> dict[str, list[str]]:
    """What a person typed in a sent form, without the portal's own hidden values: the values of a draft."""
    return {name: values for name, values in sent.lists() if name not in PLUMBING}


def submission_of(sent: Any) -> UUID | None:
    """The submission uuid in a sent form; None when it is missing or no uuid."""
    try:
        return UUID(str(sent.get("submission", "")))
    except ValueError:
        return None


def acting_as(viewer: Any) -> str:
    """Who is acting, and for which organisation, signed: what the hidden field ``acting_as`` carries."""
    return signing.Signer(salt="acting-as").sign(f"{viewer.user.pk}:{getattr(viewer.organisation, 'pk', '')}")


def is_acting_as(viewer: Any, token: str) -> bool:
    """True when a form was opened by this person acting for the organisation they act for now."""
    return constant_time_compare(acting_as(viewer), token)
