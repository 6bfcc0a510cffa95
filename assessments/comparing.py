"""A review that two people correct at once: what was there, what is there now, and what was typed."""

import json
from datetime import date
from typing import Any

from cases.rules.standards import Rating, Standard

from .forms import ReviewForm
from .models import ProgressReview

FIELDS = ["held_on", "present", "others_present", "evidence", "previous_targets", "on_track",
          "no_concern_reason", "support_outline"]  # fmt: skip


def typed_from(review: ProgressReview, number: int | None = None) -> dict[str, Any]:
    """The values of a version (the latest, unless a number is given) as the form would have been filled in."""
    versions = {version.number: version.content for version in review.versions.all()}
    told = json.loads(versions.get(number or review.latest, versions[review.latest]))
    return {name: told[name] for name in FIELDS} | {
        "held_on": date.fromisoformat(told["held_on"]),
        "ratings": {r["standard"]: {"rating": str(r["level"]), "statement": r["statement"]} for r in told["ratings"]},
        "targets": [t | {"due_on": date.fromisoformat(t["due_on"])} for t in told["targets"]],
    }


def three_ways(form: ReviewForm, review: ProgressReview) -> dict[str, Any]:
    """Rows of field, typed, saved now and saved before, for what the two people left different.

    The form goes on from the version saved now, with everything that was typed still in it.
    """
    before = _readable(form, typed_from(review, form.version))
    now = _readable(form, typed_from(review))
    typed = _readable(form, _typed(form))
    rows = [
        {"field": name, "typed": typed[name], "now": now[name], "before": before.get(name, "")}
        for name in typed
        if name in now and not typed[name] == now[name] == before.get(name)
    ]
    form.version = review.latest
    return {"rows": rows, "review": review, "form": form, "who": review.submitted_by}


def _typed(form: ReviewForm) -> dict[str, Any]:
    answers = form.answers().as_content()
    return {name: answers[name] for name in FIELDS} | {
        "ratings": {r["standard"]: {"rating": r["level"], "statement": r["statement"]} for r in answers["ratings"]},
        "targets": answers["targets"],
    }


def _readable(form: ReviewForm, values: dict[str, Any]) -> dict[str, str]:
    """Field label and value in words, in the order of the form."""
    told = {str(form.fields[name].label): _words(values[name]) for name in FIELDS}
    for key, row in values["ratings"].items():
        told[Standard(key).label] = ": ".join(filter(None, [Rating(int(row["rating"])).label, row["statement"]]))
    for number, target in enumerate(values["targets"], 1):
        told[f"Target {number}"] = "; ".join(_words(target[name]) for name in target)
    return told


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)
