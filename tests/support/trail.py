"""What the audit trail says, for tests."""

import json
from typing import Any

from induction_portal.audit.models import AuditEvent


def last_event() -> AuditEvent:
    """The event that was recorded last."""
    return AuditEvent.objects.latest("id")


def told(event: AuditEvent) -> dict[str, Any]:
    """Before and after, as the event keeps them."""
    return json.loads(event.payload.content)


def recorded() -> tuple[str, str]:
    """The last event's kind, and the kind of chain it is on: "case", "organisation" or "installation"."""
    event = last_event()
    return event.event, event.chain_id.partition(":")[0]
