"""What the page of a decision shows to the person who opens it."""

import json
from typing import Any

from django.http import HttpRequest

from cases.frame import frame
from cases.rules.statuses import DecisionStatus
from induction_portal.accounts.permissions import Permission

from ..models import Decision, DecisionApproval
from .appeal_standing import is_appealable
from .decision_document import issued
from .reading import Reading, reading_of
from .sealing import content_of
from .whole_case import COLOURS


def decision_context(request: HttpRequest, decision: Decision) -> dict[str, Any]:
    """Everything of the page: what was decided, or is proposed, and for who may answer a proposal how."""
    approval = DecisionApproval.objects.filter(decision=decision).select_related("by").first()
    proposed = decision.state is DecisionStatus.PROPOSED
    return frame(request, decision.induction) | {
        "title": "Decision" if decision.is_made else "Proposed decision",
        "decision": decision,
        "reading": reading_for(decision),
        "colour": COLOURS[decision.state],
        "approval": approval,
        "answers": proposed and Permission.DECIDE in request.permissions and decision.by_id != request.viewer.user.pk,
        "appealable": is_appealable(decision) and Permission.READ_APPEAL in request.permissions,
        "decides": Permission.DECIDE in request.permissions,
        "document": decision.is_made and issued(decision),
    }


def reading_for(decision: Decision) -> Reading:
    """What a decision says: from its seal, or as it would be sealed."""
    return reading_of(json.loads(decision.content) if decision.content else content_of(decision))
