"""The page on which a body words its letters of decision, with a preview."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from cases.rules.errors import RuleBroken
from cases.rules.wording import PLACEHOLDERS
from induction_portal.accounts.permissions import Permission
from induction_portal.pages import page

from .. import actions
from ..forms.notices import WordingForm
from ..outcome.wording import paragraphs, preview_of, wording_of, wordings_of


@page(needs=Permission.WORD_LETTERS, methods="GET POST")
def letter_wording(request: HttpRequest) -> HttpResponse:
    viewer = request.viewer
    own = viewer.organisation
    initial: dict[str, Any] = {"starts_on": viewer.on} | paragraphs(wording_of(own.pk, on=viewer.on))
    form = WordingForm(request.POST or None, initial=initial, acting=viewer)
    context = {"form": form, "title": "Wording of letters", "caption": own.name, "placeholders": PLACEHOLDERS}
    if form.is_valid():
        if "preview" in request.POST:
            context["preview"] = _preview(form, own.name)
        elif row := form.send(actions.set_wording, by=viewer, on=viewer.on):
            messages.success(request, f"Saved. The wording holds from {row.starts_on:%-d %B %Y}.")
            return redirect("assessments:letter_wording")
    context["rows"] = wordings_of(own.pk)
    context["breadcrumbs"] = [{"text": "Home", "href": reverse("home")}]
    return TemplateResponse(request, "assessments/outcome/wording.html", context)


def _preview(form: WordingForm, body: str) -> list[tuple[str, str]]:
    """Each paragraph filled with an example; empty, and an error beside the field, where one cannot be."""
    try:
        return preview_of(form.texts, body=body)
    except RuleBroken as broken:
        form.blame(broken.field, broken.message)
        return []
