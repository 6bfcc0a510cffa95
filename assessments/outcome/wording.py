"""A body's letters in its own words where they may differ, and the portal's wording where it has none."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.template.loader import render_to_string

from cases.rules.wording import PARAGRAPHS, check_wording, fill

from ..models import LetterWording

EXAMPLE = {
    "ect": "Alex Example",
    "school": "Example Primary School",
    "decided_on": "22 July 2026",
    "addressee": "Alex Example",
}


def wording_of(body_id: UUID, *, on: date) -> LetterWording | None:
    """The wording that a body has set and that holds on a day; None where it has set none."""
    return LetterWording.objects.filter(organisation=body_id, starts_on__lte=on).first()


def wordings_of(body_id: UUID) -> Sequence[LetterWording]:
    """The latest twenty that a body has set, the one that holds last first."""
    return LetterWording.objects.filter(organisation=body_id).select_related("by")[:20]


def standard(name: str) -> str:
    """The portal's own wording of a paragraph, with its placeholders."""
    return render_to_string(f"letters/notice/{name}.txt").strip()


def paragraphs(row: LetterWording | None) -> dict[str, str]:
    """Every paragraph as it is used: the body's, or the portal's where that is empty."""
    return {name: (getattr(row, name) if row else "") or standard(name) for name in PARAGRAPHS}


def preview_of(texts: Mapping[str, str], *, body: str) -> list[tuple[str, str]]:
    """Each paragraph with its name, filled for an example. Raises RuleBroken for a placeholder that is none."""
    values = EXAMPLE | {"body": body}
    shown = []
    for name, label in PARAGRAPHS.items():
        text = texts.get(name, "").strip()
        check_wording(name, text)
        shown.append((label, fill(text or standard(name), values)))
    return shown
