"""The base of every form: shape and wording of input. Whether it is allowed is a rule's business, writing an action's.

form = ReviewForm(request.POST or None, draft=draft, acting=request.viewer, initial={…})
if form.is_valid() and (review := form.apply(actions.submit, case, by=request.viewer)):
    return redirect(review)
return TemplateResponse(request, "layouts/form.html", {"form": form, "title": "…"})
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Self
from urllib.parse import urlencode
from uuid import UUID, uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property

from cases.rules.errors import RuleBroken
from induction_portal.accounts.viewer import Viewer, sign_acting_as
from induction_portal.govuk.layout import Buttons, Rows, Submit
from induction_portal.govuk.problems import Problem, problems
from induction_portal.govuk.rows import Group, Judged

SPARE_ROWS = 5


class RowsForm(Judged):
    """A form that may hold groups of rows (govuk.rows), declared in ``groups``.

    Sent with a button that adds or removes a row it is shown again as it was typed, unjudged. So is ``draft``: what was
    typed before and not sent.
    """

    submit = "Continue"
    groups: Mapping[str, Any] = {}

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        draft: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        self.declared = self.declare_groups()
        self.row_buttons = {button for rows in self.declared.values() for button in rows.buttons}
        self.judged = data is not None and self.row_buttons.isdisjoint(data)
        if data is None and draft:
            data = without(draft, self.row_buttons)
        super().__init__(data, *args, use_required_attribute=False, **options)
        self.groups = self._bound()

    @cached_property
    def helper(self) -> FormHelper:
        """The layout with its buttons, made when it is first needed: a subclass may add fields until then."""
        return self._helper()

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
        """True when all was filled in properly and sent; False, without errors, while rows are added or removed."""
        return self.judged and super().is_valid() and all(group.is_valid() for group in self.groups.values())

    def apply(self, action: Callable[..., Any], *args: Any, **options: Any) -> Any:
        """Call the action with the cleaned values as keywords; its result, or True where it gives none.

        A broken rule undoes what the action did so far, becomes an error at its field, and gives None.
        """
        try:
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

    def buttons(self) -> list[Any]:
        """The buttons at the end of the form."""
        return [Submit(self.submit)]

    @property
    def problems(self) -> list[Problem]:
        """Every error in the order of the page, with the input it belongs to."""
        return problems(self)

    def _bound(self) -> dict[str, Group]:
        data = self.data if self.is_bound else None
        groups = {}
        for name, rows in self.declared.items():
            groups[name] = rows.bind(self.add_prefix(name), data, self.initial.get(name))
            groups[name].judge(self.judged)
        return groups

    def _helper(self) -> FormHelper:
        helper = FormHelper()
        helper.layout = Layout(*self.layout())
        if not any(isinstance(piece, Buttons) for piece in helper.layout.fields):
            helper.layout.append(Buttons(*self.buttons()))
        return helper


class PortalForm(RowsForm):
    """A form of the portal.

    Class attributes: ``submit`` is the main button's text; ``may_save_for_later`` adds "Save and come back later";
    ``groups`` declares rows (see govuk.rows); ``question`` makes the one field's label the page's h1.
    ``acting`` is the viewer, whose membership goes signed into the page; ``version`` that of the row being edited;
    ``draft`` what was typed before and not sent, as ``accounts.work.draft_of`` gives it: it is shown without errors.
    ``autosave`` is the address that takes what is typed, two seconds after typing stops; by default the page's own.
    """

    submit = "Save and continue"
    may_save_for_later = False
    question = False

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *args: Any,
        acting: Viewer | None = None,
        version: int | None = None,
        autosave: str = "",
        **options: Any,
    ) -> None:
        super().__init__(data, *args, **options)
        self.acting, self.autosave = acting, autosave
        self.submission = self._submission()
        self.version = self._version(version)

    def buttons(self) -> list[Any]:
        later = [Submit("Save and come back later", name="save_draft", kind="secondary")]
        return [Submit(self.submit), *(later if self.may_save_for_later else [])]

    @property
    def saves_while_typing(self) -> bool:
        return self.may_save_for_later or bool(self.autosave)

    @property
    def acting_as(self) -> str:
        """Who is shown this page and for whom they act, signed."""
        return sign_acting_as(self.acting) if self.acting else ""

    def _submission(self) -> UUID:
        """The one that was sent, so that a repeat is known; a new one for a page not sent yet."""
        return submission_of(self.data) or uuid4()

    def _version(self, current: int | None) -> int | None:
        """The version that the page, or the draft, was made from."""
        sent = str(self.data.get("version", ""))
        return int(sent) if re.fullmatch(r"[0-9]{1,9}", sent) else current


class AddressForm(RowsForm):
    """A form whose state is its address: sent by GET, changes nothing, and a link to it carries what was typed.

    Anybody may write an address, so the rows of a group past ``SPARE_ROWS`` above what it may have are cut off.
    """

    def __init__(self, data: QueryDict | None = None, **options: Any) -> None:
        super().__init__(self._known(data) if data else None, **options)

    @property
    def settled(self) -> Self:
        """This form or, while rows are being added or removed, the form as it would be sent with them."""
        if self.judged or not self.is_bound:
            return self
        data = without(self.data, self.row_buttons)
        for group in self.groups.values():
            data.setlist(f"{group.name}-row", [row.row.key for row in group.rows])
        return self._again(data)

    def _again(self, data: MultiValueDict) -> Self:
        """A form of the same kind with other data."""
        return type(self)(data)

    @property
    def query(self) -> str:
        """The query string that carries what was typed, and nothing that was left empty."""
        filled = [(name, value) for name, values in self.data.lists() for value in values if value]
        return urlencode(filled)

    def _known(self, data: QueryDict) -> MultiValueDict | None:
        """What of the address belongs to this form; None for nothing."""
        groups = self.declare_groups()
        names, buttons = {*self.base_fields, *groups}, {button for rows in groups.values() for button in rows.buttons}
        lists = {name: data.getlist(name) for name in data if name in buttons or name.partition("-")[0] in names}
        for name, rows in groups.items():
            keys = f"{name}-row"
            lists |= {keys: lists[keys][: rows.maximum + SPARE_ROWS]} if keys in lists else {}
        return MultiValueDict(lists) if lists else None

    def _helper(self) -> FormHelper:
        helper = super()._helper()
        helper.form_method, helper.disable_csrf = "get", True
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

    @property
    def is_filtering(self) -> bool:
        return any(self.data.get(self.add_prefix(name)) for name in self.fields)


def submission_of(sent: Mapping[str, Any]) -> UUID | None:
    """The submission uuid in a sent form; None when it is missing or no uuid."""
    try:
        return UUID(str(sent.get("submission", "")))
    except ValueError:
        return None


def without(draft: Mapping[str, Any], names: set[str]) -> MultiValueDict:
    """A draft less the button that was pressed when it was kept, so that it is not pressed again."""
    lists = draft.lists() if isinstance(draft, MultiValueDict) else draft.items()
    return MultiValueDict({name: list(values) for name, values in lists if name not in names})
