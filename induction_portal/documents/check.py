"""What anybody may be told of a file or a fingerprint: whether it was issued here, of what kind, when, and whether a
newer version followed. Never about whom, by whom or what it says (R78).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from .kinds import name_of
from .models import IssuedDocument
from .store import followed, issued_with, known_by


@dataclass(frozen=True, slots=True)
class Answer:
    """`is_file` tells a file's own bytes from a fingerprint that was typed. `kind` is empty if nothing was issued."""

    is_file: bool
    kind: str = ""
    issued_at: datetime | None = None
    has_newer: bool = False


def answer_to(asked: dict[str, Any]) -> Answer:
    """The answer to a valid form: of the file if there is one, else of the fingerprint."""
    file = asked["digest"] or (asked["file"] and asked["file"].digest)
    return _answer(issued_with(file) if file else known_by(asked["fingerprint"]), is_file=bool(file))


def _answer(issues: QuerySet[IssuedDocument], *, is_file: bool) -> Answer:
    """Bytes were issued when they were first; a fingerprint is on each issue of one state, so it tells of the last."""
    last = issues.last()
    if last is None:
        return Answer(is_file)
    told = issues.first() if is_file else last
    return Answer(is_file, name_of(last.kind), told and told.issued_at, followed(last))
