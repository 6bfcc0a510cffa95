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
    Event.PERSON_INVITED: "invited somebody",
    Event.INVITATION_RESENT: "sent an invitation again",
    Event.INVITATION_WITHDRAWN: "withdrew an invitation",
    Event.INVITATION_ACCEPTED: "accepted an invitation",
    Event.PERSONAL_EMAIL_ADDED: "gave a personal email address",
    Event.PERSONAL_EMAIL_VERIFIED: "confirmed a personal email address",
    Event.SCHOOL_FACTS_CHANGED: "changed the school's induction details",
    Event.CALENDAR_SET: "set the school calendar of a school year",
    Event.CALENDAR_REMOVED: "removed the school calendar of a school year",
    Event.SCHOOL_POLICY_SET: "changed the school's settings",
    Event.BODY_POLICY_SET: "changed the appropriate body's settings",
    Event.WINDOW_SET: "changed a submission window of the appropriate body",
    Event.GENERAL_REPORT_GIVEN: "recorded that the governing body was given the general report",
    Event.REGISTRATION_SENT: "sent a registration to the appropriate body",
    Event.REGISTRATION_CHANGED: "changed a registration",
    Event.REGISTRATION_WITHDRAWN: "withdrew a registration",
    Event.REGISTRATION_RETURNED: "returned a registration to the school",
    Event.REGISTRATION_CONFIRMED: "confirmed a registration for the appropriate body",
    Event.REGISTRATION_REFUSED: "refused a registration for the appropriate body",
    Event.PLACEMENT_LED: "chose the lead school",
    Event.CONTRACT_CHANGED: "changed the contract's dates",
    Event.PATTERN_CORRECTED: "corrected the working pattern",
    Event.TEACHER_RENAMED: "changed the ECT's name",
    Event.TEACHER_CORRECTED: "corrected the ECT's identity details",
    Event.PRIOR_SERVICE_CONFIRMED: "confirmed service before this case",
    Event.OFFICER_CHANGED: "changed the officer or the named contact",
    Event.SERVICE_AGREED: "agreed what was recorded of their service",
    Event.SERVICE_QUERIED: "queried what was recorded of their service",
    Event.QUERY_ANSWERED: "answered a query",
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
