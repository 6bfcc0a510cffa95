"""The words for each event, as shown to people who may read the history of a case.

Rendered when read, from ids, so that the trail itself holds nobody's name and erasure works.
"""

from .events import Event

SENTENCES: dict[Event, str] = {
    Event.ORGANISATION_CREATED: "added the organisation",
    Event.USER_CREATED: "created the sign-in",
    Event.PASSWORD_CHANGED: "changed their password",
    Event.MEMBERSHIP_GRANTED: "gave somebody a role",
    Event.MEMBERSHIP_ENDED: "ended somebody's role",
    Event.REGISTER_IMPORTED: "imported the national register of schools",
    Event.SCHOOL_OPENED: "recorded the school's induction details",
    Event.TEACHER_REGISTERED: "registered the induction",
    Event.RECORD_LINKED: "gave the ECT access to their own record",
    Event.PLACEMENT_STARTED: "recorded the start of a placement",
    Event.PLACEMENT_ENDED: "recorded the end of a placement",
    Event.PATTERN_SET: "recorded the working pattern",
    Event.BODY_ACCEPTED: "accepted the case for the appropriate body",
    Event.BODY_PERIOD_ENDED: "ended the appropriate body's responsibility",
    Event.MENTOR_APPOINTED: "appointed the mentor",
    Event.TUTOR_APPOINTED: "appointed the induction tutor",
    Event.APPOINTMENT_ENDED: "ended an appointment",
    Event.HANDED_OVER: "handed over records",
    Event.REVIEW_SUBMITTED: "submitted a progress review",
    Event.REVIEW_CORRECTED: "submitted a corrected progress review",
    Event.REVIEW_COMMENTED: "added comments to a progress review",
    Event.REVIEW_ACKNOWLEDGED: "confirmed having read a progress review",
    Event.REVIEW_ACCEPTED: "accepted a progress review",
    Event.REVIEW_RETURNED: "returned a progress review with comments",
    Event.DOCUMENT_ISSUED: "issued a document",
    Event.CHAIN_OPENED: "began a new record",
    Event.PAYLOAD_ERASED: "erased details that no longer have to be kept",
}


def sentence(event: str) -> str:
    """What was done, to follow the name of who did it. Raises KeyError for an event without words."""
    return SENTENCES[Event(event)]
