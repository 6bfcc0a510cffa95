"""What the pages of a shorter induction show."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from cases.frame import frame
from cases.models import Induction
from cases.rules.amounts import spoken
from cases.rules.statuses import ReductionStatus
from induction_portal.accounts.permissions import Permission
from induction_portal.govuk.words import day

from .models import Reduction
from .models.reductions import OPEN
from .reducing import early_since, effect_of, standing_of, visible_reductions

COLOURS = {"proposed": "blue", "consented": "blue", "granted": "green", "refused": "grey"}


def reductions_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """Every request of a case, the latest first, and what this viewer may do about it."""
    found = list(visible_reductions(request.viewer).filter(induction=induction))
    is_open = any(each.status in OPEN for each in found)
    return frame(request, induction) | {
        "title": "Shorter induction",
        "requests": [_told(request, each) for each in found],
        "may_ask": Permission.ASK_REDUCTION in request.permissions and not is_open,
        "early": early_since(induction, request.viewer.on),
    }


def _told(request: HttpRequest, row: Reduction) -> dict[str, Any]:
    return {
        "title": str(row),
        "colour": COLOURS[row.status],
        "state": row.stands,
        "facts": facts_of(row),
        "step": _step(request, row),
    }


def _step(request: HttpRequest, row: Reduction) -> dict[str, str] | None:
    """The button of whoever is next."""
    may = request.permissions
    if Permission.ANSWER_REDUCTION in may and row.status in OPEN:
        text = "Answer" if row.state is ReductionStatus.PROPOSED else "Change your answer"
        return {"text": text, "href": reverse("assessments:answer_reduction", args=[row.pk])}
    own = request.viewer.organisation is not None and request.viewer.organisation.pk == row.body_id
    if Permission.DECIDE_REDUCTION in may and own and row.status in OPEN:
        return {"text": "Decide", "href": reverse("assessments:decide_reduction", args=[row.pk])}
    return None


def facts_of(row: Reduction) -> list[dict[str, str]]:
    """A request in words."""
    facts = [
        ("Why", row.why.label),
        ("Length in all", f"{row.length}, full-time equivalent"),
        ("Asked by", f"{row.asked_by.name}, {row.school.name}, on {day(row.asked_on)}"),
        ("The headteacher’s advice", row.advice),
        ("The ECT’s last answer", day(row.answered_on)),
        ("Decided by", f"{row.decided_by.name}, {row.body.name}, on {day(row.decided_on)}" if row.decided_by else ""),
        ("Reason", row.reason),
    ]
    return _pairs(facts)


def asking_context(request: HttpRequest, induction: Induction) -> dict[str, Any]:
    """What a headteacher should know before asking."""
    now = standing_of(induction, request.viewer.on)
    facts = [
        ("Required now", f"{spoken(now.required, 2)} full-time terms"),
        ("Served so far", f"{spoken(now.served, 2)} full-time terms"),
        ("Calendar terms run so far", spoken(now.elapsed, 2)),
    ]
    early = early_since(induction, request.viewer.on)
    return frame(request, induction) | {"title": "Ask for a shorter induction", "facts": _pairs(facts), "early": early}


def reduction_context(request: HttpRequest, row: Reduction) -> dict[str, Any]:
    """A request, and what granting it would do."""
    effect = effect_of(row.induction, row.terms, request.viewer.on)
    ends = [
        ("Induction ends as things stand", day(effect.now) or "Not in the service recorded"),
        ("If this is granted, it ends", day(effect.then) or "Not in the service recorded"),
    ]
    return {"reduction": row, "facts": [*facts_of(row), *_pairs(ends)]}


def _pairs(facts: list[tuple[str, str]]) -> list[dict[str, str]]:
    """Facts as a summary list shows them; what is not known is left out."""
    return [{"key": name, "value": value} for name, value in facts if value]
