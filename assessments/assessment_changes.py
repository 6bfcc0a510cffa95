"""What differs between two versions of a report, in words: everything, or what touches one signatory (ADR 0071)."""

import json
from typing import NamedTuple

from cases.rules.signing import Change, changes, changes_for

from .assessment_words import name_of, value_of
from .models import AssessmentVersion


class Difference(NamedTuple):
    """One answer that differs."""

    field: str
    before: str
    after: str


def differences(before: AssessmentVersion, after: AssessmentVersion, role: str = "") -> list[Difference]:
    """Answer by answer; with a role only what touches that signatory."""
    was, now = json.loads(before.content), json.loads(after.content)
    return [_worded(each) for each in (changes_for(role, was, now) if role else changes(was, now))]


def _worded(change: Change) -> Difference:
    field = change.field
    return Difference(name_of(field), value_of(field, change.before), value_of(field, change.after))
